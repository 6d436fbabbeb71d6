"""The debt book over HTTP: who is owed, until when, and how it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kaska.core import events
from kaska.features.debts.service import local_day
from support.books import Company, Web
from support.company import CLOSED

pytestmark = pytest.mark.database


async def test_a_debt_is_closed_by_calling_back(company: Company, web: Web) -> None:
    play = company.play
    contact = play.lose("+79000000002", name="Пётр")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    [debt] = (await operator.get("/api/debts")).json()["items"]
    assert (debt["id"], debt["contact"], debt["cause"]) == (f"d-{contact}", contact, "waiting")
    assert (debt["owner"], debt["owner_name"], debt["project_name"]) == ("queue:sales", "Sales", "Windows")
    assert (debt["status"], debt["caller_name"], debt["attempts"]) == ("open", "Пётр", 0)
    assert datetime.fromisoformat(debt["due_at"]) - datetime.fromisoformat(debt["opened_at"]) == timedelta(minutes=20)

    play.tell(events.DeviceReached(play.now, "demo-301", True))
    play.tell(events.AgentSignedIn(play.now, "a301"))
    play.tell(events.AgentPaused(play.now, "a301", "paperwork"))
    answer = await operator.post(f"/api/debts/{debt['id']}/call")
    assert answer.status_code == 202, answer.text
    outbound = answer.json()["contact"]
    assert outbound.startswith("out-")
    assert company.submitted == [events.CallbackRequested(play.now, "a301", debt["id"], outbound)]

    again = await operator.post(f"/api/debts/{debt['id']}/call")
    assert again.status_code == 409  # it is being called already
    play.settle()
    play.pass_time(20)
    customer = next(leg.id for leg in play.core.state.contacts[outbound].legs.values() if not leg.agent)
    play.tell(events.LegEnded(play.now, outbound, customer))
    play.settle()
    await company.write()

    assert (await operator.get("/api/debts")).json()["items"] == []
    [closed] = (await operator.get("/api/debts", params={"status": "closed"})).json()["items"]
    assert (closed["how"], closed["closing_contact"], closed["closed_by_name"]) == (
        "called_back",
        outbound,
        "Agent 301",
    )
    card = (await operator.get(f"/api/contacts/{outbound}")).json()
    assert (card["direction"], card["repays"], card["outcome"]) == ("outbound", debt["id"], "answered")
    late = await operator.post(f"/api/debts/{debt['id']}/call")
    assert (late.status_code, late.json()["code"]) == (409, "debt_closed")


async def test_an_attempt_that_reached_nobody_is_counted(company: Company, web: Web) -> None:
    play = company.play
    contact = play.lose("+79000000002")
    play.ready("a301")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    outbound = (await operator.post(f"/api/debts/d-{contact}/call")).json()["contact"]
    play.obey()  # the agent answers
    play.obey()
    legs = [leg.id for leg in play.core.state.contacts[outbound].legs.values() if not leg.agent]
    play.tell(events.LegEnded(play.now, outbound, legs[0], 19))
    play.ordered.clear()
    await company.write()
    debt = (await operator.get(f"/api/debts/d-{contact}")).json()
    assert (debt["status"], debt["attempts"], debt["reached"]) == ("open", 1, False)
    assert debt["last_attempt_by_name"] == "Agent 301"


async def test_a_debt_is_closed_when_the_person_comes_back(company: Company, web: Web) -> None:
    company.play.lose("+79000000002")
    company.play.ready("a301")
    served = company.play.talk("+79000000002")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    [closed] = (await operator.get("/api/debts", params={"status": "closed"})).json()["items"]
    assert (closed["how"], closed["closing_contact"]) == ("came_back", served)


async def test_only_a_supervisor_writes_off_and_says_why(company: Company, web: Web) -> None:
    contact = company.play.lose("+79000000002")
    await company.write()
    path = f"/api/debts/d-{contact}/write-off"
    operator = await web.sign_in(company, "operator", "a301")
    refused = await operator.post(path, json={"reason": "wrong number"})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    supervisor = await web.sign_in(company, "supervisor", "boss")
    for bad in ({}, {"reason": ""}, {"reason": "   "}, {"reason": "x" * 1001}):
        assert (await supervisor.post(path, json=bad)).status_code == 422
    assert (await supervisor.post(path, json={"reason": "ошиблись номером\x00"})).status_code == 204
    assert (await supervisor.post(path, json={"reason": "again"})).status_code == 409
    debt = (await supervisor.get(f"/api/debts/d-{contact}")).json()
    assert (debt["how"], debt["closed_by"], debt["reason"]) == ("written_off", "boss", "ошиблись номером\ufffd")
    assert debt["closed_by_name"] == "Boss"
    [line] = await company.audit("debts.write_off")
    assert (line.user_id, line.object) == ("boss", f"d-{contact}")


async def test_a_withheld_number_cannot_be_called_back(company: Company, web: Web) -> None:
    contact = company.play.lose("")
    await company.write()
    operator = await web.sign_in(company, "operator", "a301")
    answer = await operator.post(f"/api/debts/d-{contact}/call")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_number")
    assert company.submitted == []


async def test_the_list_is_sorted_by_deadline_and_filtered(company: Company, web: Web) -> None:
    play = company.play
    contacts = [play.lose(f"+7900000000{n}") for n in range(5)]
    night = play.arrive("+79000000009", CLOSED)
    play.settle()
    play.hang_up(night)
    await company.write()
    client = await web.sign_in(company, "operator", "a301")

    async def ids(**params: str | int) -> list[str]:
        answer = await client.get("/api/debts", params=params)
        assert answer.status_code == 200, answer.text
        return [item["contact"] for item in answer.json()["items"]]

    assert await ids() == [*contacts, night]
    assert await ids(owner="me") == []
    assert await ids(owner="queue:sales") == contacts
    assert await ids(overdue="true") == [*contacts, night]  # the play is set in the past
    assert await ids(overdue="false") == []
    assert await ids(phone="8 900 000-00-03") == [contacts[3]]
    assert await ids(status="closed") == []
    first = (await client.get("/api/debts", params={"limit": 4})).json()
    second = (await client.get("/api/debts", params={"limit": 4, "cursor": first["next_cursor"]})).json()
    assert [item["contact"] for item in first["items"] + second["items"]] == [*contacts, night]
    assert second["next_cursor"] is None
    assert (await client.get("/api/debts", params={"cursor": "?"})).json()["code"] == "wrong_cursor"


async def test_figures_count_today(company: Company, web: Web) -> None:
    play = company.play
    play.now = datetime.now(UTC).timestamp()
    gone = [play.lose(f"+7900000000{n}", wait=0.01) for n in range(4)]
    play.tell(events.DebtWrittenOff(play.now, f"d-{gone[3]}", "boss", "spam"))
    play.ready("a301")
    play.talk("+79000000000", seconds=0.01)
    await company.write()
    client = await web.sign_in(company, "operator", "a301")
    figures = (await client.get("/api/debts/figures", params={"timezone": "UTC"})).json()
    assert figures == {
        "timezone": "UTC",
        "owed": 2,
        "overdue": 0,
        "opened_today": 4,
        "recovered_by_us_today": 0,
        "came_back_today": 1,
        "unreachable_today": 0,
        "refused_today": 0,
        "written_off_today": 1,
        "escalated": 0,
        "recovered_share": 0.25,
    }
    wrong = await client.get("/api/debts/figures", params={"timezone": "../../etc/passwd"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unknown_timezone")


async def test_an_empty_book_has_no_share(company: Company, web: Web) -> None:
    client = await web.sign_in(company, "operator", "a301")
    figures = (await client.get("/api/debts/figures")).json()
    assert figures["owed"] == 0
    assert figures["recovered_share"] is None


async def test_another_company_owes_nobody_here(company: Company, neighbour: Company, web: Web) -> None:
    contact = company.play.lose("+79000000002")
    await company.write()
    stranger = await web.sign_in(neighbour, "administrator", "boss")
    assert (await stranger.get("/api/debts")).json()["items"] == []
    assert (await stranger.get("/api/debts/figures")).json()["owed"] == 0
    assert (await stranger.get(f"/api/debts/d-{contact}")).json()["code"] == "debt_not_found"
    assert (await stranger.post(f"/api/debts/d-{contact}/call")).status_code == 404
    assert (await stranger.post(f"/api/debts/d-{contact}/write-off", json={"reason": "mine now"})).status_code == 404
    assert company.submitted == neighbour.submitted == []


async def test_nobody_comes_in_without_signing_in(company: Company, web: Web) -> None:
    client = await web.sign_in(company, "operator", "a301")
    client.cookies.clear()
    for path in ("/api/debts", "/api/debts/figures", "/api/debts/x"):
        assert (await client.get(path)).status_code == 401


def test_a_day_has_23_or_25_hours_when_the_clock_changes() -> None:
    for month, day, hours in ((3, 29, 23), (10, 25, 25), (6, 1, 24)):
        start, end = local_day(datetime(2026, month, day, 12, tzinfo=UTC), "Europe/Berlin")
        assert (end - start) == timedelta(hours=hours)
