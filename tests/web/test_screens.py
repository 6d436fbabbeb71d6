"""No screen is forgotten: neither by the check of accessibility nor by the pictures."""

from __future__ import annotations

import re
from pathlib import Path

from screens.pages import SCREENS

ROUTER = Path(__file__).parents[2] / "web" / "src" / "router.tsx"
DOORS = {"/", "/screen", "/sign-in", "/settings", "/settings/", "/people", "/reconciliation", "/state"}
"""what shows no screen of its own: redirects, and doors that other tests go through"""


def test_every_route_has_a_screen() -> None:
    text = ROUTER.read_text()
    routes = set(re.findall(r"path: '(/[^']*)'", text))
    routes |= {f"/settings/{name}" for name in re.findall(r"\bpage\(\s*'([^']+)'", text)}
    shown = {screen.path.partition("?")[0] for screen in SCREENS}
    shown |= {re.sub(r"(/settings/scenarios/).+", r"\1$id", path) for path in shown}
    assert len(routes) > 25
    assert routes - DOORS - shown == set()
