"""What other features use of identity."""

from __future__ import annotations

from kaska.features.identity import audit, kept
from kaska.features.identity.access import COOKIE, KEY_PREFIX, CurrentUser, check_origin, holder, public, require
from kaska.features.identity.difference import Change, difference
from kaska.features.identity.passwords import one_time_password
from kaska.features.identity.people import (
    ActivePerson,
    OneTimePassword,
    active_names,
    active_people,
    add_person,
    all_names,
    ensure_first_administrator,
    person_exists,
    roles_of,
    set_password,
)
from kaska.features.identity.permissions import PERMISSIONS, Permission, Role
from kaska.features.identity.repository import Doors
from kaska.features.identity.sessions import Sessions, token_hash
from kaska.features.identity.sign_in import SignIn

__all__ = [
    "COOKIE",
    "KEY_PREFIX",
    "PERMISSIONS",
    "ActivePerson",
    "Change",
    "CurrentUser",
    "Doors",
    "OneTimePassword",
    "Permission",
    "Role",
    "Sessions",
    "SignIn",
    "active_names",
    "active_people",
    "add_person",
    "all_names",
    "audit",
    "check_origin",
    "difference",
    "ensure_first_administrator",
    "holder",
    "kept",
    "one_time_password",
    "person_exists",
    "public",
    "require",
    "roles_of",
    "set_password",
    "token_hash",
]
