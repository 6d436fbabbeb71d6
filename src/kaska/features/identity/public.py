"""What other features use of identity."""

from __future__ import annotations

from kaska.features.identity import audit
from kaska.features.identity.access import CurrentUser, public, require
from kaska.features.identity.permissions import Permission, Role

__all__ = ["CurrentUser", "Permission", "Role", "audit", "public", "require"]
