from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.core.facts import (
    AgentStateChanged,
    Classified,
    Connected,
    ContactOpened,
    ContactOver,
    DebtClosed,
    DebtOpened,
    DeviceSeen,
    Fact,
    LegOver,
    LegStarted,
    Offered,
    OfferOver,
    RecordingReady,
    TalkOver,
)
from kaska.engine.journal import Journal
from kaska.kit.database import Database
from kaska.ledger.invariants import check_all
from kaska.ledger.laws import LAWS, Talks, Told, judge
from kaska.ledger.shipper import Shipper

pytestmark = pytest.mark.database


def opened(at: float, contact: str, direction: str = "inbound") -> ContactOpened:
    return ContactOpened(at, contact, "voice", direction, "", "", "", "", "", "", "", 1)


def debt(at: float, contact: str) -> DebtOpened:
    return DebtOpened(at, f"d-{contact}", contact, "", "", "waiting", "queue:q", "", at + 60)


def served(start: float, contact: str, agent: str = "anna", *, seconds: float = 10) -> list[Fact]:
    end = start + seconds
    return [
        opened(start, contact),
        LegStarted(start, contact, "a1", "agent", agent),
        Offered(start, contact, "a1", agent, "q", start + 9),
        OfferOver(start, contact, "a1", agent, "accepted"),
        Connected(start, contact, "a1", agent),
        TalkOver(end, contact, "a1", agent, seconds, 1.0),
        ContactOver(end, contact, "answered", "talked"),
        AgentStateChanged(end, agent, "wrap_up", "", 0.0, contact),
        RecordingReady(end, contact, f"{contact}.wav", seconds),
        Classified(end, contact, agent, "", "", ""),
    ]


GOOD: list[Fact] = [
    *served(1, "a"),
    *served(11, "b"),
    *served(5, "c", "boris"),
    opened(30, "d"),
    debt(31, "d"),
    ContactOver(31, "d", "lost", "waiting"),
    replace(opened(2, "s"), source="fallback"),
    Connected(3, "s", "a1", "anna"),
    TalkOver(6, "s", "a1", "anna", 3.0, 0.0),
    ContactOver(6, "s", "answered", "talked"),
    opened(30, "e", "outbound"),
    ContactOver(31, "e", "not_reached", "no_answer"),
    DebtClosed(40, "d-d", "called_back", "e"),
    Connected(50, "f", "a1", "anna"),
]
GOOD.insert(-1, opened(49, "f"))

BROKEN: dict[str, list[Fact]] = {
    "one_end": [opened(1, "x", "outbound"), *[ContactOver(2, "x", "not_reached", "busy")] * 2],
    "one_birth": [LegStarted(1, "x", "l", "customer"), opened(1, "x")],
    "end_is_last": [*served(1, "x"), LegOver(20, "x", "l", 16)],
    "unserved_is_owed": [opened(1, "x"), ContactOver(2, "x", "lost", "menu")],
    "debts_close_once": [debt(1, "x"), DebtClosed(2, "d-x", "came_back"), DebtClosed(3, "d-x", "came_back")],
    "one_talk_at_a_time": [*served(1, "x"), *served(10, "y")],
    "talks_end": [opened(1, "x"), Connected(1, "x", "a1", "anna"), ContactOver(2, "x", "answered", "talked")],
    "offers_end": [opened(1, "x"), Offered(1, "x", "a1", "a", "q", 2), ContactOver(2, "x", "blocked", "refused")],
    "no_negative_time": served(1, "x", seconds=-3),
    "known_outcome": [opened(1, "x", "outbound"), ContactOver(2, "x", "vanished", "busy")],
    "everyone_ends": [opened(1, "x"), DeviceSeen(1 + 8 * 86_400, "phone", True)],
    "debt_is_whole": [opened(1, "x"), replace(debt(2, "x"), owner="")],
    "talk_fits": [opened(1, "x"), Connected(1, "x", "a1", "anna"), TalkOver(11, "x", "a1", "anna", 12.0, 0.0)],
}
QUICK = settings(max_examples=40, deadline=None)

ELSEWHERE = {"no_holes", "readable", "columns_agree"}
"""laws that the journal cannot break: tested where rows are changed by hand"""


async def broken_laws(journal: Journal, database: Database, tenant: str, facts: list[Fact]) -> list[tuple[str, str]]:
    await journal.append(tenant, facts)
    await Shipper(journal, database).ship_all()
    async with database.tenant(tenant) as connection:
        return [(violation.law, violation.subject) for violation in await check_all(connection)]


async def test_balanced_books_break_no_law(journal: Journal, database: Database, tenant: str) -> None:
    assert await broken_laws(journal, database, tenant, GOOD) == []


@pytest.mark.parametrize("law", BROKEN)
async def test_each_law_sees_its_breach(journal: Journal, database: Database, tenant: str, law: str) -> None:
    subject = {"one_talk_at_a_time": "anna", "debts_close_once": "d-x"}.get(law, "x")
    assert (law, subject) in await broken_laws(journal, database, tenant, BROKEN[law])


def test_no_law_is_left_out() -> None:
    assert set(LAWS) == {*BROKEN, *ELSEWHERE}


@pytest.mark.parametrize(
    "facts",
    [
        [replace(debt(2, "x"), cause="sunspots"), replace(debt(2, "x"), due_at=0.0)],
        [Connected(1, "x", "a1", "anna"), TalkOver(3, "x", "other", "anna", 2.0, 0.0)],
    ],
)
def test_a_breach_is_seen_from_each_side(facts: list[Fact]) -> None:
    story = [Told(position, fact) for position, fact in enumerate(facts, 1)]
    assert {"debt_is_whole", "talk_fits"} & {violation.law for violation in judge("x", story)}


@QUICK
@given(st.integers(0, len(GOOD)))
def test_balanced_books_break_no_law_at_any_moment(length: int) -> None:
    """So the laws may be asked while facts are being written."""
    talks, by_contact = Talks(), dict[str, list[Told]]()
    for position, fact in enumerate(GOOD[:length], 1):
        told = Told(position, fact)
        assert talks.take(told) == []
        by_contact.setdefault(getattr(fact, "contact", ""), []).append(told)
    by_contact.pop("", None)
    assert [judge(contact, story) for contact, story in by_contact.items() if judge(contact, story)] == []
