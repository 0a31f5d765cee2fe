"""Reads across tables on the ground floor."""
