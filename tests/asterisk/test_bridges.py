"""Which bridges are asked for: a plain one for two, one that always mixes after a transfer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from kaska.asterisk.bridges import ALWAYS_MIXED, PLAIN, Bridges
from kaska.asterisk.connection import Connection, Reply


class Asked(Connection):
    """Keeps what was asked, in order; says yes to all."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def send(
        self, contact: str, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> asyncio.Future[Reply]:
        self.words.append(" ".join([method, uri.removeprefix("bridges/"), *(query or {}).values()]))
        future = asyncio.get_running_loop().create_future()
        future.set_result(Reply(204, "", ""))
        return future

    def told(self) -> list[str]:
        words, self.words = self.words, []
        return words


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def bridges(asked: Asked) -> Bridges:
    return Bridges(asked)


def two_talk(bridges: Bridges, asked: Asked) -> None:
    bridges.join("c", ("c", "c-a1"))
    assert asked.told() == [f"POST c {PLAIN}", "POST c/addChannel c,c-a1"]


async def test_two_are_connected_plainly_and_once(bridges: Bridges, asked: Asked) -> None:
    two_talk(bridges, asked)
    bridges.join("c", ("c", "c-a1"))
    assert asked.told() == ["POST c/addChannel c,c-a1"]
    bridges.close("c")
    bridges.close("c")
    assert asked.told() == ["DELETE c"]
    two_talk(bridges, asked)


async def test_who_was_sent_on_is_mixed_with_the_next(bridges: Bridges, asked: Asked) -> None:
    two_talk(bridges, asked)
    bridges.take_out("c", "c")
    assert asked.told() == ["POST c/removeChannel c", "DELETE c"]
    bridges.join("c", ("c", "c-a2"))
    assert asked.told() == [f"POST c {ALWAYS_MIXED}", "POST c/addChannel c,c-a2"]
