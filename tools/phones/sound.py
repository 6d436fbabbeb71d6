"""What a phone says into its microphone: tones, files, silence, cut into 20 ms frames beforehand."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from phones import g711

RATE = 8000
FRAME = 160
"""samples in 20 ms"""


class Sound:
    """``samples`` are linear 16-bit at 8 kHz. Frames per codec are made once and shared by every call."""

    def __init__(self, samples: Sequence[int], *, loop: bool = True, name: str = "") -> None:
        whole = math.ceil(len(samples) / FRAME) * FRAME
        self._samples = array("h", samples)
        self._samples.extend([0] * (whole - len(samples)))
        self.loop = loop
        self.name = name
        self._frames: dict[str, tuple[bytes, ...]] = {}

    @property
    def seconds(self) -> float:
        return len(self._samples) / RATE

    def frames(self, codec: str) -> tuple[bytes, ...]:
        if codec not in self._frames:
            coded = g711.encode(self._samples, codec)
            self._frames[codec] = tuple(coded[i : i + FRAME] for i in range(0, len(coded), FRAME))
        return self._frames[codec]

    def __repr__(self) -> str:
        return f"Sound({self.name}, {self.seconds:.1f} s)"


@cache
def tone(*frequencies: int, amplitude: float = 0.25) -> Sound:
    """A sum of sines of whole hertz, each of ``amplitude`` (1.0 = full scale); one second, which loops seamlessly."""
    steps = [2 * math.pi * f / RATE for f in frequencies]
    samples = [round(sum(math.sin(s * n) for s in steps) * amplitude * 32767) for n in range(RATE)]
    return Sound([max(-32768, min(32767, s)) for s in samples], name="+".join(map(str, frequencies)) + " Hz")


@cache
def silence() -> Sound:
    return Sound([0] * FRAME, name="silence")


def from_wav(path: str | Path, *, loop: bool = False) -> Sound:
    """A 16-bit WAV; the first channel, brought to 8 kHz by linear interpolation."""
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{path}: 16-bit PCM expected")
        rate, channels = file.getframerate(), file.getnchannels()
        samples = array("h", file.readframes(file.getnframes()))[::channels]
    if rate != RATE and len(samples) > 1:
        step, last = rate / RATE, len(samples) - 2
        at = [min(n * step, last) for n in range(int(len(samples) / step))]
        samples = array("h", [round(samples[int(x)] + (samples[int(x) + 1] - samples[int(x)]) * (x % 1)) for x in at])
    return Sound(samples, loop=loop, name=Path(path).name)
