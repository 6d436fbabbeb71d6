"""Values of the fields that a project's cards have: what fits, how it is written. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from kaska.features.customers.errors import FieldsMissing, UnknownField, WrongFieldValue
from kaska.features.customers.schemas import CustomField
from kaska.features.customers.words import fold

Key = tuple[str, str]
"""(project, field)"""
Given = bool | str | float

LONGEST_VALUE = 500
YES = frozenset({"1", "да", "yes", "true", "vip", "+", "y", "д"})
NO = frozenset({"", "0", "нет", "no", "false", "-", "n", "н"})


def written(
    known: Mapping[Key, CustomField],
    before: Mapping[str, Mapping[str, Any]],
    given: Mapping[str, Mapping[str, Given | None]],
    *,
    whole: bool,
    language: str,
) -> dict[str, dict[str, Any]]:
    """A card's values {project: {field: value}} after ``given`` was written; None and "" take a value off.

    ``whole``: each project that is written to must then have all that it requires.

    :raises UnknownField, WrongFieldValue, FieldsMissing:
    """
    after = {project: dict(values) for project, values in before.items()}
    for project, values in given.items():
        mine = after.setdefault(project, {})
        for name, value in values.items():
            field = known.get((project, name))
            if value is None or value == "":
                mine.pop(name, None)
            elif field is None:
                raise UnknownField(field=name, fields={f"custom.{project}.{name}": "unknown"})
            elif not fits(field, value) and mine.get(name) != value:
                raise WrongFieldValue(field=field.called(language), fields={f"custom.{project}.{name}": "wrong"})
            else:
                mine[name] = value
        missing = [field for (of, name), field in known.items() if of == project and _lacks(field, mine.get(name))]
        if whole and values and missing:
            raise FieldsMissing(
                titles=", ".join(one.called(language) for one in missing),
                fields={f"custom.{project}.{one.id}": "missing" for one in missing},
            )
    return {project: values for project, values in after.items() if values}


def _lacks(field: CustomField, value: Given | None) -> bool:
    return field.required and not field.archived and value is None


def fits(field: CustomField, value: Given) -> bool:
    """Whether a value is of a field's kind; dates are written 2026-12-31."""
    if field.kind == "yes_no":
        return isinstance(value, bool)
    if field.kind == "number":
        return isinstance(value, float) and isfinite(value)
    if not isinstance(value, str) or len(value) > LONGEST_VALUE or "\x00" in value:
        return False
    if field.kind == "choice":
        return value in field.choices
    if field.kind == "date":
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    return True


def read_cell(field: CustomField, cell: str) -> Given | None:
    """What somebody wrote into a table or said in a script, as a value; None when it does not fit."""
    value: Given | None = cell
    if field.kind == "yes_no":
        value = fold(cell) in YES if fold(cell) in YES | NO else None
    elif field.kind == "number":
        value = _number(cell)
    elif field.kind == "date":
        value = _date(cell)
    elif field.kind == "choice":
        value = next((one for one in field.choices if fold(one) == fold(cell)), None)
    return value if value is not None and fits(field, value) else None


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", ".").replace(" ", "").replace("\N{NO-BREAK SPACE}", ""))
    except ValueError:
        return None


def _date(cell: str) -> str | None:
    for written in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(cell.strip(), written).date().isoformat()
        except ValueError:
            continue
    return None


def cell_of(value: Given | None, language: str) -> str:
    """A value as it stands in a table; ``read_cell`` reads it again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return (("нет", "да"), ("no", "yes"))[language == "en"][value]
    if isinstance(value, float | int):
        plain = f"{value:.15g}"
        return plain if language == "en" else plain.replace(".", ",")
    return value
