"""What an administrator sets by clicks is what the switchboard then does: hours, modes, who may call where, alerts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Locator, Page, expect
from tests.browser.test_customers import served
from tests.browser.test_settings import signed_in
from tests.features.publishing.test_publishing import describe
from tests.features.scenarios.test_versions import FIRST, SECOND, described
from tests.plugins.web import Browser as Api
from tests.plugins.web import Company, CoreInbox, Site, database, make_site

from kaska.core import events
from kaska.core.commands import DialOut, PlayPrompts, RingAgent
from kaska.core.core import Core
from kaska.features.identity.public import Role
from kaska.features.publishing import public as publishing

__all__ = ["database", "make_site"]

pytestmark = [pytest.mark.browser, pytest.mark.database]

DAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
NUMBER, CALLER = "+74950000001", "+79000000651"
LOCAL, MOBILE = "+74950000077", "+79000000652"
BY_MODE: dict[str, Any] = {
    "start": "mode",
    "nodes": {
        "mode": {"kind": "by_mode", "modes": {"inventarizaciya": "counting"}, "otherwise": "hello"},
        "counting": {"kind": "finish", "prompts": ["ru/closed"]},
        "hello": {"kind": "finish", "prompts": ["ru/greeting"]},
    },
}


@asynccontextmanager
async def at_work(site: Site) -> AsyncIterator[tuple[Company, Api, CoreInbox]]:
    """A small company at work; its scenario, as edited, asks for a mode that there is not yet."""
    company = await site.company()
    admin = await site.signed_in(company)
    await describe(admin, company)
    trunk = {"addresses": ["198.51.100.7"], "contact_uri": "sip:198.51.100.7:5060"}
    (await admin.put(f"/api/trunks/{trunk_of(company)}", json=trunk)).raise_for_status()
    (await admin.post("/api/publishing")).raise_for_status()
    configuration = await publishing.latest(site.database, company.tenant)
    assert configuration is not None
    inbox = CoreInbox(Core.fresh(configuration), site.feed)
    site.inboxes[company.tenant] = inbox
    site.feed.reset(company.tenant, 0, inbox.core.state)
    scenario = {"name": "Основной", "draft": BY_MODE, "is_default": True}
    (await admin.put("/api/scenarios/main", json=scenario)).raise_for_status()
    yield company, admin, inbox


def trunk_of(company: Company) -> str:
    return f"line-{company.tenant[-6:]}"


def row(page: Page, id: str) -> Locator:
    return page.locator(f"[data-testid=settings-row][data-id='{id}']")


async def saved(page: Page) -> dict[str, Any]:
    async with page.expect_response(lambda answer: answer.request.method == "PUT") as saving:
        await page.get_by_test_id("settings-save").click()
    answer = await saving.value
    assert answer.ok, await answer.text()
    return dict(await answer.json())


async def published(page: Page) -> None:
    await page.get_by_test_id("waiting-publish").click()
    await expect(page.get_by_test_id("waiting-bar")).to_have_count(0)


async def make_a_calendar(page: Page, day: date) -> None:
    """Hours of the week, a mode of one's own, a day that is otherwise; all of it is there after a reload."""
    await page.goto("/settings/calendars?open=*new")
    await page.get_by_test_id("calendar-name").fill("Склад")
    await page.get_by_label("Обычная неделя: Сб").fill("10:00–14:00")
    await page.get_by_role("button", name="Режим", exact=True).click()
    await page.get_by_test_id("mode-name").fill("Инвентаризация")
    now = datetime.now(ZoneInfo("Europe/Moscow"))
    for weekday in (now.weekday(), (now.weekday() + 1) % 7):  # whenever this runs, it is not by the clock now
        hours = f"{(now.hour + 12) % 24:02}:00–{(now.hour + 12) % 24:02}:30"
        await page.get_by_label(f"Когда: {DAYS[weekday]}").fill(hours)
    await page.locator("summary").filter(has_text="Особые дни").click()
    await page.get_by_role("button", name="День", exact=True).click()
    await page.get_by_label("Часы", exact=True).fill("10:00–12:00")
    await page.get_by_label("Дата").fill("31.02.2027")
    await page.get_by_test_id("settings-save").click()  # what cannot be read is told, and not forgotten
    await expect(page.get_by_role("group", name="Особые дни")).to_contain_text("Обязательное поле")
    await page.get_by_label("Дата").fill(f"{day:%d.%m.%Y}")
    kept = await saved(page)
    assert kept["week"][5] == [[600, 840]]
    assert kept["days"] == {day.isoformat(): [[600, 720]]}
    assert kept["mode_names"] == {"inventarizaciya": "Инвентаризация"}
    await row(page, "sklad").click()
    await page.reload()
    await expect(page.get_by_label("Обычная неделя: Сб")).to_have_value("10:00–14:00")
    await expect(page.get_by_test_id("mode-name")).to_have_value("Инвентаризация")


