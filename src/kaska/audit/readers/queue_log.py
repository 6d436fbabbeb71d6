"""Asterisk's queue_log: one row an event, fields by ``|``: time, call, queue, agent, event, data.

Read in two steps: rows are gathered by call, and when a call has rested for ``WINDOW`` rows it is told as contacts.
So rows may be out of order within the window, and memory does not grow with the file. Until it is told a row stays
the line that it is: many thousands of them rest at a time, and cut into cells they take ten times the room.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kaska.audit.contacts import Contact, Talks
from kaska.audit.left_out import Why
from kaska.audit.names import agent_of, caller_of
from kaska.audit.readers.queue_call import ENDS, FEWEST_DATA, OF_A_CALL, Group, Row, Told, parsed, tell, tell_usual
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
_MOST_AGENTS = 20_000


@dataclass(slots=True)
class _Groups:
    """Rows by call: the number of the first one, and then each as it is written."""

    young: dict[str, Group] = field(default_factory=dict)
    old: dict[str, Group] = field(default_factory=dict)
    restarts: list[int] = field(default_factory=list)
    newest: int = 0


def contacts(sources: Sequence[Source], reading: Reading) -> Iterator[Contact | Talks]:
    """The contacts of these files, which are in the order of time. A call may go on from one file into the next."""
    reading.rings_told = True
    teller = _Teller(reading)
    for source in sources:
        plain = "|" in source.sample.partition("\n")[0]
        rows = _plain_rows(source, reading) if plain else _rows_of_a_table(source, reading)
        reading.begin(source)
        teller.begin(_decoder(source) if plain else str)
        yield from _gather(rows, reading, teller)
    yield from teller.everything()


def _decoder(source: Source) -> Callable[[str], str]:
    encoding = source.raw_encoding
    return lambda raw: raw.encode("latin-1", "replace").decode(encoding, "replace")


def _plain_rows(source: Source, reading: Reading) -> Iterator[list[str]]:
    number = 0
    for rows, unfinished in lines_of(source.raw_pieces()):
        number += len(rows)
        if unfinished and not _whole(rows[0].split("|")):
            reading.rows += 1
            reading.leave(Why.CUT_OFF, reading.lines + number)
            return
        yield rows


def _rows_of_a_table(source: Source, reading: Reading) -> Iterator[list[str]]:
    for batch in table_rows(source, reading, COLUMNS):
        yield ["|".join([cell.replace("|", "/") for cell in cells]) for cells in batch]


def _whole(row: list[str]) -> bool:
    """Whether a last line without a line end has all that its event says."""
    event = row[4].strip() if len(row) > 4 else ""
    return event in _KINDS and len([value for value in row[5:] if value.strip()]) >= FEWEST_DATA.get(event, 0)


def _gather(batches: Iterator[list[str]], reading: Reading, teller: _Teller) -> Iterator[Contact | Talks]:
    groups = teller.groups
    young, old = groups.young, groups.old
    earliest, latest = reading.clock.bounds
    number = begin = reading.lines
    turn, at = number + WINDOW, 0
    for batch in batches:
        for row in batch:
            number += 1
            try:
                written, call, _, _, event, _ = row.split("|", 5)
                at = int(written)
                usual = event in OF_A_CALL and earliest <= at <= latest and call not in _NO_CALL
            except ValueError:
                usual = False
            if not usual:
                if (told := teller.unusual(row, number)) is None:
                    continue
                call, row = told
            group = young.get(call)
            if group is not None:
                group.append(row)
            elif call in old:
                young[call] = group = old.pop(call)
                group.append(row)
            else:
                young[call] = [number, row]
        if number >= turn:
            turn = number + WINDOW
            groups.newest = max(groups.newest, min(at, latest))
            yield from teller.turn()
            young, old = groups.young, groups.old
    reading.rows += number - begin
    reading.lines = number


class _Agents(dict[str, str]):
    """Agents by how they are written; of some systems, which give an agent another name in each call, not all."""

    def __init__(self, decode: Callable[[str], str]) -> None:
        self._decode = decode

    def __missing__(self, raw: str) -> str:
        agent = agent_of(self._decode(raw))
        if len(self) < _MOST_AGENTS:
            self[raw] = agent
        return agent


class _Teller:
    """Tells the calls that are over, and says what is no call."""

    def __init__(self, reading: Reading) -> None:
        self.groups = _Groups()
        self._reading = reading
        self._decode: Callable[[str], str] = str
        self._agents = _Agents(str)

    def begin(self, decode: Callable[[str], str]) -> None:
        self._decode, self._agents = decode, _Agents(decode)

    def unusual(self, row: str, number: int) -> tuple[str, str] | None:
        """(call, row as it is usually written); None when the row is of no call and was left out."""
        cells = [cell.strip() for cell in row.split("|", 5)]
        why, at = self._why_left_out(cells, number)
        if why is None:
            return cells[1], "|".join([str(at), *cells[1:]])
        self._reading.leave(why, number)
        return None

    def _why_left_out(self, cells: list[str], number: int) -> tuple[Why | None, int]:
        """None for a row of a call; and its time, 0 when it has none."""
        if not any(cells):
            return Why.EMPTY, 0
        at = self._time(cells[0]) if len(cells) > 4 else None
        if at is None:
            header = len(cells) > 4 and cells[4].lower() == "event" and self._reading.place(number)[1] == 1
            return Why.HEADER if header else Why.BROKEN, 0
        event = cells[4]
        kind = _KINDS.get(event)
        if not self._reading.clock.plausible(at):
            return Why.IMPOSSIBLE_TIME, 0
        if kind is None:
            return Why.UNKNOWN_EVENT if event else Why.BROKEN, 0
        if event == "QUEUESTART":
            self.groups.restarts.append(int(at))
        if not kind:
            return Why.NOT_A_CALL, 0
        return Why.NO_CALL_ID if cells[1] in _NO_CALL else None, int(at)

    def _time(self, written: str) -> float | None:
        try:
            return int(written)
        except ValueError:
            return self._reading.clock.read(written)

    def turn(self) -> Iterator[Contact | Talks]:
        """The calls that rested for a whole window are told, and those of this window become the resting ones."""
        groups = self.groups
        resting, groups.old, groups.young = groups.old, groups.young, {}
        return self._tell(resting, groups.old)

    def everything(self) -> Iterator[Contact | Talks]:
        groups = self.groups
        yield from self._tell(groups.old)
        yield from self._tell(groups.young)

    def _tell(self, resting: dict[str, Group], going_on: dict[str, Group] | None = None) -> Iterator[Contact | Talks]:
        """Calls that may have no end yet go into ``going_on`` instead, when it is given."""
        self.groups.restarts.sort()
        if self._reading.known_calls is not None:
            self._reading.known_calls.update(resting)
        agents, caller = self._agents, self._caller
        talks = Talks()
        for call, group in resting.items():
            told = tell_usual(group, agents, caller)
            if told is None:
                rows = parsed(group)
                if going_on is not None and self._goes_on(rows):
                    going_on[call] = group
                else:
                    yield from self._tell_unusual(group[0], rows)
            elif isinstance(told, Contact):
                yield told
            else:
                talks.append(told)
        yield talks

    def _goes_on(self, rows: list[Row]) -> bool:
        return self.groups.newest - rows[-1][0] < LONGEST_CALL and not any(row[4] in ENDS for row in rows)

    def _tell_unusual(self, number: int, rows: list[Row]) -> Iterator[Contact]:
        told = Told()
        tell(rows, self._agents.__getitem__, told, self._restarted)
        if told.duplicates:
            self._reading.leave(Why.DUPLICATE, number, told.duplicates)
        for why, count in told.left_out:
            self._reading.leave(why, number, count)
        if told.negative:
            self._reading.doubt(Why.NEGATIVE, number, told.negative)
        for contact in told.contacts:
            contact.number = number
            contact.caller = self._caller(contact.caller)
            yield contact

    def _caller(self, raw: str) -> str:
        if len(raw) == _RUSSIAN_DIGITS and raw[0] in _RUSSIAN and raw.isdigit():
            return "+7" + raw[1:]
        return caller_of(self._decode(raw)) if raw else ""

    def _restarted(self, at: int) -> bool:
        """Whether the system started anew within the longest call after this moment."""
        restarts = self.groups.restarts
        place = bisect_right(restarts, at)
        return place < len(restarts) and restarts[place] - at < LONGEST_CALL
