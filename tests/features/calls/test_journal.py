"""The journal over HTTP: what was played is found, by whoever may see it, however it is asked for."""

from __future__ import annotations

import csv
import io

import pytest

from kaska.core import events
from support.books import Company, Web
from support.company import CLOSED, DIRECT

pytestmark = pytest.mark.database


async def test_a_call_is_in_the_journal_with_everything_about_it(company: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001", seconds=30, name="Анна")
    await company.write()

    operator = await web.sign_in(company, "operator", "a301")
    page = (await operator.get("/api/contacts")).json()
    assert page["next_cursor"] is None
    [row] = page["items"]
    assert row["id"] == contact
    assert (row["direction"], row["number"], row["customer"]) == ("inbound", DIRECT, "+79000000001")
    assert (row["outcome"], row["cause"]) == ("answered", "talked")
    assert row["agents"] == [{"id": "a301", "name": "Agent 301"}]
    assert (row["queue_name"], row["project_name"]) == ("Sales", "Windows")
    assert row["talk_seconds"] == pytest.approx(30)
    assert row["recording"] == f"{contact}.wav"
    assert row["arrived_at"].endswith("Z")

    card = (await operator.get(f"/api/contacts/{contact}")).json()
    assert [leg["party"] for leg in card["legs"]] == ["customer", "agent"]
    assert card["legs"][1]["offer"] == "accepted"
    assert card["legs"][1]["talk_seconds"] == pytest.approx(30)
    assert card["story"][0]["type"] == "contact_opened"
    assert "Анна" in card["story"][0]["text"]["ru"]
    assert card["story"][-1]["type"] == "recording_ready"
    assert any("Agent 301" in line["text"]["en"] for line in card["story"])
    assert [line["position"] for line in card["story"]] == sorted(line["position"] for line in card["story"])


async def test_a_waiter_who_hung_up_is_lost_and_owed(company: Company, web: Web) -> None:
    contact = company.play.lose("+79000000002", wait=20)
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    [row] = (await operator.get("/api/contacts", params={"outcome": "lost"})).json()["items"]
    assert row["id"] == contact
    assert row["cause"] == "waiting"
    assert row["wait_seconds"] == pytest.approx(20)
    assert row["debt"] == f"d-{contact}"


SPELLINGS = ["+7 900 000-00-02", "8 (900) 000 00 02", "79000000002", "000-00-02", "89000000002", "8 900", "0002"]


async def test_a_number_is_found_in_any_spelling(company: Company, web: Web) -> None:
    contact = company.play.lose("+79000000002")
    company.play.lose("+74950000055")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    for spelling in SPELLINGS:
        found = (await operator.get("/api/contacts", params={"phone": spelling})).json()["items"]
        assert [row["id"] for row in found] == [contact], spelling


async def test_filters_hold_together(company: Company, web: Web) -> None:
    play = company.play
    early = play.lose("+79000000001", name="100% _Анна_")
    play.ready("a301")
    late = play.talk("+79000000003")
    closed = play.arrive("+79000000004", CLOSED)
    await company.write()
    client = await web.sign_in(company, "supervisor", "boss")

    async def ids(**params: str) -> list[str]:
        answer = await client.get("/api/contacts", params=params)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["items"]]

    assert await ids() == [closed, late, early]
    assert await ids(agent="a301") == [late]
    assert await ids(agent="a30") == []
    assert await ids(number=CLOSED) == [closed]
    assert await ids(queue="sales", outcome="answered") == [late]
    assert await ids(direction="outbound") == []
    assert await ids(cause="waiting") == [early]
    assert await ids(text="анна 100%") == [early]
    assert await ids(text="%") == [early]
    assert await ids(text="\\") == []
    arrived = (await client.get(f"/api/contacts/{late}")).json()["arrived_at"]
    assert await ids(**{"from": arrived}) == [closed, late]
    assert await ids(to=arrived) == [early]


async def test_pages_follow_each_other_without_gap_or_repeat(company: Company, web: Web) -> None:
    made = [company.play.arrive(f"+790000000{n:02}") for n in range(7)]  # all at the same moment
    await company.write()
    client = await web.sign_in(company, "operator", "a301")
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await client.get("/api/contacts", params={"limit": 3, "cursor": cursor})).json()
        seen += [row["id"] for row in page["items"]]
        company.play.arrive("+79000000099")  # newer ones may come meanwhile
        company.play.pass_time(1)
        await company.write()
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == sorted(made, reverse=True)


FOREIGN_CURSORS = ["x", "AAAA", "%00", "MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMCBh", "Zm9vIGJhcg", "я"]
MALFORMED = [
    {"from": "yesterday"},
    {"from": "2026-01-01T00:00:00"},
    {"from": "0001-01-01T00:00:00+14:00"},
    {"outcome": "splendid"},
    {"limit": "0"},
    {"limit": "1000"},
    {"nonsense": "1"},
]
HOSTILE = ["a\x00b", "'; DROP TABLE contacts; --", "\ud7ff\U0010ffff", "{}", "%_\\", "\u202e"]