async def switch_modes(page: Page, company: Company, inbox: CoreInbox) -> None:
    """By hand for half an hour, and by the clock again; who calls meanwhile hears it."""
    await page.goto("/settings/calendars")
    modes = page.get_by_test_id("modes")
    await expect(modes).to_contain_text("по часам")
    assert await said_to(inbox, "before") == ("ru/greeting",)
    await modes.get_by_label("Режим").select_option(label="Инвентаризация")
    await modes.get_by_label("На сколько").select_option("30")
    await page.get_by_test_id("mode-set").click()
    await expect(modes).to_contain_text("вручную: Инвентаризация")
    by_hand = inbox.core.state.modes["windows"]
    assert (by_hand.mode, by_hand.by) == ("inventarizaciya", company.ids[Role.ADMINISTRATOR])
    assert 1700 < by_hand.until - await inbox.now() <= 1800
    assert await said_to(inbox, "meanwhile") == ("ru/closed",)
    await modes.get_by_role("button", name="Снова по часам").click()
    await expect(modes).to_contain_text("по часам")
    assert await said_to(inbox, "after") == ("ru/greeting",)


async def said_to(inbox: CoreInbox, contact: str) -> tuple[str, ...]:
    """What a caller hears first."""
    now = await inbox.now()
    await inbox.submit(events.ContactArrived(now, contact, contact, "voice", NUMBER, CALLER, CALLER, "", "city"))
    (first, *_) = [one for one in inbox.commands if isinstance(one, PlayPrompts) and one.contact == contact]
    await inbox.submit(events.LegEnded(await inbox.now(), contact, contact))
    return tuple(first.prompts)


async def set_who_may_call(page: Page, company: Company) -> None:
    """The line and the number shown are the project's; agents may call near numbers and no mobiles."""
    await page.goto("/settings/projects?open=windows")
    await page.get_by_label("Какой номер показывать").fill("+7 (495) 000-00-01")
    await page.get_by_test_id("project-trunk").select_option(trunk_of(company))
    await page.get_by_test_id("project-calendar").select_option("sklad")
    await saved(page)
    await page.goto("/settings/outgoing")
    await page.get_by_label("Коды вашего города").fill("495")
    await page.get_by_label("Операторы: мобильные").uncheck()
    kept = await saved(page)
    assert ("mobile" in kept["allowed"], "local" in kept["allowed"]) == (False, True)


async def let_one_call(page: Page, company: Company) -> None:
    """He may call mobiles, whatever the others may."""
    await page.goto("/settings/outgoing")
    await page.get_by_role("button", name="Ещё исключение").click()
    one = page.get_by_test_id("outgoing-exceptions")
    await one.get_by_label("Кто", exact=True).select_option(company.ids[Role.OPERATOR])
    await one.get_by_label("Свои направления").check()
    await one.get_by_label("мобильные").check()
    await saved(page)


async def calls(operator: Api, inbox: CoreInbox, number: str) -> DialOut | str:
    """How the number is dialled once the agent has picked up, or why it is not."""
    answer = await operator.post("/api/agents/me/calls", json={"number": number, "project": "windows"})
    if not answer.is_success:
        return str(answer.json()["code"])
    contact = answer.json()["contact"]
    (rings,) = [one for one in inbox.commands if isinstance(one, RingAgent) and one.contact == contact]
    await inbox.submit(events.LegAnswered(await inbox.now(), contact, rings.leg))
    (dialled,) = [one for one in inbox.commands if isinstance(one, DialOut) and one.contact == contact]
    for leg in (dialled.leg, rings.leg):
        await inbox.submit(events.LegEnded(await inbox.now(), contact, leg))
    return dialled


async def quiet_for_one_project(page: Page, admin: Api) -> None:
    """Hours that cannot be read are not saved; those that can are the rule's, of its project only."""
    await page.goto("/settings/alerts")
    await page.get_by_test_id("rule-new").click()
    await page.get_by_test_id("rule-name").fill("Ждут в окнах")
    await page.get_by_role("combobox", name="Проект").click()
    await page.get_by_role("option", name="Окна").click()
    hours = page.get_by_label("Тихие часы")
    await hours.fill("с десяти до семи")
    await expect(page.get_by_text("Напишите часы так")).to_be_visible()
    await expect(page.get_by_test_id("rule-save")).to_be_disabled()
    await hours.fill("22:00-07:00, 13:00-14:00")
    await page.get_by_test_id("rule-save").click()
    await expect(page.get_by_test_id("rule-row")).to_contain_text("Окна")
    (rule,) = (await admin.get("/api/alerts/rules")).json()
    assert (rule["project"], rule["quiet"]) == ("windows", [[1320, 420], [780, 840]])
    await page.get_by_role("button", name="Ждут в окнах").click()
    await expect(hours).to_have_value("22:00-07:00, 13:00-14:00")


