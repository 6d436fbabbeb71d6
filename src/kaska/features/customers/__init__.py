"""Customers: who they are, how they are reached, what was with them before."""
