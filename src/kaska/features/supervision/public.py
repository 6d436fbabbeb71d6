"""What the rest of the product uses of supervision."""

from __future__ import annotations

from kaska.features.supervision.projection import ShiftsProjection

__all__ = ["ShiftsProjection"]
