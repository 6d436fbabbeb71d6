"""What other features use of faxes."""

from __future__ import annotations

from kaska.features.fax.errors import FaxFileGone, FaxUnreadable
from kaska.features.fax.service import document

__all__ = ["FaxFileGone", "FaxUnreadable", "document"]
