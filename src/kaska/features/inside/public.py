"""What the rest of the product uses of calls among ourselves."""

from __future__ import annotations

from kaska.features.inside.projection import InsideProjection

__all__ = ["InsideProjection"]
