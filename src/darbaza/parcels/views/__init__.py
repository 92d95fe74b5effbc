"""Pages of this room, one topic a module."""
