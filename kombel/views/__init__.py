"""Pages of kombel, all under /kombel/."""
