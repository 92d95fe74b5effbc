"""One base, and a few lines each for local, prod, dev and test."""
