"""Rules of recording as they are published: what is recorded, what is said about it, how long a pause may last."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordingRule:
    """Fits a talk of these ``projects`` and ``queues`` (() = any) and this ``direction`` ("" = both).

    ``share``: so many of a hundred are recorded. ``notice``: both parties are told when the talk begins.
    """

    id: str
    projects: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    direction: str = ""
    share: float = 100.0
    notice: bool = False

    def fits(self, project: str, queue: str, direction: str) -> bool:
        return (
            (not self.projects or project in self.projects)
            and (not self.queues or queue in self.queues)
            and self.direction in ("", direction)
        )


@dataclass(frozen=True, slots=True)
class RecordingRules:
    """The first rule that fits counts; what none fits is recorded. ``pause_seconds``: a pause that somebody forgot ends
    by itself; 0 = it does not."""

    rules: tuple[RecordingRule, ...] = ()
    pause_seconds: float = 300.0

    def rule_for(self, project: str, queue: str, direction: str) -> RecordingRule | None:
        return next((rule for rule in self.rules if rule.fits(project, queue, direction)), None)


def is_chosen(contact: str, share: float) -> bool:
    """Whether this contact is one of the ``share`` per cent: by its name alone, so that a replay chooses the same."""
    drawn = int.from_bytes(hashlib.sha256(contact.encode()).digest()[:8], "big") / 2.0**64
    return drawn * 100.0 < share
