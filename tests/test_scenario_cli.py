"""``kaska scenario lint``: what it says of files, and its exit codes."""

from __future__ import annotations

import json
import math
import wave
from array import array
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kaska.cli import app
from kaska.kit.sound import measure
from kaska.ledger.codec import encode_configuration
from support.company import company

RATE = 8000
GOOD: dict[str, Any] = {
    "start": "hello",
    "nodes": {
        "hello": {"kind": "play", "prompts": ["ru/greeting"], "next": "queue"},
        "queue": {"kind": "enqueue", "queue": "sales", "message": "message", "keys": {"1": "message"}},
        "message": {"kind": "take_message", "prompts": ["ru/message-question"], "next": "bye"},
        "bye": {"kind": "finish", "prompts": ["ru/thanks"]},
    },
}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KASKA_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def lint(tmp_path: Path, content: object, *options: str) -> Result:
    file = tmp_path / "main.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return CliRunner().invoke(app, ["scenario", "lint", str(file), *options])


def spoken(path: Path, *parts: float) -> None:
    """A recording of tone, silence, tone … of so many seconds each."""
    samples = array("h")
    for index, seconds in enumerate(parts):
        loud = 8000 if index % 2 == 0 else 0
        samples.extend(round(loud * math.sin(i)) for i in range(int(RATE * seconds)))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())


def test_a_good_scenario_ends_with_zero(tmp_path: Path) -> None:
    result = lint(tmp_path, GOOD)
    assert (result.exit_code, result.stdout) == (0, "Замечаний нет.\n")


def test_errors_are_told_with_place_and_reason_in_both_languages(tmp_path: Path) -> None:
    wrong = {**GOOD, "nodes": {**GOOD["nodes"], "hello": {"kind": "play", "prompts": ["ru/menu"], "next": "queue"}}}
    for language, words in (("ru", "не услышав, что разговор записывается"), ("en", "conversation is recorded")):
        result = lint(tmp_path, wrong, "--language", language)
        assert result.exit_code == 1
        assert "main/queue  [no_notice]" in result.stdout
        assert words in result.stdout


def test_a_draft_and_a_whole_configuration_are_read_too(tmp_path: Path) -> None:
    assert lint(tmp_path, {"name": "Основной", "draft": GOOD}).exit_code == 0
    whole = lint(tmp_path, encode_configuration(company()).decode(), "--language", "en")
    assert whole.exit_code == 1
    assert "direct/sales  [no_notice]" in whole.stdout


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"start": "a",\n  "nodes" {}}', "строка 2, столбец 11"),
        ("[]", "object"),
        ('{"start": "a"}', "nodes"),
        ({"draft": []}, "draft"),
        ({"start": "a", "nodes": {"a": {"kind": "play", "prompts": [], "nxt": ""}}}, 'node "a", field'),
        ({"start": "a", "nodes": {"a": {"kind": "dance"}}}, "dance"),
    ],
)
def test_a_broken_file_is_told_with_the_place(tmp_path: Path, content: object, place: str) -> None:
    result = lint(tmp_path, content)
    assert result.exit_code == 2
    assert "не читается" in result.stderr
    assert place in result.stderr
    assert not result.stdout


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["scenario", "lint", str(tmp_path / "none.json"), "--language", "en"])
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_recordings_of_the_installation_are_measured(tmp_path: Path, state: Path) -> None:
    spoken(state / "prompts/ru/our-notice.wav", 1.0, 0.8, 9.0)
    ours = {
        **GOOD,
        "nodes": {**GOOD["nodes"], "hello": {"kind": "play", "prompts": ["ru/our-notice"], "next": "queue"}},
    }
    said = lint(tmp_path, ours).stdout
    assert "[long_greeting]" in said
    assert "[pause_after_hello]" in said
    assert "missing_prompt" not in said
    (state / "prompts/ru/our-notice.wav").unlink()
    assert "[missing_prompt]" in lint(tmp_path, ours).stdout


def test_pauses_are_found_where_they_are(tmp_path: Path) -> None:
    spoken(tmp_path / "a.wav", 1.0, 0.5, 1.0, 0.1, 1.0)
    measured = measure(tmp_path / "a.wav")
    assert measured is not None
    assert measured.seconds == pytest.approx(3.6)
    assert [(round(start, 1), round(length, 1)) for start, length in measured.pauses] == [(1.0, 0.5)]
    (tmp_path / "b.wav").write_bytes(b"RIFF")
    assert measure(tmp_path / "b.wav") is None
    assert measure(tmp_path / "none.wav") is None
