"""What identity's routes take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, StringConstraints

from kaska.features.identity.people import LOGIN_PATTERN
from kaska.features.identity.permissions import Permission, Role
from kaska.kit.given import Email, Given, Revised, Title

Locale = Literal["ru", "en"]
Login = Annotated[
    str,
    StringConstraints(pattern=LOGIN_PATTERN),
    BeforeValidator(lambda given: given.strip().lower() if isinstance(given, str) else given),
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Credentials(Given):
    login: Annotated[str, StringConstraints(max_length=100)]
    password: Annotated[str, StringConstraints(max_length=200)]


class PasswordChange(Given):
    old_password: Password
    new_password: Password


class NewPerson(Given):
    login: Login
    name: Title
    role: Role
    locale: Locale = "ru"
    email: Email | Literal[""] = ""


class PersonChange(Revised):
    """Only what is given is changed; ``email`` "" takes it away."""

    name: Title | None = None
    role: Role | None = None
    locale: Locale | None = None
    email: Email | Literal[""] | None = None
    disabled: bool | None = None


class Me(BaseModel):
    """``screen``: no person, but a screen on the wall that was let in by a link."""

    id: str
    tenant: str
    tenant_name: str
    login: str
    name: str
    role: Role
    locale: Locale
    permissions: list[Permission]
    must_change_password: bool
    csrf_token: str
    screen: bool = False


class Person(BaseModel):
    id: str
    login: str
    name: str
    role: Role
    locale: Locale
    email: str = ""
    disabled: bool
    must_change_password: bool
    revision: str = ""


class PersonMade(Person):
    one_time_password: str
    """shown now and never again"""


class AuditLine(BaseModel):
    """``user_name`` is "" for who is no person (the product itself). ``details.changes`` lists a save's fields.

    ``called``: what the object was called when it was last named, also of what is no more; "" = it never had a name. Of
    letters that is their kind, of messages by mail whose they are ("queue:ID").
    """

    id: int
    at: datetime
    user_id: str
    user_name: str = ""
    action: str
    object: str
    called: str = ""
    details: dict[str, Any]
