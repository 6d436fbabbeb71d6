"""Every screen by the name of its picture: who looks, at which address, and what is going on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from playwright.async_api import Page

Who = Literal["administrator", "supervisor", "operator", "ringing", "writing", "away", "newcomer", "founder", "nobody"]
"""``ringing``, ``writing``, ``away``: the operator who is in that state at the moment of the pictures; ``newcomer`` has
a one-time password yet; ``founder`` is the administrator of a company that was made this minute"""


@dataclass(frozen=True, slots=True)
class Screen:
    """``scene``: what else happens, see ``Stage.set``; ``act``: what is done on the page before the picture."""

    name: str
    path: str
    who: Who = "administrator"
    scene: Literal["", "listening", "quiet", "inside"] = ""
    act: Callable[[Page], Awaitable[None]] | None = None


TALK, CARD = "s1", "watched"
"""in addresses: a conversation with a recording, the card of whom the operator talks with; see ``Stage.address``"""

SETTINGS = tuple(
    Screen(f"settings-{name.replace('/', '-')}", f"/settings/{name}{search}")
    for name, search in (
        ("start", ""),
        ("people", "?open=demo-301"),
        ("skills", ""),
        ("queues", "?open=sales"),
        ("numbers", "?open=%2B74950000101"),
        ("trunks", "?open=city"),
        ("calendars", "?open=always"),
        ("projects", "?open=windows"),
        ("fields", "?open=windows"),
        ("outgoing", ""),
        ("recording", ""),
        ("retention", ""),
        ("codes", ""),
        ("mail", ""),
        ("doors", "?open=gate"),
        ("black-list", ""),
        ("scenarios", ""),
        ("scenarios/main", ""),
        ("prompts", ""),
        ("lookups", "?open=crm"),
        ("alerts", ""),
        ("keys", ""),
        ("webhooks", ""),
        ("publish", ""),
        ("audit", ""),
        ("reconciliation", ""),
        ("state", ""),
    )
)
MODES = Screen("settings-modes", "/settings/calendars")

BOOKS = tuple(
    Screen(name, path)
    for name, path in (
        ("journal-card", f"/journal?open={TALK}"),
        ("customers", "/customers"),
        ("reports", "/reports?report=service&period=week"),
        ("reports-peaks", "/reports?report=peaks&period=week"),
        ("reports-agents", "/reports?report=agents&period=week"),
        ("reports-waiting", "/reports?report=waiting&period=week"),
        ("colander", "/reports/colander"),
        ("audits", "/reports/audit"),
        ("shifts", "/reports/shifts"),
        ("shifts-week", "/reports/shifts?week=1"),
        ("alerts-history", "/reports/alerts"),
        ("calculator", "/reports/calculator"),
        ("surveys", "/reports/surveys"),
        ("letters", "/reports/letters"),
        ("messages", "/reports/messages"),
        ("knowledge", "/knowledge"),
        ("scripts", "/knowledge/scripts"),
        ("topics", "/knowledge/topics"),
    )
)

SCREENS = (
    Screen("workplace", "/workplace", "operator"),
    Screen("board", "/board", "supervisor"),
    Screen("wall", "/wall", "supervisor"),
    Screen("journal", "/journal", "supervisor"),
    Screen("debts", "/debts", "supervisor"),
    *BOOKS,
    *SETTINGS,
    MODES,
)


def _clicks(*test_ids: str) -> Callable[[Page], Awaitable[None]]:
    async def click(page: Page) -> None:
        for test_id in test_ids:
            await page.get_by_test_id(test_id).first.click()

    return click


def _opens(*test_ids: str) -> Callable[[Page], Awaitable[None]]:
    """A window that may have to be fetched first."""
    click = _clicks(*test_ids)

    async def open_(page: Page) -> None:
        await click(page)
        await page.get_by_role("dialog").wait_for()

    return open_


async def _debt(page: Page, action: str) -> None:
    await page.get_by_test_id("debt-actions").first.click()
    await page.get_by_test_id(action).click()
    await page.get_by_role("dialog").wait_for()


async def _postpone(page: Page) -> None:
    await _debt(page, "debt-postpone")


async def _write_off(page: Page) -> None:
    await _debt(page, "debt-write-off")


async def _story(page: Page) -> None:
    await _debt(page, "debt-story")


async def _choose_debts(page: Page) -> None:
    for row in range(2):
        await page.get_by_test_id("debt-row").nth(row).get_by_role("checkbox").check()
    await page.get_by_test_id("assign-bar").wait_for()


async def _unfold(page: Page) -> None:
    """Every part of the form that is shut."""
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


async def _keys(page: Page) -> None:
    await page.keyboard.press("?")
    await page.get_by_role("dialog").wait_for()


async def _day(page: Page) -> None:
    await page.get_by_test_id("side").locator("label").nth(2).click()
    await page.get_by_test_id("day").wait_for()


async def _transfer(page: Page) -> None:
    await page.get_by_test_id("transfer").click()
    await page.get_by_test_id("pass-on").wait_for()


async def _colleagues(page: Page) -> None:
    await page.get_by_test_id("call-out-number").fill("30")
    await page.get_by_test_id("colleagues").wait_for()


async def _phone(page: Page) -> None:
    await page.get_by_test_id("person-phone").click()
    await page.get_by_test_id("phone-show").click()
    await page.get_by_test_id("phone-account").wait_for()


async def _lose(page: Page) -> None:
    await page.context.set_offline(True)
    await page.get_by_test_id("connection-lost").wait_for()


async def _recovery(page: Page) -> None:
    await page.get_by_test_id("debts-status").locator("label").nth(2).click()


async def _first_audit(page: Page) -> None:
    await page.get_by_test_id("audit-row").get_by_role("button").first.click()
    await page.get_by_test_id("audit-result").wait_for()


MOMENTS = (
    Screen("sign-in", "/workplace", "nobody"),
    Screen("first-password", "/workplace", "newcomer"),
    Screen("workplace-ringing", "/workplace", "ringing"),
    Screen("workplace-writing-up", "/workplace", "writing"),
    Screen("workplace-break", "/workplace", "away"),
    Screen("workplace-keys", "/workplace", "operator", act=_keys),
    Screen("workplace-lost", "/workplace", "operator", act=_lose),
    Screen("workplace-quiet", "/workplace", "operator", "quiet"),
    Screen("workplace-day", "/workplace", "operator", act=_day),
    Screen("workplace-colleagues", "/workplace", "operator", "quiet", act=_colleagues),
    Screen("workplace-transfer", "/workplace", "operator", act=_transfer),
    Screen("workplace-inside", "/workplace", "operator", "inside"),
    Screen("board-listening", "/board", "supervisor", "listening"),
    Screen("board-quiet", "/board", "supervisor", "quiet"),
    Screen("wall-quiet", "/wall", "supervisor", "quiet"),
    Screen("journal-operator", "/journal", "operator"),
    Screen("debts-operator", "/debts", "operator"),
    Screen("debts-recovery", "/debts", "supervisor", act=_recovery),
    Screen("debts-postpone", "/debts", "supervisor", act=_postpone),
    Screen("debts-write-off", "/debts", "supervisor", act=_write_off),
    Screen("debts-story", "/debts", "supervisor", act=_story),
    Screen("debts-chosen", "/debts", "supervisor", act=_choose_debts),
    Screen("board-call-menu", "/board", "supervisor", act=_clicks("call-actions")),
    Screen("board-agent-menu", "/board", "supervisor", act=_clicks("agent-actions")),
    Screen("board-skills", "/board", "supervisor", act=_opens("agent-actions", "agent-skills")),
    Screen("board-page", "/board", "supervisor", act=_clicks("page-open")),
    Screen("reports-agents-time", "/reports?report=agents&period=week&compare=yes&part=1"),
    Screen("reports-own", "/reports?report=minimal&period=own&first=2026-11-20&last=2026-11-27"),
    Screen("shifts-person", "/reports/shifts", "supervisor", act=_clicks("shift-open")),
    Screen("customers-new", "/customers", act=_clicks("customers-new")),
    Screen("customers-import", "/customers", act=_opens("customers-import")),
    Screen("customers-card", f"/customers?open={CARD}", "operator"),
    Screen("knowledge-article", "/knowledge", "operator", act=_clicks("article-row")),
    Screen("audit-result", "/reports/audit", "supervisor", act=_first_audit),
    Screen("colander-hole", "/reports/colander", "supervisor", act=_clicks("place-waiting")),
    Screen("settings-phone", "/settings/people?open=demo-301", act=_phone),
    Screen("settings-person-new", "/settings/people", act=_clicks("settings-new")),
    Screen("settings-queue-all", "/settings/queues?open=sales", act=_unfold),
    Screen("settings-skill-new", "/settings/skills", act=_clicks("skill-new")),
    Screen("settings-trunk-new", "/settings/trunks", act=_clicks("settings-new")),
    Screen("settings-number-new", "/settings/numbers", act=_clicks("settings-new")),
    Screen("settings-lookup-new", "/settings/lookups", act=_clicks("settings-new")),
    Screen("settings-alert-new", "/settings/alerts", act=_clicks("rule-new")),
    Screen("settings-scenario-new", "/settings/scenarios", act=_clicks("scenario-new")),
    Screen("settings-prompt-new", "/settings/prompts", act=_clicks("prompt-new")),
    Screen("settings-key-new", "/settings/keys", act=_clicks("key-new")),
    Screen("settings-hook-new", "/settings/webhooks", act=_clicks("hook-new")),
    Screen("settings-block-new", "/settings/black-list", act=_clicks("block-new")),
    Screen("knowledge-new", "/knowledge", act=_clicks("article-new")),
    Screen("messages-new", "/reports/messages", act=_clicks("message-rule-new")),
    Screen("letters-new", "/reports/letters", act=_clicks("letter-new")),
    Screen("scripts-editor", "/knowledge/scripts", act=_clicks("script-row")),
)
"""states of screens that matter as much as the screens"""

_FULL = {
    "workplace",
    "journal-card",
    "reports-peaks",
    "reports-agents",
    "reports-waiting",
    "settings-scenarios-main",
    "settings-modes",
}
"""what shows nothing else, or nothing at all, in a company without anything"""
FIRST_DAY = tuple(
    Screen(f"first-{screen.name}", screen.path.partition("?")[0], "founder")
    for screen in SCREENS
    if screen.name not in _FULL
)
"""where nothing was set up and nobody has called: each says what will be here, and what to do"""
