"""Any table in which a row is a contact: columns as a mapping says."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence

from kaska.audit.clock import Clock, seconds_of
from kaska.audit.contacts import Contact, End
from kaska.audit.left_out import Why
from kaska.audit.names import agent_of, caller_of
from kaska.audit.options import AuditProblem, Options
from kaska.audit.readers import mapping as columns
from kaska.audit.readers.mapping import LEAVE_OUT, WORDS, Mapping
from kaska.audit.readers.tables import Record, column_name, records, sample_lines
from kaska.audit.reading import Reading
from kaska.audit.source import Source
from kaska.core.counting.holes import Hole

REMEMBERED = 10_000
"""rows among which the same row again is noticed"""
PREVIEWED = 5


class FreeCsv:
    """Reads with the mapping of the options, else with the kept one, else with a guess."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lately: OrderedDict[tuple[str, ...], None] = OrderedDict()
        self.said: list[str] = []
        """what a person should see of the guess"""

    def __call__(self, sources: Sequence[Source], reading: Reading) -> Iterator[Contact]:
        for source in sources:
            _, rows = sample_lines(source)
            mapping = self._mapping(source, rows, reading)
            places, header = columns.places_of(mapping, rows)
            if {"outcome", "answered", "wait", "talk"}.isdisjoint(places):
                raise AuditProblem(
                    f"{source.name}: how did the contacts end? Say with --map outcome=… or answered=…",
                    f"{source.name}: не видно, чем кончились обращения. Укажите столбец исхода, ответа или разговора.",
                )
            reading.announcements_told |= "outcome" in places
            reading.outbound_told |= "outcome" in places
            for record in records(source, reading, {}, header):
                contact = self._contact(_Cells(record, places), mapping, reading)
                if contact is not None:
                    yield contact

    def _mapping(self, source: Source, rows: Sequence[Sequence[str]], reading: Reading) -> Mapping:
        options = self._options
        if options.mapping:
            written = options.mapping
            mapping = written if isinstance(written, Mapping) else columns.parse(written)
        elif options.profile and (kept := columns.load(options.profile)) is not None:
            return kept
        else:
            try:
                mapping = columns.guess(rows, reading.clock)
            except AuditProblem as problem:
                raise AuditProblem(f"{source.name}: {problem}", f"{source.name}: {problem.russian}") from None
            reading.said += [f"{source.name}: --map '{mapping.written()}'", *preview(mapping, rows)]
        if options.profile:
            reading.said.append(str(columns.keep(options.profile, mapping)))
        return mapping

    def _contact(self, cells: _Cells, mapping: Mapping, reading: Reading) -> Contact | None:
        number, clock = cells.record.number, reading.clock
        arrival = clock.read(cells.text("arrival"))
        end = _end(cells, mapping, clock)
        why = None
        if arrival is None:
            why = Why.CUT_OFF if cells.record.unfinished else Why.BROKEN
        elif not clock.plausible(arrival):
            why = Why.IMPOSSIBLE_TIME
        elif isinstance(end, Why):
            why = end
        elif self._again(cells):
            why = Why.DUPLICATE
        if why is not None or arrival is None or isinstance(end, Why):
            reading.leave(why or Why.BROKEN, number)
            return None
        wait, talk = (self._duration(cells, name, reading) for name in ("wait", "talk"))
        if wait is None and "wait" not in cells.places and end is End.ANSWERED:
            answered = clock.read(cells.text("answered"))
            wait = answered - arrival if answered is not None and answered >= arrival else None
        contact = Contact(end, arrival, caller_of(cells.text("caller")), wait, number=number)
        if end in (End.ANSWERED, End.OUTBOUND):
            contact.talks = ((agent_of(cells.text("agent")), talk or 0.0),)
            contact.talk_known, contact.reached = talk is not None, bool(talk)
        elif end is not End.ANNOUNCEMENT_ONLY:
            contact.hole = Hole.WAITING if end is End.ABANDONED else Hole.NO_ANSWER
        return contact

    def _duration(self, cells: _Cells, name: str, reading: Reading) -> float | None:
        seconds = seconds_of(cells.text(name))
        if seconds is not None and seconds < 0:
            reading.doubt(Why.NEGATIVE, cells.record.number)
            return None
        return seconds

    def _again(self, cells: _Cells) -> bool:
        """The same row a short while ago, of a known caller at a time with seconds: surely the same contact."""
        if not cells.text("caller") or cells.text("arrival").count(":") < 2:
            return False
        row = tuple(cells.record.cells)
        if row in self._lately:
            return True
        self._lately[row] = None
        if len(self._lately) > REMEMBERED:
            self._lately.popitem(last=False)
        return False


class _Cells:
    """A row seen through a mapping."""

    def __init__(self, record: Record, places: dict[str, tuple[int, ...]]) -> None:
        self.record, self.places = record, places

    def text(self, name: str) -> str:
        cells = self.record.cells
        return " ".join(cells[place] for place in self.places.get(name, ()) if place < len(cells)).strip()


def _end(cells: _Cells, mapping: Mapping, clock: Clock) -> End | Why:
    """From the outcome, else from "answered" (yes, no or a time), else from talk and agent."""
    if "outcome" in cells.places:
        said = cells.text("outcome")
        meaning = mapping.meanings.get(said.lower())
        if meaning == LEAVE_OUT:
            return Why.NOT_OUTCOME
        if meaning is not None:
            return End(meaning)
        return WORDS.get(column_name(said), Why.UNKNOWN_OUTCOME)
    if "answered" in cells.places:
        said = cells.text("answered")
        word = WORDS.get(column_name(said))
        if word is not None or not said:
            return word or End.MISSED
        return End.ANSWERED if clock.read(said) is not None else Why.UNKNOWN_OUTCOME
    served = (seconds_of(cells.text("talk")) or 0) > 0 or ("talk" not in cells.places and bool(cells.text("agent")))
    return End.ANSWERED if served else End.MISSED


def preview(mapping: Mapping, rows: Sequence[Sequence[str]]) -> list[str]:
    """The first rows as the mapping understands them."""
    places, header = columns.places_of(mapping, rows)
    body = rows[1:] if header else rows
    return [
        "  " + "; ".join(
            f"{name}: {' '.join(cells[place] for place in where if place < len(cells))}"
            for name, where in places.items()
        )
        for cells in body[:PREVIEWED]
    ]  # fmt: skip
