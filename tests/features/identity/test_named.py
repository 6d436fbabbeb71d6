"""The audit log says what was touched by the name that people gave it, also when it is no more."""

from __future__ import annotations

import pytest
from tests.plugins.web import Site

from kaska.features.identity.public import audit

pytestmark = pytest.mark.database

KEY = {"id": "crm", "name": "Учётная система", "permissions": ["read_customers"]}
HOOK = {"name": "Склад", "url": "https://hooks.example/kaska", "events": ["contact.lost"]}
RULE = {"name": "Долго ждут", "figure": "waiting_time", "limit": 60}
LETTER = {"kind": "manager_day", "email": "boss@kaska.test"}


async def test_what_was_touched_is_called_as_people_call_it(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    assert (await admin.post("/api/keys", json=KEY)).status_code == 201
    for path, given in (
        ("webhooks/k1", HOOK),
        ("webhooks/k1", HOOK | {"name": "Склад и доставка"}),
        ("alerts/rules/rule-1", RULE),
        ("alerts/rules/rule-1", RULE | {"limit": 90}),
        ("letters/letter-1", LETTER),
        ("doors/gate", {"name": "Проходная", "extension": "700"}),
    ):
        put = await admin.put(f"/api/{path}", json=given)
        assert put.status_code in (200, 204), put.text
    assert (await admin.post("/api/webhooks/k1/secret")).status_code == 200
    for path in ("keys/crm", "webhooks/k1", "alerts/rules/rule-1", "letters/letter-1", "doors/gate"):
        gone = await admin.delete(f"/api/{path}")
        assert gone.status_code == 204, gone.text
    lines = (await admin.get("/api/audit")).json()
    called = {(line["action"], line["called"]) for line in lines}
    assert called >= {
        ("keys.create", "Учётная система"),
        ("keys.revoke", "Учётная система"),
        ("webhooks.put", "Склад и доставка"),
        ("webhooks.secret", "Склад и доставка"),
        ("webhooks.delete", "Склад и доставка"),
        ("alerts.put", "Долго ждут"),
        ("alerts.delete", "Долго ждут"),
        ("letters.put", "manager_day"),
        ("letters.delete", "manager_day"),
        ("doors.put", "Проходная"),
        ("doors.delete", "Проходная"),
    }, called
    (changed,) = [line for line in lines if line["action"] == "alerts.put"][:1]
    assert changed["details"]["changes"] == [{"field": "limit", "before": 60.0, "after": 90.0}]


async def test_a_line_from_before_names_were_told_has_the_last_known_name(site: Site) -> None:
    company = await site.company()
    admin = await site.signed_in(company)
    assert (await admin.put("/api/alerts/rules/old", json=RULE)).status_code == 200
    async with site.database.tenant(company.tenant) as connection:
        write = {"tenant": company.tenant, "user": "u", "object": "old"}
        await audit.write(connection, action="alerts.delete", **write)
        await audit.write(connection, action="letters.delete", **write)
        await audit.write(connection, action="customers.export", **write)
        await audit.write(connection, action="queues.put", **write | {"user": "key:crm"})
    assert (await admin.post("/api/keys", json=KEY)).status_code == 201
    told = (await admin.get("/api/audit")).json()
    lines = {line["action"]: line["called"] for line in told}
    assert [line["user_name"] for line in told if line["action"] == "queues.put"] == ["Учётная система"]
    assert lines["alerts.delete"] == "Долго ждут"
    assert lines["letters.delete"] == "", "another thing with the same identifier"
    assert lines["customers.export"] == ""