async def test_what_is_set_by_clicks_is_what_the_switchboard_does(
    make_site: Callable[..., Site], chromium: Browser
) -> None:
    site = make_site()
    day = date.today() + timedelta(days=40)
    async with at_work(site) as (company, admin, inbox), served(site) as address:
        page = await signed_in(chromium, address, company)
        await make_a_calendar(page, day)
        await set_who_may_call(page, company)
        await published(page)
        calendar = inbox.core.state.configuration.calendars["sklad"]
        assert calendar.week[5] == ((600, 840),)
        assert calendar.days == {day.isoformat(): ((600, 720),)}
        await switch_modes(page, company, inbox)

        operator, agent = await site.signed_in(company, Role.OPERATOR), company.ids[Role.OPERATOR]
        (phone,) = [one for one in inbox.core.state.configuration.agents[agent].devices if one.kind == "phone"]
        await inbox.submit(events.AgentSignedIn(await inbox.now(), agent))
        await inbox.submit(events.DeviceReached(await inbox.now(), phone.endpoint, True))
        assert await calls(operator, inbox, MOBILE) == "direction_closed"
        dialled = await calls(operator, inbox, LOCAL)
        assert isinstance(dialled, DialOut)
        assert (dialled.caller_id, dialled.trunk) == (NUMBER, trunk_of(company))
        await let_one_call(page, company)
        await published(page)
        assert isinstance(await calls(operator, inbox, MOBILE), DialOut)
        await quiet_for_one_project(page, admin)
        await page.context.close()


SCRIPT = {
    "start": "a",
    "steps": [{"id": "a", "title": "Начало", "text": "Первые слова", "answers": [{"title": "Дальше", "next": ""}]}],
}


async def script_in_two_versions(admin: Api) -> None:
    for revision, text in enumerate(("Первые слова", "Другие слова")):
        steps = [{**SCRIPT["steps"][0], "text": text}]  # type: ignore[dict-item]
        given = {"name": "Замер", "draft": {**SCRIPT, "steps": steps}, "places": [], "revision": revision}
        (await admin.put("/api/scripts/zamer", json=given)).raise_for_status()
        (await admin.post("/api/scripts/zamer/versions")).raise_for_status()


async def take_back_a_script(page: Page, admin: Api) -> None:
    """The old words are in the draft, nobody says them until they are published again."""
    await page.goto("/knowledge/scripts")
    await page.get_by_test_id("script-row").filter(has_text="Замер").click()
    words = page.get_by_test_id("step-text")
    await expect(words).to_have_value("Другие слова")
    await page.get_by_text("Версии", exact=True).click()
    versions = page.get_by_role("listitem")
    await expect(versions).to_have_count(2)
    await versions.filter(has_text="1").last.get_by_role("button").click()
    await expect(words).to_have_value("Первые слова")
    await expect(page.get_by_test_id("script-publish")).to_be_disabled()
    await page.get_by_test_id("script-save").click()
    before = (await admin.get("/api/scripts/zamer/versions/2")).json()
    await page.get_by_test_id("script-publish").click()
    await expect(page.get_by_test_id("script-state")).to_have_attribute("data-version", "3")
    await expect(versions).to_have_count(3)
    third, first = [(await admin.get(f"/api/scripts/zamer/versions/{one}")).json() for one in (3, 1)]
    assert third == first != before


async def of_version(page: Page, version: int, wish: str) -> None:
    await page.get_by_role("button", name=f"Версия {version}", exact=True).click()
    await page.get_by_role("menuitem", name=wish).click()


async def test_versions_are_compared_and_taken_back(make_site: Callable[..., Site], chromium: Browser) -> None:
    site = make_site()
    company, admin = await described(site)
    await script_in_two_versions(admin)
    async with served(site) as address:
        page = await signed_in(chromium, address, company)
        await page.goto("/settings/scenarios/main")
        await page.get_by_text("Версии", exact=True).click()
        await expect(page.get_by_test_id("version")).to_have_count(2)
        differences = page.get_by_test_id("differences")
        await of_version(page, 2, "Что изменила")
        await expect(differences.get_by_role("listitem")).to_have_count(1)
        await expect(differences).to_contain_text("hello → wait")
        await of_version(page, 1, "Сравнить с черновиком")
        await expect(differences).to_contain_text("hello → wait")

        # into the draft only; undone like any edit
        await of_version(page, 1, "Взять в черновик")
        await expect(differences).to_have_count(0)
        await saved_as(page, admin, FIRST)
        await page.get_by_test_id("undo").click()
        await saved_as(page, admin, SECOND)
        inbox = site.inboxes[company.tenant]
        assert isinstance(inbox, CoreInbox)
        assert inbox.core.state.configuration.scenarios["main"].start == "wait", "nothing was published by it"

        await of_version(page, 1, "Вернуть эту версию")
        await page.get_by_test_id("roll-back").click()
        await expect(page.get_by_test_id("version")).to_have_count(3)
        await of_version(page, 3, "Сравнить с черновиком")
        await expect(page.get_by_text("Различий нет")).to_be_visible()
        assert inbox.core.state.configuration.scenarios["main"].start == "hello"
        await take_back_a_script(page, admin)
        await page.context.close()


async def saved_as(page: Page, admin: Api, draft: dict[str, Any]) -> None:
    await expect(page.get_by_test_id("saving")).to_have_attribute("data-saving", "saved")
    assert (await admin.get("/api/scenarios/main")).json()["draft"] == draft
