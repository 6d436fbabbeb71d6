"""The database stops in the middle of a working day."""

from __future__ import annotations

import pytest
from tests.plugins.web import PASSWORD, CoreInbox, Site

from kaska.core.configuration import AgentProfile, Configuration
from kaska.core.core import Core
from kaska.features.identity import sessions
from kaska.features.identity.public import Role
from kaska.host.postgres import Cluster

pytestmark = pytest.mark.database


async def test_agents_work_on_and_newcomers_are_told_to_wait(
    site: Site, postgres_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = await site.company()
    user = company.ids[Role.OPERATOR]
    configuration = Configuration(company.tenant, 1, "", agents={user: AgentProfile(user, "Имя", "301")})
    site.inboxes[company.tenant] = CoreInbox(Core.fresh(configuration))
    agent = await site.signed_in(company, Role.OPERATOR)
    monkeypatch.setattr(sessions, "TRUST_SECONDS", 0.0)
    monkeypatch.setattr(sessions, "RETRY_SECONDS", 0.0)
    assert (await agent.get("/api/session")).status_code == 200
    postgres_cluster.stop("immediate")
    try:
        assert (await agent.get("/api/session")).json()["id"] == user
        assert (await agent.post("/api/agents/me/state", json={"state": "ready"})).status_code == 204
        for answer in (
            await agent.get("/api/directory"),
            await site.browser().post(
                "/api/session", json={"login": company.logins[Role.OPERATOR], "password": PASSWORD}
            ),
            await site.browser().get("/api/session", headers={"cookie": "kaska_session=unknown"}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (503, "database_away"), answer.text
            assert answer.headers["retry-after"]
    finally:
        postgres_cluster.start()
    assert (await agent.get("/api/directory")).status_code == 200
    await site.signed_in(company)
