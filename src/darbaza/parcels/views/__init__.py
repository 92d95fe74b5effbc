"""Pages of sendings, one topic a module."""
