"""What becomes of the rows of each kind: judged, made, withdrawn."""
