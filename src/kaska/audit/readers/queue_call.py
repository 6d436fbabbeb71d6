"""One call of a queue_log: its rows, in any order, told as contacts.

The waiting time is CONNECT's (COMPLETE repeats it, sometimes a second off). Whoever goes on into another queue remains
one contact, which waited from the first entrance. Call ids may be used again: after a restart, after hanging up, or
hours later it is another contact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kaska.audit.contacts import Contact, End, Talk
from kaska.audit.left_out import Why
from kaska.core.counting.holes import Hole

Group = list[Any]
"""[number of the line of the first row, row, row, …], each row as the log writes it, its time in whole seconds"""
Row = list[Any]
"""[seconds since the epoch, call, queue, agent, event, data…], the rest as text. Of the call's id nothing is read."""

BEGINS = "ENTERQUEUE"
_TALKED = frozenset({"COMPLETEAGENT", "COMPLETECALLER", "TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER"})
_GIVEN_UP: dict[str, Hole] = {
    "EXITWITHTIMEOUT": Hole.TIMEOUT, "EXITEMPTY": Hole.EMPTY, "EXITWITHKEY": Hole.KEY, "JOINEMPTY": Hole.EMPTY,
    "JOINUNAVAIL": Hole.EMPTY, "FULL": Hole.EMPTY, "SYSCOMPAT": Hole.FAILURE, "AGENTDUMP": Hole.FAILURE,
}  # fmt: skip
ENDS = frozenset({"ABANDON", *_TALKED, *_GIVEN_UP})
OF_A_CALL = frozenset({BEGINS, "CONNECT", "RINGNOANSWER", "RINGCANCELED", "ABANDON", *_TALKED, *_GIVEN_UP})
FEWEST_DATA = {BEGINS: 2, "CONNECT": 2, "ABANDON": 3, "COMPLETEAGENT": 3, "COMPLETECALLER": 3, "RINGNOANSWER": 1,
               "EXITWITHTIMEOUT": 3, "EXITEMPTY": 3, "EXITWITHKEY": 3, "TRANSFER": 2, "BLINDTRANSFER": 4,
               "ATTENDEDTRANSFER": 4}  # fmt: skip
"""how much an event says at least; less is a line that was cut off"""


class _Seconds(dict[str, int]):
    """Durations by how they are written: reading a number takes longer than finding it."""

    def __missing__(self, text: str) -> int:
        return int(text)


_SECONDS = _Seconds((str(number), number) for number in range(3600))
_COMPLETE = frozenset({"COMPLETECALLER", "COMPLETEAGENT"})
_ABANDONED, _WAITING = End.ABANDONED, Hole.WAITING
SAME_CALL_SECONDS = 1800
"""a call that comes into a queue again so long after its last event is another one"""
_ORDER = {BEGINS: 0, "RINGNOANSWER": 1, "CONNECT": 2}


