"""Scripts through their routes: drafts, versions, the conversation that keeps its own, the card, the figures."""

from __future__ import annotations

from typing import Any

import pytest

from kaska.features.scripts.choosing import chosen
from support.books import Company, Web

HELLO: dict[str, Any] = {
    "start": "hello",
    "steps": [
        {
            "id": "hello",
            "title": "Приветствие",
            "text": "Как вас зовут?",
            "fields": [
                {"id": "who", "title": "Имя", "card": "name"},
                {"id": "glass", "title": "Стёкол", "kind": "number", "card": "windows.glass"},
            ],
            "answers": [{"title": "Назвался", "next": "bye"}, {"title": "Не хочет", "next": ""}],
        },
        {"id": "bye", "title": "Прощание", "text": "До свидания, {who}!", "answers": [{"title": "Конец", "next": ""}]},
    ],
}
EVERYWHERE = [{"kind": "everywhere", "id": ""}]


def test_the_narrowest_place_decides() -> None:
    scripts = [
        ("all", [{"kind": "everywhere", "id": ""}]),
        ("project", [{"kind": "project", "id": "windows"}]),
        ("queue", [{"kind": "queue", "id": "sales"}, {"kind": "queue", "id": ""}]),
        ("number", [{"kind": "number", "id": "+74950000101"}]),
    ]
    assert chosen(scripts, number="+74950000101", queue="sales", project="windows") == "number"
    assert chosen(scripts, number="", queue="sales", project="windows") == "queue"
    assert chosen(scripts, number="1", queue="", project="windows") == "project"
    assert chosen(scripts, number="1", queue="2", project="3") == "all"
    assert chosen(scripts[1:], number="1", queue="2", project="3") == ""


@pytest.mark.database
async def test_a_conversation_keeps_the_version_it_began_with(company: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    manager = await web.sign_in(company, "supervisor", "boss")
    operator = await web.sign_in(company, "operator", "a301")
    asked = {"contact": contact, "queue": "sales"}
    assert (await operator.get("/api/scripts/in-hand", params=asked)).json() is None

    given = {"name": "Заказ", "places": EVERYWHERE, "draft": HELLO, "revision": 0}
    made = await manager.put("/api/scripts/order", json=given)
    assert (made.status_code, made.json()["problems"], made.json()["revision"]) == (200, [], 1), made.text
    assert (await manager.put("/api/scripts/order", json=given)).json()["code"] == "script_changed_meanwhile"
    assert (await operator.put("/api/scripts/order", json=given)).status_code == 403
    assert (await operator.get("/api/scripts/in-hand", params=asked)).json() is None
    assert (await manager.post("/api/scripts/order/versions")).json()["version"] == 1

    mine = (await operator.get("/api/scripts/in-hand", params=asked)).json()
    assert (mine["script"], mine["version"], mine["run"]) == ("order", 1, None)
    assert mine["document"]["steps"][1]["title"] == "Прощание"
    run = {"version": 1, "passes": [{"step": "hello", "answer": 0}], "filled": {"who": "Анна", "glass": "2,5"}}
    path = f"/api/scripts/order/runs/{contact}"
    assert (await operator.put(path, json={**run, "passes": [{"step": "bye", "answer": 0}]})).status_code == 400
    kept = (await operator.put(path, json=run)).json()
    assert kept["step"] == "bye"
    assert (
        "windows" in kept["card_problem"] or "glass" in kept["card_problem"]
    )  # the project's cards have no such field
    assert (await operator.put(path, json={**run, "filled": {"who": "Анна"}})).json()["card_problem"] == ""
    found = (await operator.get("/api/customers", params={"text": "анна"})).json()["items"]
    assert [card["name"] for card in found] == ["Анна"]

    changed = {**HELLO, "steps": [HELLO["steps"][0], {**HELLO["steps"][1], "title": "Пока"}]}
    await manager.put("/api/scripts/order", json={**given, "draft": changed, "revision": 1})
    assert (await manager.post("/api/scripts/order/versions")).json()["version"] == 2
    mine = (await operator.get("/api/scripts/in-hand", params=asked)).json()
    assert (mine["version"], mine["run"]["step"]) == (1, "bye")
    fresh = (await operator.get("/api/scripts/in-hand", params={**asked, "contact": "another"})).json()
    assert fresh["version"] == 2
    figures = (await manager.get("/api/scripts/order/versions/1/figures")).json()
    assert (figures["runs"], figures["finished"]) == (1, 0)
    assert [(one["reached"], one["left"]) for one in figures["steps"]] == [(1, 0), (1, 1)]
    assert [one["version"] for one in (await manager.get("/api/scripts/order/versions")).json()] == [2, 1]


@pytest.mark.database
async def test_what_would_leave_an_agent_without_words_is_not_published(company: Company, web: Web) -> None:
    manager = await web.sign_in(company, "supervisor", "boss")
    draft = {"start": "hello", "steps": [{"id": "hello", "title": "Начало", "text": "Да?", "answers": []}]}
    made = await manager.put("/api/scripts/order", json={"name": "Заказ", "draft": draft, "revision": 0})
    assert [problem["step"] for problem in made.json()["problems"]] == ["hello"]
    refused = await manager.post("/api/scripts/order/versions")
    assert (refused.status_code, refused.json()["code"]) == (400, "script_not_ready")
    assert "«Начало»" in refused.json()["message"]
    assert (await manager.get("/api/scripts/none")).status_code == 404
