"""The core running live: facts on disk before a person is answered, timers, recovery after a restart, the door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from kaska.core import commands, events, facts
from kaska.core.ports import EngineAway, Refused
from kaska.engine.door import Door
from kaska.engine.engine import Engine
from kaska.engine.journal import Journal, Record
from kaska.engine.remote import RemoteEngine
from kaska.realtime.feed import LiveFeed
from support.company import DIRECT, MAIN, company
from support.waiting import until


class Running:
    """An engine on a journal, with a list where commands go."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.ordered: list[commands.Command] = []
        self.happened: list[facts.Fact] = []
        self.journal = Journal(directory / "journal.sqlite3")
        self.engine = Engine(self.journal, lambda _tenant, _cursor, happened, _written: self.happened.extend(happened))
        self.engine.carry_out = self.ordered.append
        self.demo = self.engine.open("demo")

    async def arrives(self, contact: str, number: str = DIRECT) -> None:
        await self.demo.submit(
            events.ContactArrived(self.engine.now(), contact, contact, "voice", number, "+79000000001", "+79000000001")
        )

    async def ready(self, agent: str) -> None:
        await self.demo.submit(events.AgentReadied(self.engine.now(), agent, "phone"))


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    started = Running(tmp_path)
    started.engine.publish(company(ring_seconds=0.2))
    yield started
    for tenant in started.engine.all():
        tenant.stop()
    started.journal.close()


async def test_who_submits_is_answered_when_the_facts_are_on_disk(running: Running) -> None:
    await running.arrives("k-1")
    on_disk = {record.contact for record in running.journal.read(0, 100, "demo")}
    assert "k-1" in on_disk


async def test_a_refusal_reaches_who_asked_and_changes_nothing(running: Running) -> None:
    before = running.journal.last_seq
    with pytest.raises(Refused, match="debt_closed"):
        await running.demo.submit(events.CallbackRequested(running.engine.now(), "a301", "d-none", "out-1"))
    assert running.journal.last_seq == before


async def test_the_clock_rings(running: Running) -> None:
    await running.ready("a301")
    await running.arrives("k-1")
    await until(lambda: running.demo.core.state.agents["a301"].state == "not_answering")
    assert any(isinstance(fact, facts.OfferOver) and fact.result == "timed_out" for fact in running.happened)


async def test_time_never_runs_backwards(running: Running) -> None:
    later = running.engine.now() + 5.0
    await running.demo.submit(events.AgentReadied(later, "a301", "phone"))
    await running.demo.submit(events.AgentPaused(later - 60.0, "a301", "lunch"))
    moments = [fact.at for fact in running.happened]
    assert moments == sorted(moments)


@pytest.mark.parametrize("with_snapshot", [False, True])
async def test_a_restart_remembers_everything(running: Running, *, with_snapshot: bool) -> None:
    await running.ready("a303")
    await running.arrives("k-1", MAIN)
    await running.arrives("k-2")
    if with_snapshot:
        await running.engine.stop()  # keeps a snapshot
    else:
        running.demo.stop()
    state = running.demo.core.state
    running.journal.close()
    again = Running(running.directory)
    try:
        assert again.demo.core.state == state
        assert again.demo.core.next_deadline() == running.demo.core.next_deadline()
    finally:
        again.demo.stop()
        again.journal.close()
        running.journal = Journal(running.directory / "other.sqlite3")  # for the fixture to close


async def test_an_event_finds_its_tenant(running: Running) -> None:
    running.engine.open("other")
    assert running.engine.tell(
        events.ContactArrived(running.engine.now(), "k-9", "k-9", "voice", DIRECT, "", "", trunk="city")
    )
    assert "k-9" in running.demo.core.state.contacts
    assert running.engine.tell(events.DeviceReached(running.engine.now(), "demo-301-web", reachable=True))
    assert running.demo.core.state.devices == {"demo-301-web": True}
    assert not running.engine.tell(events.LegAnswered(running.engine.now(), "nobody", "nobody-a1"))


async def test_another_process_asks_and_watches_through_the_door(running: Running) -> None:
    door = Door(running.engine, running.directory / "engine.sock")
    feed = LiveFeed()

    async def tenants() -> list[str]:
        return ["demo"]

    remote = RemoteEngine(running.directory / "engine.sock", feed, tenants)

    def told(tenant: str, cursor: int, _happened: Sequence[facts.Fact], written: Sequence[Record]) -> None:
        door.tell(tenant, cursor, written)

    running.engine._watch = running.demo._watch = told
    tasks = [asyncio.create_task(door.run()), asyncio.create_task(remote.run())]
    try:
        await until(lambda: feed.agent("demo", "a301"), 10)
        inbox = remote.inbox("demo")
        assert inbox is not None
        happened = await inbox.submit(events.AgentReadied(running.engine.now(), "a301", "phone"))
        assert [type(fact) for fact in happened] == [facts.DeviceChosen, facts.AgentIntended, facts.AgentStateChanged]
        # whoever is answered can already see what he did
        assert (feed.agent("demo", "a301") or {}).get("state") == "ready"
        door.tellers["health"] = lambda: {"engine": {"ok": True}}
        assert await remote.inquire("health") == {"engine": {"ok": True}}
        with pytest.raises(EngineAway):
            await remote.inquire("something it was never taught")
        with pytest.raises(Refused, match="debt_closed"):
            await inbox.submit(events.CallbackRequested(running.engine.now(), "a301", "d-none", "out-1"))
        tasks[0].cancel()
        await until(lambda: not remote.is_connected)
        with pytest.raises(EngineAway):
            await inbox.submit(events.AgentPaused(running.engine.now(), "a301", "lunch"))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
