"""How fast the gate is on a large database, beside the floor of plain statements."""
