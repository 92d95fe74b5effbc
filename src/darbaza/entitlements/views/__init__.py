"""Pages about rules and ledgers."""
