"""Cards over HTTP: how they come into being, what is written on them, who is on the line."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from support.books import Company, Web

pytestmark = pytest.mark.database


async def made(client: httpx.AsyncClient, **given: Any) -> dict[str, Any]:
    answer = await client.post("/api/customers", json=given)
    assert answer.status_code == 201, answer.text
    card: dict[str, Any] = answer.json()
    return card


def phone(value: str) -> dict[str, str]:
    return {"kind": "phone", "value": value}


async def test_the_first_contact_of_somebody_makes_a_card(company: Company, web: Web) -> None:
    company.play.lose("+79000000002", name="Пётр")
    company.play.lose("+79000000002", name="Пётр Ильич")
    company.play.lose("+79000000003")
    company.play.lose("")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    page = (await operator.get("/api/customers")).json()
    by_number = {item["identities"][0]["value"]: item for item in page["items"]}
    assert set(by_number) == {"+79000000002", "+79000000003"}
    card = (await operator.get(f"/api/customers/{by_number['+79000000002']['id']}")).json()
    assert (card["name"], card["kind"], card["contacts"], len(card["debts"])) == ("Пётр", "person", 2, 2)
    assert card["debts"][0]["customer"] == "+79000000002"
    line = (await operator.get(f"/api/customers/{card['id']}/contacts")).json()
    assert [item["caller_name"] for item in line["items"]] == ["Пётр Ильич", "Пётр"]
    first = (await operator.get(f"/api/customers/{card['id']}/contacts", params={"limit": 1})).json()
    rest = (await operator.get(f"/api/customers/{card['id']}/contacts", params={"cursor": first["next_cursor"]})).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == [item["id"] for item in line["items"]]
    assert rest["next_cursor"] is None


async def test_who_is_on_the_line_is_told_before_the_answer(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")

    async def caller(number: str, contact: str = "") -> dict[str, Any]:
        answer = await operator.get("/api/customers/caller", params={"number": number, "contact": contact})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    unknown = await caller("+7 900 000-00-02")
    assert (unknown["customer"], unknown["repeat"], unknown["contacts"], unknown["debts"]) == (None, False, 0, [])
    first = company.play.lose("+79000000002", name="Пётр")
    await company.write()
    assert (await caller("89000000002", first))["repeat"] is False
    card = (await caller("89000000002", first))["customer"]
    second = company.play.lose("+79000000002")
    await company.write()
    await operator.post(f"/api/customers/{card['id']}/notes", json={"text": "Ждёт замерщика"})
    told = await caller("8 900 000 00 02", second)
    assert (told["repeat"], told["contacts"], told["customer"]["name"]) == (True, 1, "Пётр")
    assert told["last_note"]["text"] == "Ждёт замерщика"
    assert len(told["debts"]) == 2
    # the same person from another telephone of theirs is a repeat too
    await operator.post(f"/api/customers/{card['id']}/identities", json=phone("8 900 000 00 04"))
    assert (await caller("+79000000004"))["repeat"] is True
    assert (await caller("Anonymous"))["number"] == ""


async def test_a_card_by_hand_is_what_later_contacts_belong_to(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    firm = await made(operator, kind="company", name="Ромашка")
    card = await made(
        operator,
        name="Анна Ёлкина",
        company=firm["id"],
        identities=[phone("8 (900) 000-00-05"), {"kind": "email", "value": "Anna@Example.org"}],
        tags=["опт", "опт", "срочно"],
        vip=True,
        language="ru",
        agent="a301",
    )
    assert [one["value"] for one in card["identities"]] == ["anna@example.org", "+79000000005"]
    assert (card["tags"], card["vip"], card["company_name"]) == (["опт", "срочно"], True, "Ромашка")
    assert card["agent_name"] == "A301"
    assert (await operator.get(f"/api/customers/{firm['id']}")).json()["people"][0]["id"] == card["id"]
    company.play.lose("+79000000005", name="CITY LINE")
    await company.write()
    known = (await operator.get("/api/customers", params={"text": "9000000005"})).json()["items"]
    assert [(item["id"], item["name"], item["contacts"]) for item in known] == [(card["id"], "Анна Ёлкина", 1)]


async def test_an_identity_belongs_to_one_card(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    one = await made(operator, name="Один", identities=[phone("+79000000006")])
    other = await made(operator, name="Другой")
    answer = await operator.post(f"/api/customers/{other['id']}/identities", json=phone("8 900 000-00-06"))
    assert (answer.status_code, answer.json()["code"]) == (409, "identity_taken")
    assert one["id"] in answer.json()["message"]
    answer = await operator.post("/api/customers", json={"name": "Третий", "identities": [phone("+79000000006")]})
    assert answer.status_code == 409
    assert (await operator.get("/api/customers", params={"text": "Третий"})).json()["items"] == []
    answer = await operator.post(f"/api/customers/{other['id']}/identities", json=phone("не скажу"))
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_identity")
    path = f"/api/customers/{one['id']}/identities"
    assert (await operator.delete(path, params=phone("+79000000006"))).status_code == 204
    assert (await operator.delete(path, params=phone("+79000000006"))).json()["code"] == "identity_not_found"
    assert (
        await operator.post(f"/api/customers/{other['id']}/identities", json=phone("+79000000006"))
    ).status_code == 204


async def test_only_what_is_given_is_changed_and_the_audit_keeps_no_values(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    card = await made(operator, name="Иван", position="директор", tags=["опт"])
    answer = await operator.patch(f"/api/customers/{card['id']}", json={"name": "Иван Тайный", "vip": True})
    assert (answer.json()["name"], answer.json()["position"], answer.json()["tags"]) == (
        "Иван Тайный",
        "директор",
        ["опт"],
    )
    [line] = await company.audit("customers.edit")
    assert line.details == {"fields": ["name", "vip"]}
    assert "Тайный" not in str([*await company.audit("customers.create"), line])
    for given, code in (
        ({"company": card["id"]}, "not_a_company"),
        ({"agent": "nobody"}, "unknown_agent"),
        ({"custom": {"windows": {"size": "1"}}}, "unknown_field"),
    ):
        assert (await operator.patch(f"/api/customers/{card['id']}", json=given)).json()["code"] == code
    assert (await operator.patch(f"/api/customers/{card['id']}", json={"misspelt": 1})).status_code == 422


async def test_notes_and_consents_are_kept_with_who_and_when(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    other = await web.sign_in(company, "operator", "a302")
    supervisor = await web.sign_in(company, "supervisor", "chief")
    card = await made(operator, name="Иван")
    path = f"/api/customers/{card['id']}"
    for text in ("Первая", "Вторая"):
        assert (await operator.post(f"{path}/notes", json={"text": text})).status_code == 204
    for given, how in ((True, "голосом"), (False, "письмом")):
        wish = {"what": "marketing", "given": given, "how": how}
        assert (await operator.post(f"{path}/consents", json=wish)).status_code == 204
    told = (await operator.get(path)).json()
    assert [(note["text"], note["by_name"]) for note in told["notes"]] == [("Вторая", "A301"), ("Первая", "A301")]
    assert [(one["given"], one["how"]) for one in told["consents"]] == [(False, "письмом"), (True, "голосом")]
    note = f"{path}/notes/{told['notes'][0]['id']}"
    assert (await other.delete(note)).json()["code"] == "not_your_note"
    assert (await supervisor.delete(note)).status_code == 204
    assert (await supervisor.delete(note)).json()["code"] == "note_not_found"


async def test_another_company_sees_and_changes_nothing(company: Company, neighbour: Company, web: Web) -> None:
    owner = await web.sign_in(company, "administrator", "boss")
    stranger = await web.sign_in(neighbour, "administrator", "other-boss")
    card = await made(owner, name="Тайна", identities=[phone("+79000000007")])
    mine = await made(stranger, name="Своя", identities=[phone("+79000000007")])  # the number is free over there
    path = f"/api/customers/{card['id']}"
    refused = [
        await stranger.get(path),
        await stranger.patch(path, json={"name": "x"}),
        await stranger.get(f"{path}/contacts"),
        await stranger.post(f"{path}/identities", json=phone("+79000000008")),
        await stranger.delete(f"{path}/identities", params=phone("+79000000007")),
        await stranger.post(f"{path}/notes", json={"text": "x"}),
        await stranger.delete(f"{path}/notes/x"),
        await stranger.post(f"{path}/consents", json={"what": "x", "given": True, "how": "x"}),
        await stranger.post(f"{path}/merges", json={"gone": mine["id"]}),
        await stranger.post(f"/api/customers/{mine['id']}/merges", json={"gone": card["id"]}),
        await stranger.delete(f"{path}/merges/x"),
        await stranger.get(f"{path}/everything"),
        await stranger.get(f"{path}/everything.zip"),
        await stranger.post(f"{path}/erasure"),
    ]
    assert [answer.status_code for answer in refused] == [404] * len(refused)
    assert "Тайна" not in (await stranger.get("/api/customers/export.csv")).text
    found = (await stranger.get("/api/customers", params={"text": "9000000007"})).json()["items"]
    assert [item["id"] for item in found] == [mine["id"]]
    told = (await stranger.get("/api/customers/caller", params={"number": "+79000000007"})).json()
    assert told["customer"]["id"] == mine["id"]
    assert (await owner.get(path)).json()["name"] == "Тайна"


async def test_the_list_is_paged_by_last_change(company: Company, web: Web) -> None:
    operator = await web.sign_in(company, "operator", "a301")
    ids = [(await made(operator, name=f"Номер {number}"))["id"] for number in range(5)]
    seen, cursor = [], ""
    while True:
        page = (await operator.get("/api/customers", params={"limit": 2, "cursor": cursor})).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ids[::-1]
    assert (await operator.get("/api/customers", params={"cursor": "?"})).json()["code"] == "wrong_cursor"


async def test_whose_contacts_the_journal_shows(company: Company, web: Web) -> None:
    company.play.lose("+79000000002", name="Пётр")
    company.play.lose("+79000000003", name="Ольга")
    last = company.play.lose("+79000000002", name="Пётр")
    company.play.lose("")
    await company.write()
    company.play.ready("a301")
    served = company.play.talk("+79000000003")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    told = await operator.post(f"/api/contacts/{served}/classification", json={"topic": "sales", "result": "sale"})
    assert told.status_code == 204, told.text
    await company.write()

    async def whose(**chosen: str) -> dict[str, Any]:
        answer = await operator.get("/api/customers/of-contacts", params=chosen)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    every = await whose()
    assert [(one["name"], one["contacts"]) for one in every["items"]] == [("Ольга", 2), ("Пётр", 2)]
    assert (every["customers"], every["nameless"]) == (2, 1)
    assert every["items"][0]["last_contact"] == served
    lost = await whose(outcome="lost")
    assert {one["name"]: one["contacts"] for one in lost["items"]} == {"Ольга": 1, "Пётр": 2}
    assert next(one for one in lost["items"] if one["name"] == "Пётр")["last_contact"] == last
    bought = await whose(topic="sales")
    assert [(one["number"], one["contacts"]) for one in bought["items"]] == [("+79000000003", 1)]
    first = await whose(limit="1")
    assert (len(first["items"]), first["customers"]) == (1, 2)
    assert (await whose(topic="nothing"))["items"] == []
