"""Listening: what was heard, kept with its times, and measured only when somebody asks."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable

from phones import g711, tones

MEMORY_FRAMES = 50 * 300
WINDOW = 0.4
LOUD = 0.004
"""root mean square from which there is sound at all"""
TONE = 0.015
"""amplitude from which a tone is heard"""
SHARE = 0.15
"""part of the energy that a tone must have, so that speech and music do not pass for it"""
KEYS = "0123456789*#ABCD"
KNOWN_TONES: set[int] = set()
"""every tone that a phone of this process speaks; music and prompts are what is none of these"""


class NotHeardError(AssertionError):
    """What was expected to be heard was not."""


class Ear:
    """Frames of one call. Times are ``time.monotonic()``."""

    def __init__(self) -> None:
        self.events = 101
        self.digits = ""
        """keys that the other side pressed"""
        self._frames: deque[tuple[float, bytes, str]] = deque(maxlen=MEMORY_FRAMES)
        self._last_event: int | None = None
        self._news = asyncio.Event()
        self._unread = 0

    def hear(self, payload: bytes, codec: str) -> None:
        self._frames.append((time.monotonic(), payload, codec))
        self._unread += 1
        if self._unread >= 5:
            self._unread = 0
            self._news.set()

    def feel(self, payload: bytes, stamp: int) -> None:
        """One packet of a telephone event; a key counts once, by its timestamp."""
        if len(payload) >= 4 and stamp != self._last_event and payload[0] < len(KEYS):
            self._last_event = stamp
            self.digits += KEYS[payload[0]]
            self._news.set()

    def between(self, start: float, end: float) -> list[int]:
        """Linear samples that arrived from ``start`` to ``end``."""
        samples: list[int] = []
        for at, payload, codec in reversed(self._frames):
            if at < start:
                break
            if at <= end:
                samples[:0] = g711.decode(payload, codec)
        return samples

    def lately(self, seconds: float = WINDOW) -> list[int]:
        """The newest samples; missing packets count as silence at the beginning."""
        samples = self.between(time.monotonic() - seconds, time.monotonic())
        missing = int(seconds * 8000) - len(samples)
        return [0] * max(0, missing) + samples

    def level(self, frequency: float, seconds: float = WINDOW) -> float:
        """Amplitude (1.0 = full scale) of a tone just now."""
        return tones.amplitude(self.lately(seconds), frequency)

    def loudness(self, seconds: float = WINDOW) -> float:
        return tones.loudness(self.lately(seconds))

    def has_tone(self, frequency: float, seconds: float = WINDOW) -> bool:
        samples = self.lately(seconds)
        loud = tones.amplitude(samples, frequency)
        return loud > TONE and (loud**2 / 2) / (tones.loudness(samples) ** 2) > SHARE

    def has_other(self, seconds: float = WINDOW, known: Iterable[int] = ()) -> bool:
        """There is sound, and most of it is none of the known tones: music or speech."""
        samples = self.lately(seconds)
        if tones.loudness(samples) < LOUD:
            return False
        return sum(tones.share(samples, f) for f in {*KNOWN_TONES, *known}) < 0.5

    def seconds_of(self, frequency: float, start: float, end: float) -> float:
        """How long a tone was heard between two moments, in steps of 0.1 s."""
        return tones.measure(self.between(start, end), (frequency,), 8000)[frequency].seconds

    def describe(self) -> str:
        samples = self.lately()
        parts = [f"{f} Hz {tones.amplitude(samples, f):.3f}" for f in sorted(KNOWN_TONES)]
        return f"loudness {tones.loudness(samples):.4f}, {', '.join(parts) or 'no known tones'}, digits {self.digits!r}"

    async def until(self, condition: Callable[[], bool], within: float, what: str, lasting: float = 0.0) -> None:
        """Return when ``condition`` has held for ``lasting`` seconds. Raises NotHeardError after ``within``."""
        end = time.monotonic() + within
        since: float | None = None
        while True:
            now = time.monotonic()
            if condition():
                since = now if since is None else since
                if now - since >= lasting:
                    return
            else:
                since = None
            if now >= end:
                raise NotHeardError(f"{what} not heard within {within:g} s: {self.describe()}")
            self._news.clear()
            try:
                # without any packets there is no news: then time itself is the news (silence)
                await asyncio.wait_for(self._news.wait(), 0.1)
            except TimeoutError:
                continue


class Listening:
    """What a call can be asked about its sound."""

    ear: Ear

    async def hears(self, frequency: int, within: float = 5.0) -> None:
        """Wait until a tone has been heard for 0.3 s, with a good part of the energy. Raises NotHeardError."""
        await self.ear.until(lambda: self.ear.has_tone(frequency), within, f"{frequency} Hz", lasting=0.3)

    async def hears_no(self, frequency: int, within: float = 5.0, lasting: float = 0.5) -> None:
        """Wait until a tone has been away for ``lasting`` seconds."""
        await self.ear.until(lambda: not self.ear.has_tone(frequency), within, f"end of {frequency} Hz", lasting)

    async def hears_silence(self, within: float = 5.0, lasting: float = 0.5) -> None:
        """Wait until nothing at all has been heard for ``lasting`` seconds."""
        await self.ear.until(lambda: self.ear.loudness() < LOUD, within, "silence", lasting)

    async def hears_speech(self, within: float = 5.0) -> None:
        """Wait for sound that is none of the known tones: a prompt begins."""
        await self.ear.until(self.ear.has_other, within, "speech")

    async def hears_music(self, within: float = 5.0, lasting: float = 1.0) -> None:
        """Wait until sound that is none of the known tones has gone on for ``lasting`` seconds without a pause."""
        await self.ear.until(self.ear.has_other, within, "music", lasting)

    async def receives_digits(self, digits: str, within: float = 5.0) -> None:
        await self.ear.until(lambda: digits in self.ear.digits, within, f"keys {digits}")

    def level(self, frequency: float) -> float:
        """Amplitude of a tone just now (1.0 = full scale)."""
        return self.ear.level(frequency)

    def heard_between(self, frequency: float, start: float, end: float) -> float:
        """Seconds for which a tone was heard between two moments of ``time.monotonic()`` (the last 300 s are kept)."""
        return self.ear.seconds_of(frequency, start, end)
