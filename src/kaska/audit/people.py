"""What became of the people who were lost, for any number of them in little memory.

When somebody was served is written down as it comes, in columns, and looked at once at the end, when it is known who
was lost and when for the last time: most people never were, and nothing has to be kept of them one by one.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kaska.core.counting.lost_callers import LostCallers, fate

MOST_IN_MEMORY = 40_000
"""lost people; of more, so many at a time are looked up among the served"""
MANY = 30_000
"""moments that are put away together"""
_SMALL = 1 << 20
"""bytes for which no file is made"""
_LENGTH = 8


@dataclass(slots=True)
class Recovered:
    """Lost people by what became of them; of those reached again, who made the first step."""

    callers: LostCallers = field(default_factory=LostCallers)
    by_themselves: int = 0
    called_back: int = 0
    hidden: int = 0
    """lost contacts whose number is hidden: who they were, and so how many, nobody can tell"""


class Moments:
    """(seconds since the epoch, caller), any number of them, in any order. Put to ``at`` and ``who``, and then call
    ``grown``. ``close`` removes the temporary file."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.who: list[str] = []
        self.count = 0
        """of those put away"""
        self._file = tempfile.SpooledTemporaryFile(max_size=_SMALL)  # noqa: SIM115 - closed by ``close``

    def add(self, at: float, who: str) -> None:
        self.at.append(at)
        self.who.append(who)
        self.grown()

    def grown(self) -> None:
        if len(self.at) >= MANY:
            self.put_away()

    def put_away(self) -> None:
        if not self.at:
            return
        names = "\n".join(self.who)
        if names.count("\n") != len(self.who) - 1:
            names = "\n".join(map(one_line, self.who))
        for part in (array("d", self.at).tobytes(), names.encode("utf-8", "surrogatepass")):
            self._file.write(len(part).to_bytes(_LENGTH))
            self._file.write(part)
        self.count += len(self.at)
        self.at.clear()
        self.who.clear()

    def pieces(self) -> Iterator[Iterable[tuple[float, str]]]:
        """All of them, many at a time."""
        self.put_away()
        self._file.seek(0)
        while length := self._file.read(_LENGTH):
            at = array("d", self._file.read(int.from_bytes(length)))
            names = self._file.read(int.from_bytes(self._file.read(_LENGTH)))
            yield zip(at, names.decode("utf-8", "surrogatepass").split("\n"), strict=True)

    def close(self) -> None:
        self._file.close()


def one_line(caller: str) -> str:
    return caller.replace("\n", " ")


class People:
    """Told of each served and lost contact. ``close`` (or a with block) removes the temporary files."""

    def __init__(self) -> None:
        self.served = Moments()
        """"" for hidden callers"""
        self.called_back = Moments()
        """when we called and the person answered"""
        self.hidden = 0
        """lost contacts of hidden callers"""
        self._losses: dict[str, float] = {}
        """the last loss of each"""
        self._more_losses = Moments()
        """when they are too many"""

    def lost(self, at: float, caller: str) -> None:
        losses, caller = self._losses, one_line(caller)
        losses[caller] = max(at, losses.get(caller, at))
        if len(losses) > MOST_IN_MEMORY:
            self._put_away()

    def _put_away(self) -> None:
        self._more_losses.who += self._losses.keys()
        self._more_losses.at += self._losses.values()
        self._more_losses.put_away()
        self._losses = {}

    def recovered(self, day_of: Callable[[float], int]) -> Recovered:
        """To be asked once, when all is told."""
        found = Recovered(hidden=self.hidden)
        for losses in self._parts():
            served, called = _Services(losses, self.served), _Services(losses, self.called_back)
            for caller, loss in losses.items():
                by_themselves, ours = served.after.get(caller), called.after.get(caller)
                after = min((at for at in (by_themselves, ours) if at is not None), default=None)
                same = caller in served.same or caller in called.same
                before = caller in served.before or caller in called.before
                found.callers.add(fate(loss, after, day_of, same=same, before=before))
                found.called_back += after is not None and after == ours
                found.by_themselves += after is not None and after != ours
        return found

    def _parts(self) -> Iterator[dict[str, float]]:
        """The last loss of each, of some of the people at a time."""
        if not self._more_losses.count:
            yield self._losses
            return
        self._put_away()
        parts = self._more_losses.count // max(1, MOST_IN_MEMORY) + 1
        for part in range(parts):
            losses: dict[str, float] = {}
            for piece in self._more_losses.pieces():
                for at, caller in piece:
                    if hash(caller) % parts == part:
                        losses[caller] = max(at, losses.get(caller, at))
            yield losses

    def close(self) -> None:
        for moments in (self.served, self.called_back, self._more_losses):
            moments.close()

    def __enter__(self) -> People:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Services:
    """When those who were lost were served, seen from the last loss of each."""

    def __init__(self, losses: dict[str, float], services: Moments) -> None:
        self.after: dict[str, float] = {}
        """the first time after it"""
        self.same: set[str] = set()
        self.before: set[str] = set()
        last_loss = losses.get
        for piece in services.pieces():
            for at, caller in piece:
                loss = last_loss(caller)
                if loss is None:
                    continue
                if at > loss:
                    self.after[caller] = min(at, self.after.get(caller, at))
                else:
                    (self.before if at < loss else self.same).add(caller)
