"""Pages of accounts: sign-in's own, one's own, users, devices, the staff session."""
