"""Audits of texts, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kaska.audit.as_json import document
from kaska.audit.options import Options
from kaska.audit.run import Audit, audit

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = 1_767_225_600.0
"""2026-01-01"""
SAMPLES = Path(__file__).parent / "samples"


def audited(*files: Path, **options: Any) -> Audit:
    """With the sum checked that holds for every audit: rows = rows in contacts + rows left out."""
    found = audit(Options(files, **{"zone": MOSCOW, "now": NOW, **options}))
    assert found.reading.rows == found.figures.rows + found.reading.left_out.rows
    return found


def figures(*files: Path, **options: Any) -> dict[str, Any]:
    return document(audited(*files, **options))


def written(directory: Path, text: str | bytes, name: str = "log") -> Path:
    file = directory / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def left_out(found: dict[str, Any]) -> dict[str, int]:
    return {one["reason"]: one["rows"] for one in found["left_out"]}
