"""Two cards of one person, and back: nothing is lost."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, select
from tests.features.customers.test_cards import made, phone

from kaska.features.customers.tables import consents, customers, identities, notes, spellings, words
from support.books import Company, Web

pytestmark = pytest.mark.database

TABLES = (customers, identities, notes, consents, words, spellings)
_numbers = itertools.count(79_000_100_000)


async def rows_of(company: Company, table: Table) -> list[dict[str, Any]]:
    """Everything but when it was last changed."""
    async with company.transaction() as connection:
        found = (await connection.execute(select(table).order_by(*table.primary_key))).mappings()
        return [{name: value for name, value in row.items() if name not in ("changed_at", "touched")} for row in found]


async def everything(company: Company) -> dict[str, list[dict[str, Any]]]:
    return {table.name: await rows_of(company, table) for table in TABLES}


async def test_a_merge_brings_everything_together_and_back(company: Company, web: Web) -> None:
    company.play.lose("+79000000002", name="Пётр")
    company.play.lose("+79000000003", name="Петя")
    await company.write()
    chief = await web.sign_in(company, "supervisor", "chief")
    cards = {item["name"]: item["id"] for item in (await chief.get("/api/customers")).json()["items"]}
    kept, gone = cards["Пётр"], cards["Петя"]
    await chief.patch(f"/api/customers/{gone}", json={"position": "прораб", "vip": True, "tags": ["опт"]})
    for id, text in ((kept, "старое"), (gone, "новое")):
        await chief.post(f"/api/customers/{id}/notes", json={"text": text})
    await chief.post(f"/api/customers/{gone}/consents", json={"what": "recording", "given": True, "how": "голосом"})
    before = await everything(company)

    answer = await chief.post(f"/api/customers/{kept}/merges", json={"gone": gone})
    assert answer.status_code == 201, answer.text
    card = (await chief.get(f"/api/customers/{kept}")).json()
    assert (card["name"], card["position"], card["vip"], card["tags"], card["contacts"]) == (
        "Пётр",
        "прораб",
        True,
        ["опт"],
        2,
    )
    assert {note["text"] for note in card["notes"]} == {"старое", "новое"}
    assert {one["value"] for one in card["identities"]} == {"+79000000002", "+79000000003"}
    assert len((await chief.get(f"/api/customers/{kept}/contacts")).json()["items"]) == 2
    assert len(card["debts"]) == 2
    assert [item["id"] for item in (await chief.get("/api/customers")).json()["items"]] == [kept]
    left = (await chief.get(f"/api/customers/{gone}")).json()
    assert (left["merged_into"], left["notes"]) == (kept, [])
    refused = await chief.patch(f"/api/customers/{gone}", json={"name": "x"})
    assert (refused.status_code, refused.json()["code"]) == (409, "card_merged")
    third = company.play.lose("+79000000003")
    await company.write()
    line = (await chief.get(f"/api/customers/{kept}/contacts")).json()["items"]
    assert line[0]["id"] == third

    undone = await chief.delete(f"/api/customers/{kept}/merges/{answer.json()['id']}")
    assert undone.status_code == 204, undone.text
    assert await everything(company) == before
    assert len((await chief.get(f"/api/customers/{gone}/contacts")).json()["items"]) == 2
    again = await chief.delete(f"/api/customers/{kept}/merges/{answer.json()['id']}")
    assert again.json()["code"] == "cannot_undo"
    [merged], [back] = await company.audit("customers.merge"), await company.audit("customers.undo_merge")
    assert merged.object == back.object == kept
    assert merged.details == back.details == {"gone": gone, "merge": answer.json()["id"]}


async def test_what_was_written_after_a_merge_stays(company: Company, web: Web) -> None:
    chief = await web.sign_in(company, "supervisor", "chief")
    kept = (await made(chief, name="", identities=[phone("+79000000002")]))["id"]
    gone = (await made(chief, name="Петя", position="прораб"))["id"]
    merge = (await chief.post(f"/api/customers/{kept}/merges", json={"gone": gone})).json()["id"]
    await chief.patch(f"/api/customers/{kept}", json={"name": "Пётр"})
    await chief.post(f"/api/customers/{kept}/notes", json={"text": "после"})
    await chief.delete(f"/api/customers/{kept}/merges/{merge}")
    card = (await chief.get(f"/api/customers/{kept}")).json()
    assert (card["name"], card["position"], [note["text"] for note in card["notes"]]) == ("Пётр", "", ["после"])
    other = (await chief.get(f"/api/customers/{gone}")).json()
    assert (other["name"], other["position"], other["merged_into"]) == ("Петя", "прораб", "")


async def test_what_cannot_be_merged(company: Company, web: Web) -> None:
    chief = await web.sign_in(company, "supervisor", "chief")
    operator = await web.sign_in(company, "operator", "a301")
    one = (await made(chief, name="а"))["id"]
    two = (await made(chief, name="б"))["id"]
    firm = (await made(chief, name="в", kind="company"))["id"]
    assert (await operator.post(f"/api/customers/{one}/merges", json={"gone": two})).status_code == 403
    for kept, gone in ((one, one), (one, firm)):
        answer = await chief.post(f"/api/customers/{kept}/merges", json={"gone": gone})
        assert (answer.status_code, answer.json()["code"]) == (409, "cannot_merge")
    assert (await chief.post(f"/api/customers/{one}/merges", json={"gone": "nobody"})).status_code == 404
    await chief.post(f"/api/customers/{one}/merges", json={"gone": two})
    assert (await chief.post(f"/api/customers/{two}/merges", json={"gone": one})).json()["code"] == "cannot_merge"


async def test_people_follow_their_company(company: Company, web: Web) -> None:
    chief = await web.sign_in(company, "supervisor", "chief")
    kept, gone = [(await made(chief, kind="company", name=name))["id"] for name in ("Ромашка", "Ромашка плюс")]
    person = (await made(chief, name="Анна", company=gone))["id"]
    before = await everything(company)
    merge = (await chief.post(f"/api/customers/{kept}/merges", json={"gone": gone})).json()["id"]
    assert (await chief.get(f"/api/customers/{person}")).json()["company_name"] == "Ромашка"
    await chief.delete(f"/api/customers/{kept}/merges/{merge}")
    assert await everything(company) == before


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_undoing_all_merges_gives_the_cards_back(company: Company, web: Web, data: st.DataObject) -> None:
    chief = await web.sign_in(company, "supervisor", "chief")
    names = st.sampled_from(["", "Иван", "Ёлкин Пётр", "Анна"])
    ids = []
    for _ in range(4):
        card = await made(
            chief,
            name=data.draw(names),
            tags=data.draw(st.lists(st.sampled_from(["а", "б", "в"]), max_size=2)),
            vip=data.draw(st.booleans()),
            identities=[phone(f"+{next(_numbers)}") for _ in range(data.draw(st.integers(0, 2)))],
        )
        ids.append(card["id"])
        if data.draw(st.booleans()):
            await chief.post(f"/api/customers/{card['id']}/notes", json={"text": "заметка"})
    before = await everything(company)
    done = []
    for kept, gone in data.draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=4)):
        answer = await chief.post(f"/api/customers/{kept}/merges", json={"gone": gone})
        if answer.status_code == 201:
            done.append((kept, answer.json()["id"]))
    for kept, merge in reversed(done):
        assert (await chief.delete(f"/api/customers/{kept}/merges/{merge}")).status_code == 204
    assert await everything(company) == before
