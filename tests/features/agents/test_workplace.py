from __future__ import annotations

import pytest
from tests.plugins.web import Company, CoreInbox, Site

from kaska.core import events
from kaska.core.configuration import AgentProfile, Configuration, Device
from kaska.core.core import Core
from kaska.features.identity.public import Role

pytestmark = pytest.mark.database


def engine(site: Site, company: Company) -> CoreInbox:
    """A core that knows the operator of the company as an agent."""
    user = company.ids[Role.OPERATOR]
    devices = tuple(Device(kind, kind, f"{company.tenant}-301-{kind}") for kind in ("web", "phone"))
    configuration = Configuration(company.tenant, 1, "", agents={user: AgentProfile(user, "Имя", "301", {}, devices)})
    inbox = CoreInbox(Core.fresh(configuration))
    site.inboxes[company.tenant] = inbox
    return inbox


async def test_clicks_become_events(site: Site) -> None:
    company = await site.company()
    inbox = engine(site, company)
    agent = await site.signed_in(company, Role.OPERATOR)
    me = company.ids[Role.OPERATOR]
    for given in (
        {"state": "ready", "device": "web"},
        {"state": "break", "reason": "обед"},
        {"state": "ready"},
        {"state": "offline"},
    ):
        answer = await agent.post("/api/agents/me/state", json=given)
        assert answer.status_code == 204, answer.text
    assert (await agent.post("/api/agents/me/wrap-up/finish")).status_code == 204
    kinds = [type(event) for event in inbox.events]
    assert kinds == [
        events.AgentReadied,
        events.AgentPaused,
        events.AgentReadied,
        events.AgentSignedOut,
        events.WrapUpFinished,
    ]
    assert {getattr(event, "agent", "") for event in inbox.events} == {me}
    assert inbox.core.state.agents[me].state == "offline"
    assert inbox.core.state.agents[me].device == "web"


@pytest.mark.parametrize(
    ("path", "given", "code"),
    [
        ("calls/kaska-1.1/hold", {"held": True}, "no_such_call"),
        ("calls/kaska-1.1/hang-up", None, "no_such_call"),
        ("offers/kaska-1.1/reject", None, "no_such_offer"),
        ("calls/kaska-1.1/transfer", {"to": "number", "target": "+7 495 000-00-11"}, "no_such_call"),
    ],
)
async def test_refusals_of_the_core_are_told(site: Site, path: str, given: object, code: str) -> None:
    company = await site.company()
    engine(site, company)
    agent = await site.signed_in(company, Role.OPERATOR)
    answer = await agent.post(f"/api/agents/me/{path}", json=given)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert answer.json()["message"] not in ("", "Сейчас это сделать нельзя.")


async def test_somebody_who_is_no_agent_is_told_so(site: Site) -> None:
    company = await site.company()
    engine(site, company)
    supervisor = await site.signed_in(company, Role.SUPERVISOR)
    answer = await supervisor.post("/api/agents/me/state", json={"state": "ready"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_an_agent")
    assert (await supervisor.get("/api/agents/me/phone")).json()["code"] == "not_an_agent"


async def test_without_an_engine_try_again(site: Site) -> None:
    company = await site.company()
    agent = await site.signed_in(company, Role.OPERATOR)
    answer = await agent.post("/api/agents/me/state", json={"state": "ready"})
    assert (answer.status_code, answer.json()["code"]) == (503, "engine_away")
    assert answer.headers["retry-after"]


async def test_only_the_agent_and_an_administrator_see_the_phone(site: Site) -> None:
    company = await site.company()
    admin, agent = await site.signed_in(company), await site.signed_in(company, Role.OPERATOR)
    user = company.ids[Role.OPERATOR]
    made = await admin.put(f"/api/agents/{user}", json={"extension": "301", "skills": {"sales": 2}})
    assert made.status_code == 200, made.text
    phone = (await agent.get("/api/agents/me/phone")).json()
    assert {a["kind"]: a["username"] for a in phone["accounts"]} == {
        "web": f"{company.tenant}-301-web",
        "phone": f"{company.tenant}-301",
    }
    passwords = {a["password"] for a in phone["accounts"]}
    assert len(passwords) == 2
    assert (await admin.get(f"/api/agents/{user}/phone")).json() == phone
    assert "agents.phone" in {line["action"] for line in (await admin.get("/api/audit")).json()}
    supervisor = await site.signed_in(company, Role.SUPERVISOR)
    assert (await supervisor.get(f"/api/agents/{user}/phone")).status_code == 403
    listed = await supervisor.get("/api/agents")
    assert listed.json()[0]["extension"] == "301"
    assert not any(password in listed.text for password in passwords)


async def test_extensions_are_unique_and_a_new_one_brings_new_secrets(site: Site) -> None:
    company = await site.company()
    admin, agent = await site.signed_in(company), await site.signed_in(company, Role.OPERATOR)
    user, other = company.ids[Role.OPERATOR], company.ids[Role.SUPERVISOR]
    await admin.put(f"/api/agents/{user}", json={"extension": "301"})
    before = (await agent.get("/api/agents/me/phone")).json()
    taken = await admin.put(f"/api/agents/{other}", json={"extension": "301"})
    assert (taken.status_code, taken.json()["code"]) == (409, "extension_taken")
    await admin.put(f"/api/agents/{user}", json={"extension": "301", "skills": {"sales": 1}})
    assert (await agent.get("/api/agents/me/phone")).json() == before
    await admin.put(f"/api/agents/{user}", json={"extension": "302"})
    after = (await agent.get("/api/agents/me/phone")).json()
    assert not {a["password"] for a in after["accounts"]} & {a["password"] for a in before["accounts"]}
