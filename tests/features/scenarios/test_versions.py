"""Scenarios through their routes: versions, differences, rolling back, judging."""

from __future__ import annotations

from typing import Any

import pytest
from tests.plugins.web import Browser, Company, CoreInbox, Site

from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.features.identity.public import Role
from kaska.features.publishing import public as publishing

pytestmark = pytest.mark.database

WEEK = [[[540, 1080]]] * 5 + [[], []]
FIRST: dict[str, Any] = {
    "start": "hello",
    "nodes": {
        "hello": {"kind": "play", "prompts": ["ru/greeting"], "next": "wait"},
        "wait": {"kind": "enqueue", "queue": "sales", "message": "message", "keys": {"1": "message"}},
        "message": {"kind": "take_message", "prompts": ["ru/message-question"], "next": ""},
    },
}
SECOND: dict[str, Any] = {**FIRST, "start": "wait"}


async def put(browser: Browser, path: str, **given: object) -> None:
    answer = await browser.put(path, json=given)
    assert answer.status_code == 200, answer.text


async def described(site: Site) -> tuple[Company, Browser]:
    """A small company whose main scenario is published in two versions."""
    company = await site.company()
    admin = await site.signed_in(company)
    await put(admin, "/api/calendars/work", timezone="Europe/Moscow", week=WEEK)
    await put(admin, "/api/projects/windows", name="Окна", calendar="work")
    await put(admin, "/api/queues/sales", name="Продажи", project="windows")
    await put(admin, f"/api/agents/{company.ids[Role.OPERATOR]}", extension="301", skills={})
    site.inboxes[company.tenant] = CoreInbox(Core.fresh(Configuration(company.tenant, 0, "")))
    for draft in (FIRST, SECOND):
        await put(admin, "/api/scenarios/main", name="Основной", draft=draft, is_default=True)
        assert (await admin.post("/api/publishing")).status_code == 201
    return company, admin


async def test_every_published_version_is_kept_and_compared(site: Site) -> None:
    company, admin = await described(site)
    rows = (await admin.get("/api/scenarios/main/versions")).json()
    assert [(row["version"], row["by"]) for row in rows] == [(n, company.ids[Role.ADMINISTRATOR]) for n in (2, 1)]
    assert (await admin.get("/api/scenarios/main/versions/1")).json() == {"version": 1, "document": FIRST}
    changed = {"kind": "changed", "node": "", "field": "start", "before": "hello", "after": "wait"}
    assert (await admin.get("/api/scenarios/main/differences?before=1&after=2")).json() == [changed]
    assert (await admin.get("/api/scenarios/main/differences")).json() == [], "the draft is what is published"
    await put(admin, "/api/scenarios/main", name="Основной", draft=FIRST, is_default=True)
    (back,) = (await admin.get("/api/scenarios/main/differences")).json()
    assert (back["before"], back["after"]) == ("wait", "hello")
    for path in ("versions/7", "versions/99999999999", "differences?before=7"):
        assert (await admin.get(f"/api/scenarios/main/{path}")).status_code == 404
    assert (await admin.get("/api/scenarios/none/differences")).status_code == 404


async def test_rolling_back_changes_one_scenario_and_publishes_nobodys_draft(site: Site) -> None:
    company, admin = await described(site)
    await put(admin, "/api/queues/sales", name="Переименована", project="windows")
    answer = await admin.post("/api/scenarios/main/versions/1/rollback")
    assert (answer.status_code, answer.json()) == (201, {"version": 3, "announced": True})
    inbox = site.inboxes[company.tenant]
    assert isinstance(inbox, CoreInbox)
    configuration = inbox.core.state.configuration
    assert configuration == await publishing.latest(site.database, company.tenant)
    assert (configuration.scenarios["main"].start, configuration.scenarios["main"].version) == ("hello", 3)
    assert configuration.queues["sales"].name == "Продажи", "a draft of somebody waits on"
    (row,) = (await admin.get("/api/scenarios")).json()
    assert (row["draft"], row["published"], row["version"]) == (FIRST, FIRST, 3)
    assert [one["version"] for one in (await admin.get("/api/scenarios/main/versions")).json()] == [3, 2, 1]
    assert (await admin.post("/api/scenarios/main/versions/9/rollback")).status_code == 404
    supervisor = await site.signed_in(company, Role.SUPERVISOR)
    assert (await supervisor.post("/api/scenarios/main/versions/1/rollback")).status_code == 403


async def test_a_version_that_does_not_fit_any_more_is_not_rolled_back_to(site: Site) -> None:
    _, admin = await described(site)
    await put(admin, "/api/queues/other", name="Другая", project="windows")
    nodes = {**FIRST["nodes"], "wait": {**FIRST["nodes"]["wait"], "queue": "other"}}
    await put(admin, "/api/scenarios/main", name="Основной", draft={**FIRST, "nodes": nodes}, is_default=True)
    assert (await admin.delete("/api/queues/sales")).status_code == 204
    assert (await admin.post("/api/publishing")).status_code == 201
    answer = await admin.post("/api/scenarios/main/versions/1/rollback")
    assert answer.status_code == 409
    assert answer.json()["fields"] == {"scenarios.main.nodes.wait": "Нет очереди «sales»."}
    assert len((await admin.get("/api/scenarios/main/versions")).json()) == 3, "nothing was kept of it"


