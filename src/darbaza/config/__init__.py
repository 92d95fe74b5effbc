"""Wiring only: settings, addresses, the server's entry, the command line."""
