"""The documents say what is: links lead somewhere, settings are all there, the handbook's example can be published."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from kaska.core.configuration import (
    AgentProfile,
    Calendar,
    Configuration,
    Device,
    Number,
    Project,
    Queue,
    Source,
    Trunk,
)
from kaska.core.scenarios.conditions import Condition
from kaska.core.scenarios.graph import Node, kind_of
from kaska.core.scenarios.linter import Ground, lint
from kaska.core.scenarios.speech import VOCABULARY
from kaska.features.projects.schemas import CalendarGiven
from kaska.features.publishing.check import problems_of
from kaska.kit.config import Settings
from kaska.ledger.codec import scenario_from_document

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text())
    broken = [one for one in targets if "://" not in one and not (document.parent / one).exists()]
    assert not broken


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


@pytest.mark.parametrize("name", ["README.md", "README.ru.md"])
def test_every_setting_is_described_with_its_default(name: str) -> None:
    described: dict[str, str] = {}
    for line in (ROOT / name).read_text().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        variables = re.findall(r"`(KASKA_\w+)`", cells[1]) if len(cells) > 3 else []
        defaults = re.findall(r"`([^`]*)`", cells[2]) if variables else []
        described |= dict(zip(variables, defaults or [""] * len(variables), strict=True))
    written = {f"KASKA_{key.upper()}": field.default for key, field in Settings.model_fields.items()}
    expected = {key: _shown(value) for key, value in written.items()}
    assert described == expected


def test_make_knows_every_command_of_the_readme() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for name in ("README.md", "README.ru.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"^make ([a-z]+)", (ROOT / name).read_text(), re.MULTILINE)) <= targets


def test_architecture_names_rooms_that_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = re.findall(r"^  (\w+(?:/|\.py))", text, re.MULTILINE)
    assert rooms
    assert not [room for room in rooms if not (ROOT / "src/kaska" / room).exists()]
    packages = {path.parent.name for path in (ROOT / "src/kaska").glob("*/*.py")}
    assert packages <= {room.rstrip("/") for room in rooms}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_handbooks_scenario_is_good_practice(language: str) -> None:
    text = (ROOT / "docs/handbook" / language / "scenarios.md").read_text()
    scenario, calendar = (json.loads(body) for body in re.findall(r"```json\n(.*?)```", text, re.DOTALL))
    walked = scenario_from_document({"id": "main", "version": 1, **scenario})
    known = frozenset(f"{spoken}/{name}" for spoken, words in VOCABULARY.items() for name in words)
    assert lint(Ground({"main": walked}, {"all": Queue("all", "All", "p")}, known)) == []
    assert CalendarGiven.model_validate(calendar).modes["lunch"]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_handbook_names_every_kind_of_node_and_condition(language: str) -> None:
    text = (ROOT / "docs/handbook" / language / "scenarios.md").read_text()
    kinds = {kind_of(cls) for cls in (*Node.__args__, *Condition.__args__, *Source.__args__)}
    assert not [kind for kind in sorted(kinds) if f"`{kind}`" not in text and f'"{kind}"' not in text]
    rows = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| (.*) \|$", text, re.MULTILINE))
    for cls in Node.__args__:
        described = rows.get(kind_of(cls))
        if described is not None:
            assert not [field.name for field in fields(cls) if f"`{field.name}`" not in described], cls


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_handbooks_company_can_be_published(language: str) -> None:
    text = (ROOT / "docs/handbook" / language / "administrator.md").read_text()
    given = {
        path: json.loads(body) for path, body in re.findall(r"^put (\S+) '(.*?)'$", text, re.MULTILINE | re.DOTALL)
    }
    office, main, scenario = given["calendars/office"], given["projects/main"], given["scenarios/main"]
    week = tuple(tuple((start, end) for start, end in day) for day in office["week"])
    walked = scenario_from_document({"id": "main", "version": 1, **scenario["draft"]})
    configuration = Configuration(
        "main",
        1,
        "main",
        projects={"main": Project("main", main["name"], main["calendar"], main["caller_id"], main["trunk"])},
        numbers={"+74950000101": Number("+74950000101", **given["numbers/%2B74950000101"])},
        trunks={"provider": Trunk("provider", "trunk-provider", tuple(given["trunks/provider"]["addresses"]))},
        scenarios={"main": walked},
        queues={"all": Queue("all", **given["queues/all"])},
        agents={"a": AgentProfile("a", "А", "301", devices=(Device("d", "phone", "main-301"),))},
        calendars={"office": Calendar("office", office["timezone"], week)},
    )
    assert problems_of(configuration) == []
    said = [prompt for node in walked.nodes.values() for prompt in getattr(node, "prompts", ())]
    assert not [prompt for prompt in said if prompt.removeprefix("ru/") not in VOCABULARY["ru"]]


def test_the_design_names_every_colour_as_it_is() -> None:
    """Each variable of the theme, light and dark, in one row."""
    light, dark = (ROOT / "web" / "src" / "theme.ts").read_text().partition("light: {")[2].split("dark: {")
    schemes = [dict(re.findall(r"'(--k-[\w-]+)': '(#\w+)'", part)) for part in (light, dark)]
    assert schemes[0].keys() == schemes[1].keys()
    rows = re.findall(r"^\| `(--k-[\w-]+)` \| `(#\w+)` \| `(#\w+)` \|", (ROOT / "docs" / "design.md").read_text(), re.M)
    assert {name: (one, other) for name, one, other in rows} == {
        name: (schemes[0][name], schemes[1][name]) for name in schemes[0]
    }