async def test_a_draft_is_judged_in_the_readers_language(site: Site) -> None:
    company, admin = await described(site)
    supervisor = await site.signed_in(company, Role.SUPERVISOR)
    report = (await supervisor.get("/api/scenarios/main/lint", headers={"accept-language": "ru"})).json()
    assert report["malformed"] == ""
    assert ("no_notice", "error", "wait") in {(f["rule"], f["severity"], f["node"]) for f in report["findings"]}
    assert all(finding["text"] and finding["reason"] for finding in report["findings"])
    wrong = {"start": "a", "nodes": {"a": {"kind": "dance"}}}
    await put(admin, "/api/scenarios/main", name="Основной", draft=wrong, is_default=True)
    report = (await admin.get("/api/scenarios/main/lint")).json()
    assert "dance" in report["malformed"]
    assert report["findings"] == []
    assert (await admin.get("/api/scenarios/none/lint")).status_code == 404
    operator = await site.signed_in(company, Role.OPERATOR)
    assert (await operator.get("/api/scenarios/main/lint")).status_code == 403


async def test_publishing_finds_a_missing_recording(site: Site) -> None:
    _, admin = await described(site)
    folder = site.app.state.settings.root / "prompts" / "ru"
    folder.mkdir(parents=True)
    nodes = {**FIRST["nodes"], "hello": {"kind": "play", "prompts": ["ru/ours"], "next": "wait"}}
    await put(admin, "/api/scenarios/main", name="Основной", draft={**FIRST, "nodes": nodes}, is_default=True)
    answer = await admin.post("/api/publishing")
    assert answer.status_code == 409
    assert "ru/ours" in answer.json()["fields"]["scenarios.main.nodes.hello"]
    (folder / "ours.wav").write_bytes(b"RIFF")
    assert (await admin.post("/api/publishing")).status_code == 201


async def test_a_source_is_kept_and_published(site: Site) -> None:
    company, admin = await described(site)
    document = {"kind": "http_source", "url": "http://127.0.0.1:8080/{phone}"}
    await put(admin, "/api/sources/crm", document=document)
    (kept,) = (await admin.get("/api/sources")).json()
    assert (kept["id"], kept["document"]) == ("crm", document)
    refused = await admin.put("/api/sources/crm", json={"document": {"kind": "http_source", "url": "file:///x"}})
    assert (refused.status_code, refused.json()["code"]) == (400, "source_malformed")
    await admin.post("/api/publishing")
    configuration = await publishing.latest(site.database, company.tenant)
    assert configuration is not None
    assert list(configuration.sources) == ["crm"]
    assert (await admin.delete("/api/sources/crm")).status_code == 204
    assert (await admin.delete("/api/sources/crm")).status_code == 404


async def test_modes_are_switched_by_a_supervisor_with_expiry(site: Site) -> None:
    company, admin = await described(site)
    inbox = site.inboxes[company.tenant]
    assert isinstance(inbox, CoreInbox)
    supervisor = await site.signed_in(company, Role.SUPERVISOR)
    answer = await supervisor.put("/api/projects/windows/mode", json={"mode": "night", "minutes": 30})
    assert answer.status_code == 200, answer.text
    manual = inbox.core.state.modes["windows"]
    assert (manual.mode, manual.until, manual.by) == ("night", answer.json()["until"], company.ids[Role.SUPERVISOR])
    assert inbox.core.next_deadline() == manual.until
    answer = await supervisor.put("/api/projects/windows/mode", json={"mode": ""})
    assert answer.json() == {"project": "windows", "mode": "", "until": 0.0}
    assert inbox.core.state.modes == {}
    refused = await supervisor.put("/api/projects/windows/mode", json={"mode": "siesta"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_such_mode")
    operator = await site.signed_in(company, Role.OPERATOR)
    assert (await operator.put("/api/projects/windows/mode", json={"mode": "night"})).status_code == 403
    site.inboxes.clear()
    assert (await admin.put("/api/projects/windows/mode", json={"mode": "night"})).status_code == 503


async def test_a_calendar_takes_the_production_calendar_and_its_modes(site: Site) -> None:
    company, admin = await described(site)
    lunch = [[[780, 840]]] * 5 + [[], []]
    await put(
        admin,
        "/api/calendars/work",
        timezone="Europe/Moscow",
        week=WEEK,
        modes={"lunch": lunch},
        holidays=["2026-01-01"],
    )
    year = (await admin.get("/api/production-calendar/2027")).json()
    assert year["working_weekends"] == ["2027-02-20"]
    row = (await admin.post("/api/calendars/work/production-calendar/2027")).json()
    assert row["days"]["2027-02-22"] == []
    assert {"2026-01-01", "2027-11-04"} <= set(row["holidays"])
    assert row["modes"] == {"lunch": lunch}
    assert (await admin.post("/api/calendars/none/production-calendar/2027")).status_code == 404
    await admin.post("/api/publishing")
    configuration = await publishing.latest(site.database, company.tenant)
    assert configuration is not None
    assert configuration.calendars["work"].modes["lunch"][0] == ((780, 840),)
    assert "2027-11-04" in configuration.calendars["work"].holidays
