"""Pages of reflection."""
