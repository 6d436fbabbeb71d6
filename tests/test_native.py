"""What `make native` compiles: dataclasses with their ``__init__`` written out, which behave as before."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from setup.native import written_out

CORE = Path(__file__).parents[1] / "src/kaska/core"
EXAMPLE = '''"""An example."""

from __future__ import annotations

from dataclasses import dataclass, field

from kaska.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Who waits."""

    name: str
    waiting: list[str] = field(default_factory=lambda: ["first"])
    open: bool = True

    def __post_init__(self) -> None:
        self.waiting.append(self.name)
'''


def _run(source: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("written_out_example")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(source, module.__name__, "exec"), module.__dict__)
    return module


def test_a_dataclass_is_made_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    line = _run(written_out(EXAMPLE), monkeypatch).Line
    assert line("a").waiting == ["first", "a"]
    assert line("a").waiting is not line("a").waiting
    assert line("b", [], open=False).waiting == ["b"]
    assert repr(line("b", [], False)) == "Line(name='b', waiting=['b'], open=False)"
    assert line("a") == line("a") != line("c")


@pytest.mark.parametrize(
    "name", ["facts/talk.py", "facts/debts.py", "events/switch.py", "commands.py", "contacts/contact.py", "state.py"]
)
def test_every_class_of_the_core_keeps_its_fields(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (CORE / name).read_text()
    before, after = _run(source, monkeypatch), _run(written_out(source), monkeypatch)
    made = [one for one in vars(before).values() if getattr(one, "__module__", "") == "written_out_example"]
    classes = [one for one in made if isinstance(one, type) and hasattr(one, "__dataclass_fields__")]
    assert classes
    for cls in classes:
        same = getattr(after, cls.__name__)
        values = {field: f"value of {field}" for field in cls.__dataclass_fields__}
        assert repr(same(**values)) == repr(cls(**values))


def test_a_module_without_dataclasses_stays_as_it_is() -> None:
    source = (CORE / "turn.py").read_text()
    assert written_out(source) == source
