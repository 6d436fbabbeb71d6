"""Asterisk's queue_log: one row an event, fields by ``|``: time, call, queue, agent, event, data.

Read in two steps: rows are gathered by call, and when a call has rested for ``WINDOW`` rows it is told as contacts.
So rows may be out of order within the window, and memory does not grow with the file. A row is a list; its time
becomes a number, and in a call's first row the id gives way to the line's number, counted through all files.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kaska.audit.contacts import Contact
from kaska.audit.left_out import Why
from kaska.audit.names import agent_of, caller_of
from kaska.audit.readers.queue_call import ENDS, FEWEST_DATA, OF_A_CALL, Row, Told, tell, tell_usual
from kaska.audit.readers.tables import table_rows
from kaska.audit.reading import Reading, lines_of
from kaska.audit.source import Source

WINDOW = 10_000
"""rows after which a call that nothing was said of any more is told"""
LONGEST_CALL = 12 * 3600.0
COLUMNS = ("time", "callid", "queuename", "agent", "event", "data1", "data2", "data3", "data4", "data5")

_OF_NO_CALL = frozenset((
    "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE", "PAUSEALL", "UNPAUSEALL", "PENALTY", "AGENTLOGIN",
    "AGENTLOGOFF", "AGENTCALLBACKLOGIN", "AGENTCALLBACKLOGOFF", "CONFIGRELOAD", "QUEUESTART", "RINGINUSE",
))  # fmt: skip
_KINDS: dict[str, bool] = {**dict.fromkeys(OF_A_CALL, True), **dict.fromkeys(_OF_NO_CALL, False)}
_NO_CALL = frozenset({"", "NONE", "REALTIME", "MANAGER"})
_RUSSIAN = frozenset("78")
_RUSSIAN_DIGITS = 11


@dataclass(slots=True)
class _Groups:
    """Rows by call."""

    young: dict[str, list[Row]] = field(default_factory=dict)
    old: dict[str, list[Row]] = field(default_factory=dict)
    restarts: list[int] = field(default_factory=list)
    newest: int = 0


def contacts(sources: Sequence[Source], reading: Reading) -> Iterator[Contact]:
    """The contacts of these files, which are in the order of time. A call may go on from one file into the next."""
    teller = _Teller(reading)
    for source in sources:
        plain = "|" in source.sample.partition("\n")[0]
        rows = _plain_rows(source, reading) if plain else table_rows(source, reading, COLUMNS)
        reading.begin(source)
        teller.begin(_decoder(source) if plain else str)
        yield from _gather(rows, reading, teller)
    yield from teller.everything()


def _decoder(source: Source) -> Callable[[str], str]:
    encoding = source.raw_encoding
    return lambda raw: raw.encode("latin-1", "replace").decode(encoding, "replace")


def _plain_rows(source: Source, reading: Reading) -> Iterator[list[Row]]:
    number = 0
    for lines, unfinished in lines_of(source.raw_pieces()):
        rows = [line.split("|") for line in lines]
        number += len(rows)
        if unfinished and not _whole(rows[0]):
            reading.rows += 1
            reading.leave(Why.CUT_OFF, reading.lines + number)
            return
        yield rows


def _whole(row: list[str]) -> bool:
    """Whether a last line without a line end has all that its event says."""
    event = row[4].strip() if len(row) > 4 else ""
    return event in _KINDS and len([value for value in row[5:] if value.strip()]) >= FEWEST_DATA.get(event, 0)


def _gather(batches: Iterator[list[Row]], reading: Reading, teller: _Teller) -> Iterator[Contact]:
    groups = teller.groups
    young, old, newest = groups.young, groups.old, groups.newest
    earliest, latest = reading.clock.bounds
    is_call = _KINDS.get
    number = begin = reading.lines
    turn = number + WINDOW
    for batch in batches:
        for row in batch:
            number += 1
            try:
                at, call = int(row[0]), row[1]
                if not (is_call(row[4]) and earliest <= at <= latest) or call in _NO_CALL:
                    teller.no_call(row, number)
                    continue
            except (ValueError, IndexError):
                if (told := teller.unusual(row, number)) is None:
                    continue
                at, call = told
            row[0] = at
            if call in young:
                young[call].append(row)
            elif call in old:
                young[call] = group = old.pop(call)
                group.append(row)
            else:
                row[1] = number
                young[call] = [row]
        if number >= turn:
            turn = number + WINDOW
            groups.newest = newest = max(newest, max((group[-1][0] for group in young.values()), default=0))
            yield from teller.turn()
            young, old = groups.young, groups.old
    reading.rows += number - begin
    reading.lines, groups.newest = number, newest


class _Teller:
    """Tells the calls that are over, and says what is no call."""

    def __init__(self, reading: Reading) -> None:
        self.groups = _Groups()
        self._reading = reading
        self._decode: Callable[[str], str] = str
        self._agents: dict[str, str] = {}

    def begin(self, decode: Callable[[str], str]) -> None:
        self._decode, self._agents = decode, {}

    def no_call(self, row: Row, number: int) -> None:
        at, call, event = int(row[0]), row[1], row[4].strip()
        kind = _KINDS.get(event)
        if not self._reading.clock.plausible(at):
            why = Why.IMPOSSIBLE_TIME
        elif kind is None:
            why = Why.UNKNOWN_EVENT if event else Why.BROKEN
        else:
            why = Why.NO_CALL_ID if kind and call in _NO_CALL else Why.NOT_A_CALL
            if event == "QUEUESTART":
                self.groups.restarts.append(at)
        self._reading.leave(why, number)

    def unusual(self, row: Row, number: int) -> tuple[int, str] | None:
        """(time, call) of a row whose time is written otherwise; None when the row was left out."""
        if not any(value.strip() for value in row if isinstance(value, str)):
            self._reading.leave(Why.EMPTY, number)
            return None
        at = self._reading.clock.read(str(row[0])) if len(row) > 4 else None
        if at is None:
            header = self._reading.place(number)[1] == 1 and len(row) > 4 and row[4].strip().lower() == "event"
            self._reading.leave(Why.HEADER if header else Why.BROKEN, number)
            return None
        row[0], row[4] = int(at), row[4].strip()
        if _KINDS.get(row[4]) and self._reading.clock.plausible(at) and row[1] not in _NO_CALL:
            return int(at), row[1]
        self.no_call(row, number)
        return None

    def turn(self) -> Iterator[Contact]:
        """The calls that rested for a whole window are told, and those of this window become the resting ones."""
        groups = self.groups
        resting, groups.old, groups.young = groups.old, groups.young, {}
        going_on = {
            call: group
            for call, group in resting.items()
            if group[-1][4] not in ENDS and groups.newest - group[-1][0] < LONGEST_CALL
            and not any(row[4] in ENDS for row in group)
        }  # fmt: skip
        for call in going_on:
            groups.old[call] = resting.pop(call)
        return self._tell(resting)

    def everything(self) -> Iterator[Contact]:
        groups = self.groups
        yield from self._tell(groups.old)
        yield from self._tell(groups.young)

    def _tell(self, resting: dict[str, list[Row]]) -> Iterator[Contact]:
        self.groups.restarts.sort()
        if self._reading.known_calls is not None:
            self._reading.known_calls.update(resting)
        agent = self._agent
        for rows in resting.values():
            contact = tell_usual(rows, agent)
            if contact is None:
                yield from self._tell_unusual(rows)
                continue
            caller = contact.caller
            if len(caller) == _RUSSIAN_DIGITS and caller[0] in _RUSSIAN and caller.isdigit():
                contact.caller = "+7" + caller[1:]
            elif caller:
                contact.caller = caller_of(self._decode(caller))
            yield contact

    def _tell_unusual(self, rows: list[Row]) -> Iterator[Contact]:
        number = rows[0][1]
        told = Told()
        tell(rows, self._agent, told, self._restarted)
        if told.duplicates:
            self._reading.leave(Why.DUPLICATE, number, told.duplicates)
        for why, count in told.left_out:
            self._reading.leave(why, number, count)
        if told.negative:
            self._reading.doubt(Why.NEGATIVE, number, told.negative)
        for contact in told.contacts:
            contact.number = number
            contact.caller = caller_of(self._decode(contact.caller)) if contact.caller else ""
            yield contact

    def _agent(self, raw: str) -> str:
        agent = self._agents.get(raw)
        if agent is None:
            agent = self._agents[raw] = agent_of(self._decode(raw))
        return agent

    def _restarted(self, at: int) -> bool:
        """Whether the system started anew within the longest call after this moment."""
        restarts = self.groups.restarts
        place = bisect_right(restarts, at)
        return place < len(restarts) and restarts[place] - at < LONGEST_CALL
