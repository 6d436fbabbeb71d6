"""The colander over HTTP: counts, money, drill-down and advice, from real facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from kaska.features.colander.service import End, counted
from kaska.features.scenarios.public import put_draft
from support.books import Company, Web
from support.company import CLOSED, MAIN
from support.play import START, random_day

pytestmark = pytest.mark.database

PERIOD = {
    "from": datetime.fromtimestamp(START - 3600, UTC).isoformat(),
    "to": (datetime.fromtimestamp(START, UTC) + timedelta(days=30)).isoformat(),
}


async def picture(browser: httpx.AsyncClient, **more: str) -> dict[str, Any]:
    answer = await browser.get("/api/colander", params={**PERIOD, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def places(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {place["place"]: place for place in found["places"]}


async def behind(browser: httpx.AsyncClient, place: str, **more: str) -> list[dict[str, Any]]:
    """All contacts of a place, page by page."""
    items: list[dict[str, Any]] = []
    cursor = ""
    while True:
        asked = {**PERIOD, "place": place, "limit": "7", "cursor": cursor, **more}
        page = (await browser.get("/api/colander/contacts", params=asked)).json()
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        cursor = page["next_cursor"]


@pytest.mark.parametrize("seed", [1, 2])
async def test_every_contact_is_counted_once_and_found_behind_its_hole(company: Company, web: Web, seed: int) -> None:
    await company.write_facts(random_day(seed, 500))
    boss = await web.sign_in(company, "supervisor", "boss")
    found = await picture(boss)
    journal: list[Any] = []
    page: dict[str, Any] = {"next_cursor": ""}
    while page["next_cursor"] is not None:
        asked = {"direction": "inbound", "limit": 200, "cursor": page["next_cursor"]}
        page = (await boss.get("/api/contacts", params=asked)).json()
        journal += page["items"]
    assert found["arrived"] == len(journal) > 50
    kept = found["reached"] + found["self_served"] + found["blocked"] + found["under_way"]
    assert found["arrived"] == kept + found["whole"]["contacts"]
    assert found["under_way"] <= sum(1 for one in journal if not one["outcome"])
    seen: list[str] = []
    for place in found["places"]:
        items = await behind(boss, place["place"])
        seen += [one["contact"]["id"] for one in items]
        assert len(items) == place["contacts"] == sum(hole["contacts"] for hole in place["holes"])
        assert sum(1 for one in items if one["how"] in ("called_back", "came_back")) == place["recovered"]
        for hole in place["holes"]:
            assert len(await behind(boss, place["place"], hole=hole["hole"])) == hole["contacts"]
            asked = {**PERIOD, "hole": hole["hole"], "limit": 200}
            opened = (await boss.get("/api/contacts", params=asked)).json()["items"]
            assert len(opened) == hole["contacts"] > 0, hole
        if place["holes"]:
            asked = {**PERIOD, "hole": [hole["hole"] for hole in place["holes"]], "limit": 200}
            opened = (await boss.get("/api/contacts", params=asked)).json()["items"]
            assert [one["id"] for one in opened] == [one["contact"]["id"] for one in items]
    assert len(seen) == len(set(seen)) == found["whole"]["contacts"] > 10


async def test_a_loss_costs_what_its_number_is_worth_until_the_person_was_served(company: Company, web: Web) -> None:
    play = company.play
    for caller in ("+79000000001", "+79000000002", "+79000000003"):
        play.lose(caller)
    play.arrive("+79000000004", CLOSED)
    play.settle()
    play.pass_time(2)
    play.hang_up("kaska-4.0")
    await company.write()
    boss = await web.sign_in(company, "administrator", "boss")
    assert (await picture(boss))["whole"]["money"] is None
    worths = [{"conversion": 0.37, "margin": 1000}, {"project": "windows", "number": CLOSED, "per_lost": 50}]
    saved = await boss.put("/api/colander/settings", json={"worths": worths})
    assert saved.status_code == 200, saved.text
    assert (await boss.get("/api/colander/settings")).json()["worths"][1]["number"] == CLOSED
    found = await picture(boss)
    assert (found["currency"], found["whole"]["owed"], found["whole"]["recovered"]) == ("₽", 4, 0)
    assert places(found)["waiting"]["money"] == pytest.approx(1110.0)
    assert sum(place["money"] or 0 for place in found["places"]) == pytest.approx(1160.0)

    play.ready("a301")
    play.talk("+79000000002")  # comes back and is served
    await company.write()
    found = await picture(boss)
    waiting = places(found)["waiting"]
    assert (waiting["contacts"], waiting["recovered"], waiting["owed"]) == (3, 1, 2)
    assert waiting["money"] == pytest.approx(740.0)
    assert found["reached"] == 1
    [back] = [one for one in await behind(boss, "waiting") if one["how"]]
    assert (back["how"], back["owner"]) == ("came_back", "queue:sales")
    assert await company.audit("colander.settings")


async def test_holes_tell_what_would_close_them(company: Company, web: Web) -> None:
    play = company.play
    for number in range(4):
        play.arrive(f"+7900000001{number}", CLOSED)
        play.settle()
        play.pass_time(2)
        play.hang_up(f"kaska-{number + 1}.0")
    await company.write()
    found = await picture(await web.sign_in(company, "supervisor", "boss"))
    advice = {one["rule"]: one for one in found["advice"]}
    if places(found)["closed_hours"]["contacts"]:
        assert "closed_demand" in advice
    assert all(one["text"]["ru"] and one["text"]["en"] for one in found["advice"])


async def test_steps_bear_the_names_people_gave_them(company: Company, web: Web) -> None:
    for number in range(4):
        contact = company.play.arrive(f"+7900000001{number}", MAIN)
        company.play.settle()
        company.play.pass_time(2)
        company.play.hang_up(contact)
    await company.write()
    boss = await web.sign_in(company, "supervisor", "boss")

    async def said() -> list[dict[str, str]]:
        return [one["text"] for one in (await picture(boss))["advice"] if one["rule"] == "menu_step"]

    [removed] = await said()
    assert "«main / " in removed["ru"], "of a scenario that is no more its id is all there is"
    step = removed["ru"].partition("main / ")[2].partition("»")[0]
    async with company.transaction() as connection:
        draft: dict[str, Any] = {"nodes": {step: {"kind": "menu"}, "broken": 7}}
        await put_draft(connection, company.tenant, "main", name="Главный", draft=draft)
    [alone] = await said()
    assert "«Главный → Меню»" in alone["ru"]
    assert "“Главный → Menu”" in alone["en"]
    async with company.transaction() as connection:
        draft["nodes"]["another"] = {"kind": "menu"}
        await put_draft(connection, company.tenant, "main", name="Главный", draft=draft)
    [named] = await said()
    assert f"«Главный → Меню ({step})»" in named["ru"]
    assert f"“Главный → Menu ({step})”" in named["en"]


async def test_walls_rights_and_bad_input(company: Company, neighbour: Company, web: Web) -> None:
    company.play.lose("+79000000001")
    await company.write()
    stranger = await web.sign_in(neighbour, "supervisor", "boss")
    assert (await picture(stranger))["arrived"] == 0
    assert await behind(stranger, "waiting") == []
    operator = await web.sign_in(company, "operator", "a301")
    assert (await operator.get("/api/colander", params=PERIOD)).status_code == 403
    boss = await web.sign_in(company, "supervisor", "boss")
    assert (await boss.put("/api/colander/settings", json={"worths": []})).status_code == 403
    assert (await picture(boss, project="nothing"))["arrived"] == 0
    wrong = await boss.get("/api/colander", params={"from": PERIOD["to"], "to": PERIOD["from"]})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong_period")
    admin = await web.sign_in(company, "administrator", "root")
    for worths in ([{"conversion": 0.5}], [{"conversion": 2, "margin": 1}], [{"per_lost": 1}, {"per_lost": 2}]):
        assert (await admin.put("/api/colander/settings", json={"worths": worths})).status_code == 422


def test_promises() -> None:
    """A promised callback is under way until it is due, then it leaks; once it was made it never did."""
    made = [
        End("p", "n", "", "", True, "open", 5),
        End("p", "n", "", "", True, "overdue", 2),
        End("p", "n", "lost", "callback", True, "written_off", 1),
        End("p", "n", "called_back", "talked", True, "recovered", 7),
        End("p", "n", "message_taken", "message", False, "recovered", 3),
        End("p", "n", "message_taken", "message", False, "open", 4),
    ]
    found = counted(made, [])
    assert (found.arrived, found.reached, found.under_way) == (22, 10, 5)
    leaks = {hole.value: (leak.contacts, leak.owed) for hole, leak in found.holes()}
    assert leaks == {"callback": (3, 2), "message": (4, 4)}


async def test_the_calculator_shows_its_assumptions(company: Company, web: Web) -> None:
    boss = await web.sign_in(company, "supervisor", "boss")
    usual = (await boss.post("/api/calculator", json={})).json()
    assert usual["assumptions"]["contributions"] == 0.302
    dear = (await boss.post("/api/calculator", json={"minute_outsourced": 100})).json()
    assert sum(part["money"] for part in dear["outsourced"]) > sum(part["money"] for part in usual["outsourced"])
    for wrong in ({"contacts": -1}, {"nonsense": 1}):
        assert (await boss.post("/api/calculator", json=wrong)).status_code == 422
    too_much = await boss.post("/api/calculator", json={"contacts": 1e6, "open_hours": 5, "handling_s": 3600})
    assert too_much.status_code == 400
