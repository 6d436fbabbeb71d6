"""What other features use of identity."""

from __future__ import annotations

from kaska.features.identity import audit
from kaska.features.identity.access import COOKIE, CurrentUser, public, require
from kaska.features.identity.passwords import one_time_password
from kaska.features.identity.people import (
    OneTimePassword,
    active_names,
    add_person,
    ensure_first_administrator,
    person_exists,
    set_password,
)
from kaska.features.identity.permissions import Permission, Role
from kaska.features.identity.repository import Doors
from kaska.features.identity.sessions import Sessions
from kaska.features.identity.sign_in import SignIn

__all__ = [
    "COOKIE",
    "CurrentUser",
    "Doors",
    "OneTimePassword",
    "Permission",
    "Role",
    "Sessions",
    "SignIn",
    "active_names",
    "add_person",
    "audit",
    "ensure_first_administrator",
    "one_time_password",
    "person_exists",
    "public",
    "require",
    "set_password",
]
