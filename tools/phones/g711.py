"""G.711 by tables (ITU-T G.711; the standard library's audioop is gone since Python 3.13)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache


def _ulaw_value(code: int) -> int:
    code = ~code & 0xFF
    magnitude = (((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)
    return 0x84 - magnitude if code & 0x80 else magnitude - 0x84


def _alaw_value(code: int) -> int:
    code ^= 0x55
    segment, low = (code & 0x70) >> 4, (code & 0x0F) << 4
    magnitude = low + 8 if segment == 0 else (low + 0x108) << (segment - 1)
    return magnitude if code & 0x80 else -magnitude


DECODE: dict[str, tuple[int, ...]] = {
    "PCMU": tuple(_ulaw_value(c) for c in range(256)),
    "PCMA": tuple(_alaw_value(c) for c in range(256)),
}
"""codec → 256 linear 16-bit values"""
SQUARES: dict[str, tuple[int, ...]] = {name: tuple(v * v for v in table) for name, table in DECODE.items()}
QUIET = {"PCMU": b"\xff", "PCMA": b"\xd5"}


@cache
def _encode_table(codec: str) -> bytes:
    """Code for each of 4096 linear levels (16-bit value >> 4, offset 2048), by the nearest decoded value."""
    ordered = sorted((value, code) for code, value in enumerate(DECODE[codec]))
    values = [value for value, _ in ordered]
    codes = bytearray()
    for step in range(-2048, 2048):
        level = step * 16 + 8
        i = min(bisect_left(values, level), len(values) - 1)
        if i and abs(values[i - 1] - level) < abs(values[i] - level):
            i -= 1
        codes.append(ordered[i][1])
    return bytes(codes)


def encode(samples: Iterable[int], codec: str) -> bytes:
    """Linear 16-bit samples → one byte each."""
    table = _encode_table(codec)
    return bytes(table[(s >> 4) + 2048] for s in samples)


def decode(payload: bytes, codec: str) -> list[int]:
    return list(map(DECODE[codec].__getitem__, payload))
