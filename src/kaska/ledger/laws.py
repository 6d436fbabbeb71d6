"""The laws of the ledger: what must hold for everything that is written there, and the sentences for people.

Pure. Each law also holds for every beginning of the ledger, so that it may be asked at any moment; only
``everyone_ends`` and the talk that never ended are asked of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kaska.core.contacts.outcomes import SERVED, EndCause, Outcome
from kaska.core.events import FALLBACK
from kaska.core.facts import (
    FACT_TYPES,
    Connected,
    ContactOpened,
    ContactOver,
    DebtOpened,
    Fact,
    MessageTaken,
    Offered,
    OfferOver,
    RecordingReady,
    TalkOver,
)
from kaska.ledger.canonical import Row
from kaska.ledger.codec import decode_fact

TOLERANCE = 0.001
"""seconds by which times may differ from rounding"""
FORGOTTEN_AFTER = 7 * 86_400.0
"""seconds without a fact after which a contact that has not ended is forgotten"""

_AFTERLIFE = frozenset(
    {
        "contact_over",
        "recording_ready",
        "recording_deleted",
        "classified",
        "agent_state_changed",
        "debt_opened",
        "debt_attempted",
        "debt_closed",
    }
)
LIFE = frozenset(FACT_TYPES[name] for name in FACT_TYPES if name not in _AFTERLIFE)
"""Facts of a contact's life: none of them may follow its end."""

LAWS: dict[str, tuple[str, str]] = {
    "readable": ("Каждый факт можно прочесть", "Every fact can be read"),
    "columns_agree": ("Столбцы говорят то же, что сам факт", "The columns say what the fact itself says"),
    "no_holes": ("Номера фактов идут подряд, без пропусков", "Positions are 1, 2, 3… without holes"),
    "one_birth": ("Обращение открыто один раз и раньше всего остального", "A contact is opened once, before all else"),
    "one_end": ("Обращение заканчивается один раз", "A contact ends once"),
    "known_outcome": (
        "Обращение заканчивается одним из известных исходов",
        "A contact ends in one of the known outcomes",
    ),
    "end_is_last": ("После конца обращения с ним ничего не происходит", "Nothing happens to a contact after its end"),
    "everyone_ends": (
        "Никто не забыт: у каждого обращения есть конец",
        "Nobody is forgotten: every contact comes to an end",
    ),
    "unserved_is_owed": (
        "За каждого, кого не обслужили, есть долг",
        "There is a debt for everybody who was not served",
    ),
    "debt_is_whole": (
        "У долга есть причина, ответственный и срок",
        "A debt has a cause, an owner and a deadline",
    ),
    "debts_close_once": (
        "Долг открыт один раз и закрыт не больше раза",
        "A debt is opened once and closed at most once",
    ),
    "one_talk_at_a_time": ("Никто не говорит по двум звонкам сразу", "Nobody talks on two contacts at once"),
    "talks_end": ("После конца обращения никто не говорит", "When a contact has ended, nobody talks on it"),
    "talk_fits": (
        "Время разговора равно времени между его началом и концом",
        "The seconds of a talk are those between its beginning and its end",
    ),
    "offers_end": (
        "После конца обращения никому оно не предложено",
        "When a contact has ended, no offer of it is open",
    ),
    "no_negative_time": (
        "Ничто не длится меньше нуля, а удержание — дольше разговора",
        "No duration is negative, and no hold is longer than its talk",
    ),
}
"""name → (Russian, English)"""


@dataclass(frozen=True, slots=True)
class Violation:
    """``subject`` is a contact, an agent, a debt or a tenant; ``position`` the fact where it shows."""

    law: str
    subject: str
    position: int
    detail: str


@dataclass(frozen=True, slots=True)
class Told:
    """A fact and where it stands."""

    position: int
    fact: Fact


Story = Sequence[Told]
"""Everything that names one contact, by position."""
Found = Iterator[tuple[int, str]]
"""(position, detail)"""


