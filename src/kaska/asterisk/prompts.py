"""Makes the recordings that callers hear: ``STATE/prompts/<language>/<name>.wav``, 8 kHz, mono, 16 bit.

Speaks with festival and its Russian voice, else with espeak-ng. A recording is made once; it is made again when its
text, its engine or RECIPE changes. Only standard programs of a normal user are run.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kaska.core.scenarios.speech import VOCABULARY
from kaska.kit.config import Settings, SettingsProblem, load
from kaska.kit.samples import RATE, SENTENCE_TAIL, TAIL, as_wave, levelled, read_wave, trimmed

RECIPE = 1
"""raise it when the sound of every recording should change"""

FESTIVAL_VOICE = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits")
BATCH = 80
"""texts for one run of an engine: its start costs more than a sentence"""
WORKERS = 2
BATCH_TIMEOUT = 120.0

STRESSES = {
    "ноль": 1,
    "двухсотый": 2,
    "трёхсотый": 2,
    "четырёхсотый": 4,
    "пятисотый": 3,
    "шестисотый": 3,
    "семисотый": 3,
    "восьмисотый": 3,
    "девятисотый": 4,
    "перезвонили": 4,
}
"""word → stressed syllable, where the voice's own dictionary is wrong or silent"""


class NoVoice(Exception):
    """Neither festival with festvox-ru nor espeak-ng is installed: callers would hear silence."""

    def __init__(self) -> None:
        super().__init__("no speech synthesiser found: apt install festival festvox-ru espeak-ng")


