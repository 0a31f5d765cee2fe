"""Reads across the tables of reflection."""

from .cycles import current_cycle, due_obligations

__all__ = ["current_cycle", "due_obligations"]
