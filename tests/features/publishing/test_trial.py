"""A draft is prepared to be called: checked as for publishing, walked by one call, counted nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from tests.features.publishing.test_publishing import DRAFT, describe, put
from tests.plugins.web import Browser, CoreInbox, Site

from kaska.core import events
from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.core.scenarios.trials import TRIAL
from kaska.features.publishing import public as publishing

pytestmark = pytest.mark.database

LEADS = {"start": "on", "nodes": {"on": {"kind": "to_scenario", "scenario": "main"}}}
QUIET = {"start": "bye", "nodes": {"bye": {"kind": "finish", "prompts": ["ru/goodbye"]}}}


async def published(site: Site, **drafts: dict[str, Any]) -> tuple[Browser, CoreInbox]:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    inbox = CoreInbox(Core.fresh(Configuration(company.tenant, 0, "")))
    site.inboxes[company.tenant] = inbox
    (await admin.post("/api/publishing")).raise_for_status()
    for name, draft in drafts.items():
        await put(admin, f"/api/scenarios/{name}", name=name, draft=draft)
    return admin, inbox


def calls(inbox: CoreInbox, number: str, contact: str = "k-1") -> str:
    """The scenario's node that the call stands at."""
    arrived = events.ContactArrived(1.0, contact, contact, "voice", number, "", "", trunk="try")
    inbox.core.handle(arrived)
    return inbox.core.state.contacts[contact].node


async def test_a_draft_is_called_as_on_the_screen_or_as_stored(site: Site) -> None:
    admin, inbox = await published(site, tried=QUIET)
    stored = await admin.post("/api/scenarios/tried/trial", json={})
    assert stored.status_code == 201, stored.text
    account = stored.json()
    assert account["uri"].startswith("sip:trunk-try-")
    assert account["password"]
    trial = inbox.core.state.trials[account["number"]]
    assert trial.scenarios.keys() == {"tried"}
    now = await admin.post("/api/scenarios/tried/trial", json={"draft": DRAFT})
    tried = inbox.core.state.trials[now.json()["number"]].scenarios["tried"]
    assert tried.start == "hello"
    assert (await admin.get("/api/scenarios/tried")).json()["draft"] == QUIET, "nothing is stored by calling"


async def test_the_line_of_the_page_is_put_in_force_once_and_nothing_else(site: Site) -> None:
    admin, inbox = await published(site, tried=QUIET)
    await put(admin, "/api/queues/other", name="Другая", project="windows", requires={})
    for _ in range(2):
        (await admin.post("/api/scenarios/tried/trial", json={})).raise_for_status()
    tenant = inbox.core.state.configuration.tenant
    running = await publishing.latest(site.database, tenant)
    assert running is not None
    assert running == inbox.core.state.configuration
    assert (running.version, list(running.trunks)) == (2, [f"try-{tenant}"[:40]])
    assert "other" not in running.queues
    assert "tried" not in running.scenarios
    actions = [line["action"] for line in (await admin.get("/api/audit")).json()]
    assert (actions.count("publishing.test_line"), actions.count("scenarios.try")) == (1, 2)


async def test_drafts_that_it_leads_to_come_along(site: Site) -> None:
    admin, inbox = await published(site, tried=LEADS, broken={"start": "x", "nodes": {"x": {"kind": "nonsense"}}})
    nodes = {**DRAFT["nodes"], "hello": {"kind": "play", "prompts": ["ru/closed"], "next": "message"}}
    await put(admin, "/api/scenarios/main", name="Основной", draft={**DRAFT, "nodes": nodes}, is_default=True)
    answer = await admin.post("/api/scenarios/tried/trial", json={})
    assert answer.status_code == 201, answer.text
    assert inbox.core.state.trials[answer.json()["number"]].scenarios.keys() == {"tried", "main"}
    assert calls(inbox, answer.json()["number"]) == "hello"
    assert inbox.core.state.contacts["k-1"].direction == TRIAL
    assert inbox.core.state.scenarios_of(inbox.core.state.contacts["k-1"])["main"].nodes["hello"].next == "message"  # type: ignore[union-attr]
    calls(inbox, "+74950000001", "k-2")
    assert inbox.core.state.scenarios_of(inbox.core.state.contacts["k-2"])["main"].nodes["hello"].next == "wait"  # type: ignore[union-attr]


async def test_what_would_strand_the_caller_is_told_with_its_place(site: Site) -> None:
    admin, inbox = await published(site, tried=QUIET)
    gone = {"start": "q", "nodes": {"q": {"kind": "enqueue", "queue": "gone", "message": "m"}}}
    for draft, place in ((gone, "scenarios.tried.nodes.q"), ({"start": "", "nodes": {"a": {"kind": "b"}}}, "")):
        answer = await admin.post("/api/scenarios/tried/trial", json={"draft": draft})
        assert answer.status_code == 409, answer.text
        assert answer.json()["code"] == "configuration_problems"
        assert any(one.startswith(place or "scenarios.tried") for one in answer.json()["fields"])
    assert not inbox.core.state.trials
    assert (await admin.post("/api/scenarios/none/trial", json={})).status_code == 404


async def test_before_anything_was_published_it_says_so_and_without_an_engine_too(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    assert (await admin.post("/api/scenarios/main/trial", json={})).status_code == 503
    site.inboxes[company.tenant] = CoreInbox(Core.fresh(Configuration(company.tenant, 0, "")))
    answer = await admin.post("/api/scenarios/main/trial", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_published")
