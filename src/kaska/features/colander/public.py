"""What other features use of the colander."""

from __future__ import annotations

from kaska.features.colander.repository import Period
from kaska.features.colander.schemas import Colander, ColanderPicture
from kaska.features.colander.service import colander

__all__ = ["Colander", "ColanderPicture", "Period", "colander"]
