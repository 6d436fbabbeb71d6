"""What the engine and the process with the recogniser say to each other: lines of JSON over a unix socket."""

from __future__ import annotations

import msgspec

LONGEST_LINE = 256 * 1024


class Hear(msgspec.Struct, tag="hear"):
    """Listen at ``url`` (a WebSocket of the switch that sends 16-bit mono sound, ``recognisers.RATE`` a second)."""

    ear: str
    url: str
    language: str
    words: tuple[str, ...]


class Stop(msgspec.Struct, tag="stop"):
    ear: str


class Heard(msgspec.Struct, tag="heard"):
    ear: str
    text: str


class Failed(msgspec.Struct, tag="failed"):
    """Nothing more is heard by this ear."""

    ear: str
    reason: str


read_order = msgspec.json.Decoder(Hear | Stop).decode
read_news = msgspec.json.Decoder(Heard | Failed).decode


def line(message: Hear | Stop | Heard | Failed) -> bytes:
    return msgspec.json.encode(message) + b"\n"
