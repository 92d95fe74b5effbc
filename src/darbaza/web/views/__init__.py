"""Pages of the house itself: home, help, notices, the record."""
