"""Compiles the core and the simulator with mypyc into STATE/native: a copy of the product for long simulations.

Use it with ``PYTHONPATH=STATE/native``. The pure Python in src/ stays the source and is what takes live calls: classes
compiled by mypyc forget the types of their fields, by which the engine reads its snapshots.

mypyc leaves the ``__init__`` of a dataclass to the interpreter, and making facts is much of what the core does; so in
the copy each dataclass gets its ``__init__`` written out. Needs mypy and a C compiler.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

from kaska.kit.config import Settings

SOURCE = Path(__file__).parents[2] / "src" / "kaska"
ROOMS = ("core", "simulator")
FROZEN = "kaska.core.frozen"


def main() -> int:
    whole = Settings().root / "native"
    target = whole.with_name("native.building")
    for old in (whole, target):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(SOURCE, target / "kaska", ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    modules = sorted(
        file for room in ROOMS for file in (target / "kaska" / room).rglob("*.py") if file.name != "__init__.py"
    )
    for module in modules:
        module.write_text(written_out(module.read_text()))
    (target / "kaska/core/frozen.py").unlink()
    modules.remove(target / "kaska/core/frozen.py")
    mypyc = Path(sys.executable).with_name("mypyc")
    names = [str(module.relative_to(target)) for module in modules]
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "MYPYPATH")}
    done = subprocess.run([mypyc, *names], cwd=target, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)
        shutil.rmtree(target)
        return 1
    shutil.rmtree(target / "build", ignore_errors=True)
    target.rename(whole)
    print(f"Compiled: PYTHONPATH={whole} kaska simulate …")
    return 0


def written_out(source: str) -> str:
    """The module with the ``__init__`` of each dataclass written out; unchanged when it has none."""
    tree = ast.parse(source)
    found = [(cls, made) for cls in ast.walk(tree) if isinstance(cls, ast.ClassDef) for made in _made(cls)]
    if not found:
        return source
    for cls, (index, frozen) in found:
        cls.decorator_list[index] = _expression(f"dataclasses.dataclass(init=False, unsafe_hash={frozen})")
        after = any(isinstance(node, ast.FunctionDef) and node.name == "__post_init__" for node in cls.body)
        cls.body.append(_init([node for node in cls.body if isinstance(node, ast.AnnAssign)], after=after))
    tree.body = [node for node in tree.body if not (isinstance(node, ast.ImportFrom) and node.module == FROZEN)]
    after_future = 1 + next(index for index, node in enumerate(tree.body) if isinstance(node, ast.ImportFrom))
    tree.body.insert(after_future, ast.Import([ast.alias("dataclasses")]))
    return ast.unparse(ast.fix_missing_locations(tree))


def _made(cls: ast.ClassDef) -> list[tuple[int, bool]]:
    """Where among its decorators it is made a dataclass, and whether a frozen one."""
    return [
        (index, any(keyword.arg == "frozen" for keyword in decorator.keywords))
        for index, decorator in enumerate(cls.decorator_list)
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "dataclass"
    ]


def _init(fields: list[ast.AnnAssign], *, after: bool) -> ast.FunctionDef:
    parameters, body = ["self"], []
    for field in fields:
        name, type_ = ast.unparse(field.target), ast.unparse(field.annotation)
        factory = _factory(field.value)
        if factory:
            parameters.append(f"{name}: {type_} | None = None")
            body.append(f"self.{name} = {name} if {name} is not None else ({factory})()")
        else:
            default = f" = {ast.unparse(field.value)}" if field.value is not None else ""
            parameters.append(f"{name}: {type_}{default}")
            body.append(f"self.{name} = {name}")
    if after:
        body.append("self.__post_init__()")
    text = f"def __init__({', '.join(parameters)}) -> None:\n" + "".join(f"    {line}\n" for line in body or ["pass"])
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    return function


def _factory(value: ast.expr | None) -> str:
    """What makes the default anew for each object, as code; "" when nothing does."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "field":
        return next(ast.unparse(keyword.value) for keyword in value.keywords if keyword.arg == "default_factory")
    return ""


def _expression(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


if __name__ == "__main__":
    sys.exit(main())
