"""An audit in a process of its own, with limits: whatever stands in a file, only this process can be hurt by it.

``python -m kaska.audit.apart look DIR`` prints what the files are; ``count DIR`` counts them and writes result.json and
the reports. DIR holds job.json (see ``_options``). Each line of the output is a JSON object: {"done": bytes read},
{"looked": …}, {"problem": {"ru", "en"}} or {"counted": true}.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kaska.audit import as_json
from kaska.audit.clock import Clock
from kaska.audit.options import AuditProblem, Options, Price
from kaska.audit.preview import look
from kaska.audit.readers.mapping import Mapping
from kaska.audit.run import Audit, audit
from kaska.audit.shapes import Circle, Picture, Polygon
from kaska.audit.staffing import evidence_of, week_of
from kaska.audit.telling import html, pdf
from kaska.audit.telling.blocks import Block, Heading, Key, Paragraph, Report, Shown, Table
from kaska.audit.telling.report import report
from kaska.audit.telling.wording import LANGUAGES
from kaska.core.counting.closing import closings
from kaska.core.counting.colander import Worth
from kaska.core.counting.hole_words import number
from kaska.core.counting.holes import Place
from kaska.core.counting.picture import document

EVERY_S = 0.5
NOT_IN_LOGS = frozenset({Place.CLOSED_HOURS, Place.PUT_THROUGH, Place.CALLBACK})
"""places that no foreign log tells of"""
TOO_MUCH = {
    "ru": "Для подсчёта не хватило памяти. Разделите журнал на части поменьше, например по месяцам.",
    "en": "Counting took too much memory. Cut the log into smaller parts, for instance by months.",
}


def main() -> int:
    task, directory = sys.argv[1], Path(sys.argv[2])
    job: dict[str, Any] = json.loads((directory / "job.json").read_text())
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"]))
    try:
        if task == "look":
            clock = Clock(ZoneInfo(job["timezone"]), time.time())
            _say({"looked": [look(directory / file, clock) for file in job["files"]]})
        else:
            _count(directory, job)
            _say({"counted": True})
    except AuditProblem as problem:
        _say({"problem": {"ru": problem.russian, "en": str(problem)}})
        return 1
    except MemoryError:
        _say({"problem": TOO_MUCH})
        return 1
    return 0


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201 - the parent reads it


def _options(directory: Path, job: dict[str, Any]) -> Options:
    columns, meanings = job["columns"], job["meanings"]
    mapping = Mapping({name: tuple(one) for name, one in columns.items()}, meanings) if columns else ""
    return Options(
        tuple(directory / file for file in job["files"]), ZoneInfo(job["timezone"]), time.time(), job["format"],
        job["since"], job["until"], job["target_s"], job["short_s"], mapping, month_first=job["month_first"],
    )  # fmt: skip


def _count(directory: Path, job: dict[str, Any]) -> None:
    found = audit(_options(directory, job), _Progress())
    worth = Worth(per_lost=job["per_lost"], conversion=job["conversion"], margin=job["margin"])
    reports = {}
    for language in LANGUAGES:
        told = report(found, language, _price(worth, job["currency"], language))
        (directory / f"report.{language}.html").write_text(html.painted(told), encoding="utf-8")
        pdf.written(told, directory / f"report.{language}.pdf")
        reports[language] = _plain(told)
    result = {
        "figures": as_json.document(found),
        "colander": _colander(found, worth, job["currency"]),
        "reports": reports,
    }
    (directory / "result.json").write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


def _price(worth: Worth, currency: str, language: str) -> Price:
    if worth.price is None:
        return Price(None, currency)
    what = "Цена потерянного обращения" if language == "ru" else "Price of a lost contact"
    return Price(worth.price, currency, f"{what}: {number(worth.price, language)} {currency}.")


def _colander(found: Audit, worth: Worth, currency: str) -> dict[str, Any]:
    counted = found.figures.colander()
    for leak in counted.leaks.values():
        leak.money = None if worth.price is None else leak.contacts * worth.price
    unknown = set(NOT_IN_LOGS)
    if not found.reading.announcements_told:
        unknown.add(Place.MENU)
    clock = found.reading.clock
    advice = closings(evidence_of(found.figures, week_of(found.figures, clock), clock))
    return document(counted, advice, currency=currency, unknown=unknown)


def _plain(told: Report) -> dict[str, Any]:
    return {
        "title": told.title,
        "subtitle": told.subtitle,
        "footer": told.footer,
        "blocks": [_block(block) for block in told.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text}
    if isinstance(block, Key):
        return {"kind": "key", "rows": [list(one) for one in block.figures]}
    if isinstance(block, Table):
        return {"kind": "table", "columns": list(block.columns), "rows": [list(row) for row in block.rows]}
    return _shown(block)


def _shown(block: Shown) -> dict[str, Any]:
    picture: Picture | None = None if block.name == "colander" else block.picture
    shapes = []
    for shape in picture.shapes if picture else ():
        kind = "polygon" if isinstance(shape, Polygon) else "circle" if isinstance(shape, Circle) else "text"
        shapes.append({"shape": kind, **asdict(shape)})
    size = {"width": picture.width, "height": picture.height, "text": picture.title} if picture else {}
    return {"kind": block.name or "picture", "rows": [[line] for line in block.words], "shapes": shapes, **size}


class _Progress:
    """Tells the parent now and then how many bytes were read."""

    def __init__(self) -> None:
        self._read = 0
        self._told = 0.0

    def __call__(self, size: int) -> None:
        self._read += size
        if (now := time.monotonic()) - self._told >= EVERY_S:
            self._told = now
            _say({"done": self._read})


if __name__ == "__main__":
    sys.exit(main())
