"""What other features use of recordings that callers hear."""

from __future__ import annotations

from kaska.features.prompts.dictated import DictatedProjection, Dictations

__all__ = ["DictatedProjection", "Dictations"]
