"""Runs the very core that takes live calls on a heap clock, with invented or recorded callers. Knows the core only."""
