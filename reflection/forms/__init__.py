"""Shapes of what pages send; no rule lives here."""
