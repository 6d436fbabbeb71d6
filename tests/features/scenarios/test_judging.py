"""What the linter finds, in the editor's words."""

from __future__ import annotations

import pytest

from kaska.core.scenarios.graph import Finish, Menu, Scenario
from kaska.core.scenarios.linter import Finding, Ground, lint
from kaska.features.scenarios.judging import told

MENU = Menu(("ru/menu",), {"1": "", "0": "bye"}, "")
SCENARIOS = {"main": Scenario("main", 1, "menu", {"menu": MENU, "bye": Finish(("ru/goodbye",))})}


def hang_ups() -> list[Finding]:
    found = lint(Ground(SCENARIOS, None, None, {}), ["main"])
    return [one for one in found if "way" in one.values]


@pytest.mark.parametrize(("language", "said"), [("ru", ["«1»", "«не выбрал»"]), ("en", ["“1”", "“no choice”"])])
def test_ways_are_named_as_on_the_screen(language: str, said: list[str]) -> None:
    texts = [told(one, SCENARIOS, language) for one in hang_ups()]
    assert [any(word in text for text in texts) for word in said] == [True, True]
    assert not any("otherwise" in text or "choices" in text for text in texts)
