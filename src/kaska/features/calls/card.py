"""A contact's card, folded from its facts one by one. Pure: the same facts in the same order give the same card.

Times become UTC datetimes rounded to microseconds at once, so that a card read back from the database continues
exactly as one that was never written. Text arrives clean: the ledger keeps no NUL.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from kaska.core import facts as f

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NATIONAL_LENGTH = 11


def moment(at: float) -> datetime:
    """Seconds since the epoch as a UTC datetime."""
    return _EPOCH + timedelta(seconds=at)


def plain(text: str) -> str:
    """What a person typed, as PostgreSQL can keep it: without NUL and without halves of surrogate pairs."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def searchable(number: str) -> str:
    """A number's digits, one spelling for all: ``8 (495) 000-00-01`` and ``+7 495 0000001`` → ``74950000001``."""
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    if len(digits) == _NATIONAL_LENGTH and digits.startswith("8") and not number.lstrip().startswith("+"):
        return "7" + digits[1:]
    return digits


@dataclass(slots=True)
class Leg:
    contact: str
    leg: str
    started_at: datetime
    party: str = ""
    agent: str = ""
    endpoint: str = ""
    offer: str = ""
    up_at: datetime | None = None
    connected_at: datetime | None = None
    ended_at: datetime | None = None
    cause: int | None = None
    talk_seconds: float = 0.0
    hold_seconds: float = 0.0


@dataclass(slots=True)
class Card:
    """One row of ``contacts``; the fields are its columns."""

    id: str
    arrived_at: datetime
    direction: str = ""
    channel: str = ""
    number: str = ""
    caller: str = ""
    customer: str = ""
    caller_name: str = ""
    digits: str = ""
    trunk: str = ""
    project: str = ""
    scenario: str = ""
    scenario_version: int = 0
    source: str = ""
    answered_at: datetime | None = None
    step: str = ""
    keys: str = ""
    queue: str = ""
    queued_at: datetime | None = None
    waiting_since: datetime | None = None
    wait_seconds: float = 0.0
    overflowed: bool = False
    reserve: str = ""
    offers: int = 0
    callback_promised_at: datetime | None = None
    agents: list[str] = field(default_factory=list)
    connected_at: datetime | None = None
    talk_seconds: float = 0.0
    hold_seconds: float = 0.0
    ended_at: datetime | None = None
    outcome: str = ""
    cause: str = ""
    classified_by: str = ""
    classified_at: datetime | None = None
    topic: str = ""
    result: str = ""
    note: str = ""
    heard_from: str = ""
    refusal: str = ""
    next_step: str = ""
    next_at: datetime | None = None
    recording: str = ""
    recording_seconds: float = 0.0
    recording_problem: str = ""
    recording_deleted_at: datetime | None = None
    recording_deleted_rule: str = ""
    message: str = ""
    message_seconds: float = 0.0
    fax: str = ""
    fax_pages: int = 0
    fax_station: str = ""
    fax_problem: str = ""
    debt: str = ""
    repays: str = ""


@dataclass(slots=True)
class Folder:
    """A card with its legs, as far as the facts have told."""

    card: Card
    legs: dict[str, Leg] = field(default_factory=dict)
    touched: dict[str, Leg] = field(default_factory=dict)
    """legs that facts were written into since the folder was taken out"""

    def leg(self, name: str, at: float) -> Leg:
        """The leg of that name; one nobody announced is begun here, so that what is known of it is not dropped."""
        if name not in self.legs:
            self.legs[name] = Leg(self.card.id, name, moment(at))
        self.touched[name] = self.legs[name]
        return self.legs[name]


def opened(fact: f.ContactOpened) -> Folder:
    """The folder of a contact at its first signal."""
    return Folder(
        Card(
            id=fact.contact,
            arrived_at=moment(fact.at),
            direction=fact.direction,
            channel=fact.channel,
            number=fact.number,
            caller=fact.caller,
            customer=fact.customer,
            caller_name=fact.caller_name,
            digits=searchable(fact.customer or fact.caller),
            trunk=fact.trunk,
            project=fact.project,
            scenario=fact.scenario,
            scenario_version=fact.scenario_version,
            source=fact.source,
            repays=fact.debt,
        )
    )


def fold(folder: Folder, fact: f.Fact) -> None:
    """Write one later fact of the same contact into its folder; facts that the card does not show change nothing."""
    step = _STEPS.get(type(fact))
    if step is not None:
        step(folder, fact)


def _wait_over(card: Card, at: float) -> None:
    if card.waiting_since is not None:
        card.wait_seconds += max(0.0, (moment(at) - card.waiting_since).total_seconds())
        card.waiting_since = None


def _leg_started(folder: Folder, fact: f.LegStarted) -> None:
    leg = folder.leg(fact.leg, fact.at)
    leg.party, leg.agent, leg.endpoint = fact.party, fact.agent, fact.endpoint


def _taken_over(folder: Folder, fact: f.TakenOver) -> None:
    folder.leg(fact.leg, fact.at).party = "agent"


def _leg_up(folder: Folder, fact: f.LegUp) -> None:
    leg = folder.leg(fact.leg, fact.at)
    leg.up_at = moment(fact.at)
    if leg.party == "customer" and folder.card.answered_at is None:
        folder.card.answered_at = leg.up_at


