"""Pages to hand over, a module for each kind: printed, or written to files."""
