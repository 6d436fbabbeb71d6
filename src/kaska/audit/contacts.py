"""A contact as a foreign log tells it: the one shape that all readers make and all figures are counted from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kaska.core.counting.holes import Hole


class End(StrEnum):
    """How the contact ended, as far as the log can tell."""

    ANSWERED = "answered"
    """a person talked with the caller"""
    ABANDONED = "abandoned"
    """the caller hung up while waiting for a person"""
    MISSED = "missed"
    """offered, and the system or the people gave it up: nobody answered, timeout, nobody signed in, restart"""
    ANNOUNCEMENT_ONLY = "announcement_only"
    """heard the system only and was never offered to a person"""
    OUTBOUND = "outbound"
    """we called"""


LOST = frozenset({End.ABANDONED, End.MISSED})


@dataclass(slots=True)
class Contact:
    """Times are seconds: ``arrival`` since the epoch, the others as durations. None = the log cannot tell."""

    end: End
    arrival: float
    caller: str = ""
    """in one spelling; "" = hidden"""
    wait: float | None = None
    """until a person answered, or until the caller was gone"""
    talks: tuple[tuple[str, float], ...] = ()
    """(agent, seconds) for each person who talked"""
    unanswered_rings: tuple[str, ...] = ()
    """the agents whose telephone rang in vain, once for each time"""
    hole: Hole | None = None
    reached: bool = False
    """outbound: the person answered"""
    talk_known: bool = True
    queue: str = ""
    rows: int = 1
    number: int = 0
    """of its first row: a line, counted through all files of the format"""
    rang_s: float | None = None
    """how long the telephone of the first who answered rang"""
    vain_s: tuple[float, ...] = ()
    """how long telephones rang in vain, as far as it is told"""
    to_line_s: float | None = None
    """from the arrival to the waiting line"""
    step: str = ""
    """where in the dialplan who heard announcements only hung up"""


Talk = tuple[float, str, float, str, float, str, int, int, float | None, tuple[tuple[str, float], ...]]
"""An answered contact with one person: arrival, caller, wait, agent, seconds talked, queue, rows, number, rang_s, and
(agent, seconds) of each telephone that rang in vain before. What a Contact says, made in a fifth of the time."""


class Talks(list[Talk]):
    """Most contacts are such; a reader that is to be fast tells many of them at once."""

    def apart(self) -> Iterator[Contact]:
        """The same, one by one."""
        for arrival, caller, wait, agent, seconds, queue, rows, number, rang_s, vain in self:
            yield Contact(
                End.ANSWERED, arrival, caller, wait, ((agent, seconds),), tuple(name for name, _ in vain),
                queue=queue, rows=rows, number=number, rang_s=rang_s, vain_s=tuple(rang for _, rang in vain),
            )  # fmt: skip
