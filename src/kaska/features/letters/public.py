"""What the rest of the product uses of letters."""

from __future__ import annotations

from kaska.features.letters.posting import Letters

__all__ = ["Letters"]
