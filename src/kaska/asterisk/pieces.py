"""A recording that was paused lies on the disk in pieces: what came after the pause, and how long it was."""

from __future__ import annotations

import array
from dataclasses import dataclass
from pathlib import Path

from kaska.kit.config import UNFINISHED

LONGEST_GAP_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Piece:
    """``files``: what the agent said, what the customer said. ``gap``: silent seconds before it."""

    files: tuple[Path, Path]
    gap: float
    note: Path

    @property
    def all_files(self) -> tuple[Path, ...]:
        return (*self.files, self.note)


def piece(directory: Path, contact: str, number: int) -> Piece:
    """The ``number``-th (the first after a pause is 2), with the gap as it was noted; ``directory`` is that of the
    finished recordings."""
    name = f"{contact}.p{number}"
    unfinished = directory / UNFINISHED
    note = unfinished / f"{name}.gap"
    try:
        gap = min(max(float(note.read_text()), 0.0), LONGEST_GAP_SECONDS)
    except (FileNotFoundError, ValueError):
        gap = 0.0
    return Piece((unfinished / f"{name}.out.wav", unfinished / f"{name}.in.wav"), gap, note)


def pieces_after(directory: Path, contact: str) -> list[Piece]:
    """All after the first, in order; mostly none."""
    found: list[Piece] = []
    while True:
        following = piece(directory, contact, len(found) + 2)
        if not any(file.exists() for file in following.all_files):
            return found
        found.append(following)


def silence(agent: array.array[int], customer: array.array[int], rate: int, seconds: float) -> None:
    """Both sides as long as the longer one, and then ``seconds`` in which nobody is heard."""
    length = max(len(agent), len(customer)) + round(seconds * rate)
    for side in (agent, customer):
        side.extend(array.array("h", bytes(2 * (length - len(side)))))
