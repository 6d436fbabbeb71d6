"""Figures that are watched, and when one of them is a critical situation. Pure."""
