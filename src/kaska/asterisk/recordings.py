"""Sound on disk: prompts that are to be played, and the recording of a finished conversation.

Prompts are WAV files (16 bit, mono, 8 kHz: that is what a telephone line carries, so nothing is converted while it is
played) under STATE/prompts, named like the prompt: "ru/n/21" is STATE/prompts/ru/n/21.wav.

A conversation is written by the switch as two mono files that keep each other's time; here they become one stereo file,
the agent on the left and the customer on the right.
"""

from __future__ import annotations

import array
import asyncio
import contextlib
import heapq
import os
import re
import time
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from kaska.asterisk.pieces import pieces_after, silence
from kaska.asterisk.places import Places
from kaska.core.events import RecordingStored
from kaska.kit.config import UNFINISHED, Settings

log = structlog.get_logger(__name__)

PROMPT_RATE = 8000
SPEECH_PEAK = 600
"""of 32767: line noise and comfort noise stay below, speech does not"""
SPEECH_SECONDS = 0.3
_PROMPT_NAME = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_.-]+)*", re.ASCII)
_CLOSING_WAITS = (0.15, 0.3, 0.6, 1.2, 2.4)
"""seconds between looks whether the switch has closed its files"""
GATHER_SECONDS = 0.1
_HEADER = 44


def prompts_there(settings: Settings, prompts: Sequence[str]) -> tuple[list[str], list[str]]:
    """(those that can be played, those that are missing). The switch itself reports a missing file as played."""
    directory = Places.of(settings).prompts
    there: list[str] = []
    missing: list[str] = []
    for name in prompts:
        known = ".." not in name and _PROMPT_NAME.fullmatch(name) and os.path.exists(f"{directory}/{name}.wav")
        (there if known else missing).append(name)
    return there, missing


def spoken_seconds(file: Path) -> float:
    """Length of a message in seconds; 0.0 when nobody said anything in it, or when it cannot be read."""
    try:
        read = _samples(file)
    except (OSError, wave.Error):
        return 0.0
    if read is None:
        return 0.0
    samples, rate = read
    window = rate // 50
    loud = 0
    for start in range(0, len(samples), window):
        part = samples[start : start + window : 4]
        loud += max(part) > SPEECH_PEAK or min(part) < -SPEECH_PEAK
    return len(samples) / rate if loud * 0.02 >= SPEECH_SECONDS else 0.0


def message_seconds(settings: Settings) -> Callable[[str], float]:
    """``spoken_seconds`` of a message by its name."""
    return lambda name: spoken_seconds(settings.messages_dir / f"{name}.wav")


@dataclass(frozen=True, slots=True)
class Finished:
    """``name`` of the file in the recordings' directory, "" when there is none; ``problem`` says what is missing;
    ``pauses``: (where in it, how long), in seconds."""

    name: str
    seconds: float
    problem: str
    pauses: tuple[tuple[float, float], ...] = ()

    def stored(self, at: float, contact: str) -> RecordingStored:
        return RecordingStored(at, contact, self.name, self.seconds, self.problem, self.pauses)


async def finish(settings: Settings, contact: str) -> Finished:
    """Make a finished conversation ready to be played. To be asked once its legs are gone; may be asked again."""
    directory = Places.of(settings).recordings
    finished: Finished | None = None
    for wait in _CLOSING_WAITS:
        await asyncio.sleep(wait)
        finished = await asyncio.to_thread(_finished, directory, contact, at_last=wait == _CLOSING_WAITS[-1])
        if finished is not None:
            break
    assert finished is not None
    return finished


class Finishing:
    """``finish`` for many: whatever has become due is done in one trip to a thread, whose price is that of a call.

    ``told`` hears of each contact once.
    """

    def __init__(self, settings: Settings, told: Callable[[str, Finished], None]) -> None:
        self._directory = Places.of(settings).recordings
        self._told = told
        self._waiting: list[tuple[float, int, str]] = []
        """(when to look, how many looks were taken, contact); a heap"""
        self._working: asyncio.Task[None] | None = None

    def add(self, contact: str) -> None:
        self._look_later(contact, 0)
        if self._working is None or self._working.done():
            self._working = asyncio.get_running_loop().create_task(self._work())

    def stop(self) -> None:
        """What is left is made ready after the next start."""
        if self._working is not None:
            self._working.cancel()

    def _look_later(self, contact: str, looks: int) -> None:
        heapq.heappush(self._waiting, (time.monotonic() + _CLOSING_WAITS[looks], looks, contact))

    async def _work(self) -> None:
        while self._waiting:
            await asyncio.sleep(max(self._waiting[0][0] - time.monotonic(), GATHER_SECONDS))
            due: list[tuple[str, int]] = []
            while self._waiting and self._waiting[0][0] <= time.monotonic():
                _, looks, contact = heapq.heappop(self._waiting)
                due.append((contact, looks))
            for (contact, looks), finished in zip(due, await asyncio.to_thread(self._look, due), strict=True):
                if finished is None:
                    self._look_later(contact, looks + 1)
                    continue
                try:
                    self._told(contact, finished)
                except Exception:  # one must not keep the others waiting; the comparison of the books finds it again
                    log.exception("a finished recording was not taken in", contact=contact)

    def _look(self, due: list[tuple[str, int]]) -> list[Finished | None]:
        last = len(_CLOSING_WAITS) - 1
        return [_finished(self._directory, contact, at_last=looks == last) for contact, looks in due]


