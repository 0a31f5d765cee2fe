"""Cycles and what each UPT owes in them, sessions of reflection, reports to Pusat."""

from .cycles import Circular, Cycle, CycleRule, Obligation

__all__ = ["Circular", "Cycle", "CycleRule", "Obligation"]
