"""Which bridges are asked for: a plain one for two, another one that always mixes when others are heard."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from kaska.asterisk.bridges import ALWAYS_MIXED, PLAIN, Bridges
from kaska.asterisk.connection import Connection, Reply
from kaska.asterisk.mirror import Mirror
from kaska.asterisk.signals import Bridge


class Asked(Connection):
    """Keeps what was asked, in order; says yes to all."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.refused = ""
        """part of what is answered with a no"""

    def send(
        self, contact: str, method: str, uri: str, query: Mapping[str, str] | None = None, body: object = None
    ) -> asyncio.Future[Reply]:
        self.words.append(" ".join([method, uri.removeprefix("bridges/"), *(query or {}).values()]))
        future = asyncio.get_running_loop().create_future()
        refused = bool(self.refused) and self.refused in uri
        future.set_result(Reply(400, "Bad Request", "") if refused else Reply(204, "", ""))
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


async def two_talk(bridges: Bridges, asked: Asked) -> None:
    await bridges.join("c", ("c", "c-a1"))
    assert asked.told() == [f"POST c {PLAIN}", "POST c/addChannel c,c-a1"]


async def test_two_are_connected_plainly_and_once(bridges: Bridges, asked: Asked) -> None:
    await two_talk(bridges, asked)
    await bridges.join("c", ("c", "c-a1"))
    assert asked.told() == ["POST c/addChannel c,c-a1"]
    bridges.close("c")
    bridges.close("c")
    assert asked.told() == ["DELETE c"]
    await two_talk(bridges, asked)


async def test_who_was_sent_on_is_mixed_with_the_next(bridges: Bridges, asked: Asked) -> None:
    await two_talk(bridges, asked)
    await bridges.take_out("c", "c")
    assert asked.told() == ["POST c/removeChannel c"]
    await bridges.join("c", ("c", "c-a2"), mixed=True)
    assert asked.told() == [f"POST c-mixed {ALWAYS_MIXED}", "POST c-mixed/addChannel c,c-a2", "DELETE c"]
    bridges.close("c")
    assert asked.told() == ["DELETE c-mixed"]
    await two_talk(bridges, asked)


async def test_who_talk_are_moved_before_others_come(bridges: Bridges, asked: Asked) -> None:
    await two_talk(bridges, asked)
    assert (await bridges.mix("c", ("c", "c-a1"))).ok
    assert asked.told() == [f"POST c-mixed {ALWAYS_MIXED}", "POST c-mixed/addChannel c,c-a1", "DELETE c"]
    assert bridges.name_of("c") == "c-mixed"
    assert (await bridges.mix("c", ("c", "c-a1"))).ok
    await bridges.join("c", ("c-a2",))
    assert asked.told() == ["POST c-mixed/addChannel c-a2"]


async def test_nobody_is_moved_when_one_is_gone(bridges: Bridges, asked: Asked) -> None:
    await two_talk(bridges, asked)
    asked.refused = "c-mixed/addChannel"
    assert not (await bridges.mix("c", ("c", "c-a1"))).ok
    assert asked.told()[-1] == "DELETE c-mixed"
    assert bridges.name_of("c") == "c"


async def test_after_a_reconnect_the_bridge_that_mixes_is_known(bridges: Bridges, asked: Asked) -> None:
    bridges.adopt(Mirror("", {}, {name: Bridge(name, []) for name in ("c-mixed", "d")}, frozenset(), {}))
    assert (bridges.name_of("c"), bridges.name_of("d")) == ("c-mixed", "d")
