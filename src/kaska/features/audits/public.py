"""What the rest of the product uses of audits."""

from __future__ import annotations

from kaska.features.audits.tidying import Tidying

__all__ = ["Tidying"]
