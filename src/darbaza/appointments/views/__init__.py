"""Pages of appointments: one call in, one answer out."""
