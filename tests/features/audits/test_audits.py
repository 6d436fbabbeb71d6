"""Audits by upload: from the first piece of a file to the downloaded document."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.audit.asking import SAMPLES

from kaska.features.audits import counting, schemas
from kaska.features.audits.room import Room, rooms
from kaska.features.audits.tidying import Tidying
from support.books import Company, Web

pytestmark = pytest.mark.database

CALLS = SAMPLES / "calls.csv"


async def announced(browser: httpx.AsyncClient, *files: Path) -> str:
    given = [{"name": file.name, "size": file.stat().st_size} for file in files]
    answer = await browser.post("/api/audits", json={"files": given})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def send(browser: httpx.AsyncClient, audit: str, number: int, piece: bytes, offset: int) -> int:
    answer = await browser.put(f"/api/audits/{audit}/files/{number}", params={"offset": offset}, content=piece)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["got"])


async def test_a_table_is_uploaded_looked_at_counted_and_downloaded(company: Company, web: Web) -> None:
    """With empty books, by a supervisor."""
    boss = await web.sign_in(company, "supervisor", "boss")
    data = CALLS.read_bytes()
    audit = await announced(boss, CALLS)
    assert (await boss.post(f"/api/audits/{audit}/look")).json()["code"] == "files_missing"
    assert await send(boss, audit, 0, data[:100], 0) == 100
    assert await send(boss, audit, 0, data[:100], 0) == 100  # the answer was lost, the piece comes again
    assert await send(boss, audit, 0, data[150:], 150) == 100  # a gap is not taken
    assert (await boss.get(f"/api/audits/{audit}")).json()["files"][0]["got"] == 100
    assert await send(boss, audit, 0, data[100:], 100) == len(data)

    [looked] = (await boss.post(f"/api/audits/{audit}/look")).json()
    assert (looked["format"], looked["mapping"]["arrival"]) == ("csv", ["Дата", "Время"])
    assert looked["values"]["Результат"] == {
        "Марсиане": "", "Меню": "announcement_only", "Отвечен": "answered", "Пропущен": "missed",
        "Сбросил": "abandoned",
    }  # fmt: skip
    assert (await boss.get(f"/api/audits/{audit}/result")).json()["code"] == "not_counted"

    mapping = {"columns": looked["mapping"], "meanings": {"Марсиане": "missed"}}
    wish = {"mapping": mapping, "profile": "Наша АТС", "per_lost": 500, "timezone": "Europe/Moscow"}
    begun = await boss.post(f"/api/audits/{audit}/count", json=wish)
    assert (begun.status_code, begun.json()["state"]) == (202, "counting")
    assert (await boss.post(f"/api/audits/{audit}/count", json=wish)).json()["code"] == "already_counting"
    await web.app.state.counting.wait(company.tenant, audit)
    done = (await boss.get(f"/api/audits/{audit}")).json()
    assert (done["state"], done["problem"], done["offered"]) == ("done", None, 6)
    assert [one["name"] for one in (await boss.get("/api/audits/profiles")).json()] == ["Наша АТС"]

    result = (await boss.get(f"/api/audits/{audit}/result")).json()
    colander = result["colander"]
    assert colander["arrived"] == result["figures"]["offered"] + result["figures"]["announcement_only"]
    assert colander["whole"]["money"] == 500 * colander["whole"]["contacts"]
    kinds = {block["kind"] for block in result["reports"]["ru"]["blocks"]}
    assert {"heading", "key", "table", "colander", "week"} <= kinds
    assert (await boss.get(f"/api/audits/{audit}/report", params={"kind": "json"})).json() == result["figures"]
    for kind, begins in (("html", b"<!doctype html>"), ("pdf", b"%PDF-")):
        assert (await boss.get(f"/api/audits/{audit}/report", params={"kind": kind})).content.startswith(begins)

    assert (await boss.delete(f"/api/audits/{audit}")).status_code == 204
    assert not Room(web.settings.root, company.tenant, audit).path.exists()
    assert (await boss.get("/api/audits")).json() == []


async def test_files_that_nobody_needs_are_removed(company: Company, web: Web) -> None:
    """An upload that stopped goes a day after its last piece, a counted one's files after a week; results stay."""
    boss = await web.sign_in(company, "supervisor", "boss")
    half, whole, announced_only = [await announced(boss, CALLS) for _ in range(3)]
    await send(boss, half, 0, CALLS.read_bytes()[:100], 0)
    await send(boss, whole, 0, CALLS.read_bytes(), 0)
    await boss.post(f"/api/audits/{whole}/count", json={})
    await web.app.state.counting.wait(company.tenant, whole)
    stray = Room(web.settings.root, company.tenant, "0" * 32)
    stray.take(0, "log", 0, b"x", 1)
    tidying, now = Tidying(web.app.state.database, web.settings, unused), datetime.now(UTC)

    async def left(after: timedelta) -> set[str]:
        await tidying.tidy(company.tenant, now + after)
        return {one["id"] for one in (await boss.get("/api/audits")).json()}

    assert await left(timedelta(hours=23)) == {half, whole, announced_only}
    assert (await boss.get(f"/api/audits/{half}")).json()["files"][0]["got"] == 100
    assert await left(timedelta(hours=25)) == {whole}
    assert {name for name, _ in rooms(web.settings.root, company.tenant)} == {whole}
    assert (await boss.get(f"/api/audits/{whole}")).json()["counting_again"] is True
    assert await left(timedelta(days=8)) == {whole}
    assert (await boss.get(f"/api/audits/{whole}")).json()["counting_again"] is False
    assert (await boss.get(f"/api/audits/{whole}/result")).status_code == 200
    assert (await boss.post(f"/api/audits/{whole}/count", json={})).json()["code"] == "files_gone"


