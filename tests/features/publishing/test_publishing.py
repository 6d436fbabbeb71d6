from __future__ import annotations

from pathlib import Path

import pytest
from tests.plugins.web import Browser, Company, CoreInbox, Site

from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.core.events import ConfigurationPublished
from kaska.features.identity.public import Role
from kaska.features.publishing import public as publishing

pytestmark = pytest.mark.database

DRAFT = {
    "start": "hello",
    "nodes": {
        "hello": {"kind": "play", "prompts": ["ru/greeting"], "next": "wait"},
        "wait": {"kind": "enqueue", "queue": "sales", "message": "message", "keys": {"1": "message"}},
        "message": {"kind": "take_message", "prompts": ["ru/message-question"], "next": ""},
    },
}
WEEK = [[[540, 1080]]] * 5 + [[], []]


async def put(browser: Browser, path: str, **given: object) -> None:
    answer = await browser.put(path, json=given)
    assert answer.status_code == 200, answer.text


async def describe(browser: Browser, company: Company) -> None:
    """A small whole company, through the routes."""
    await put(browser, "/api/calendars/work", timezone="Europe/Moscow", week=WEEK, days={"2026-12-31": []})
    await put(browser, "/api/projects/windows", name="Окна", calendar="work")
    await put(browser, "/api/queues/sales", name="Продажи", project="windows", requires={"sales": 1})
    await put(browser, "/api/scenarios/main", name="Основной", draft=DRAFT, is_default=True)
    await put(browser, "/api/numbers/+74950000001", project="windows", scenario="main")
    await put(browser, f"/api/agents/{company.ids[Role.OPERATOR]}", extension="301", skills={"sales": 3})


async def test_publishes_what_was_edited_and_tells_the_engine(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    inbox = CoreInbox(Core.fresh(Configuration(company.tenant, 0, "")))
    site.inboxes[company.tenant] = inbox
    assert (await admin.get("/api/publishing/check")).json() == {"problems": {}}
    answer = await admin.post("/api/publishing")
    assert answer.json() == {"version": 1, "announced": True}
    (event,) = inbox.events
    assert isinstance(event, ConfigurationPublished)
    configuration = event.configuration
    assert configuration == await publishing.latest(site.database, company.tenant)
    assert configuration.default_scenario == "main"
    assert configuration.scenarios["main"].version == 1
    assert configuration.calendars["work"].week[0] == ((540, 1080),)
    agent = configuration.agents[company.ids[Role.OPERATOR]]
    assert {d.kind: d.endpoint for d in agent.devices} == {
        "web": f"{company.tenant}-301-web",
        "phone": f"{company.tenant}-301",
    }
    secrets = await publishing.device_secrets(site.database, company.tenant)
    assert set(secrets) == {d.endpoint for d in agent.devices}


async def test_an_empty_new_scenario_keeps_nobody_from_publishing(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    await put(admin, "/api/scenarios/begun", name="Начатый", draft={"start": "", "nodes": {}})
    assert (await admin.get("/api/publishing/check")).json() == {"problems": {}}
    assert (await admin.post("/api/publishing")).status_code == 201
    configuration = await publishing.latest(site.database, company.tenant)
    assert configuration is not None
    assert set(configuration.scenarios) == {"main"}
    await put(admin, "/api/numbers/+74950000002", project="windows", scenario="begun")
    refused = await admin.post("/api/publishing")
    assert (refused.status_code, refused.json()["code"]) == (409, "configuration_problems")


async def test_versions_count_and_only_changed_scenarios_get_a_new_one(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    assert (await admin.post("/api/publishing")).json() == {"version": 1, "announced": False}
    await put(admin, "/api/scenarios/second", name="Второй", draft=DRAFT)
    assert (await admin.post("/api/publishing")).json()["version"] == 2
    await put(admin, "/api/scenarios/second", name="Второй", draft={**DRAFT, "start": "wait"})
    await admin.post("/api/publishing")
    configuration = await publishing.latest(site.database, company.tenant)
    assert configuration is not None
    assert {s.id: s.version for s in configuration.scenarios.values()} == {"main": 1, "second": 2}
    assert [row["version"] for row in (await admin.get("/api/publishing")).json()] == [3, 2, 1]


async def test_publishing_if_changed_publishes_once(site: Site) -> None:
    company = await site.company()
    await describe(await site.signed_in(company), company)
    first = await publishing.publish_if_changed(site.database, company.tenant, "test")
    assert await publishing.publish_if_changed(site.database, company.tenant, "test") == first
    assert first.version == 1


async def test_refuses_with_everything_to_mend_in_the_readers_language(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    await put(admin, "/api/numbers/+74950000002", project="windows", scenario="nowhere")
    await put(admin, "/api/queues/empty", name="Пустая", project="windows", requires={"chinese": 5})
    answer = await admin.post("/api/publishing")
    assert answer.status_code == 409
    body = answer.json()
    assert body["code"] == "configuration_problems"
    assert body["fields"]["numbers.+74950000002.scenario"] == "Нет сценария «nowhere»."
    assert "queues.empty" in body["fields"]
    assert await publishing.latest(site.database, company.tenant) is None


async def test_a_malformed_scenario_names_the_place(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    wrong = {"start": "hello", "nodes": {"hello": {"kind": "play", "prompts": ["ru/greeting"], "nxt": "x"}}}
    await put(admin, "/api/scenarios/main", name="Основной", draft=wrong, is_default=True)
    problems = (await admin.get("/api/publishing/check")).json()["problems"]
    assert 'node "hello"' in problems["scenarios.main"]


async def test_demo_company_is_seeded_once_and_stays_itself(site: Site, tmp_path: Path) -> None:
    from kaska.features.publishing.demo_company import seed_demo_company

    secrets = tmp_path / "secrets"
    company = await seed_demo_company(site.database, secrets)
    assert (secrets / "demo.json").stat().st_mode & 0o777 == 0o600
    assert await seed_demo_company(site.database, secrets) == company
    configuration = await publishing.latest(site.database, "demo")
    assert configuration is not None
    assert configuration.version == 1
    assert sum(agent.human for agent in company.agents) == 2
    assert [agent.extension for agent in company.agents] == [str(n) for n in range(301, 309)]
    for person in (company.administrator, company.supervisor, company.agents[0]):
        me = await site.browser().sign_in(person.login, person.password)
        assert not me["must_change_password"]
    (secrets / "demo.json").unlink()
    renewed = await seed_demo_company(site.database, secrets)
    assert renewed.administrator.password != company.administrator.password
    await site.browser().sign_in(renewed.administrator.login, renewed.administrator.password)