def _leg_over(folder: Folder, fact: f.LegOver) -> None:
    leg = folder.leg(fact.leg, fact.at)
    leg.ended_at, leg.cause = moment(fact.at), fact.cause


def _step_entered(folder: Folder, fact: f.StepEntered) -> None:
    folder.card.step = fact.node


def _digit_taken(folder: Folder, fact: f.DigitTaken) -> None:
    folder.card.keys = fact.digits


def _queued(folder: Folder, fact: f.Queued) -> None:
    card = folder.card
    if not card.queue:
        card.queue, card.queued_at = fact.queue, moment(fact.at)
    if not (card.waiting_since or card.callback_promised_at or card.connected_at):
        card.waiting_since = moment(fact.at)


def _overflowed(folder: Folder, fact: f.Overflowed) -> None:
    folder.card.overflowed, folder.card.reserve = True, fact.reserve or folder.card.reserve


def _dequeued(folder: Folder, fact: f.Dequeued) -> None:
    _wait_over(folder.card, fact.at)


def _callback_promised(folder: Folder, fact: f.CallbackPromised) -> None:
    """The person waits no longer on the line: what is counted as waiting ends here."""
    _wait_over(folder.card, fact.at)
    folder.card.callback_promised_at = moment(fact.at)


def _offered(folder: Folder, fact: f.Offered) -> None:
    folder.card.offers += 1


def _offer_over(folder: Folder, fact: f.OfferOver) -> None:
    folder.leg(fact.leg, fact.at).offer = fact.result


def _connected(folder: Folder, fact: f.Connected) -> None:
    card, agent = folder.card, fact.agent
    _wait_over(card, fact.at)
    card.connected_at = card.connected_at or moment(fact.at)
    if agent and agent not in card.agents:
        card.agents = [*card.agents, agent]
    leg = folder.leg(fact.leg, fact.at)
    leg.connected_at = leg.connected_at or moment(fact.at)


def _talk_over(folder: Folder, fact: f.TalkOver) -> None:
    leg = folder.leg(fact.leg, fact.at)
    for row in (folder.card, leg):
        row.talk_seconds += fact.seconds
        row.hold_seconds += fact.held_seconds


def _returned_to_line(folder: Folder, fact: f.ReturnedToLine) -> None:
    card = folder.card
    if not (card.waiting_since or card.callback_promised_at or card.connected_at):
        card.waiting_since = moment(fact.at)


def _message_taken(folder: Folder, fact: f.MessageTaken) -> None:
    if fact.name:
        folder.card.message, folder.card.message_seconds = fact.name, fact.seconds


def _fax_taken(folder: Folder, fact: f.FaxTaken) -> None:
    card = folder.card
    if fact.name or not card.fax:
        card.fax, card.fax_pages, card.fax_station, card.fax_problem = fact.name, fact.pages, fact.station, fact.problem


def _contact_over(folder: Folder, fact: f.ContactOver) -> None:
    card = folder.card
    _wait_over(card, fact.at)
    card.ended_at, card.outcome, card.cause = moment(fact.at), fact.outcome, fact.cause


def _recording_ready(folder: Folder, fact: f.RecordingReady) -> None:
    card = folder.card
    card.recording, card.recording_seconds = fact.name, fact.seconds
    card.recording_problem = fact.problem


def _recording_deleted(folder: Folder, fact: f.RecordingDeleted) -> None:
    """The first telling counts: after a crash it may be told again."""
    if folder.card.recording_deleted_at is None:
        folder.card.recording_deleted_at, folder.card.recording_deleted_rule = moment(fact.at), fact.rule


def _classified(folder: Folder, fact: f.Classified) -> None:
    card = folder.card
    card.classified_by, card.classified_at = fact.agent, moment(fact.at)
    card.topic, card.result, card.note = fact.topic, fact.result, fact.note
    card.heard_from, card.refusal, card.next_step = fact.heard_from, fact.refusal, fact.next_step
    card.next_at = moment(fact.next_at) if fact.next_at else None


def _debt_opened(folder: Folder, fact: f.DebtOpened) -> None:
    folder.card.debt = fact.debt


_STEPS: dict[type[Any], Callable[[Folder, Any], None]] = {
    f.LegStarted: _leg_started,
    f.LegUp: _leg_up,
    f.TakenOver: _taken_over,
    f.LegOver: _leg_over,
    f.StepEntered: _step_entered,
    f.DigitTaken: _digit_taken,
    f.Queued: _queued,
    f.Overflowed: _overflowed,
    f.Dequeued: _dequeued,
    f.CallbackPromised: _callback_promised,
    f.Offered: _offered,
    f.OfferOver: _offer_over,
    f.ReturnedToLine: _returned_to_line,
    f.Connected: _connected,
    f.TalkOver: _talk_over,
    f.MessageTaken: _message_taken,
    f.FaxTaken: _fax_taken,
    f.ContactOver: _contact_over,
    f.RecordingReady: _recording_ready,
    f.RecordingDeleted: _recording_deleted,
    f.Classified: _classified,
    f.DebtOpened: _debt_opened,
}

SHOWN: frozenset[type[Any]] = frozenset({f.ContactOpened, *_STEPS})
"""the facts that change a card"""
