"""Audits of other systems' logs by upload: taken piece by piece, counted in a process of their own."""
