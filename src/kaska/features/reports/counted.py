"""How an ended contact counts. Pure: a contact's figures are a function of its facts, and a correction is what the
contact counts for now less what it counted for before.
"""

from __future__ import annotations

from collections.abc import Iterator

from kaska.core.counting.offered import in_time, is_answered, is_offered, is_short
from kaska.core.inside.reaching import INSIDE
from kaska.core.scenarios.trials import TRIAL
from kaska.features.calls.public import Card, Folder
from kaska.features.reports.cubes import (
    AGENTS,
    ANSWERED_WAIT,
    ENDS,
    FLOW,
    LOST_WAIT,
    QUARTER_SECONDS,
    STATES,
    SUBJECTS,
    TALK,
    TALK_OUT,
    TARGETS,
)
from kaska.features.reports.sums import Sums, quarter_of


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def count(sums: Sums, folder: Folder | None, sign: int = 1) -> None:
    """Add what a contact counts for (``sign`` -1: take it away). One that is not over counts for nothing, nor does the
    trial of a draft."""
    if folder is None or folder.card.ended_at is None or folder.card.direction == TRIAL:
        return
    card = folder.card
    start = quarter_of(card.arrived_at.timestamp())
    offered = _is_offered(card)
    answered = offered and is_answered(card.outcome)
    sums.add(FLOW, start, (card.project, card.queue, _our_number(card), card.direction), _flow(card, offered), sign)
    ends = {"contacts": 1, "wait_ms": milliseconds(card.wait_seconds)}
    sums.add(ENDS, start, (card.project, card.queue, card.direction, card.outcome, card.cause), ends, sign)
    if card.connected_at is not None or card.classified_at is not None:
        about = {"contacts": 1, "talk_ms": milliseconds(card.talk_seconds)}
        place = (card.project, card.direction, card.topic, card.result, card.refusal)
        sums.add(SUBJECTS, start, place, about, sign)
    for agent, values in _by_agent(folder).items():
        sums.add(AGENTS, start, (agent, card.project, card.queue), values, sign)
    if offered:
        sums.mark(start, ANSWERED_WAIT if answered else LOST_WAIT, card, card.wait_seconds, sign)
    if card.connected_at is not None:
        sums.mark(start, TALK if card.direction == "inbound" else TALK_OUT, card, card.talk_seconds, sign)


def _is_offered(card: Card) -> bool:
    return is_offered(card.direction, queued=card.queued_at is not None, presented=card.offers > 0)


def _our_number(card: Card) -> str:
    """The line that was called; an outbound contact has none, and a person's number must not become a dimension."""
    return card.number if card.direction == "inbound" else ""


def _flow(card: Card, offered: bool) -> dict[str, int]:
    answered = offered and is_answered(card.outcome)
    talked = card.connected_at is not None
    values = {
        "contacts": 1,
        card.outcome if card.outcome != "answered" else "": 1,
        "offered": int(offered),
        "answered": int(answered),
        "abandoned": int(offered and card.outcome in ("lost", "short_abandoned")),
        "short_offered": int(offered and is_short(card.outcome)),
        "promised": int(card.callback_promised_at is not None),
        "overflowed": int(card.overflowed),
        "talked": int(talked),
        "transferred": int(len(card.agents) > 1),
        "recorded": int(card.recording != ""),
        "unrecorded": int(talked and card.recording == ""),
        "talk_ms": milliseconds(card.talk_seconds),
        "hold_ms": milliseconds(card.hold_seconds),
    }
    if offered:
        kind = "answered" if answered else "lost"
        values["wait_ms" if answered else "lost_wait_ms"] = milliseconds(card.wait_seconds)
        values |= {f"{kind}_{target}": 1 for target in TARGETS if in_time(card.wait_seconds, target)}
    return values


def _by_agent(folder: Folder) -> dict[str, dict[str, int]]:
    card = folder.card
    found: dict[str, dict[str, int]] = {}
    for leg in folder.legs.values():
        if not leg.agent:
            continue
        row = found.setdefault(leg.agent, {})
        more = {
            "talk_ms": milliseconds(leg.talk_seconds),
            "hold_ms": milliseconds(leg.hold_seconds),
            "offers": int(bool(leg.offer)),
        }
        for name, value in more.items():
            row[name] = row.get(name, 0) + value
        if leg.offer in ("rejected", "timed_out"):
            row[leg.offer] = 1
    for agent in card.agents:
        row = found.setdefault(agent, {})
        row["contacts"] = 1
        row["outbound"] = int(card.direction == "outbound")
        row["transferred"] = int(len(card.agents) > 1)
    return found


def spend(sums: Sums, agent: str, state: str, reason: str, since_ms: int, until_ms: int) -> None:
    """Add the time an agent was in a state to each quarter of an hour that it touched."""
    if state in ("", "offline"):
        return
    if reason == INSIDE and state in ("ringing", "talking"):
        state = INSIDE  # with a colleague: at work, and with no customer
    why = reason if state == "break" else ""
    for start, spent in _quarters(since_ms, until_ms):
        sums.add(STATES, start, (agent, state, why), {"spent_ms": spent})


def _quarters(since_ms: int, until_ms: int) -> Iterator[tuple[int, int]]:
    quarter = QUARTER_SECONDS * 1000
    while since_ms < until_ms:
        start = since_ms // quarter * quarter
        end = min(until_ms, start + quarter)
        yield start // 1000, end - since_ms
        since_ms = end
