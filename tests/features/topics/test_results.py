"""Lists edited by the manager, results that are whole, drafts that are not lost, promises that somebody keeps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kaska.features.calls import day
from support.books import Company, Web

pytestmark = pytest.mark.database


async def test_the_manager_changes_the_lists_and_nothing_that_was_used_gets_lost(company: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    manager = await web.sign_in(company, "supervisor", "boss")
    lists = (await manager.get("/api/topics")).json()
    path = f"/api/contacts/{contact}/classification"
    assert (await operator.post(path, json={"topic": "sales.price", "result": "sale"})).status_code == 204

    assert (await operator.put("/api/topics", json=lists)).status_code == 403
    lists["topics"] = [topic for topic in lists["topics"] if topic["id"] not in ("sales.price", "sales.order")]
    lists["topics"].append({"id": "windows", "title": "Окна", "project": "windows", "requires": ["heard_from"]})
    kept = await manager.put("/api/topics", json=lists)
    assert kept.status_code == 200, kept.text
    again = await manager.put("/api/topics", json=lists)
    assert (again.status_code, again.json()["code"]) == (409, "changed_meanwhile")

    left_out = [topic["id"] for topic in kept.json()["topics"] if topic["archived"]]
    assert set(left_out) == {"sales.price", "sales.order"}
    assert (await operator.get(f"/api/contacts/{contact}")).json()["topic_title"] == "Цена и условия"
    assert (await operator.post(path, json={"topic": "sales.price", "result": "resolved"})).status_code == 204
    refused = await operator.post(path, json={"topic": "sales.order", "result": "sale"})
    assert refused.json()["code"] == "unknown_topic"
    missing = await operator.post(path, json={"topic": "windows", "result": "refused"})
    assert (missing.status_code, missing.json()["code"]) == (400, "result_incomplete")
    assert set(missing.json()["fields"]) == {"heard_from", "refusal"}
    assert len(await company.audit("topics.change")) == 1


async def test_a_draft_outlives_the_computer_and_goes_when_the_result_is_sent(company: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    path = f"/api/agents/me/drafts/{contact}"
    said = {"topic": "sales", "note": "Просил перезвонить\x00", "next_at": "2026-12-01T10:00:00+03:00"}
    assert (await operator.put(path, json={"said": said})).status_code == 204
    [draft] = (await operator.get("/api/agents/me/drafts")).json()
    assert (draft["contact"], draft["said"]["note"]) == (contact, "Просил перезвонить\ufffd")
    colleague = await web.sign_in(company, "operator", "a302")
    assert (await colleague.get("/api/agents/me/drafts")).json() == []

    whole = {"topic": "sales", "result": "sale", "heard_from": "site"}
    assert (await operator.post(f"/api/contacts/{contact}/classification", json=whole)).status_code == 204
    assert (await operator.get("/api/agents/me/drafts")).json() == []
    card = (await operator.get(f"/api/contacts/{contact}")).json()
    assert card["heard_from_title"] == "Наш сайт"
    assert "Наш сайт" in card["story"][-1]["text"]["ru"]
    await operator.put(path, json={"said": said})
    assert (await operator.delete(path)).status_code == 204
    assert (await operator.get("/api/agents/me/drafts")).json() == []


async def test_a_promise_stands_until_somebody_talks_with_the_person(company: Company, web: Web) -> None:
    company.play.ready("a301")
    contact = company.play.talk("+79000000001")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    said = {"topic": "sales", "result": "call_again", "next_step": "Прислать счёт", "next_at": "2026-12-01T07:00:00Z"}
    path = f"/api/contacts/{contact}/classification"
    assert (await operator.post(path, json={**said, "next_step": ""})).json()["code"] == "result_incomplete"
    assert (await operator.post(path, json=said)).status_code == 204
    [promise] = (await operator.get("/api/agents/me/promises")).json()
    assert (promise["contact"], promise["next_step"]) == (contact, "Прислать счёт")
    assert promise["next_at"] == "2026-12-01T07:00:00Z"
    company.play.pass_time(60)
    company.play.ready("a302")
    company.play.talk("+79000000001")
    await company.write()
    assert (await operator.get("/api/agents/me/promises")).json() == []


async def test_my_day_beside_the_others(company: Company, web: Web) -> None:
    for _ in range(2):
        company.play.ready("a301")
        company.play.talk("+79000000001", seconds=30)
    await company.write()
    operator = await web.sign_in(company, "operator", "a303")
    answer = await operator.get("/api/agents/me/day", params={"timezone": "Mars/Olympus"})
    assert answer.json()["code"] == "unknown_timezone"
    since = (await operator.get("/api/agents/me/day")).json()["since"]
    assert since[11:19] == "21:00:00"  # midnight in Moscow
    # the played calls are of another day: what is counted is asked of the service

    async with company.transaction() as connection:
        user = await web.app.state.sessions.find(operator.cookies["kaska_session"])
        found = await day.day(connection, user, datetime(2020, 1, 1, tzinfo=UTC))
        assert (found.mine.talks, found.peers) == (0, 1)
        assert set(found.others.model_dump().values()) == {None}, "the middle of one would be that person's figure"
        company.play.leave("a301")
        company.play.ready("a302")
        company.play.talk("+79000000002", seconds=50)
        await company.write()
        found = await day.day(connection, user, datetime(2020, 1, 1, tzinfo=UTC))
    assert (found.peers, found.others.talks, found.others.missed, found.others.classified) == (2, 1.5, 0, 0)
    assert found.others.talk_average == pytest.approx(40)
    assert not {"a301", "a302"} & set(str(found.model_dump()).split("'")), "nobody is named"
