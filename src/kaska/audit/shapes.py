"""Pictures as plain shapes, so that a page and a document paint the same. Points of 1/72 inch, y downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

INK, PALE, WATER, DEEP, LEAK, STEEL, PAPER = "#1f2933", "#7b8794", "#5aa9e6", "#1c6fb5", "#d64545", "#9aa5b1", "#ffffff"


@dataclass(frozen=True, slots=True)
class Polygon:
    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True, slots=True)
class Text:
    """``anchor``: start, middle or end."""

    x: float
    y: float
    text: str
    size: float = 11
    anchor: str = "start"
    fill: str = INK
    bold: bool = False


@dataclass(slots=True)
class Picture:
    width: float
    height: float
    title: str
    """for those who cannot see it"""
    shapes: list[Polygon | Circle | Text] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.shapes.append(Polygon(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill))


def wrapped(text: str, letters: int) -> list[str]:
    """Lines of about so many letters, cut at spaces."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def mixed(low: str, high: str, share: float) -> str:
    """A colour between two."""
    parts = [(int(low[at : at + 2], 16), int(high[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in parts)


def colander(
    title: str, line: Sequence[str], person: Sequence[str], whole: int, holes: Sequence[tuple[int, Sequence[str]]]
) -> Picture:
    """The stream from the line to a person, and what runs out of it.

    ``line``, ``person``: what is written at both ends; ``holes``: (contacts, lines of text), from left to right.
    """
    width, top, thick, left, right = 760.0, 30.0, 96.0, 120.0, 630.0
    tallest = max((len(text) for _, text in holes), default=0)
    picture = Picture(width, top + thick + 92 + 13 * tallest, title)
    bottom, step = top + thick, (right - left) / max(1, len(holes))
    level = bottom
    path = [(left - 20, bottom)]
    for place, (count, text) in enumerate(holes):
        drop = thick * count / max(1, whole)
        middle, half = left + step * (place + 0.5), max(2.0, min(drop / 2, step * 0.42))
        path += [(middle - half, level), (middle + half, level - drop)]
        _drip(picture, middle, half, level, bottom, text, step)
        level -= drop
    path += [(right + 20, level)]
    picture.shapes.insert(0, Polygon(((left - 20, top), (right + 20, top), *reversed(path)), WATER))
    picture.rect(left - 20, bottom + 8, right - left + 40, 5, STEEL)
    _openings(picture, holes, whole, left, step, bottom)
    for place, text in enumerate(line):
        picture.shapes.append(
            Text(left - 28, top + 40 + 16 * place, text, 17 if not place else 11, "end", bold=not place)
        )
    for place, text in enumerate(person):
        middle = (top + level) / 2
        picture.shapes.append(
            Text(
                right + 28,
                middle + 2 + 16 * place,
                text,
                17 if not place else 11,
                bold=not place,
                fill=DEEP if not place else INK,
            )
        )
    return picture


def _drip(
    picture: Picture, middle: float, half: float, level: float, bottom: float, text: Sequence[str], step: float
) -> None:
    end = bottom + 52
    picture.shapes.append(
        Polygon(((middle - half, level), (middle + half, level), (middle + half, end), (middle - half, end)), LEAK)
    )
    picture.shapes.append(Circle(middle, end, _drop(half), LEAK))
    for place, part in enumerate(text):
        picture.shapes.append(
            Text(
                middle,
                end + _drop(half) + 16 + 13 * place,
                part,
                12 if not place else 10,
                "middle",
                INK if not place else PALE,
                not place,
            )
        )


def _drop(half: float) -> float:
    return max(5.0, half * 1.15)


def _openings(
    picture: Picture, holes: Sequence[tuple[int, Sequence[str]]], whole: int, left: float, step: float, bottom: float
) -> None:
    """The holes in the colander's wall, where the drips go through."""
    for place, (count, _) in enumerate(holes):
        half = max(2.0, min(96.0 * count / max(1, whole) / 2, step * 0.42))
        middle = left + step * (place + 0.5)
        picture.rect(middle - half - 3, bottom + 7, 2 * half + 6, 7, PAPER)
        picture.rect(middle - half, bottom + 7, 2 * half, 7, LEAK)


def heat(
    title: str, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[tuple[float, float]]]
) -> Picture:
    """A map of (how much, share lost 0 to 1) by row and column: the darker the more, the redder the more was lost."""
    side, left, top = 20.0, 34.0, 20.0
    width = min(30.0, 700 / max(1, len(columns)))
    picture = Picture(760.0, top + side * len(rows) + 6, title)
    most = max((much for row in cells for much, _ in row), default=0.0) or 1.0
    for place, name in enumerate(columns):
        if name:
            picture.shapes.append(Text(left + width * place, top - 6, name, 9, fill=PALE))
    for down, (name, row) in enumerate(zip(rows, cells, strict=True)):
        picture.shapes.append(Text(left - 6, top + side * down + 14, name, 10, "end", PALE))
        for across, (much, lost) in enumerate(row):
            colour = mixed("#eef2f6", mixed(DEEP, LEAK, min(1.0, lost * 2)), (much / most) ** 0.7)
            picture.rect(left + width * across, top + side * down, width - 1.5, side - 1.5, colour)
    return picture