class PromptsFailed(Exception):
    """Some recordings could not be made; trying again helps only when the machine was short of something."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"{len(names)} prompts could not be made: {', '.join(names[:5])}")
        self.names = names


@dataclass(frozen=True, slots=True)
class Made:
    """What ``ensure`` did. ``unspoken``: languages for which no engine is installed."""

    made: int
    kept: int
    unspoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    language: str
    name: str
    text: str
    engine: str

    @property
    def prompt(self) -> str:
        return f"{self.language}/{self.name}"

    @property
    def mark(self) -> str:
        """Changes when the recording has to be made again."""
        return hashlib.sha256(f"{RECIPE}|{self.engine}|{self.language}|{self.text}".encode()).hexdigest()[:16]


def ensure(
    settings: Settings,
    progress: Callable[[int, int], None] = lambda done, total: None,
    vocabulary: Mapping[str, Mapping[str, str]] = VOCABULARY,
) -> Made:
    """Makes what is missing or outdated under STATE/prompts; ``progress(done, total)`` counts what has to be made.

    Safe to call from several processes at once. Raises NoVoice when Russian cannot be spoken, PromptsFailed when an
    engine gave nothing for some text; what was made until then stays and counts next time.
    """
    root = settings.root / "prompts"
    root.mkdir(parents=True, exist_ok=True)
    engines = {language: engine_for(language) for language in vocabulary}
    unspoken = tuple(language for language, engine in engines.items() if not engine)
    if "ru" in unspoken:
        raise NoVoice
    wanted = [
        Task(language, name, text, engines[language])
        for language, words in vocabulary.items()
        if engines[language]
        for name, text in words.items()
    ]
    with _alone(root):
        marks = _read_marks(root)
        due = [t for t in wanted if marks.get(t.prompt) != t.mark or not _path(root, t).exists()]
        _make_all(root, due, marks, progress)
    return Made(made=len(due), kept=len(wanted) - len(due), unspoken=unspoken)


def engine_for(language: str) -> str:
    if language == "ru" and shutil.which("festival") and FESTIVAL_VOICE.exists():
        return "festival"
    return "espeak-ng" if shutil.which("espeak-ng") else ""


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _path(root: Path, task: Task) -> Path:
    return root / f"{task.prompt}.wav"


def _read_marks(root: Path) -> dict[str, str]:
    try:
        marks = json.loads((root / ".made.json").read_text())
    except (OSError, ValueError):
        return {}  # everything is made again, which is only slow
    return marks if isinstance(marks, dict) else {}


def _make_all(root: Path, due: list[Task], marks: dict[str, str], progress: Callable[[int, int], None]) -> None:
    batches: list[list[Task]] = []
    for engine in dict.fromkeys(task.engine for task in due):
        tasks = [task for task in due if task.engine == engine]
        batches += [tasks[start : start + BATCH] for start in range(0, len(tasks), BATCH)]
    done = 0
    failed: list[Task] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for batch, missing in zip(batches, pool.map(lambda batch: make(root, batch), batches), strict=True):
            failed += missing
            marks |= {task.prompt: task.mark for task in batch if task not in missing}
            _write(root / ".made.json", json.dumps(marks, indent=0, sort_keys=True).encode())
            done += len(batch)
            progress(done, len(due))
    if failed:
        raise PromptsFailed([task.prompt for task in failed])


def make(root: Path, batch: list[Task]) -> list[Task]:
    """Makes a batch for one engine; returns what could not be made."""
    missing = []
    with tempfile.TemporaryDirectory(dir=root, prefix=".making-") as folder:
        raw = [Path(folder) / f"{number}.wav" for number in range(len(batch))]
        speak = _speak_festival if batch[0].engine == "festival" else _speak_espeak
        speak(batch, raw)
        for task, source in zip(batch, raw, strict=True):
            samples = read_wave(source)
            if not samples:
                missing.append(task)
                continue
            sentence = task.text.endswith((".", "!", "?"))
            _write(_path(root, task), as_wave(levelled(trimmed(samples, SENTENCE_TAIL if sentence else TAIL))))
    return missing


def _speak_festival(batch: list[Task], files: list[Path]) -> None:
    entries = " ".join(f'("{word}" n ({syllable}))' for word, syllable in STRESSES.items())
    script = [
        "(voice_msu_ru_nsh_clunits)",
        f"(mapcar (lambda (entry) (lex.add.entry entry)) '({entries}))",
        "(define (speak text file)"
        " (let ((utt (utt.synth (eval (list 'Utterance 'Text text)))))"
        f" (utt.wave.resample utt {RATE}) (utt.save.wave utt file 'riff)))",
    ]
    for task, file in zip(batch, files, strict=True):
        script.append(f"(unwind-protect (speak {_scheme(_readable(task.text))} {_scheme(str(file))}) nil)")
    path = files[0].with_suffix(".scm")
    path.write_text("\n".join(script))
    _run("festival", "-b", str(path))


def _speak_espeak(batch: list[Task], files: list[Path]) -> None:
    for task, file in zip(batch, files, strict=True):
        _run("espeak-ng", "-v", task.language, "-s", "150", "-w", str(file), "--", _readable(task.text))


def _run(*command: str) -> None:
    # A failure shows as a missing file, so one bad text does not spoil the others.
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=BATCH_TIMEOUT, check=False)


def _readable(text: str) -> str:
    """Words and the marks that the engines understand; a dash becomes a short pause, other signs are left out."""
    plain = re.sub(r"[^\w\s.,!?:;'-]", " ", text.replace(" —", ","))
    return re.sub(r"\s+([.,!?:;]|$)", r"\1", plain).strip()  # festival gives up at a mark that stands alone


def _scheme(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- files -------------------------------------------------------------------------------------------------------


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: Asterisk may be playing the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)


def _show(done: int, total: int) -> None:
    sys.stderr.write(f"\rprompts {done}/{total}")
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        result = ensure(load(), _show)
    except (SettingsProblem, NoVoice, PromptsFailed) as problem:
        sys.exit(str(problem))
    silent = f", no voice for {', '.join(result.unspoken)}" if result.unspoken else ""
    sys.stderr.write(f"\rprompts: {result.made} made, {result.kept} were there{silent}\n")
