"""Two books about one contact: what differs, and when it is too early to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kaska.features.calls.public import Brief
from kaska.features.reconciliation.comparison import (
    CHANNEL_GONE,
    CHANNEL_UNKNOWN,
    KIND_TEXTS,
    KINDS,
    CdrWitnessed,
    Counted,
    Lines,
    Witnessed,
    by_day,
    compare_contact,
    compare_lines,
)

BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)
ENDED = BEGAN + timedelta(seconds=50)
LATER = ENDED + timedelta(seconds=60)

SWITCH = Witnessed("c1", "+74950000101", "+79000000001", BEGAN, ENDED, 40.0, "answered")
LEDGER = Brief(
    id="c1",
    direction="inbound",
    channel="voice",
    number="+74950000101",
    caller="+79000000001",
    customer="+79000000001",
    caller_name="",
    source="live",
    arrived_at=BEGAN,
    ended_at=ENDED,
    outcome="answered",
    cause="talked",
    callback_promised_at=None,
    agents=["a301"],
    connected_at=BEGAN + timedelta(seconds=10),
    talk_seconds=40.0,
    recording="c1.wav",
    recording_seconds=40.0,
    recording_problem="",
    recording_deleted_at=None,
    recording_deleted_rule="",
    message="",
    message_seconds=0.0,
    fax="",
    fax_pages=0,
    fax_problem="",
    debt="",
)
LOST = replace(LEDGER, outcome="lost", cause="waiting", agents=[], connected_at=None, talk_seconds=0.0, recording="")


CDR = CdrWitnessed("c1", "+74950000101", "+79000000001", BEGAN, ENDED, ENDED, "ANSWERED", talked=True)
ALIKE = object()
"""the switch's two accounts say the same"""


def kinds(
    switch: Witnessed | None, ledger: Brief | None, cdr: CdrWitnessed | object | None = ALIKE, *, on_disk: bool = True
) -> list[str] | None:
    if cdr is ALIKE:
        cdr = switch and replace(CDR, talked=switch.outcome_hint == "answered")
    assert cdr is None or isinstance(cdr, CdrWitnessed)
    found = compare_contact(switch, ledger, cdr, settled_before=LATER, has_recording=lambda _: on_disk)
    return None if found is None else sorted(found)


def test_books_that_agree() -> None:
    assert kinds(SWITCH, LEDGER) == []
    assert kinds(replace(SWITCH, talk_seconds=41.9), LEDGER) == []
    assert kinds(replace(SWITCH, outcome_hint="no_answer", talk_seconds=0.0), LOST) == []
    assert kinds(replace(SWITCH, outcome_hint="no_answer"), replace(LOST, outcome="called_back")) == []
    assert kinds(replace(SWITCH, outcome_hint="", talk_seconds=0.0), LEDGER) == []
    assert kinds(None, replace(LEDGER, direction="outbound")) == []


@pytest.mark.parametrize(
    ("switch", "ledger", "expected"),
    [
        (SWITCH, None, ["missing_in_ledger"]),
        (None, LEDGER, ["missing_in_switch"]),
        (None, replace(LEDGER, direction="trial"), ["missing_in_switch"]),
        (SWITCH, replace(LEDGER, ended_at=None, outcome=""), ["not_ended"]),
        (SWITCH, LOST, ["outcome_differs"]),
        (replace(SWITCH, outcome_hint="no_answer"), LEDGER, ["outcome_differs"]),
        (replace(SWITCH, talk_seconds=42.1), LEDGER, ["talk_differs"]),
        (SWITCH, replace(LEDGER, recording=""), ["recording_missing"]),
        (None, replace(LEDGER, direction="outbound", recording=""), ["recording_missing"]),
        (None, replace(LEDGER, recording=""), ["missing_in_switch", "recording_missing"]),
    ],
)
def test_books_that_differ(switch: Witnessed | None, ledger: Brief | None, expected: list[str]) -> None:
    assert kinds(switch, ledger) == expected


def test_a_recording_whose_file_is_gone_is_missing() -> None:
    assert kinds(SWITCH, LEDGER, on_disk=False) == ["recording_missing"]