def read_row(row: Row) -> tuple[Told | None, list[Violation]]:
    """The fact of a row, None when it cannot be read; and what is wrong with the row alone."""
    subject = row.contact or row.type
    try:
        fact = decode_fact(row.type, row.body)
    except ValueError as problem:
        return None, [Violation("readable", subject, row.position, f"{row.type}: {problem}")]
    wrong = []
    if getattr(fact, "contact", "") != row.contact:
        wrong.append("contact")
    if not _same_moment(fact.at, row.at):
        wrong.append("at")
    broken = [Violation("columns_agree", subject, row.position, ", ".join(wrong))] if wrong else []
    return Told(row.position, fact), broken


def judge(contact: str, story: Story) -> list[Violation]:
    """Every law that this contact's story breaks so far."""
    return [Violation(law, contact, *found) for law, look in _STORY_LAWS.items() for found in look(story)]


def is_over(story: Story) -> bool:
    return any(isinstance(told.fact, ContactOver) for told in story)


def forgotten(contact: str, story: Story, newest_at: float) -> list[Violation]:
    """Asked of a whole ledger whose newest fact is of ``newest_at``: was this contact left without an end?"""
    if is_over(story) or not any(type(told.fact) in LIFE for told in story):
        return []
    silent = newest_at - max(told.fact.at for told in story)
    if silent <= FORGOTTEN_AFTER:
        return []
    return [Violation("everyone_ends", contact, story[-1].position, f"silent for {silent / 86_400:.0f} days")]


def one_birth(story: Story) -> Found:
    lived = [told for told in story if type(told.fact) in LIFE or isinstance(told.fact, ContactOver)]
    births = [told for told in lived if isinstance(told.fact, ContactOpened)]
    if lived and (len(births) != 1 or lived[0] is not births[0]):
        yield lived[0].position, f"opened {len(births)} times"


def one_end(story: Story) -> Found:
    ends = [told.position for told in story if isinstance(told.fact, ContactOver)]
    if len(ends) > 1:
        yield ends[-1], f"ended {len(ends)} times"


def known_outcome(story: Story) -> Found:
    for told in story:
        fact = told.fact
        if isinstance(fact, ContactOver) and (fact.outcome not in _OUTCOMES or fact.cause not in _CAUSES):
            yield told.position, f"{fact.outcome!r}, {fact.cause!r}"


def end_is_last(story: Story) -> Found:
    over = False
    for told in story:
        if over and type(told.fact) in LIFE:
            yield told.position, f"{type(told.fact).__name__} after the end"
        over = over or isinstance(told.fact, ContactOver)


def unserved_is_owed(story: Story) -> Found:
    inbound = any(isinstance(told.fact, ContactOpened) and told.fact.direction == "inbound" for told in story)
    if not inbound or any(isinstance(told.fact, DebtOpened) for told in story):
        return
    for told in story:
        if isinstance(told.fact, ContactOver) and told.fact.outcome not in SERVED:
            yield told.position, f"{told.fact.outcome} without a debt"


def debt_is_whole(story: Story) -> Found:
    for told in story:
        fact = told.fact
        if not isinstance(fact, DebtOpened):
            continue
        missing = []
        if fact.cause not in _CAUSES:
            missing.append("cause")
        if not fact.owner.startswith(("agent:", "queue:", "project:")):
            missing.append("owner")
        if fact.due_at < fact.at - TOLERANCE:
            missing.append("deadline")
        if missing:
            yield told.position, f"without {', '.join(missing)}"


def talks_end(story: Story) -> Found:
    ended = {told.fact.leg for told in story if isinstance(told.fact, TalkOver)}
    if is_over(story):
        for told in story:
            if isinstance(told.fact, Connected) and told.fact.leg not in ended:
                yield told.position, f"{told.fact.agent} still talks after the end"


def talk_fits(story: Story) -> Found:
    began: dict[str, float] = {}
    for told in story:
        fact = told.fact
        if isinstance(fact, Connected):
            began[fact.leg] = fact.at
        elif isinstance(fact, TalkOver):
            if fact.leg not in began:
                yield told.position, f"the talk of {fact.agent} ended and had not begun"
                continue
            lasted = max(fact.at - began.pop(fact.leg), 0.0)
            if abs(lasted - fact.seconds) > TOLERANCE:
                yield told.position, f"{fact.seconds:g} s written, {lasted:g} s between the times"


