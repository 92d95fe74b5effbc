"""The register of prisoners: who is held where, on what order, under which regime."""
