"""Waiting lines."""
