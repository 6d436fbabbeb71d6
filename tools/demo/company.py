"""Who is who in the demo company, as the product wrote it down when it made the company."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


class CompanyMissingError(Exception):
    """The product has not made its demo company (yet)."""


@dataclass(frozen=True, slots=True)
class Login:
    login: str
    password: str
    name: str


@dataclass(frozen=True, slots=True)
class Operator:
    """``human``: left free for a person in front of the browser."""

    id: str
    login: Login
    extension: str
    human: bool


@dataclass(frozen=True, slots=True)
class Company:
    administrator: Login
    supervisor: Login
    operators: tuple[Operator, ...]
    main_number: str
    closed_number: str

    @property
    def robots(self) -> tuple[Operator, ...]:
        return tuple(operator for operator in self.operators if not operator.human)

    @property
    def humans(self) -> tuple[Operator, ...]:
        return tuple(operator for operator in self.operators if operator.human)


def read_company(state: Path) -> Company:
    """From ``STATE/secrets/demo.json``. Raises CompanyMissingError."""
    path = state / "secrets" / "demo.json"
    try:
        written = json.loads(path.read_text())["company"]
        return Company(
            _login(written["administrator"]),
            _login(written["supervisor"]),
            tuple(Operator(a["id"], _login(a), a["extension"], bool(a["human"])) for a in written["agents"]),
            written["main_number"],
            written["closed_number"],
        )
    except FileNotFoundError:
        raise CompanyMissingError(f"{path} is missing: is Kaska running, with its demo company?") from None
    except (KeyError, TypeError, ValueError) as error:
        raise CompanyMissingError(f"{path} cannot be understood: {error!r}") from None


def _login(written: dict[str, str]) -> Login:
    return Login(written["login"], written["password"], written["name"])
