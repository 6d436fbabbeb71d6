"""No screen is forgotten: neither by the check of accessibility nor by the pictures."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

from kaska.features.supervision.schemas import MonitorGiven
from screens.pages import SCREENS

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "web" / "src" / "router.tsx"
DOORS = {"/", "/screen", "/sign-in", "/settings", "/settings/", "/people", "/reconciliation", "/state"}
"""what shows no screen of its own: redirects, and doors that other tests go through"""


def test_the_audit_log_has_words_for_every_action() -> None:
    """In English as in Russian: the page's own test sees that the languages have the same words."""
    source = "".join(file.read_text() for file in (ROOT / "src" / "kaska" / "features").rglob("*.py"))
    actions = set(re.findall(r'action="([a-z_]+\.[a-z_]+)"', source))
    actions |= set(re.findall(r'_trace\([^)"]*"([a-z_]+\.[a-z_]+)"', source))
    for feature, made in {"customers": "_write_down", "retention": "_trace"}.items():
        own = "".join(file.read_text() for file in (ROOT / "src" / "kaska" / "features" / feature).rglob("*.py"))
        actions |= {f"{feature}.{verb}" for verb in re.findall(made + r'\(connection, user, "([a-z_]+)"', own)}
    actions |= {f"calls.{mode}" for mode in get_args(MonitorGiven.model_fields["mode"].annotation)}
    words = (ROOT / "web" / "src" / "i18n" / "ru" / "trail.ts").read_text()
    known = set(re.findall(r"^    ([a-z_]+): '", words, re.MULTILINE))
    assert len(actions) > 25
    assert {action for action in actions if action.replace(".", "_", 1) not in known} == set()
    screen = (ROOT / "web" / "src" / "features" / "settings" / "AuditLog.tsx").read_text()
    chosen = set(re.findall(r"^  '([a-z_]+)',$", screen, re.MULTILINE))
    assert {action.partition(".")[0] for action in actions} - chosen == set(), "what cannot be chosen on the screen"
    assert chosen - known == set()


def test_every_route_has_a_screen() -> None:
    text = ROUTER.read_text()
    routes = set(re.findall(r"path: '(/[^']*)'", text))
    routes |= {f"/settings/{name}" for name in re.findall(r"\bpage\(\s*'([^']+)'", text)}
    shown = {screen.path.partition("?")[0] for screen in SCREENS}
    shown |= {re.sub(r"(/settings/scenarios/).+", r"\1$id", path) for path in shown}
    assert len(routes) > 25
    assert routes - DOORS - shown == set()


SOURCE = ROOT / "web" / "src"
ASKED = re.compile(r"""['"`](/api/[^'"`?\s]*)""")
FILLED = re.compile(r"\$\{[^}]*\}|\{[^}]*\}")
FETCHES = {"client.ts", "HealthPage.tsx", "Player.tsx"}
"""they ask beside the generated client: by an address given to them, and for /health"""


def test_screens_ask_for_nothing_that_programs_may_not() -> None:
    """Each address of the page's source stands in the description that programs read, and no other way leads there."""
    described = {FILLED.sub("*", path) for path in json.loads((ROOT / "web" / "openapi.json").read_text())["paths"]}
    asked: dict[str, str] = {}
    for file in sorted(SOURCE.rglob("*.ts*")):
        if "generated" in file.parts or ".test." in file.name:
            continue
        text = file.read_text()
        asked |= {FILLED.sub("*", path): file.name for path in ASKED.findall(text)}
        if re.search(r"\bXMLHttpRequest\b|\bfetch\(", text):
            assert file.name in FETCHES, file
    assert len(asked) > 100
    unknown = {path: name for path, name in asked.items() if path not in described and f"{path}/*" not in described}
    assert unknown == {}
