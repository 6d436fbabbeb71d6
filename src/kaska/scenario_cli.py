"""``kaska scenario``: scenarios as files, judged without a running installation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kaska.kit.config import SettingsProblem, load

if TYPE_CHECKING:
    from kaska.core.scenarios.linter import Finding, Ground

app = typer.Typer(help="Scenarios as files.", no_args_is_help=True)

_GRADES = {"error": ("ОШИБКА", "ERROR"), "warning": ("внимание", "warning"), "advice": ("совет", "advice")}


@app.callback()
def scenario() -> None:
    """Scenarios as files."""


@app.command()
def lint(
    file: Annotated[Path, typer.Argument(help="A scenario or a whole configuration as JSON.")],
    language: Annotated[str, typer.Option(help="ru or en.")] = "ru",
) -> None:
    """Judge a scenario by good practice. Exit code 1 when there are errors, 2 when the file cannot be read."""
    from kaska.core.scenarios.linter import Severity
    from kaska.core.scenarios.linter import lint as judge

    if language not in ("ru", "en"):
        raise typer.BadParameter("ru or en", param_hint="--language")
    found = judge(_ground(file, language))
    for finding in found:
        typer.echo(_told(finding, language))
    errors = sum(finding.rule.severity is Severity.ERROR for finding in found)
    typer.echo(_sum(len(found), errors, language))
    if errors:
        raise typer.Exit(1)


def _ground(file: Path, language: str) -> Ground:
    from kaska.features.scenarios.public import ground_for
    from kaska.ledger.codec import configuration_from_document, scenario_from_document
    from kaska.ledger.notation import NotationError

    try:
        folder = load().root / "prompts"
    except SettingsProblem:
        folder = Path("/nonexistent")
    document = _read(file, language)
    try:
        if "scenarios" in document:
            configuration = configuration_from_document(document)
            return ground_for(configuration.scenarios, configuration.queues, folder)
        document = document.get("draft", document)
        if not isinstance(document, dict):
            raise NotationError(("draft",), "Expected `object`")
        one = scenario_from_document({"id": file.stem, "version": 0, **document})
    except NotationError as problem:
        raise _unreadable(file, str(problem), language) from None
    return ground_for({one.id: one}, None, folder)


def _read(file: Path, language: str) -> dict[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise _unreadable(file, problem.strerror or str(problem), language) from None
    except UnicodeDecodeError as problem:
        raise _unreadable(file, f"UTF-8: {problem.reason}, byte {problem.start}", language) from None
    except json.JSONDecodeError as problem:
        place = (
            f"line {problem.lineno}, column {problem.colno}"
            if language == "en"
            else f"строка {problem.lineno}, столбец {problem.colno}"
        )
        raise _unreadable(file, f"{place}: {problem.msg}", language) from None
    except RecursionError:
        raise _unreadable(file, "JSON is too deep", language) from None
    if not isinstance(document, dict):
        raise _unreadable(file, "Expected `object`", language)
    return document


def _unreadable(file: Path, problem: str, language: str) -> typer.Exit:
    said = "cannot be read" if language == "en" else "не читается"
    typer.echo(f"{file} {said}: {problem}", err=True)
    return typer.Exit(2)


def _told(finding: Finding, language: str) -> str:
    place = f"{finding.scenario}/{finding.node}" if finding.node else finding.scenario
    grade = _GRADES[finding.rule.severity][language == "en"]
    return f"{grade:<8}  {place}  [{finding.rule.name}]\n    {finding.text(language)}\n    {finding.reason(language)}"


def _sum(found: int, errors: int, language: str) -> str:
    if not found:
        return "Nothing to improve." if language == "en" else "Замечаний нет."
    if language == "en":
        return f"\nFindings: {found}, of them errors: {errors}."
    return f"\nЗамечаний: {found}, из них ошибок: {errors}."
