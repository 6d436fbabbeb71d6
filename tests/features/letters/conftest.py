"""Fixtures of letters: a company, a real mail server, and the post between them."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from tests.plugins.postgres import free_port

from kaska.features.letters.public import Letters
from kaska.kit.config import Settings
from support.books import Company, company, database, found, neighbour, web

__all__ = ["company", "database", "found", "neighbour", "web"]


class Box:
    """A mail server; ``answers`` are given one after the other, then everything is taken."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.letters: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- named by aiosmtpd
        if self.answers:
            return self.answers.pop(0)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    made, port = Box(), free_port()
    server = Controller(made, hostname="127.0.0.1", port=port)
    server.start()
    yield made, port
    server.stop()


class Post:
    """The letters of a company; time is the test's."""

    def __init__(self, company: Company, directory: Path, port: int) -> None:
        self.company = company
        # at the same hour whenever the test runs: letters that are too late are not sent
        self.now = (datetime.now(UTC) + timedelta(days=1)).replace(hour=6, minute=0, second=0, microsecond=0)
        settings = Settings(
            _env_file=None, state=directory, smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none",
            smtp_from="kaska@kaska.test",
        )  # fmt: skip

        async def tenants() -> list[str]:
            return [company.tenant]

        self.letters = Letters(settings, company.database, tenants, clock=lambda: self.now)

    async def passes(self, **time: float) -> None:
        self.now += timedelta(**time)
        await self.letters.look(self.company.tenant)
        await self.letters.send(self.company.tenant)


@pytest.fixture
def post(company: Company, tmp_path: Path, box: tuple[Box, int]) -> Post:
    return Post(company, tmp_path, box[1])
