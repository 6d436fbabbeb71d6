"""Where sentences end in a stream of sound: for recognisers that want a whole sentence at once. Pure."""

from __future__ import annotations

import array
import math
import sys
from dataclasses import dataclass, field

from kaska.speech.contract import RATE

PIECE_SECONDS = 0.02
LOUD = 3.0
"""times as loud as the line's own noise: a voice"""
QUIETEST_VOICE = 200.0
"""effective value of 16-bit samples below which nothing is a voice, however quiet the line"""
PAUSE_SECONDS = 0.7
SHORTEST_SECONDS = 0.2
LONGEST_SECONDS = 8.0
BEFORE_SECONDS = 0.2
"""kept of what was before the first loud piece: words begin quietly"""
FORGET = 0.98
"""share of the noise's old estimate that a quiet piece leaves"""

PIECE_BYTES = int(RATE * PIECE_SECONDS) * 2


@dataclass
class Sentences:
    """Cuts a stream into sentences: from the first loud piece to a pause, or LONGEST_SECONDS."""

    _rest: bytes = b""
    _before: bytes = b""
    _sentence: bytearray = field(default_factory=bytearray)
    _loud: float = 0.0
    _quiet: float = 0.0
    _noise: float = QUIETEST_VOICE / LOUD

    def add(self, sound: bytes) -> list[bytes]:
        """The sentences that end within this piece of sound."""
        found = []
        self._rest += sound
        while len(self._rest) >= PIECE_BYTES:
            piece, self._rest = self._rest[:PIECE_BYTES], self._rest[PIECE_BYTES:]
            sentence = self._piece(piece)
            if sentence:
                found.append(sentence)
        return found

    def _piece(self, piece: bytes) -> bytes:
        level = loudness(piece)
        loud = level > max(self._noise * LOUD, QUIETEST_VOICE)
        if not loud:
            self._noise = FORGET * self._noise + (1 - FORGET) * level
        if not self._sentence and not loud:
            self._before = (self._before + piece)[-int(BEFORE_SECONDS * RATE) * 2 :]
            return b""
        if not self._sentence:
            self._sentence += self._before
            self._before = b""
        self._sentence += piece
        self._loud += PIECE_SECONDS * loud
        self._quiet = 0.0 if loud else self._quiet + PIECE_SECONDS
        if self._quiet < PAUSE_SECONDS and len(self._sentence) < LONGEST_SECONDS * RATE * 2:
            return b""
        whole = bytes(self._sentence) if self._loud >= SHORTEST_SECONDS else b""
        self._sentence.clear()
        self._loud = self._quiet = 0.0
        return whole


def loudness(sound: bytes) -> float:
    """Effective value of 16-bit little endian samples."""
    samples = array.array("h", sound)
    if sys.byteorder == "big":
        samples.byteswap()
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples)) if samples else 0.0