async def test_malformed_questions_are_refused(company: Company, web: Web) -> None:
    client = await web.sign_in(company, "operator", "a301")
    for params in MALFORMED:
        assert (await client.get("/api/contacts", params=params)).status_code == 422, params
    for cursor in FOREIGN_CURSORS:
        answer = await client.get("/api/contacts", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_cursor"), cursor


async def test_hostile_questions_find_nothing_and_break_nothing(company: Company, web: Web) -> None:
    client = await web.sign_in(company, "operator", "a301")
    for name in ("text", "phone", "agent", "number", "queue"):
        for value in HOSTILE:
            answer = await client.get("/api/contacts", params={name: value})
            assert answer.status_code == 200, (name, value)
            assert answer.json()["items"] == []
    assert (await client.get("/api/contacts/a%00b")).status_code == 404


async def test_another_company_sees_nothing(company: Company, neighbour: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    stranger = await web.sign_in(neighbour, "administrator", "a301")
    assert (await stranger.get("/api/contacts")).json()["items"] == []
    assert (await stranger.get(f"/api/contacts/{contact}")).status_code == 404
    assert len((await stranger.get("/api/contacts.csv")).text.splitlines()) == 1
    said = {"topic": "sales", "result": "sale"}
    answer = await stranger.post(f"/api/contacts/{contact}/classification", json=said)
    assert (answer.status_code, answer.json()["code"]) == (404, "contact_not_found")
    assert neighbour.submitted == []


async def test_nobody_comes_in_without_signing_in(company: Company, web: Web) -> None:
    client = await web.sign_in(company, "operator", "a301")
    client.cookies.clear()
    for path in ("/api/contacts", "/api/contacts/x", "/api/contacts.csv", "/api/topics"):
        assert (await client.get(path)).status_code == 401


async def test_the_agent_says_what_it_was_about(company: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    tree = (await operator.get("/api/topics")).json()
    assert ("sales.order", "sales", "Новый заказ") in [(t["id"], t["parent"], t["title"]) for t in tree["topics"]]
    assert ("sale", "Продажа") in [(result["id"], result["title"]) for result in tree["results"]]

    said = {"topic": "sales.order", "result": "sale", "note": "=HYPERLINK(1)\x00"}
    answer = await operator.post(f"/api/contacts/{contact}/classification", json=said)
    assert answer.status_code == 204, answer.text
    card = (await operator.get(f"/api/contacts/{contact}")).json()
    assert (card["topic_title"], card["result_title"]) == ("Новый заказ", "Продажа")
    assert card["note"] == "=HYPERLINK(1)\ufffd"
    assert card["classified_by"] == "a301"
    assert "«Новый заказ»" in card["story"][-1]["text"]["ru"]


async def test_who_called_in_vain_says_what_came_of_it(company: Company, web: Web) -> None:
    company.play.ready("a301")
    company.play.tell(events.CallRequested(company.play.now, "a301", "+79000000009", "out-9"))
    company.play.obey()  # his telephone rings, he answers, the person is dialled
    company.play.tell(events.LegEnded(company.play.now, "out-9", "out-9-c2", 17))
    company.play.settle()
    await company.write()
    path, said = "/api/contacts/out-9/classification", {"topic": "sales", "result": "sale"}
    other = await web.sign_in(company, "operator", "a302")
    assert (await other.post(path, json=said)).status_code == 403
    caller = await web.sign_in(company, "operator", "a301")
    answer = await caller.post(path, json=said)
    assert answer.status_code == 204, answer.text


async def test_operators_classify_only_what_they_talked_in(company: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    path, said = f"/api/contacts/{contact}/classification", {"topic": "sales", "result": "sale"}
    other = await web.sign_in(company, "operator", "a302")
    answer = await other.post(path, json=said)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_contact")
    supervisor = await web.sign_in(company, "supervisor", "boss")
    assert (await supervisor.post(path, json=said)).status_code == 204
    answer = await supervisor.post(path, json={**said, "topic": "weather"})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_topic")
    answer = await supervisor.post(path, json={**said, "result": "rain"})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_result")
    assert (await supervisor.post(path, json={"topic": "sales"})).status_code == 422


async def test_no_engine_no_change(company: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    web.companies.clear()
    said = {"topic": "sales", "result": "sale"}
    answer = await operator.post(f"/api/contacts/{contact}/classification", json=said)
    assert (answer.status_code, answer.json()["code"]) == (503, "engine_away")


async def test_the_file_for_spreadsheets_is_harmless_complete_and_audited(company: Company, web: Web) -> None:
    names = ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", 'a"b;c\nd']
    for name in names:
        company.play.lose("+79000000001", name=name)
    await company.write()
    client = await web.sign_in(company, "supervisor", "boss")
    answer = await client.get("/api/contacts.csv", params={"timezone": "Asia/Omsk"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [row["Имя"] for row in rows] == ["'" + name if name != names[-1] else name for name in reversed(names)]
    assert all(row["Номер клиента"] == "'+79000000001" for row in rows)
    assert rows[-1]["Поступило"] == "2025-10-09 14:53:20"
    assert rows[-1]["Итог"] == "Потерян"
    [line] = await company.audit("calls.export")
    assert line.user_id == "boss"

    english = await client.get("/api/contacts.csv", params={"timezone": "Mars/Olympus"})
    assert (english.status_code, english.json()["code"]) == (400, "unknown_timezone")
