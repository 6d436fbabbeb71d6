"""Recordings made by the real synthesisers: that they are there, sound, and are made once."""

from __future__ import annotations

import math
import os
import re
import shutil
import threading
import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.asterisk.prompts import FESTIVAL_VOICE, NoVoice, PromptsFailed, ensure
from kaska.core.scenarios.speech import VOCABULARY
from kaska.kit.config import Settings
from kaska.kit.samples import RATE, as_wave, levelled, read_wave, resampled, trimmed

needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
needs_festival = pytest.mark.skipif(
    not (shutil.which("festival") and FESTIVAL_VOICE.exists()), reason="festival with festvox-ru is not installed"
)

FEW = {"ru": {"n/21": "двадцать один", "hello": "Здравствуйте! Это «Фабрика окон»."}}


def at(tmp_path: Path) -> Settings:
    return Settings(state=tmp_path)


def sound(path: Path) -> array[int]:
    with wave.open(str(path), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
        return array("h", file.readframes(file.getnframes()))


def level(samples: array[int]) -> float:
    """Root mean square, in dB of full scale."""
    return 20 * math.log10(max(1.0, math.sqrt(sum(s * s for s in samples) / len(samples))) / 32768)


def tone(frequency: float, seconds: float, amplitude: float = 10_000, rate: int = RATE) -> array[int]:
    step = 2 * math.pi * frequency / rate
    return array("h", (round(amplitude * math.sin(step * i)) for i in range(int(rate * seconds))))


def only(tmp_path: Path, *programs: str) -> str:
    """A PATH on which only these programs are found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in programs:
        found = shutil.which(program)
        assert found
        (folder / program).symlink_to(found)
    return str(folder)


@pytest.fixture
def espeak_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The better voice takes a second to start."""
    monkeypatch.setenv("PATH", only(tmp_path, "espeak-ng"))


@pytest.mark.parametrize(
    "engine", [pytest.param("festival", marks=needs_festival), pytest.param("espeak-ng", marks=needs_espeak)]
)
def test_recordings_sound(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", only(tmp_path, engine) + ("" if engine == "espeak-ng" else os.pathsep + "/usr/bin"))
    made = ensure(at(tmp_path), vocabulary=FEW)
    assert (made.made, made.kept) == (2, 0)
    number, hello = (sound(tmp_path / "prompts/ru" / name) for name in ("n/21.wav", "hello.wav"))
    assert 0.5 < len(number) / RATE < 2.0
    assert len(hello) > len(number)
    for samples in (number, hello):
        assert max(map(abs, samples)) < 0.95 * 32768
        assert -26 < level(samples) < -17
        assert level(samples[: RATE // 200]) < -40, "begins with silence"


@needs_espeak
@pytest.mark.usefixtures("espeak_only")
def test_a_recording_is_made_once_and_again_when_its_text_changes(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    ensure(at(tmp_path), lambda done, total: calls.append((done, total)), FEW)
    assert calls[-1] == (2, 2)
    number, hello = tmp_path / "prompts/ru/n/21.wav", tmp_path / "prompts/ru/hello.wav"
    before = number.stat().st_mtime_ns, hello.stat().st_mtime_ns
    assert ensure(at(tmp_path), vocabulary=FEW).kept == 2
    changed = {"ru": FEW["ru"] | {"n/21": "двадцать одна"}}
    made = ensure(at(tmp_path), vocabulary=changed)
    assert (made.made, made.kept) == (1, 1)
    assert number.stat().st_mtime_ns > before[0]
    assert hello.stat().st_mtime_ns == before[1]


@needs_espeak
@pytest.mark.usefixtures("espeak_only")
@pytest.mark.parametrize("damage", ["[1, 2]", "{", ""])
def test_a_lost_file_or_note_is_made_again(tmp_path: Path, damage: str) -> None:
    ensure(at(tmp_path), vocabulary=FEW)
    (tmp_path / "prompts/ru/hello.wav").unlink()
    assert ensure(at(tmp_path), vocabulary=FEW).made == 1
    (tmp_path / "prompts/.made.json").write_text(damage)
    assert ensure(at(tmp_path), vocabulary=FEW).made == 2
    assert ensure(at(tmp_path), vocabulary=FEW).made == 0


@needs_espeak
def test_a_text_that_cannot_be_spoken_is_named_and_spoils_no_other(tmp_path: Path) -> None:
    with pytest.raises(PromptsFailed, match="ru/empty") as failure:
        ensure(at(tmp_path), vocabulary={"ru": {"empty": "", "n/1": "один"}})
    assert failure.value.names == ["ru/empty"]
    assert sound(tmp_path / "prompts/ru/n/1.wav")
    assert not (tmp_path / "prompts/ru/empty.wav").exists()


@pytest.mark.parametrize("engine", [pytest.param("festival", marks=needs_festival), "espeak-ng"])
@needs_espeak
def test_a_text_is_only_text(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine == "espeak-ng":
        monkeypatch.setenv("PATH", only(tmp_path, engine))
    texts = ['раз" (exit) "два', "раз \\ два", "-w нет", "три) (quit", "<b>пять</b> $(id) № 6"]
    odd = {f"odd/{number}": text for number, text in enumerate(texts)}
    assert ensure(at(tmp_path), vocabulary={"ru": odd}).made == len(odd)
    for name in odd:
        assert len(sound(tmp_path / f"prompts/ru/{name}.wav")) > RATE / 5


def test_without_a_synthesiser_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoVoice, match="apt install festival"):
        ensure(at(tmp_path), vocabulary=FEW)


@needs_festival
def test_a_language_without_a_voice_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", only(tmp_path, "festival"))
    made = ensure(at(tmp_path), vocabulary=FEW | {"en": {"n/1": "one"}})
    assert (made.made, made.unspoken) == (2, ("en",))


@needs_espeak
@pytest.mark.usefixtures("espeak_only")
def test_two_at_once_make_each_recording_once(tmp_path: Path) -> None:
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda: results.append(ensure(at(tmp_path), vocabulary=FEW).made)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [0, 2]


def test_every_phrase_that_the_product_names_is_made() -> None:
    sources = [*Path("src/kaska").rglob("*.py"), *Path("deploy/asterisk").glob("*.conf")]
    named = {name for path in sources for name in re.findall(r"\bru/([a-z-]+)\b(?!/)", path.read_text())}
    assert "greeting" in named
    assert named <= VOCABULARY["ru"].keys()


def test_silence_is_trimmed_to_the_margins() -> None:
    silence = array("h", bytes(2 * RATE))
    short = trimmed(silence + tone(440, 0.5) + silence, tail=5)
    assert len(short) == pytest.approx(RATE * (0.03 + 0.5 + 0.05), abs=RATE * 0.02)
    assert trimmed(silence, tail=5) == silence
    assert not trimmed(array("h"), tail=5)


@given(st.floats(10, 32_000))
@settings(max_examples=20, deadline=None)
def test_loudness_is_even_and_never_clips(amplitude: float) -> None:
    even = levelled(tone(440, 0.3, amplitude))
    assert level(even) == pytest.approx(-20, abs=0.5)
    spike = levelled(array("h", [32_767]) + tone(440, 0.3, 20))
    assert max(map(abs, spike)) <= 0.9 * 32768 + 1


@pytest.mark.parametrize("rate", [16_000, 22_050])
def test_resampling_keeps_speech_and_stops_what_would_fold_back(rate: int) -> None:
    for frequency in (300, 1000, 3000):
        result = resampled(tone(frequency, 0.5, rate=rate), rate)
        assert len(result) == RATE // 2
        assert level(result[800:-800]) == pytest.approx(level(tone(frequency, 0.5)), abs=1.0)
    assert level(resampled(tone(5000, 0.5, rate=rate), rate)[800:-800]) < -45


def test_what_is_no_usable_sound_counts_as_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    assert not read_wave(path)
    path.write_bytes(b"RIFF")
    assert not read_wave(path)
    path.write_bytes(as_wave(array("h", bytes(1600))))
    assert not read_wave(path)
    path.write_bytes(as_wave(tone(440, 0.1)))
    assert len(read_wave(path)) == RATE // 10
