"""What other features use of the colander."""

from __future__ import annotations

from kaska.features.colander.schemas import ColanderPicture

__all__ = ["ColanderPicture"]
