"""What would close the holes: one rule a function, each looks at the evidence and says what it found.

The same rules serve the live books and audits of foreign logs; evidence that a source does not have is None or empty,
and the rules that need it keep silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kaska.core.counting.hole_words import CLOSING, HOLES, WEEKDAYS, Texts, clock_time, number, of
from kaska.core.counting.holes import PLACE_OF, Hole, Place
from kaska.core.counting.week import Week

FEW = 0.02
"""below this share of all that arrived a hole is not worth advice"""
FEWEST = 3
"""so few contacts are chance"""
GREETING_S = 10.0
SHORT_RING_S = 10.0
LONG_RING_S = 20.0
MOST = 3
"""hits of one rule"""


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of half-hours on a weekday: [start, end) in half-hours since midnight."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rings:
    """How long telephones ring, in seconds: those nobody took (median), and until taken (90 % were faster)."""

    in_vain: int
    vain_s: float
    taken_s: float | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """``arrived``: all contacts of the period; ``leaks``: how many ran out of each hole."""

    arrived: int
    leaks: Mapping[Hole, int]
    week: Week | None = None
    steps: Sequence[tuple[str | Texts, int]] = ()
    """(step of a scenario as people call it, in one word or in both languages; contacts that left in it)"""
    to_line_s: float | None = None
    """seconds from arrival to the waiting line, median"""
    rings: Rings | None = None
    closed: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """(weekday, half-hour) → contacts that came in closed hours and were not served"""
    owed: Mapping[Hole, int] = field(default_factory=dict)
    """of the leaks: who still waits for us"""

    def matters(self, count: int) -> bool:
        return count >= FEWEST and count >= FEW * self.arrived


Value = str | Texts | float | When
Hit = tuple[dict[str, Value], float]
"""(values of the text's braces, contacts that closing it would save; 0 = cannot be told)"""


@dataclass(frozen=True, slots=True)
class Rule:
    """``texts``: (Russian, English). Numbers of ``texts`` stand so that no plural depends on them."""

    name: str
    place: Place
    texts: Texts
    find: Callable[[Evidence], Iterator[Hit]]
    owed: bool = False
    """what it would save still waits for us: nobody of them was recovered otherwise"""


@dataclass(frozen=True, slots=True)
class Advice:
    rule: str
    place: Place
    texts: Texts
    values: Mapping[str, Value]
    saves: float = 0.0
    owed: bool = False

    def text(self, language: str) -> str:
        said = {name: _said(value, language) for name, value in self.values.items()}
        return of(self.texts, language).format(**said)


def _said(value: Value, language: str) -> str:
    if isinstance(value, When):
        return f"{WEEKDAYS[language][value.weekday]} {clock_time(value.start)}–{clock_time(value.end)}"
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return of(value, language)
    return number(value, language, 0 if value == int(value) or value >= 10 else 1)


def people_short(evidence: Evidence) -> Iterator[Hit]:
    """Half-hours with too few people."""
    if evidence.week is None:
        return
    for one in evidence.week.gaps(MOST):
        if one.lost >= FEWEST and (one.weekday, one.start) not in evidence.closed:
            when = When(one.weekday, one.start, one.start + 1)
            values: dict[str, Value] = {"when": when, "gap": one.gap, "people": one.people, "needed": one.needed,
                                        "lost": one.lost, "saved": one.saved}  # fmt: skip
            yield values, one.saved


def menu_step(evidence: Evidence) -> Iterator[Hit]:
    """Steps of a scenario in which people leave."""
    for step, count in sorted(evidence.steps, key=lambda one: -one[1])[:MOST]:
        if evidence.matters(count):
            yield {"step": step, "count": count}, count


def long_greeting(evidence: Evidence) -> Iterator[Hit]:
    """What is said before a person can be reached."""
    if evidence.to_line_s is not None and evidence.to_line_s > GREETING_S:
        yield {"seconds": evidence.to_line_s}, 0.0


def short_ring(evidence: Evidence) -> Iterator[Hit]:
    """Telephones ring for less time than people need to take the call."""
    rings = evidence.rings
    if rings is None or rings.in_vain < FEWEST:
        return
    if rings.vain_s < SHORT_RING_S or (rings.taken_s is not None and rings.vain_s < rings.taken_s):
        yield {"ring": rings.vain_s, "taken": rings.taken_s or SHORT_RING_S, "count": rings.in_vain}, 0.0


def long_ring(evidence: Evidence) -> Iterator[Hit]:
    """One telephone rings on while others could take the call."""
    rings = evidence.rings
    if rings is not None and rings.in_vain >= FEWEST and rings.vain_s >= LONG_RING_S:
        yield {"ring": rings.vain_s, "count": rings.in_vain}, 0.0


def closed_demand(evidence: Evidence) -> Iterator[Hit]:
    """Closed hours in which people call: neighbouring half-hours of a weekday are one stretch."""
    found: list[tuple[int, When]] = []
    for _, run in groupby(enumerate(sorted(evidence.closed)), key=lambda one: (one[1][0], one[1][1] - one[0])):
        cells = [cell for _, cell in run]
        when = When(cells[0][0], cells[0][1], cells[-1][1] + 1)
        found.append((sum(evidence.closed[cell] for cell in cells), when))
    for count, when in sorted(found, key=lambda one: (-one[0], one[1].weekday, one[1].start))[:MOST]:
        if count >= FEWEST:
            yield {"when": when, "count": count}, count


def late_callbacks(evidence: Evidence) -> Iterator[Hit]:
    if (count := evidence.owed.get(Hole.CALLBACK, 0)) > 0:
        yield {"count": count}, count


def unanswered_messages(evidence: Evidence) -> Iterator[Hit]:
    if (count := evidence.owed.get(Hole.MESSAGE, 0)) > 0:
        yield {"count": count}, count


RULES = (
    Rule(
        "people_short", Place.WAITING,
        ("{when}: не хватает людей, +{gap} (работает {people}, нужно {needed}). Потеряно за период: {lost}; "
         "ещё один человек сохранит: {saved}.",
         "{when}: people are too few, +{gap} ({people} at work, {needed} needed). Lost in the period: {lost}; "
         "one more person saves: {saved}."),
        people_short,
    ),
    Rule(
        "menu_step", Place.MENU,
        ("Шаг «{step}»: здесь положили трубку — {count}. Укоротите запись и дайте выход к человеку.",
         "Step “{step}”: hung up here: {count}. Shorten what is said and give a way to a person."),
        menu_step,
    ),
    Rule(
        "long_greeting", Place.MENU,
        ("До очереди у половины звонящих проходит больше {seconds} с. Приветствие — до 10 секунд, остальное уберите.",
         "Half of the callers need more than {seconds} s to reach the queue. Greet within 10 seconds, drop the rest."),
        long_greeting,
    ),
    Rule(
        "closed_demand", Place.CLOSED_HOURS,
        ("{when}: звонят, а отвечать некому — {count}. Откройте, поставьте дежурного или принимайте вопрос и номер.",
         "{when}: they call, and nobody is there: {count}. Open, put somebody on duty, or take question and number."),
        closed_demand,
    ),
    Rule(
        "short_ring", Place.RINGING,
        ("Телефон оператора звонит {ring} с, а чтобы взять трубку, нужно до {taken} с. Не взяли: {count}. "
         "Звоните дольше.",
         "An agent's telephone rings for {ring} s, but up to {taken} s are needed to take it. Not taken: {count}. "
         "Ring longer."),
        short_ring,
    ),
    Rule(
        "long_ring", Place.RINGING,
        ("Один телефон звонит впустую {ring} с; так было: {count}. Подключайте резерв через 10–15 секунд.",
         "One telephone rings in vain for {ring} s; times it did: {count}. Bring in the reserve after 10–15 seconds."),
        long_ring,
    ),
    Rule(
        "late_callbacks", Place.CALLBACK,
        ("Ждут обещанного перезвона: {count}. Начните с самых старых — они в долговой книге.",
         "Waiting for the promised callback: {count}. Begin with the oldest; they are in the debt book."),
        late_callbacks,
        owed=True,
    ),
    Rule(
        "unanswered_messages", Place.MESSAGE,
        ("Ждут ответа на сообщение: {count}. Они в долговой книге, у каждого есть ответственный.",
         "Waiting for an answer to a message: {count}. They are in the debt book, each with an owner."),
        unanswered_messages,
        owed=True,
    ),
)  # fmt: skip


def closings(evidence: Evidence) -> list[Advice]:
    """Everything that the rules find, in the order of the way; then what usually closes each hole that matters."""
    order = list(Place)
    found = [
        Advice(rule.name, rule.place, rule.texts, values, saves, rule.owed)
        for rule in RULES
        for values, saves in rule.find(evidence)
    ]
    found.sort(key=lambda one: order.index(one.place))
    for hole in Hole:
        count = evidence.leaks.get(hole, 0)
        if evidence.matters(count):
            texts = (_usual(hole, "ru"), _usual(hole, "en"))
            found.append(Advice(f"usual_{hole}", PLACE_OF[hole], texts, {"count": count}))
    return found


def _usual(hole: Hole, language: str) -> str:
    name, closing = of(HOLES[hole], language), of(CLOSING[hole], language)
    return f"{name[0].upper()}{name[1:]} ({{count}}): {closing}."