async def unused() -> list[str]:
    return []


async def test_what_cannot_be_read_says_so_in_words(company: Company, web: Web, tmp_path: Path) -> None:
    boss = await web.sign_in(company, "supervisor", "boss")
    file = tmp_path / "..strange name;.csv"
    file.write_text("colour,taste\nred,sweet\nblue,sour\n")
    audit = await announced(boss, file)
    await send(boss, audit, 0, file.read_bytes(), 0)
    await boss.post(f"/api/audits/{audit}/count", json={})
    await web.app.state.counting.wait(company.tenant, audit)
    failed = (await boss.get(f"/api/audits/{audit}")).json()
    assert failed["state"] == "failed"
    assert "укажите столбцы сами" in failed["problem"]["ru"]
    assert "no column looks like a time" in failed["problem"]["en"]
    assert failed["counting_again"] is True


async def test_walls_and_rights(company: Company, neighbour: Company, web: Web) -> None:
    boss = await web.sign_in(company, "supervisor", "boss")
    audit = await announced(boss, CALLS)
    stranger = await web.sign_in(neighbour, "administrator", "root")
    assert (await stranger.get("/api/audits")).json() == []
    tried: list[Any] = [
        await stranger.get(f"/api/audits/{audit}"),
        await stranger.put(f"/api/audits/{audit}/files/0", params={"offset": 0}, content=b"x"),
        await stranger.post(f"/api/audits/{audit}/look"),
        await stranger.post(f"/api/audits/{audit}/count", json={}),
        await stranger.get(f"/api/audits/{audit}/result"),
        await stranger.delete(f"/api/audits/{audit}"),
    ]
    assert [answer.status_code for answer in tried] == [404] * 6
    operator = await web.sign_in(company, "operator", "a301")
    assert (await operator.get("/api/audits")).status_code == 403
    huge = {"files": [{"name": "log", "size": schemas.LARGEST}] * 50}
    assert (await boss.post("/api/audits", json=huge)).json()["code"] == "no_room"
    for wish in ({"timezone": "Mars/Olympus"}, {"conversion": 0.5}, {"format": "wav"}):
        assert (await boss.post(f"/api/audits/{audit}/count", json=wish)).status_code == 422


def test_a_piece_never_makes_a_file_longer_than_announced(tmp_path: Path) -> None:
    room = Room(tmp_path, "t", "a")
    assert room.take(0, "../../etc/passwd", 0, b"abc", 4) == 3
    assert room.take(0, "../../etc/passwd", 3, b"de", 4) == 3
    assert room.take(0, "../../etc/passwd", 3, b"d", 4) == 4
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        "audits/t/a/files/0/passwd"
    ]
    room.forget()
    assert not room.path.exists()


async def test_a_process_that_dies_of_its_limits_is_told(tmp_path: Path) -> None:
    problem = await counting.run("look", tmp_path, {"memory": 1 << 20, "seconds": 5, "files": []}, 60, lambda _: None)
    assert problem is not None
    assert problem == counting.DIED or "памяти" in problem["ru"]


async def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    job = {"memory": 1 << 30, "seconds": 60, "files": [], "timezone": "Europe/Moscow"}
    assert await counting.run("look", tmp_path, job, 0.001, lambda _: None) == counting.TOO_LONG
