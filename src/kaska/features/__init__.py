"""Capabilities of the product, one folder each; a feature sees another only through its ``public.py``."""