def test_a_moment_of_talk_needs_no_recording() -> None:
    assert kinds(replace(SWITCH, talk_seconds=0.4), replace(LEDGER, talk_seconds=0.4, recording="")) == []


def test_a_moment_of_talk_may_be_called_either_way() -> None:
    assert kinds(replace(SWITCH, talk_seconds=0.1), LOST) == []


def test_a_promised_callback_outlives_the_call() -> None:
    promised = replace(LOST, ended_at=None, outcome="", callback_promised_at=ENDED)
    assert kinds(replace(SWITCH, outcome_hint="no_answer"), promised) == []


def test_it_is_too_early_while_anything_is_fresh() -> None:
    fresh = LATER + timedelta(seconds=1)
    assert kinds(replace(SWITCH, ended_at=fresh), None) is None
    assert kinds(None, replace(LEDGER, ended_at=fresh)) is None
    assert kinds(SWITCH, replace(LEDGER, ended_at=fresh)) is None
    assert kinds(None, replace(LEDGER, ended_at=None)) is None
    assert kinds(None, None) is None


@pytest.mark.parametrize(
    ("switch", "ledger", "cdr", "expected"),
    [
        (SWITCH, LEDGER, None, ["cdr_cel_differ"]),
        (None, LEDGER, CDR, ["cdr_cel_differ"]),
        (None, None, CDR, ["cdr_cel_differ", "missing_in_ledger"]),
        (SWITCH, LEDGER, replace(CDR, talked=False), ["cdr_cel_differ"]),
        (replace(SWITCH, outcome_hint="not_answered", talk_seconds=0.0), LOST, CDR, ["cdr_cel_differ"]),
        # what cannot be held against each other
        (replace(SWITCH, outcome_hint=""), LEDGER, None, []),
        (replace(SWITCH, talk_seconds=0.4), replace(LEDGER, talk_seconds=0.4), replace(CDR, talked=False), []),
        (SWITCH, LEDGER, replace(CDR, ended_at=BEGAN), []),
        (None, None, replace(CDR, noted_at=LATER), None),
    ],
)
def test_the_two_accounts_of_the_switch(
    switch: Witnessed | None, ledger: Brief | None, cdr: CdrWitnessed | None, expected: list[str] | None
) -> None:
    assert kinds(switch, ledger, cdr) == expected


def test_every_kind_has_a_text() -> None:
    assert set(KIND_TEXTS) == set(KINDS)


@pytest.mark.parametrize(
    ("arrived", "present", "ledger", "expected"),
    [
        (["c1"], ["c1"], replace(LEDGER, ended_at=None), None),
        (["c1"], ["c1"], None, CHANNEL_UNKNOWN),
        (["c1"], ["c1"], replace(LEDGER, ended_at=BEGAN), CHANNEL_UNKNOWN),
        (["c1"], ["c1"], replace(LEDGER, ended_at=LATER), None),  # it ended as we looked
        ([], ["c1"], replace(LEDGER, ended_at=None), None),  # up at one of the looks
        ([], [], replace(LEDGER, ended_at=None), CHANNEL_GONE),
        ([], [], replace(LEDGER, ended_at=None, arrived_at=LATER), None),
        ([], [], replace(LEDGER, ended_at=None, callback_promised_at=BEGAN), None),
        ([], [], LEDGER, None),
    ],
)
def test_what_is_going_on(arrived: list[str], present: list[str], ledger: Brief | None, expected: str | None) -> None:
    lines = Lines(ENDED, dict.fromkeys(arrived, BEGAN), frozenset(present))
    known = {} if ledger is None else {"c1": ledger}
    going = {id: contact for id, contact in known.items() if contact.ended_at is None}
    found = compare_lines(lines, going, known)
    assert [kind for _, kind in found] == ([] if expected is None else [expected])


def test_the_counter_by_days_over_two_lives_of_the_switch() -> None:
    one, two = BEGAN - timedelta(days=40), BEGAN
    monday, tuesday = date(2026, 1, 5), date(2026, 1, 6)
    readings = [Counted(one, monday, 5), Counted(one, tuesday, 5), Counted(two, tuesday, 1)]
    assert by_day(readings, {one: 3}) == {monday: 2, tuesday: 1}
    assert by_day([], {}) == {}
