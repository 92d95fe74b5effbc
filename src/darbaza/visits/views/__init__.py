"""Pages of visits: one module a subject."""
