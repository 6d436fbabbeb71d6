"""The table of codes as it is published, and how what was dialled is read by it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

PICK_UP, PARK, READY, REST, LEAVE = "pick_up", "park", "ready", "break", "off_duty"
LISTEN, WHISPER, BARGE = "listen", "whisper", "barge"
"""as in supervision.monitor, which cannot be imported by a part of the configuration"""
CAMP = "camp"
DICTATE = "dictate"
"""speak a prompt; its number may follow"""
PAGE = "page"
"""speak to all of a group at once; the group's number follows"""
MODE = "mode"
"""not in ``codes``: each mode has a code of its own"""
WITH_MORE = frozenset({PICK_UP, PARK, CAMP, REST, LISTEN, WHISPER, BARGE, DICTATE, PAGE})
"""actions whose code may be followed by more: an extension, a place, the number of a reason"""
ACTIONS = (PICK_UP, PARK, CAMP, LISTEN, WHISPER, BARGE, READY, REST, LEAVE, DICTATE, PAGE)
BEGINS = ("*", "#")
"""what codes begin with; everything else that is dialled is somebody's number"""


@dataclass(frozen=True, slots=True)
class ModeCode:
    """``mode`` "" = by the calendar again; ``project`` "" = all projects of the company."""

    code: str
    mode: str
    project: str = ""


def _defaults() -> dict[str, str]:
    return {
        PICK_UP: "*8",
        PARK: "*7",
        CAMP: "*37",
        LISTEN: "*55",
        WHISPER: "*56",
        BARGE: "*57",
        READY: "*41",
        REST: "*42",
        LEAVE: "*43",
        DICTATE: "*39",
        PAGE: "*38",
    }


@dataclass(frozen=True, slots=True)
class FeatureCodes:
    """``codes``: action → code; what is missing or "" is switched off. ``reasons``: of breaks, *421 is the first.

    ``camp_minutes``: so long «call me when he is free» holds. ``parked_seconds``: whom nobody takes for so long
    comes back to who parked him.
    ``supervisors`` may listen, whisper and barge in; ``switchers`` may switch modes. ``language``: what is said in.
    """

    codes: dict[str, str] = field(default_factory=_defaults)
    modes: tuple[ModeCode, ...] = (ModeCode("*30", ""), ModeCode("*31", "day"), ModeCode("*32", "night"))
    reasons: tuple[str, ...] = ("lunch", "rest", "training", "meeting", "technical")
    language: str = "ru"
    supervisors: tuple[str, ...] = ()
    switchers: tuple[str, ...] = ()
    recorders: tuple[str, ...] = ()
    """may speak prompts"""
    pagers: tuple[str, ...] = ()
    """may speak to a group"""
    groups: tuple[str, ...] = ()
    """queues by the number that follows the code of paging, *381 is the first; () = all of them in their order"""
    camp_minutes: int = 15
    parked_seconds: int = 120

    def read(self, dialled: str) -> Dialled | None:
        """What a code means; None when ``dialled`` is none. The longest code that fits counts."""
        if not dialled.startswith(BEGINS):
            return None
        fits = [one for one in self._all() if one.code == dialled or one.begins(dialled)]
        found = max(fits, key=lambda one: len(one.code), default=None)
        if found is None:
            return Dialled("")
        return Dialled(found.action, dialled[len(found.code) :], found.mode)

    def filled(self) -> tuple[FeatureCodes, tuple[str, ...]]:
        """With the usual codes of actions that this table does not name at all: they came with a later version than the
        table. Only where such a code is free; and which actions got one."""
        usual, table, added = _defaults(), self, []
        for action in ACTIONS:
            if action in self.codes:
                continue
            tried = replace(table, codes={**table.codes, action: usual[action]})
            if not tried.confused():
                table = tried
                added.append(action)
        return table, tuple(added)

    def _all(self) -> list[_Code]:
        ordinary = [_Code(code, action) for action, code in self.codes.items() if code]
        return ordinary + [_Code(one.code, MODE, one) for one in self.modes if one.code]

    def confused(self) -> list[tuple[str, str]]:
        """Pairs of codes of which one hides what the other means; [] in a table that may be published."""
        table = self._all()
        return [
            (one.code, other.code)
            for place, one in enumerate(table)
            for other in (*table[:place], *table[place + 1 :])
            if one.code == other.code or one.begins(other.code)
        ]


@dataclass(frozen=True, slots=True)
class Dialled:
    """``action`` "" = nobody described such a code. ``more`` is what followed it."""

    action: str
    more: str = ""
    mode: ModeCode | None = None


@dataclass(frozen=True, slots=True)
class _Code:
    code: str
    action: str
    mode: ModeCode | None = None

    def begins(self, dialled: str) -> bool:
        """More may follow it, and does."""
        return self.action in WITH_MORE and dialled.startswith(self.code) and dialled != self.code
