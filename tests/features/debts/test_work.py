"""Working through the debt book over HTTP: take, postpone, results, assignment, story, recovery, rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kaska.core import events
from kaska.core.configuration import Calendar, Project, Queue
from kaska.core.debts.rules import DebtRules
from kaska.features.debts.rules import DebtRulesGiven, given_of
from kaska.features.projects.public import put_calendar, put_project
from kaska.features.publishing.service import _projects
from kaska.features.queues.public import put_queue
from support.books import Company, Web

pytestmark = pytest.mark.database
IVAN, PETR = "+79000000002", "+79000000003"


async def test_an_agent_works_through_a_debt(company: Company, web: Web) -> None:
    contact = company.play.lose(IVAN, name="Пётр")
    await company.write()
    path = f"/api/debts/d-{contact}"
    one = await web.sign_in(company, "operator", "a301")
    other = await web.sign_in(company, "operator", "a302")
    assert (await one.post(f"{path}/take")).status_code == 204
    debt = (await other.get(path)).json()
    assert (debt["owner"], debt["owner_name"], debt["queue_name"]) == ("agent:a301", "Agent 301", "Sales")
    refused = await other.post(f"{path}/result", json={"result": "talked"})
    assert (refused.status_code, refused.json()["code"]) == (409, "already_promised")
    until = datetime.fromtimestamp(company.play.now + 3600, UTC)
    given = {"until": until.isoformat(), "note": "после обеда"}
    assert (await one.post(f"{path}/postpone", json=given)).status_code == 204
    assert (await one.post(f"{path}/result", json={"result": "busy"})).status_code == 204
    debt = (await one.get(path)).json()
    assert datetime.fromisoformat(debt["due_at"]) == until
    assert (debt["promised_note"], debt["attempts"], debt["last_result"], debt["tries"]) == (
        "после обеда",
        1,
        "busy",
        1,
    )
    assert (await one.post(f"{path}/result", json={"result": "refused", "note": "не нужно"})).status_code == 204
    debt = (await one.get(path)).json()
    assert (debt["status"], debt["how"], debt["closed_by_name"], debt["reason"]) == (
        "closed",
        "refused",
        "Agent 301",
        "не нужно",
    )
    told = (await one.get(f"{path}/story")).json()
    assert [line["type"] for line in told] == [
        "debt_opened",
        "debt_claimed",
        "debt_assigned",
        "debt_postponed",
        "debt_attempted",
        "debt_attempted",
        "debt_closed",
    ]
    assert told[4]["text"] == {
        "ru": "Попытка перезвонить, Agent 301: занято",
        "en": "Attempt to call back, Agent 301: busy",
    }
    assert datetime.fromisoformat(told[3]["until"]) == until


async def test_wrong_input_says_what_is_wrong_and_changes_nothing(company: Company, web: Web) -> None:
    contact = company.play.lose(IVAN)
    await company.write()
    path = f"/api/debts/d-{contact}"
    operator = await web.sign_in(company, "operator", "a301")
    past = {"until": "2020-01-01T12:00:00Z"}
    assert (await operator.post(f"{path}/postpone", json=past)).json()["code"] == "already_past"
    for action, given in (
        ("postpone", {"until": "2030-01-01T12:00:00"}),
        ("postpone", {"until": "tomorrow"}),
        ("result", {"result": "happy"}),
    ):
        assert (await operator.post(f"{path}/{action}", json=given)).status_code == 422
    for action in ("take", "let-go", "story"):
        answer = await operator.request("GET" if action == "story" else "POST", f"/api/debts/none/{action}")
        assert answer.json()["code"] == "debt_not_found"
    assert (await operator.get(path)).json()["status"] == "open"


async def test_a_supervisor_gives_many_debts_to_somebody_at_once(company: Company, web: Web) -> None:
    play = company.play
    first, second, third = play.lose(IVAN), play.lose(PETR), play.lose("")
    play.tell(events.DebtWrittenOff(play.now, f"d-{third}", "boss", "spam"))
    await company.write()
    given = {"debts": [f"d-{one}" for one in (first, second, third)], "owner": "agent:a302"}
    operator = await web.sign_in(company, "operator", "a301")
    assert (await operator.post("/api/debts/assignments", json=given)).status_code == 403
    supervisor = await web.sign_in(company, "supervisor", "boss")
    assert (await supervisor.post("/api/debts/assignments", json=given)).json() == {
        "assigned": 2,
        "closed": [f"d-{third}"],
    }
    mine = await web.sign_in(company, "operator", "a302")
    listed = (await mine.get("/api/debts", params={"scope": "mine"})).json()["items"]
    assert [item["contact"] for item in listed] == [first, second]
    nobody = await supervisor.post("/api/debts/assignments", json=given | {"owner": "agent:none"})
    assert (nobody.status_code, nobody.json()["code"]) == (409, "no_such_owner")
    assert (await supervisor.post("/api/debts/assignments", json=given | {"debts": ["x"]})).status_code == 404
    [line, *_] = await company.audit("debts.assign")
    assert (line.user_id, line.object) == ("boss", "agent:a302")


async def test_how_soon_those_whom_we_owed_were_served(company: Company, web: Web) -> None:
    play = company.play
    soon, later, refused, owed = (play.lose(f"+7900000010{n}") for n in range(4))
    play.tell(events.DebtReported(play.now, f"d-{soon}", "a301", "talked"))
    play.pass_time(1800)
    play.tell(events.DebtReported(play.now, f"d-{later}", "a302", "talked"))
    play.tell(events.DebtReported(play.now, f"d-{refused}", "a302", "refused"))
    await company.write()
    client = await web.sign_in(company, "operator", "a301")
    days = {"since": "2025-10-09", "until": "2025-10-09"}
    said = (await client.get("/api/debts/recovery", params={**days, "by": "agent"})).json()
    total = said["total"]
    assert {key: total[key] for key in ("opened", "owed", "by_us", "refused", "never")} == {
        "opened": 4,
        "owed": 1,
        "by_us": 2,
        "refused": 1,
        "never": 1,
    }
    assert (total["five_minutes"], total["twenty_minutes"], total["hour"], total["day"]) == (1, 0, 1, 0)
    assert total["recovered_share"] == 0.5
    assert total["opened"] == total["owed"] + total["by_us"] + total["came_back"] + total["never"]
    assert {row["key"]: row["opened"] for row in said["rows"]} == {"": 1, "a301": 1, "a302": 2}
    for by in ("project", "queue", "cause"):
        rows = (await client.get("/api/debts/recovery", params={**days, "by": by})).json()["rows"]
        assert [row["opened"] for row in rows] == [4]

    async def behind(**chosen: str) -> list[str]:
        params = {"status": "any", "opened_since": "2025-10-09", "opened_until": "2025-10-09", **chosen}
        return sorted(item["contact"] for item in (await client.get("/api/debts", params=params)).json()["items"])

    assert await behind(agent="a302") == sorted([later, refused])
    assert await behind(speed="five_minutes") == [soon]
    assert await behind(speed="hour", queue="sales") == [later]
    assert await behind(speed="never") == [refused]
    assert await behind(how="called_back") == sorted([soon, later])
    assert len(await behind()) == 4
    empty = (await client.get("/api/debts/recovery", params={"since": "2024-01-01", "until": "2024-01-02"})).json()
    assert (empty["total"]["opened"], empty["total"]["recovered_share"], empty["rows"]) == (0, None, [])
    assert owed


async def test_debts_of_the_queues_that_i_serve(company: Company, web: Web) -> None:
    async with company.transaction() as connection:
        await put_queue(connection, company.tenant, Queue("sales", "Sales", "windows", {"sales": 1}))
        await put_queue(connection, company.tenant, Queue("open", "Open", "windows"))
    contact = company.play.lose(IVAN)
    await company.write()
    nobody = await web.sign_in(company, "operator", "a301")  # no agent's workplace in this company's tables
    assert (await nobody.get("/api/debts", params={"scope": "queues"})).json()["items"] == []
    await nobody.post(f"/api/debts/d-{contact}/take")
    assert len((await nobody.get("/api/debts", params={"scope": "queues"})).json()["items"]) == 1


async def test_rules_are_set_per_project_and_published(company: Company, web: Web) -> None:
    async with company.transaction() as connection:
        await put_calendar(connection, company.tenant, Calendar("always", "Europe/Moscow", (((0, 1440),),) * 7))
        await put_project(connection, company.tenant, Project("windows", "Окна", "always"))
    client = await web.sign_in(company, "administrator", "boss")
    [row] = (await client.get("/api/debts/rules")).json()
    assert (row["project"], row["own"], row["rules"]["automatic"], row["rules"]["any_hour"]) == (
        "windows",
        False,
        False,
        True,
    )
    given = {
        "deadlines": [{"minutes": 5, "causes": ["waiting"]}, {"minutes": 60, "causes": ["menu"], "priority": 1}],
        "tries": 3,
        "automatic": True,
        "escalates": True,
    }
    put = await client.put("/api/debts/rules/windows", json=given)
    assert put.status_code == 200, put.text
    assert put.json()["rules"]["workday_hours"] == [480, 1320]
    async with company.transaction() as connection:
        rules = (await _projects(connection, company.tenant))["windows"].debts
    assert (rules.tries, rules.automatic, rules.deadlines[0].causes) == (3, True, ("waiting",))
    assert rules.hours == (((480, 1320),),) * 5 + (((540, 1200),),) * 2
    assert rules.holiday_hours == ((540, 1200),)
    for wrong in (
        {"automatic": True},
        {"deadlines": [{"minutes": 0}]},
        {"workday_hours": [1320, 480]},
        {"assign": "x"},
    ):
        assert (await client.put("/api/debts/rules/windows", json=wrong)).status_code == 422
    assert (await client.put("/api/debts/rules/nowhere", json=given)).status_code == 404
    operator = await web.sign_in(company, "operator", "a301")
    assert (await operator.put("/api/debts/rules/windows", json=given)).status_code == 403


def test_rules_come_back_as_they_were_given() -> None:
    for given in (
        DebtRulesGiven(any_hour=True),
        DebtRulesGiven(day_off_hours=None, tries=2),
        DebtRulesGiven.model_validate({"deadlines": [{"minutes": 5, "priority": 2}], "assign": "round_robin"}),
    ):
        again = given_of(given.rules())
        assert again.rules() == given.rules()
    assert given_of(DebtRules()).rules() == replace(DebtRules(), hours=())
