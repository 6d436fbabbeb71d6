"""What was spoken into a telephone becomes a recording, once, and what cannot be used stays."""

from __future__ import annotations

import os
import wave
from datetime import UTC, datetime
from math import pi, sin
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from tests.plugins.web import Site

from kaska.features.identity.public import Role
from kaska.features.prompts.dictated import Dictations, title_of
from kaska.features.prompts.tables import dictated_prompts

pytestmark = pytest.mark.database


def tone(file: Path, seconds: float, loudness: float = 0.5) -> None:
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        samples = (int(loudness * 32000 * sin(2 * pi * 440 * n / 8000)) for n in range(int(seconds * 8000)))
        out.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))


async def test_each_becomes_one_recording(site: Site, tmp_path: Path) -> None:
    company = await site.company()
    tenant, settings = company.tenant, site.app.state.settings
    spoken = Dictations(settings, site.database, _nobody, tmp_path)
    tone(tmp_path / "9.1-t1.wav", 1.0)
    tone(tmp_path / "9.1-t2.wav", 1.5)
    tone(tmp_path / "9.2-t1.wav", 1.0, loudness=0.0)
    rows = [("9.1", "7", "9.1-t2", "kept"), ("9.2", "7", "9.2-t1", "unconfirmed"), ("9.3", "7", "9.3-t1", "kept")]
    async with site.database.tenant(tenant) as connection:
        for dictation, number, recording, result in rows:
            values = {"dictation": dictation, "number": number, "recording": recording, "result": result}
            given = {"tenant": tenant, "agent": "a1", "at": datetime.now(UTC), **values}
            await connection.execute(insert(dictated_prompts).values(**given))
    await spoken.take(tenant)
    await spoken.take(tenant)
    async with site.database.tenant(tenant) as connection:
        table = dictated_prompts
        told = await connection.execute(select(table.c.state).order_by(table.c.dictation))
        assert list(told.scalars()) == ["made", "nothing_heard", "gone"]
    assert [name for name in os.listdir(tmp_path) if name.endswith(".wav")] == ["9.2-t1.wav"]
    async with site.browser() as web:
        await web.sign_in(company.logins[Role.ADMINISTRATOR])
        (made,) = [one for one in (await web.get("/api/prompts")).json() if one["origin"] == "phone"]
    assert (made["title"], made["number"]) == ("☎ 7", 1)
    assert made["seconds"] == pytest.approx(1.5, abs=0.4)


async def _nobody() -> list[str]:
    return []


def test_the_title_says_what_it_replaces_and_whether_it_was_confirmed() -> None:
    assert title_of("Приветствие", "3", "kept", "ru") == "Приветствие · ☎"
    assert title_of("Приветствие", "3", "unconfirmed", "ru") == "Приветствие · ☎ (не подтверждена)"
    assert title_of("", "3", "unconfirmed", "en") == "☎ 3 (not confirmed)"
