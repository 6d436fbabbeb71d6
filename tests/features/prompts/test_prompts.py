"""Recordings through their routes: spoken, brought, listened to, missed at publishing, walled."""

from __future__ import annotations

import math
import shutil
import wave
from array import array
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.features.scenarios.test_versions import described
from tests.plugins.web import Browser, Site

from kaska.features.identity.public import Role
from kaska.kit.sound import folder_of, measure

pytestmark = pytest.mark.database


def tone(seconds: float = 0.5, rate: int = 16_000, channels: int = 1, width: int = 2) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        samples = (int(9000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(int(rate * seconds)))
        high = [sample << 8 for sample in samples for _ in range(channels)] if width == 3 else []
        raw = b"".join(value.to_bytes(3, "little", signed=True) for value in high)
        plain = array("h", (int(9000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(int(rate * seconds))))
        sound.writeframes(raw or plain.tobytes())
    return file.getvalue()


async def bring(browser: Browser, content: bytes, title: str = "Летнее приветствие") -> Any:
    return await browser.post("/api/prompts/recorded", params={"title": title}, content=content)


@pytest.fixture
async def spoken(make_site: Callable[..., Site]) -> Site:
    """With a voice that speaks Russian only, and no signs."""

    def speak(text: str, language: str) -> bytes | None:
        return tone(rate=8000) if language == "ru" and any(letter.isalpha() for letter in text) else None

    return make_site(speak=speak)


async def test_a_recording_is_brought_listened_to_and_missed_when_its_sound_is_gone(
    spoken: Site, tmp_path: Path
) -> None:
    company, admin = await described(spoken)
    answer = await bring(admin, tone(rate=48_000, channels=2, width=3))
    assert answer.status_code == 201, answer.text
    row = answer.json()
    folder, _, id = row["name"].partition("/")
    assert (folder, row["origin"], row["used"]) == (folder_of(company.tenant), "upload", [])
    path = tmp_path / "prompts" / f"{row['name']}.wav"
    measured = measure(path)
    assert measured is not None
    assert measured.seconds == pytest.approx(0.75, abs=0.3)
    assert (await admin.get(f"/api/prompts/{row['name']}")).content == path.read_bytes()
    listed = (await admin.get("/api/prompts")).json()
    assert listed[0]["title"] == "Летнее приветствие"
    assert {"ru/greeting", "en/greeting"} <= {one["name"] for one in listed}
    assert not any("/" in one["name"].partition("/")[2] for one in listed), "no parts of numbers"

    nodes = {"hello": {"kind": "finish", "prompts": [row["name"]]}}
    draft = {"name": "Основной", "draft": {"start": "hello", "nodes": nodes}, "is_default": True}
    assert (await admin.put("/api/scenarios/main", json=draft)).status_code == 200
    assert (await admin.post("/api/publishing")).status_code == 201
    used = await admin.delete(f"/api/prompts/{id}")
    assert (used.status_code, used.json()["code"]) == (409, "prompt_in_use")
    path.unlink()
    (problem,) = (await admin.get("/api/publishing/check")).json()["problems"].values()
    assert row["name"] in problem
    await admin.put("/api/scenarios/main", json={**draft, "draft": {"start": "x", "nodes": {"x": {"kind": "finish"}}}})
    assert (await admin.post("/api/publishing")).status_code == 201
    assert (await admin.delete(f"/api/prompts/{id}")).status_code == 204
    assert (await admin.delete(f"/api/prompts/{id}")).status_code == 404


async def test_a_recording_is_spoken_where_there_is_a_voice(spoken: Site) -> None:
    _, admin = await described(spoken)
    given = {"title": "Приветствие", "language": "ru", "text": "Здравствуйте!"}
    row = (await admin.post("/api/prompts/spoken", json=given)).json()
    assert (row["text"], row["origin"], row["seconds"]) == ("Здравствуйте!", "speech", 0.5)
    silent = await admin.post("/api/prompts/spoken", json={**given, "language": "en"})
    assert (silent.status_code, silent.json()["code"]) == (503, "no_voice")
    nothing = await admin.post("/api/prompts/spoken", json={**given, "text": "!!!"})
    assert (nothing.status_code, nothing.json()["code"]) == (400, "unspeakable"), "the voice is there all the same"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "unknown_format"), (b"ID3 not a wave", "unknown_format"), (tone()[:44], "nothing_heard")],
)
async def test_what_cannot_be_played_is_refused_in_words(
    spoken: Site, content: bytes, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))  # a machine without ffmpeg
    _, admin = await described(spoken)
    answer = await bring(admin, content)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert (await admin.get("/api/prompts")).json()[0]["origin"] == "own", "nothing was kept"


async def test_other_formats_are_read_by_ffmpeg_in_a_confined_child(
    spoken: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A program of that name that copies its input: what reaches the switch is still only what we made of it."""
    program = tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        "for last; do :; done\n"
        'while [ "$1" != "-i" ]; do shift; done\n'
        'tail -c +5 "${2#file:}" > "${last#file:}"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    assert shutil.which("ffmpeg") == str(program)
    _, admin = await described(spoken)
    answer = await bring(admin, b"OggS" + tone())
    assert answer.status_code == 201, answer.text


async def test_nobody_hears_another_companys_recordings(spoken: Site) -> None:
    company, admin = await described(spoken)
    _, stranger = await described(spoken)
    name = (await bring(admin, tone())).json()["name"]
    assert (await stranger.get(f"/api/prompts/{name}")).status_code == 404
    assert (await stranger.delete(f"/api/prompts/{name.partition('/')[2]}")).status_code == 404
    assert name not in (await stranger.get("/api/prompts")).text
    draft = {"start": "a", "nodes": {"a": {"kind": "finish", "prompts": [name]}}}
    await stranger.put("/api/scenarios/main", json={"name": "x", "draft": draft, "is_default": True})
    assert name in str((await stranger.get("/api/publishing/check")).json()["problems"])
    for path in ("ru/..%2f..%2fsecret", "ru/no-such"):
        assert (await admin.get(f"/api/prompts/{path}")).status_code in (404, 422)
    operator = await spoken.signed_in(company, Role.OPERATOR)
    assert (await operator.get("/api/prompts")).status_code == 403
    supervisor = await spoken.signed_in(company, Role.SUPERVISOR)
    assert (await bring(supervisor, tone())).status_code == 403


async def test_files_placed_by_hand_and_recordings_that_nobody_made_are_told_apart(
    spoken: Site, tmp_path: Path
) -> None:
    _, admin = await described(spoken)
    (tmp_path / "prompts" / "ru").mkdir(parents=True)
    (tmp_path / "prompts" / "ru" / "our-own.wav").write_bytes(tone(rate=8000))
    draft = {"start": "a", "nodes": {"a": {"kind": "finish", "prompts": ["ru/our-own", "ru/gone"]}}}
    await admin.put("/api/scenarios/main", json={"name": "Основной", "draft": draft, "is_default": True})
    rows = {row["name"]: row for row in (await admin.get("/api/prompts")).json()}
    assert (rows["ru/our-own"]["origin"], rows["ru/our-own"]["seconds"]) == ("placed", 0.5)
    assert (rows["ru/gone"]["origin"], rows["ru/gone"]["seconds"], rows["ru/gone"]["used"]) == (
        "missing",
        None,
        ["Основной"],
    )
