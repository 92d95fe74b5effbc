"""Found, certify, back up and restore an installation."""
