"""Who may do what, and who sees what, of cycles, sessions and reports."""

from .cycles import CircularPolicy, CyclePolicy, ObligationPolicy

__all__ = ["CircularPolicy", "CyclePolicy", "ObligationPolicy"]
