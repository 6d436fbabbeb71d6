"""What a report is made of, whatever it is painted as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaska.audit.shapes import Picture


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """The few figures that matter most: (value, what it is)."""

    figures: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """The first column is text, the others are figures."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture; in plain text the words stand for it."""

    picture: Picture
    words: Sequence[str]
    name: str = ""


Block = Heading | Paragraph | Key | Table | Shown


@dataclass(frozen=True, slots=True)
class Report:
    language: str
    title: str
    subtitle: str
    blocks: Sequence[Block]
    footer: str
