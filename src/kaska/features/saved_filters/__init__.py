"""Filters of the journal that people keep under a name."""
