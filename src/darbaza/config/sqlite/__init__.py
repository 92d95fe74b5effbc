"""SQLite as a prison needs it: fixed, flushed, fair. See docs/adr/0001."""
