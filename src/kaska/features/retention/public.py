"""What the rest of the product uses of keeping and deleting recordings."""

from __future__ import annotations

from kaska.features.retention.deleting import Deleting
from kaska.features.retention.holds import is_held

__all__ = ["Deleting", "is_held"]
