"""Everything about me, and the erasure of it: what goes, what stays, who may."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import insert, select, text, update
from tests.features.customers.test_cards import phone

from kaska.core import events
from kaska.features.customers.tables import customers
from kaska.features.reconciliation.tables import switch_calls
from kaska.kit.database import metadata
from kaska.ledger.tables import readers
from kaska.migrations.run import load_tables
from support.books import PROJECTIONS, Company, Web, project

pytestmark = pytest.mark.database

NUMBER = "+79000000042"
SECRETS = ("9000000042", "Зинаида", "Захарченко", "тайная", "зинаид", "захарченко", "zina@")
KEPT = {"facts", "audit"}
"""the ledger cannot be changed, and the audit never gets to know"""


async def shown_anywhere(company: Company) -> dict[str, list[str]]:
    """Table → what of SECRETS is still in it, of all tables of the product."""
    load_tables()
    found: dict[str, list[str]] = {}
    async with company.transaction() as connection:
        for table in metadata.sorted_tables:
            if not table.info.get("tenant_wall"):
                continue
            name = f'"{table.schema or "public"}"."{table.name}"'
            rows = (await connection.execute(text(f"SELECT t::text FROM {name} t"))).scalars().all()
            seen = [secret for secret in SECRETS if any(secret.casefold() in row.casefold() for row in rows)]
            if seen:
                found[table.name] = seen
    return found


async def story_of(company: Company, web: Web) -> tuple[Any, str, list[str]]:
    """A person who talked, was recorded, left a message, is on a card with everything. → (browser, card, contacts)"""
    play = company.play
    play.ready("a301")
    talked = play.talk(NUMBER, name="Зинаида")
    play.tell(events.RecordingStored(play.now, talked, f"{talked}.wav", 30.0))
    play.tell(events.ContactClassified(play.now, talked, "a301", "order", "done", "тайная заметка"))
    await company.write()
    for directory in (web.settings.recordings_dir, web.settings.messages_dir):
        directory.mkdir(parents=True)
    (web.settings.recordings_dir / f"{talked}.wav").write_bytes(b"RIFF")
    web.settings.unfinished_dir.mkdir()
    (web.settings.unfinished_dir / f"{talked}.in.wav").write_bytes(b"RIFF")
    (web.settings.recordings_dir / "somebody-else.wav").write_bytes(b"RIFF")
    boss = await web.sign_in(company, "administrator", "boss")
    [card] = (await boss.get("/api/customers")).json()["items"]
    path = f"/api/customers/{card['id']}"
    await boss.patch(path, json={"name": "Зинаида Захарченко"})
    await boss.post(f"{path}/notes", json={"text": "тайная заметка"})
    await boss.post(f"{path}/identities", json={"kind": "email", "value": "zina@example.org"})
    await boss.post(f"{path}/consents", json={"what": "recording", "given": True, "how": "тайная расписка"})
    async with company.transaction() as connection:
        at = datetime.now(UTC)
        row = {"tenant": company.tenant, "contact": talked, "caller": NUMBER, "arrived_at": at, "ended_at": at}
        await connection.execute(insert(switch_calls).values(**row))
    return boss, card["id"], [talked]


async def test_everything_about_one_person(company: Company, web: Web) -> None:
    boss, card, [talked] = await story_of(company, web)
    told = (await boss.get(f"/api/customers/{card}/everything")).json()
    assert told["cards"][0]["name"] == "Зинаида Захарченко"
    assert {one["value"] for one in told["cards"][0]["identities"]} == {NUMBER, "zina@example.org"}
    assert told["cards"][0]["notes"][0]["text"] == "тайная заметка"
    assert told["cards"][0]["consents"][0]["how"] == "тайная расписка"
    assert [(one["id"], one["recording"]) for one in told["contacts"]] == [(talked, f"{talked}.wav")]
    assert len(await company.audit("customers.export_person")) == 1
    for role, user in (("operator", "a301"), ("supervisor", "chief")):
        other = await web.sign_in(company, role, user)
        assert (await other.get(f"/api/customers/{card}/everything")).status_code == 403
        assert (await other.post(f"/api/customers/{card}/erasure")).status_code == 403


async def test_everything_is_handed_over_with_what_was_said(company: Company, web: Web) -> None:
    boss, card, [talked] = await story_of(company, web)
    gone = company.play.talk(NUMBER)
    company.play.tell(events.RecordingStored(company.play.now, gone, f"{gone}.wav", 3.0))
    await company.write()
    answer = await boss.get(f"/api/customers/{card}/everything.zip")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip"), answer.text
    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {"person.json", f"recordings/{talked}.wav"}
        assert archive.read(f"recordings/{talked}.wav") == b"RIFF"
        told = json.loads(archive.read("person.json"))
    assert told["cards"][0]["name"] == "Зинаида Захарченко"
    assert told["files"] == [f"recordings/{talked}.wav"]
    assert told["missing_files"] == [f"recordings/{gone}.wav"]  # the disk does not have it
    assert len(await company.audit("customers.export_person")) == 1
    for role, user in (("operator", "a301"), ("supervisor", "chief")):
        other = await web.sign_in(company, role, user)
        assert (await other.get(f"/api/customers/{card}/everything.zip")).status_code == 403
    assert (await boss.get("/api/customers/nobody/everything.zip")).status_code == 404


async def test_an_erased_person_is_nowhere_but_in_the_ledger(company: Company, web: Web) -> None:
    boss, card, [talked] = await story_of(company, web)
    assert set(await shown_anywhere(company)) >= {"contacts", "customers", "customer_words", "switch_calls", "facts"}
    answer = await boss.post(f"/api/customers/{card}/erasure")
    assert answer.json() == {"cards": 1, "contacts": 1, "files": 2}
    assert set(await shown_anywhere(company)) <= KEPT
    assert "audit" not in await shown_anywhere(company)
    assert [file.name for file in web.settings.recordings_dir.rglob("*.wav")] == ["somebody-else.wav"]
    assert (await boss.get(f"/api/customers/{card}")).status_code == 404
    contact = await boss.get(f"/api/contacts/{talked}")
    assert contact.json()["outcome"] == "answered"  # the figures stay true
    assert contact.json()["recording_problem"] == "erased"
    assert not [secret for secret in SECRETS if secret in contact.text]
    listening = await boss.get(f"/api/contacts/{talked}/recording")
    assert listening.status_code == 404
    [line] = await company.audit("customers.erase")
    assert line.details == {"cards": 1, "contacts": 1, "files": 2}


async def test_books_made_anew_from_the_ledger_do_not_bring_the_person_back(company: Company, web: Web) -> None:
    boss, card, [talked] = await story_of(company, web)
    await boss.post(f"/api/customers/{card}/erasure")
    async with company.transaction() as connection:
        for projection in PROJECTIONS:
            await projection.clear(connection)
        await connection.execute(update(readers).values(position=0))
    await project(company.database, company.tenant, batch=3)
    assert set(await shown_anywhere(company)) <= KEPT
    assert (await boss.get(f"/api/contacts/{talked}")).json()["recording_problem"] == "erased"
    async with company.transaction() as connection:
        assert (await connection.execute(select(customers))).all() == []
    # who calls again is somebody new
    company.play.lose(NUMBER)
    await company.write()
    [fresh] = (await boss.get("/api/customers")).json()["items"]
    assert (fresh["contacts"], fresh["name"]) == (1, "")


async def test_what_was_taken_in_is_erased_too(company: Company, web: Web) -> None:
    boss, card, _ = await story_of(company, web)
    given = {"name": "Зинаида Вторая", "identities": [phone("+79000000043")]}
    other = (await boss.post("/api/customers", json=given)).json()["id"]
    await boss.post(f"/api/customers/{other}/merges", json={"gone": card})
    answer = await boss.post(f"/api/customers/{other}/erasure")
    assert answer.json()["cards"] == 2
    assert set(await shown_anywhere(company)) <= KEPT


async def test_nobody_is_erased_who_is_owed_a_call_or_is_talking(company: Company, web: Web) -> None:
    contact = company.play.lose(NUMBER)
    await company.write()
    boss = await web.sign_in(company, "administrator", "boss")
    [card] = (await boss.get("/api/customers")).json()["items"]
    refused = await boss.post(f"/api/customers/{card['id']}/erasure")
    assert (refused.status_code, refused.json()["code"]) == (409, "still_owed")
    answer = await boss.post(f"/api/debts/d-{contact}/write-off", json={"reason": "тайная просьба"})
    assert answer.status_code == 204
    waiting = company.play.arrive(NUMBER)
    await company.write()
    refused = await boss.post(f"/api/customers/{card['id']}/erasure")
    assert (refused.status_code, refused.json()["code"]) == (409, "still_talking")
    company.play.hang_up(waiting)
    await company.write()
    for debt in (await boss.get("/api/debts")).json()["items"]:
        await boss.post(f"/api/debts/{debt['id']}/write-off", json={"reason": "просьба"})
    assert (await boss.post(f"/api/customers/{card['id']}/erasure")).status_code == 200
    assert (await boss.get(f"/api/debts/d-{contact}")).json()["customer"] == ""
