"""Pages of watch-lists."""
