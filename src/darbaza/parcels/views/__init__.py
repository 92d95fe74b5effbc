"""Pages of packages and parcels."""
