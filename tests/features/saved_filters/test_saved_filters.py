"""Filters under names: kept, opened, renamed, shared by who may, deleted, and nobody else's business."""

from __future__ import annotations

from typing import Any

import pytest

from support.books import Company, Web

pytestmark = pytest.mark.database

LOST = {"period": "week", "outcome": "lost", "more": {"project": "windows", "wait_over": 30}, "why": "ждали долго"}
ADDRESS = "/api/saved-filters"


async def test_a_filter_is_kept_opened_renamed_shared_and_deleted(company: Company, web: Web) -> None:
    chief = await web.sign_in(company, "supervisor", "chief")
    worker = await web.sign_in(company, "operator", "a301")
    made = await chief.post(ADDRESS, json={"name": " Долго ждали ", "filter": LOST})
    assert made.status_code == 201, made.text
    kept: dict[str, Any] = made.json()
    assert (kept["name"], kept["mine"], kept["shared"], kept["may_change"]) == ("Долго ждали", True, False, True)
    assert {name: value for name, value in kept["filter"].items() if value} == LOST
    assert (await worker.get(ADDRESS)).json() == []

    changed = await chief.patch(f"{ADDRESS}/{kept['id']}", json={"name": "Не дождались", "shared": True})
    assert (changed.json()["name"], changed.json()["filter"]) == ("Не дождались", kept["filter"])
    [seen] = (await worker.get(ADDRESS)).json()
    assert (seen["mine"], seen["may_change"], seen["owner_name"]) == (False, False, "Chief")
    refused = await worker.patch(f"{ADDRESS}/{kept['id']}", json={"name": "Моё"})
    assert (refused.status_code, refused.json()["code"]) == (403, "may_not_share")
    assert (await worker.delete(f"{ADDRESS}/{kept['id']}")).status_code == 403

    assert (await chief.delete(f"{ADDRESS}/{kept['id']}")).status_code == 204
    assert (await worker.get(ADDRESS)).json() == []
    assert (await chief.delete(f"{ADDRESS}/{kept['id']}")).json()["code"] == "filter_not_found"
    assert len(await company.audit("filters.change")) == len(await company.audit("filters.delete")) == 1


async def test_what_cannot_be_kept_is_said(company: Company, neighbour: Company, web: Web) -> None:
    worker = await web.sign_in(company, "operator", "a301")
    other = await web.sign_in(company, "operator", "a302")
    mine = (await worker.post(ADDRESS, json={"name": "Мои", "filter": {"agent": "a301"}})).json()
    twin = await worker.post(ADDRESS, json={"name": "Мои", "filter": {}})
    assert (twin.status_code, twin.json()["code"]) == (409, "name_taken")
    assert (await other.post(ADDRESS, json={"name": "Мои", "filter": {}})).status_code == 201
    shared = await worker.post(ADDRESS, json={"name": "Всем", "shared": True, "filter": {}})
    assert (shared.status_code, shared.json()["code"]) == (403, "may_not_share")
    for wrong in ({"more": {"wait_over": "long"}}, {"more": {"nothing": 1}}, {"period": "epoch"}, {"open": "x"}):
        assert (await worker.post(ADDRESS, json={"name": "Нет", "filter": wrong})).status_code == 422, wrong
    for stranger in (other, await web.sign_in(neighbour, "administrator", "boss")):
        hidden = await stranger.patch(f"{ADDRESS}/{mine['id']}", json={"name": "Чужие"})
        assert (hidden.status_code, hidden.json()["code"]) == (404, "filter_not_found")
        assert mine["id"] not in [one["id"] for one in (await stranger.get(ADDRESS)).json()]
