"""Makes of a recording that somebody brought what the switch plays: ``python -m kaska.kit.transcoding FROM TO``.

Runs as a child process that has given away what it does not need before it looks at the file: memory, time, the size of
what it may write, the number of files. WAV is read by Python itself, anything else by ffmpeg where the machine has it.
Exit codes: 0 made, 3 nothing to hear in it, 4 no program for this format, 5 longer than MOST_SECONDS.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

from kaska.kit.samples import RATE, SENTENCE_TAIL, as_wave, levelled, read_wave, trimmed

MOST_SECONDS = 300
CHILD_SECONDS = 60
MEMORY = 1 << 30
WRITTEN = 64 << 20
SILENT, NO_PROGRAM, TOO_LONG = 3, 4, 5

FORMATS = "wav,w64,aiff,au,caf,mp3,ogg,flac,mov,mp4,m4a,3gp,matroska,webm,aac,amr,asf"
"""no play lists, no addresses: nothing that would make ffmpeg open another file"""


class NotTranscoded(Exception):
    """``code``: SILENT, NO_PROGRAM, TOO_LONG, or 0 for a file that no program could read in time."""

    def __init__(self, code: int) -> None:
        super().__init__(f"not transcoded: {code}")
        self.code = code


async def transcode(source: Path, target: Path) -> None:
    """``target`` is 8 kHz mono 16 bit, trimmed and of even loudness. Raises NotTranscoded."""
    environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        str(source),
        str(target),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=source.parent,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(CHILD_SECONDS):
            code = await child.wait()
    except (TimeoutError, asyncio.CancelledError) as given_up:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, 9)  # ffmpeg too
        await child.wait()
        if isinstance(given_up, asyncio.CancelledError):
            raise
        raise NotTranscoded(0) from None
    if code != 0:
        raise NotTranscoded(code if code in (SILENT, NO_PROGRAM, TOO_LONG) else 0)


def _confine() -> None:
    os.nice(10)
    for what, limit in (
        (resource.RLIMIT_CPU, CHILD_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def _main(source: Path, target: Path) -> int:
    _confine()
    read = source
    is_wave = source.read_bytes()[:4] == b"RIFF"
    if not is_wave or not read_wave(source):
        program = shutil.which("ffmpeg")
        if program is None:
            return SILENT if is_wave else NO_PROGRAM
        read = source.with_name("decoded.wav")
        safe = ["-nostdin", "-v", "error", "-protocol_whitelist", "file", "-format_whitelist", FORMATS]
        chosen = ["-t", str(MOST_SECONDS + 1), "-i", f"file:{source}", "-vn", "-map", "0:a:0"]
        made = ["-ac", "1", "-ar", str(RATE), "-acodec", "pcm_s16le", "-f", "wav", f"file:{read}"]
        subprocess.run([program, *safe, *chosen, *made], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    samples = read_wave(read)
    if not samples:
        return SILENT
    if len(samples) > MOST_SECONDS * RATE:
        return TOO_LONG
    target.write_bytes(as_wave(levelled(trimmed(samples, SENTENCE_TAIL))))
    return 0


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), Path(sys.argv[2])))