def _finished(directory: Path, contact: str, *, at_last: bool) -> Finished | None:
    """None while the switch still has its files open; ``at_last`` takes them as they are."""
    try:
        return join(directory, contact, as_they_are=at_last)
    except _StillOpenError:
        return None
    except (OSError, wave.Error, EOFError) as problem:
        return Finished("", 0.0, f"{type(problem).__name__}: {problem}")


def parts(directory: Path, contact: str) -> tuple[Path, Path]:
    """(what the agent said, what the customer said); ``directory`` is that of the finished recordings."""
    return directory / UNFINISHED / f"{contact}.out.wav", directory / UNFINISHED / f"{contact}.in.wav"


def join(directory: Path, contact: str, *, as_they_are: bool = True) -> Finished:
    """Both parts into one; the parts are removed only after the whole is safely there.

    :raises OSError: the disk is full or not to be written; nothing was lost, the parts are still there.
    :raises _StillOpenError: the switch has not completed a file, and they were not to be taken ``as_they_are``.
    """
    target = directory / f"{contact}.wav"
    sources: tuple[Path, ...] = parts(directory, contact)
    left, right = (_samples(source, as_it_is=as_they_are) for source in sources)
    if left is None and right is None:
        if target.exists():
            return _measured(target)
        return Finished("", 0.0, "nothing was recorded")
    rate = next(part[1] for part in (left, right) if part is not None)
    agent = left[0] if left is not None else array.array("h")
    customer = right[0] if right is not None else array.array("h")
    pieces = pieces_after(directory, contact)
    lost = False
    pauses: list[tuple[float, float]] = []
    for piece in pieces:
        sounds = [_samples(source, as_it_is=as_they_are) for source in piece.files]
        lost = lost or not any(sounds)
        pauses.append((round(max(len(agent), len(customer)) / rate, 3), piece.gap))
        silence(agent, customer, rate, piece.gap)
        for whole, more in zip((agent, customer), sounds, strict=True):
            whole.extend(more[0] if more is not None else ())
    sources = (*sources, *(file for piece in pieces for file in piece.all_files))
    length = max(len(agent), len(customer))
    if length == 0:
        for source in sources:
            source.unlink(missing_ok=True)
        return Finished("", 0.0, "nothing was recorded")
    both = array.array("h", bytes(4 * length))
    both[0 : 2 * len(agent) : 2] = agent
    both[1 : 2 * len(customer) : 2] = customer
    _write(target, both, rate)
    for source in sources:
        source.unlink(missing_ok=True)
    silent = [name for name, part in (("agent", left), ("customer", right)) if part is None or not part[0]]
    problem = f"the side of the {' and '.join(silent)} is missing" if silent else ""
    if lost:
        problem = problem or "what was said after a pause is missing"
    return Finished(target.name, length / rate, problem, tuple(pauses))


def discard(settings: Settings, contact: str, *, sound_too: bool = False) -> None:
    """Nobody talked: the switch made files without a sound in them all the same. ``sound_too``: what is in them was not
    to be recorded."""
    directory = Places.of(settings).recordings
    for part in parts(directory, contact):
        with contextlib.suppress(FileNotFoundError):
            if sound_too or part.stat().st_size <= _HEADER:
                part.unlink()
    for file in (file for piece in pieces_after(directory, contact) for file in piece.all_files) if sound_too else ():
        file.unlink(missing_ok=True)


class _StillOpenError(Exception):
    """The switch writes the true length into a file's head when it closes it; this one's is not there yet."""


def _samples(file: Path, *, as_it_is: bool = True) -> tuple[array.array[int], int] | None:
    """16 bit samples and their rate; None when there is no file or no whole head."""
    try:
        with file.open("rb") as raw:
            head = raw.read(_HEADER)
            told = int.from_bytes(head[40:44], "little")
            if not as_it_is and (len(head) < _HEADER or told + _HEADER < os.fstat(raw.fileno()).st_size):
                raise _StillOpenError(file.name)
            if head[:4] == b"RIFF" and head[8:16] == b"WAVEfmt " and head[36:40] == b"data":
                if head[22:24] != b"\1\0" or head[34:36] != b"\x10\0":
                    raise wave.Error(f"{file.name}: not 16 bit mono")
                # a length of 0 was never completed: the switch died while it was writing
                return _as_samples(raw.read(told or -1)), int.from_bytes(head[24:28], "little")
        with wave.open(str(file)) as sound:  # written by somebody else, with more in its head
            if sound.getsampwidth() != 2 or sound.getnchannels() != 1:
                raise wave.Error(f"{file.name}: not 16 bit mono")
            return _as_samples(sound.readframes(sound.getnframes())), sound.getframerate()
    except (FileNotFoundError, EOFError):
        return None


def _as_samples(data: bytes) -> array.array[int]:
    return array.array("h", data[: len(data) // 2 * 2])


def _write(target: Path, samples: array.array[int], rate: int) -> None:
    draft = target.with_name(f".{target.name}.part")
    try:
        with wave.open(str(draft), "wb") as sound:
            sound.setnchannels(2)
            sound.setsampwidth(2)
            sound.setframerate(rate)
            sound.writeframes(samples.tobytes())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _measured(file: Path) -> Finished:
    with wave.open(str(file)) as sound:
        return Finished(file.name, sound.getnframes() / sound.getframerate(), "")