@dataclass(slots=True)
class Told:
    contacts: list[Contact] = field(default_factory=list)
    duplicates: int = 0
    """rows"""
    negative: int = 0
    """durations that cannot be, and were taken for unknown"""
    left_out: list[tuple[Why, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A contact while its rows are read."""

    arrival: float | None = None
    caller: str = ""
    queue: str = ""
    entered: int = 0
    """into the present queue"""
    last: int = 0
    rows: int = 0
    wait: float | None = None
    connected: bool = False
    talking: str = ""
    """the agent whose talk has no end yet"""
    answered: bool = False
    ended: str = ""
    talk_known: bool = True
    talks: list[tuple[str, float]] = field(default_factory=list)
    rings: list[str] = field(default_factory=list)
    rang: float | None = None
    vain: list[float] = field(default_factory=list)


def parsed(group: Group) -> list[Row]:
    rows: list[Row] = [row.split("|") for row in group[1:]]
    for row in rows:
        row[0] = int(row[0])
    return rows


Name = Callable[[str], str]
"""the one spelling of what is written so"""


def tell_usual(group: Group, agents: Mapping[str, str], caller_of: Name) -> Talk | Contact | None:
    """The contact of a call that went as nearly all do: entered, perhaps rang in vain, talked or was abandoned.

    None when anything about it is unusual; then ``tell`` says the same, more slowly, its caller as it is written.
    """
    count = len(group) - 1
    first, last = group[1].split("|"), group[-1].split("|")
    if first[4] != BEGINS:
        return None
    try:
        begin, end = int(first[0]), last[4]
        if end in _COMPLETE:
            connect, agent = group[-2].split("|"), agents[last[3]]
            answered, wait, talk = int(connect[0]), _SECONDS[connect[5]], _SECONDS[last[6]]
            if connect[4] != "CONNECT" or answered > int(last[0]) or talk < 0 or not agent:
                return None
            if not 0 <= wait <= answered - begin + 1:
                return None
            rang = _SECONDS[connect[7]] if len(connect) > 7 else None
            vain = _vain(group[2:-2], begin, answered, agents) if count > 3 else ()
            if vain is None:
                return None
            return begin, caller_of(first[6]), wait, agent, talk, first[2], count, group[0], rang, vain
        if end == "ABANDON" and count == 2 and 0 <= (wait := _SECONDS[last[7]]) <= int(last[0]) - begin + 1:
            caller, queue = caller_of(first[6]), first[2]
            return Contact(_ABANDONED, begin, caller, wait, (), (), _WAITING, False, True, queue, 2, group[0])
    except (ValueError, IndexError):
        pass
    return None


def _vain(between: Group, begin: int, answered: int, agents: Mapping[str, str]) -> tuple[tuple[str, float], ...] | None:
    """(agent, seconds) of the telephones that rang in vain; None when something else happened there."""
    vain: tuple[tuple[str, float], ...] = ()
    for written in between:
        row = written.split("|")
        if row[4] != "RINGNOANSWER" or not begin <= int(row[0]) <= answered:
            return None
        vain += ((agents[row[3]], int(row[5]) / 1000),)
    return vain


def tell(rows: list[Row], agent_of: Name, told: Told, restarted: Callable[[int], bool]) -> None:
    """Puts the contacts of one call id into ``told``. ``restarted(at)``: did the system start anew soon after it."""
    rows = _ordered(rows, told)
    one = _Open()
    for row in rows:
        at, event = row[0], row[4]
        if event == BEGINS:
            if one.rows and _is_another(one, row, restarted):
                _close(one, told, restarted)
                one = _Open()
            _enter(one, row)
        elif event == "CONNECT":
            _connect(one, row, agent_of)
        elif event == "RINGNOANSWER":
            one.rings.append(agent_of(row[3]))
            if (vain := _number(_data(row, 0))) is not None and vain >= 0:
                one.vain.append(vain / 1000)
        elif event in _TALKED:
            told.negative += _talked(one, row, agent_of)
        elif event != "RINGCANCELED":
            one.ended = event
            if not one.answered:
                one.wait = _waited(one, at, _number(_last(row)))
        one.rows += 1
        one.last = at
    _close(one, told, restarted)


def _ordered(rows: list[Row], told: Told) -> list[Row]:
    """In the order of time and without rows that stand there twice."""
    last = 0
    for row in rows:
        if row[0] < last:
            rows = sorted(rows, key=lambda row: row[0])
            break
        last = row[0]
    if rows[0][4] != BEGINS and any(row[4] == BEGINS and row[0] == rows[0][0] for row in rows):
        rows = sorted(rows, key=lambda row: (row[0], _ORDER.get(row[4], 3)))
    if any(row[0] == before[0] for before, row in pairwise(rows)):
        return _once(rows, told)
    return rows


def _once(rows: list[Row], told: Told) -> list[Row]:
    """A telephone may fail to ring twice in a second; such rows are duplicates only among others."""
    sure = [_said(row) for row in rows if row[4] != "RINGNOANSWER"]
    if len(set(sure)) == len(sure):
        return rows
    kept = {_said(row): row for row in reversed(rows)}
    told.duplicates += len(rows) - len(kept)
    return list(kept.values())[::-1]


def _said(row: Row) -> tuple[Any, ...]:
    return row[0], *row[2:]


def _is_another(one: _Open, row: Row, restarted: Callable[[int], bool]) -> bool:
    if one.ended == "ABANDON" or row[0] - one.last > SAME_CALL_SECONDS:
        return True
    other_caller = bool(one.caller and _data(row, 1) and one.caller != _data(row, 1))
    return other_caller or (not one.ended and restarted(one.last) and one.last != row[0])


def _enter(one: _Open, row: Row) -> None:
    one.entered, one.queue, one.ended = row[0], one.queue or row[2], ""
    if one.arrival is None:
        one.arrival = row[0]
    one.caller = one.caller or _data(row, 1)


def _connect(one: _Open, row: Row, agent_of: Name) -> None:
    if not one.answered:
        one.wait = _waited(one, row[0], _number(_data(row, 0)))
        one.rang = _number(_data(row, 2))
    one.answered, one.connected, one.talking = True, True, agent_of(row[3])
    one.queue = one.queue or row[2]


def _talked(one: _Open, row: Row, agent_of: Name) -> int:
    """How many of its durations are negative."""
    data = [value.strip() for value in row[5:]]
    while data and not data[-1]:
        data.pop()
    # holdtime, calltime, origposition are the last three; a TRANSFER of old says where to only
    full = len(data) >= (3 if row[4].startswith("COMPLETE") else 5)
    hold, talk = (_number(data[-3]), _number(data[-2])) if full else (None, None)
    negative = sum(value is not None and value < 0 for value in (hold, talk))
    first = not one.answered
    if first:
        one.arrival = one.arrival if one.arrival is not None else row[0] - max(0.0, (hold or 0) + (talk or 0))
        one.wait = hold if hold is not None and hold >= 0 else None
    if not first and one.connected and not one.talking:
        return 0  # the end of a talk that was told already
    agent = agent_of(row[3]) or one.talking
    if talk is None or talk < 0:
        one.talk_known = False
        talk = 0.0
    one.talks.append((agent, talk))
    one.answered, one.talking, one.ended = True, "", row[4]
    return negative


def _waited(one: _Open, at: int, said: float | None) -> float | None:
    """Since the arrival: what the log says of this queue, and what passed before it by the clock."""
    if one.arrival is None:
        one.arrival = at - max(0.0, said or 0.0)
        return said if said is not None and said >= 0 else None
    if said is None or not 0 <= said <= at - one.entered + 60:
        return float(max(0, at - int(one.arrival)))
    return one.entered - one.arrival + said


def _close(one: _Open, told: Told, restarted: Callable[[int], bool]) -> None:
    if not one.rows:
        return
    end, wait = End.ABANDONED, one.wait
    hole: Hole | None = Hole.WAITING
    if one.answered:
        end, hole = End.ANSWERED, None
        if one.talking:
            one.talk_known = False
    elif one.ended in _GIVEN_UP:
        end, hole = End.MISSED, _GIVEN_UP[one.ended]
    elif not one.ended:
        if one.arrival is None or not restarted(one.last):
            told.left_out.append((Why.UNFINISHED if one.arrival is not None else Why.BEGAN_BEFORE, one.rows))
            return
        end, hole, wait = End.MISSED, Hole.RESTART, None
    told.contacts.append(
        Contact(
            end, one.arrival or one.last, one.caller, wait, tuple(one.talks), tuple(one.rings), hole,
            talk_known=one.talk_known, queue=one.queue, rows=one.rows, rang_s=one.rang,
            vain_s=tuple(one.vain),
        )
    )  # fmt: skip


def _data(row: Row, place: int) -> str:
    return row[5 + place].strip() if len(row) > 5 + place else ""


def _last(row: Row) -> str:
    """The last value that is said: of ABANDON and EXIT… the waiting time."""
    for value in reversed(row[5:]):
        if value.strip():
            return str(value)
    return ""


def _number(text: str) -> float | None:
    try:
        return float(int(text))
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return number if -1e9 < number < 1e9 else None
