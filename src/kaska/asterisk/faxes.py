"""What came of a fax: the pages in its file, and what the switch wrote of it among its records.

NAME.tif is written while pages come. The event FAX_OVER follows when the transmission is over, with the fax's name, how
it ended, why it failed and what the sending machine calls itself, "|" between them. Without the event the switch died
meanwhile, and the file is all there is.
"""

from __future__ import annotations

import asyncio
import json
import re
import struct
import time
from dataclasses import dataclass

from kaska.asterisk import records
from kaska.asterisk.places import Places
from kaska.asterisk.witness import parse
from kaska.asterisk.witness_fields import CEL_BEGINS

FAX_OVER = "FAX_OVER"
"""our own event"""
SUCCESS = "SUCCESS"
WRITING_SECONDS = 5.0
"""so long the switch is given to write down what it knows, once the line is gone"""
LOOKED_EVERY = 0.2
LOOKED_BACK = 512 * 1024
"""bytes of records while the event is waited for: it is about to be written"""
LOOKED_FAR_BACK = 4 * 1024 * 1024
"""the same after we were away"""
MOST_PAGES = 10_000
BROKE_OFF = "the transmission broke off"
DIED = "the switch stopped during the transmission"
NO_PAGE = "no page came"

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LENGTH_OF_IMAGE = 257
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Told:
    """The switch's words, see ReceiveFAX: ``status`` "SUCCESS" or another, ``error`` "" or why."""

    status: str
    error: str
    station: str


@dataclass(frozen=True, slots=True)
class Came:
    """``pages`` whole ones; ``station``: what the machine is called; ``problem`` "" = the sender knows all came."""

    pages: int
    station: str
    problem: str


async def collect(places: Places, name: str) -> Came:
    """Asked once nothing more comes. What cannot be read counts as not there, and the problem says so."""
    give_up_at = time.monotonic() + WRITING_SECONDS
    heard = await asyncio.to_thread(told, places, name, LOOKED_BACK)
    while heard is None and time.monotonic() < give_up_at:
        await asyncio.sleep(LOOKED_EVERY)
        heard = await asyncio.to_thread(told, places, name, LOOKED_BACK)
    if heard is None:
        heard = await asyncio.to_thread(told, places, name)
    return await asyncio.to_thread(_came, places, name, heard)


def told(places: Places, name: str, back: int = LOOKED_FAR_BACK) -> Told | None:
    """None when the transmission goes on, as far as the last ``back`` bytes of records tell."""
    for _, _, fields in records.newest(places.cel, back, CEL_BEGINS):
        row = parse(fields)
        if row is not None and row.event == FAX_OVER:
            said, *more = (_plain(one) for one in [*_extra(row.extra).split("|", 3), "", "", ""][:4])
            if said == name:
                return Told(*more)
    return None


def _extra(extra: str) -> str:
    try:
        return str(json.loads(extra)["extra"])
    except (ValueError, TypeError, KeyError):
        return ""


def _came(places: Places, name: str, heard: Told | None) -> Came:
    station = heard.station if heard is not None else ""
    try:
        pages = pages_of((places.faxes / f"{name}.tif").read_bytes())
    except FileNotFoundError:
        pages = 0
    except OSError as problem:
        return Came(0, station, f"{type(problem).__name__}: {problem}")
    if heard is None:
        return Came(pages, station, DIED)
    if heard.status == SUCCESS:
        return Came(pages, station, "" if pages else NO_PAGE)
    return Came(pages, station, heard.error or BROKE_OFF)


def pages_of(tiff: bytes) -> int:
    """How many pages with any lines a TIFF file holds (TIFF 6.0, section 2), up to where it breaks off."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 0
    pages = 0
    seen: set[int] = set()
    (at,) = struct.unpack_from(f"{order}I", tiff, 4)
    while at and at not in seen and at + 2 <= len(tiff) and len(seen) < MOST_PAGES:
        seen.add(at)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        end = at + 2 + 12 * count
        if end + 4 > len(tiff):
            break
        pages += any(_is_height(order, tiff, at + 2 + 12 * index) for index in range(count))
        (at,) = struct.unpack_from(f"{order}I", tiff, end)
    return pages


def _is_height(order: str, tiff: bytes, field: int) -> bool:
    tag, kind, _ = struct.unpack_from(f"{order}HHI", tiff, field)
    form = "H" if kind == _SHORT else "I"
    (height,) = struct.unpack_from(f"{order}{form}", tiff, field + 8)
    return tag == _LENGTH_OF_IMAGE and bool(height > 0)


def _plain(words: str) -> str:
    """A machine's own words, made harmless."""
    return _UNPRINTED.sub("", words).strip()[:100]
