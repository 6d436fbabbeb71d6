"""Keys of sources: given once, never shown, each company's own."""

from __future__ import annotations

import pytest
from tests.plugins.web import Site, database, make_site, site

from kaska.features.lookups.public import key_of, source_keys

__all__ = ["database", "make_site", "site"]

pytestmark = pytest.mark.database

SERVICE = {"kind": "http_source", "url": "https://crm.example/who"}
DATABASE = {"kind": "sql_source", "query": "SELECT 1"}


async def test_a_key_is_kept_replaced_and_removed_and_never_told(site: Site) -> None:
    ours, theirs = await site.company(), await site.company()
    admin, neighbour = await site.signed_in(ours), await site.signed_in(theirs)
    path = "/api/sources/crm"

    async def keys() -> dict[str, str]:
        found = {}
        for company in (ours, theirs):
            async with site.database.tenant(company.tenant) as connection:
                found |= await source_keys(connection, company.tenant)
        return found

    made = await admin.put(path, json={"document": SERVICE, "key": "s3cret of ours"})
    assert made.status_code == 200, made.text
    assert made.json()["has_key"]
    kept = await admin.put(path, json={"document": {**SERVICE, "name": "CRM"}})
    assert kept.json()["has_key"]
    assert await keys() == {key_of(ours.tenant, "crm"): "s3cret of ours"}
    (await neighbour.put(path, json={"document": SERVICE})).raise_for_status()
    assert not (await neighbour.get("/api/sources")).json()[0]["has_key"]
    (await admin.put(path, json={"document": SERVICE, "key": "another"})).raise_for_status()
    assert await keys() == {key_of(ours.tenant, "crm"): "another"}
    told = (await admin.get("/api/sources")).text + (await admin.get("/api/audit")).text + made.text + kept.text
    assert "s3cret" not in told
    assert "another" not in told
    actions = [line["action"] for line in (await admin.get("/api/audit")).json()]
    assert actions.count("lookups.key") == 2
    removed = await admin.put(path, json={"document": SERVICE, "key": ""})
    assert not removed.json()["has_key"]
    assert await keys() == {}


async def test_the_key_of_a_database_is_its_address(site: Site) -> None:
    admin = await site.signed_in(await site.company())
    refused = await admin.put("/api/sources/erp", json={"document": DATABASE, "key": "hunter2"})
    assert (refused.status_code, refused.json()["code"]) == (400, "source_malformed")
    assert "hunter2" not in refused.text
    given = {"document": DATABASE, "key": "postgresql://reader:x@db.example/erp"}
    assert (await admin.put("/api/sources/erp", json=given)).status_code == 200