def offers_end(story: Story) -> Found:
    ended = {told.fact.leg for told in story if isinstance(told.fact, OfferOver)}
    if is_over(story):
        for told in story:
            if isinstance(told.fact, Offered) and told.fact.leg not in ended:
                yield told.position, f"the offer to {told.fact.agent} is open after the end"


def no_negative_time(story: Story) -> Found:
    born = next((told.fact.at for told in story if isinstance(told.fact, ContactOpened)), None)
    for told in story:
        fact = told.fact
        if isinstance(fact, TalkOver | MessageTaken | RecordingReady) and fact.seconds < 0:
            yield told.position, f"{type(fact).__name__} lasted {fact.seconds:g} s"
        if isinstance(fact, TalkOver) and not 0 <= fact.held_seconds <= fact.seconds + TOLERANCE:
            yield told.position, f"held {fact.held_seconds:g} s of {fact.seconds:g} s"
        if isinstance(fact, ContactOver) and born is not None and fact.at < born - TOLERANCE:
            yield told.position, "ended before it began"


_STORY_LAWS: dict[str, Callable[[Story], Found]] = {
    look.__name__: look
    for look in (
        one_birth,
        one_end,
        known_outcome,
        end_is_last,
        unserved_is_owed,
        debt_is_whole,
        talks_end,
        talk_fits,
        offers_end,
        no_negative_time,
    )
}


@dataclass(slots=True)
class _Talk:
    contact: str
    began: float
    doubted: list[tuple[str, int, float]]
    """(contact, position, at) of talks of the same agent that began before this one's end was written down"""


class Talks:
    """The law that nobody talks on two contacts at once, for facts taken by position. Holds a few words an agent.

    Contacts that the switch served alone are not held to it: nobody kept a second call from a telephone then; nor are
    those outside (no agent), of whom many may talk.
    """

    def __init__(self) -> None:
        self._alone: set[str] = set()
        self._open: dict[str, dict[tuple[str, str], _Talk]] = {}
        self._busy_until: dict[str, tuple[float, str]] = {}

    def take(self, told: Told) -> list[Violation]:
        fact = told.fact
        if isinstance(fact, Connected):
            one_of_ours = bool(fact.agent) and fact.contact not in self._alone
            return self._connected(told.position, fact) if one_of_ours else []
        if isinstance(fact, TalkOver):
            return self._over(fact)
        if isinstance(fact, ContactOpened) and fact.source == FALLBACK:
            self._alone.add(fact.contact)
        elif isinstance(fact, ContactOver):
            self._alone.discard(fact.contact)
        return []

    def never_ended(self) -> list[Violation]:
        """What began while a talk went on whose end is not written at all: asked of a whole ledger."""
        return [
            _two_talks(agent, position, contact, talk.contact)
            for agent, talks in self._open.items()
            for talk in talks.values()
            for contact, position, _ in talk.doubted
        ]

    def _connected(self, position: int, fact: Connected) -> list[Violation]:
        talks = self._open.setdefault(fact.agent, {})
        for talk in talks.values():
            talk.doubted.append((fact.contact, position, fact.at))
        talks[fact.contact, fact.leg] = _Talk(fact.contact, fact.at, [])
        until, other = self._busy_until.get(fact.agent, (0.0, ""))
        return [_two_talks(fact.agent, position, fact.contact, other)] if until > fact.at + TOLERANCE else []

    def _over(self, fact: TalkOver) -> list[Violation]:
        talk = self._open.get(fact.agent, {}).pop((fact.contact, fact.leg), None)
        if talk is None:
            return []
        if fact.at > self._busy_until.get(fact.agent, (0.0, ""))[0]:
            self._busy_until[fact.agent] = (fact.at, fact.contact)
        return [
            _two_talks(fact.agent, position, contact, fact.contact)
            for contact, position, at in talk.doubted
            if fact.at > at + TOLERANCE
        ]


def _two_talks(agent: str, position: int, contact: str, other: str) -> Violation:
    return Violation("one_talk_at_a_time", agent, position, f"talks on {contact} while on {other}")


def _same_moment(seconds: float, at: datetime) -> bool:
    """The column is the fact's time, rounded to microseconds."""
    return abs((at - _EPOCH) / timedelta(seconds=1) - seconds) < 5e-6


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OUTCOMES = frozenset(Outcome)
_CAUSES = frozenset(EndCause)
