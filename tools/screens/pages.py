"""Every screen by the name of its picture: who looks, and at which address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    path: str
    who: Literal["administrator", "supervisor", "operator"] = "administrator"


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
        ("outgoing", ""),
        ("recording", ""),
        ("retention", ""),
        ("scenarios", ""),
        ("scenarios/main", ""),
        ("prompts", ""),
        ("lookups", ""),
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
        ("journal-card", "/journal?open=s1"),
        ("customers", "/customers"),
        ("reports", "/reports?report=service&period=week"),
        ("reports-peaks", "/reports?report=peaks&period=week"),
        ("colander", "/reports/colander"),
        ("audits", "/reports/audit"),
        ("alerts-history", "/reports/alerts"),
        ("calculator", "/reports/calculator"),
        ("letters", "/reports/letters"),
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
