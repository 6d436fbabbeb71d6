"""Measuring: how much of a tone is in some samples, and in a recording."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

FULL_SCALE = 32768.0


def amplitude(samples: Sequence[int], frequency: float, rate: int = 8000) -> float:
    """Amplitude (0.0 to 1.0 of full scale) of the sine of ``frequency`` in ``samples``, by Goertzel's algorithm."""
    count = len(samples)
    if not count:
        return 0.0
    twice = 2.0 * math.cos(2.0 * math.pi * frequency / rate)
    before = last = 0.0
    for sample in samples:
        before, last = last, sample + twice * last - before
    power = before * before + last * last - twice * before * last
    return 2.0 * math.sqrt(max(power, 0.0)) / count / FULL_SCALE


def loudness(samples: Sequence[int]) -> float:
    """Root mean square, 0.0 to 1.0 of full scale (a full-scale sine has 0.707)."""
    if not samples:
        return 0.0
    return math.sqrt(sum(s * s for s in samples) / len(samples)) / FULL_SCALE


def share(samples: Sequence[int], frequency: float, rate: int = 8000) -> float:
    """The part (0.0 to 1.0) of the energy of ``samples`` that is the sine of ``frequency``."""
    whole = loudness(samples)
    return min(1.0, (amplitude(samples, frequency, rate) ** 2 / 2) / (whole * whole)) if whole > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Level:
    """How a tone stands in one channel of a recording."""

    seconds: float
    """how long it is heard, all moments together"""
    loudest: float
    """its greatest amplitude in any moment"""


def read_channel(path: str | Path, channel: int) -> tuple[array[int], int]:
    """Samples of one channel (0 = left) of a 16-bit WAV, and its rate."""
    with wave.open(str(path), "rb") as file:
        channels = file.getnchannels()
        if file.getsampwidth() != 2 or channel >= channels:
            raise ValueError(f"{path}: {8 * file.getsampwidth()} bits, {channels} channels")
        return array("h", file.readframes(file.getnframes()))[channel::channels], file.getframerate()


def measure(samples: Sequence[int], frequencies: Iterable[float], rate: int, window: float = 0.1) -> dict[float, Level]:
    """Tone by tone, how long and how loud it is heard, moment by moment of ``window`` seconds."""
    step = int(rate * window)
    moments = [samples[i : i + step] for i in range(0, len(samples) - step + 1, step)]
    found: dict[float, Level] = {}
    for frequency in frequencies:
        heard = [(amplitude(m, frequency, rate), m) for m in moments if loudness(m) > 0.003]
        counted = [a for a, m in heard if a > 0.01 and share(m, frequency, rate) > 0.15]
        found[frequency] = Level(len(counted) * window, max((a for a, _ in heard), default=0.0))
    return found


def levels(wav_path: str | Path, channel: int, freqs: Iterable[float]) -> dict[float, Level]:
    """Which of ``freqs`` are heard in one channel (0 = left = agent, 1 = right = customer) of a recording.

    For instance ``levels(path, 0, (440, 650))[440].seconds > 2``.
    """
    samples, rate = read_channel(wav_path, channel)
    return measure(samples, freqs, rate)
