"""Pages of the register of prisoners."""
