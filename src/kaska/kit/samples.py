"""Sound as numbers: reading recordings of any common shape, and making of them what the switch plays well.

Samples are signed 16 bit, mono, RATE a second. Standard library only: a machine that answers telephones need have
nothing else.
"""

from __future__ import annotations

import io
import math
import wave
from array import array
from functools import lru_cache
from operator import mul
from pathlib import Path

RATE = 8000
LEVEL = 10 ** (-20 / 20) * 32768
"""root mean square of the spoken parts, full scale −20 dB"""
PEAK = 0.9 * 32768
SILENCE = 0.02
"""a frame this much quieter than the loudest one is silence"""
FRAME = RATE // 100
LEAD = 3
"""frames kept before the first sound, so that soft consonants stay whole"""
TAIL, SENTENCE_TAIL = 5, 25
"""frames kept after the last sound; a sentence needs a breath before the next"""
LEAST_RATE, GREATEST_RATE = 4000, 192_000


def read_wave(path: Path) -> array[int]:
    """The samples of a WAV file of 8, 16, 24 or 32 bit PCM, its channels mixed; empty when there is no sound in it or
    it is of another form."""
    try:
        with wave.open(str(path), "rb") as sound:
            rate, channels, width = sound.getframerate(), sound.getnchannels(), sound.getsampwidth()
            raw = sound.readframes(sound.getnframes())
    except (OSError, EOFError, ValueError, wave.Error):
        return array("h")
    if not LEAST_RATE <= rate <= GREATEST_RATE or not 1 <= channels <= 8:
        return array("h")
    samples = _mixed(_of_width(raw[: len(raw) // (width * channels) * width * channels], width), channels)
    if not any(samples):
        return array("h")
    return samples if rate == RATE else resampled(samples, rate)


def _of_width(raw: bytes, width: int) -> array[int]:
    """16 bit samples of little-endian PCM of ``width`` bytes a sample."""
    if width == 1:
        return array("h", ((value - 128) << 8 for value in raw))
    if width == 2:
        return array("h", raw)
    kept = bytearray(len(raw) // width * 2)
    kept[0::2], kept[1::2] = raw[width - 2 :: width], raw[width - 1 :: width]
    return array("h", bytes(kept))


def _mixed(samples: array[int], channels: int) -> array[int]:
    if channels == 1:
        return samples
    each = [samples[channel::channels] for channel in range(channels)]
    return array("h", (sum(frame) // channels for frame in zip(*each, strict=True)))


def _energies(samples: array[int]) -> list[float]:
    """Root mean square of each whole frame."""
    frames = (samples[start : start + FRAME] for start in range(0, len(samples) - FRAME + 1, FRAME))
    return [math.sqrt(sum(map(mul, frame, frame)) / FRAME) for frame in frames]


def trimmed(samples: array[int], tail: int) -> array[int]:
    energies = _energies(samples)
    loud = [index for index, energy in enumerate(energies) if energy > max(energies) * SILENCE]
    if not loud:
        return samples
    start, end = max(0, loud[0] - LEAD), loud[-1] + 1 + tail
    kept = samples[start * FRAME : end * FRAME]
    return kept + array("h", bytes(2 * ((end - start) * FRAME - len(kept))))


def levelled(samples: array[int]) -> array[int]:
    energies = _energies(samples)
    spoken = [energy * energy for energy in energies if energy > max(energies) * 0.1]
    if not spoken:
        return samples
    gain = min(LEVEL / math.sqrt(sum(spoken) / len(spoken)), PEAK / max(map(abs, samples)))
    return array("h", (round(sample * gain) for sample in samples))


def _taps(rate: int) -> int:
    """How long the filter is: a higher rate needs more, or what is above the band folds into speech."""
    return max(32, round(32 * rate / 22_050) // 2 * 2)


@lru_cache
def _phases(rate: int) -> tuple[tuple[float, ...], ...]:
    """A Hamming-windowed sinc low pass just below half the lower rate: one set of taps for each fractional position."""
    cut = 0.95 * min(RATE, rate) / rate
    length = _taps(rate)
    phases = []
    for step in range(RATE // math.gcd(rate, RATE)):
        offset = (step * rate / RATE) % 1.0
        taps = []
        for index in range(length):
            x = index - length / 2 + 1 - offset
            sinc = cut if x == 0 else math.sin(math.pi * cut * x) / (math.pi * x)
            taps.append(sinc * (0.54 + 0.46 * math.cos(2 * math.pi * x / length)))
        phases.append(tuple(tap / sum(taps) for tap in taps))
    return tuple(phases)


def resampled(samples: array[int], rate: int) -> array[int]:
    phases, length = _phases(rate), _taps(rate)
    margin = [0.0] * (length // 2)
    padded = [*margin, *map(float, samples), *margin, *margin]
    result = array("h")
    for index in range(len(samples) * RATE // rate):
        start = index * rate // RATE + 1
        value = round(sum(map(mul, padded[start : start + length], phases[index % len(phases)])))
        result.append(max(-32768, min(32767, value)))
    return result


def as_wave(samples: array[int]) -> bytes:
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return content.getvalue()
