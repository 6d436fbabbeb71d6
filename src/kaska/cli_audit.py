"""``kaska audit``: what a person says on the command line, and where the answer goes."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from kaska.audit import as_json
from kaska.audit.clock import Clock, zone_of_this_machine
from kaska.audit.figures import SHORT_S, TARGET_S
from kaska.audit.options import FORMATS, AuditProblem, Options, Price
from kaska.audit.run import Audit, audit
from kaska.audit.telling.wording import LANGUAGES
from kaska.core.counting.hole_words import number

MEGABYTE = 1 << 20


def audit_command(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Logs of any telephone system; also packed (gz).")
    ],
    format_: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "auto",
    timezone: Annotated[str, typer.Option(help="Of the log's times and of the report; default: this machine's.")] = "",
    since: Annotated[
        str, typer.Option(help="Contacts that came at this time or later: 2024-03-01 or with a time.")
    ] = "",
    until: Annotated[str, typer.Option(help="Contacts that came before this time; the time itself is not in it.")] = "",
    as_json_: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a page.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a PDF document.")] = None,
    map_: Annotated[
        str,
        typer.Option(
            "--map",
            help="Columns of a CSV: arrival=COL,answered=COL,wait=COL,talk=COL,agent=COL,"
            "caller=COL,outcome=COL:value=meaning,…",
        ),
    ] = "",
    profile: Annotated[str, typer.Option(help="Name or file: keep the columns there, or use those kept.")] = "",
    language: Annotated[str, typer.Option(help="ru or en.")] = "ru",
    target: Annotated[float, typer.Option(help="Seconds within which a caller should be answered.")] = TARGET_S,
    short: Annotated[float, typer.Option(help="Who hangs up within so many seconds hung up at once.")] = SHORT_S,
    price_per_lost: Annotated[float | None, typer.Option(help="What a lost contact costs.")] = None,
    conversion: Annotated[
        float | None, typer.Option(help="With --margin: sales per contact, 0.37 or 37%% as 0.37.")
    ] = None,
    margin: Annotated[float | None, typer.Option(help="With --conversion: what a sale earns.")] = None,
    currency: Annotated[str, typer.Option(help="How money is written.")] = "₽",
    month_first: Annotated[bool, typer.Option("--month-first", help="03/04/2024 is the 4th of March.")] = False,
    agent: Annotated[
        list[str] | None, typer.Option(metavar="WRITTEN=NAME", help="An agent's name as it shall be shown; repeatable.")
    ] = None,
) -> None:
    """Audit any telephone system from its logs: what was lost, what became of it, what it costs.

    Needs no telephony and no database.
    """  # fmt: skip
    try:
        if language not in LANGUAGES:
            raise AuditProblem(f"--language: one of {', '.join(LANGUAGES)}")
        price = _price(price_per_lost, conversion, margin, currency, language)
        options = _options(
            files, format_, timezone, since, until, target, short, map_, profile, month_first, agent or []
        )
        found = audit(options, _Progress(files))
        _say(found, options, as_json_, html, pdf, language, price)
    except AuditProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None


def _options(
    files: Sequence[Path], format_: str, timezone: str, since: str, until: str, target: float, short: float,
    mapping: str, profile: str, month_first: bool, agents: Sequence[str],
) -> Options:  # fmt: skip
    if format_ not in FORMATS:
        raise AuditProblem(f"--format: one of {', '.join(FORMATS)}")
    try:
        zone = ZoneInfo(timezone or zone_of_this_machine())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise AuditProblem(f"--timezone: there is no time zone “{timezone}”; one is Europe/Moscow") from None
    clock = Clock(zone, time.time(), month_first=month_first)
    names = dict(_pair(one) for one in agents)
    return Options(
        tuple(files), zone, time.time(), format_ if not mapping else "csv", _moment(clock, "--since", since),
        _moment(clock, "--until", until), target, short, mapping, profile, month_first, names,
    )  # fmt: skip


def _pair(written: str) -> tuple[str, str]:
    left, equals, right = written.partition("=")
    if not equals or not left.strip() or not right.strip():
        raise AuditProblem(f"--agent: “{written}” is not of the form WRITTEN=NAME")
    return left.strip(), right.strip()


def _moment(clock: Clock, name: str, written: str) -> float | None:
    if not written:
        return None
    at = clock.read(written)
    if at is None:
        raise AuditProblem(f"{name}: “{written}” is no date or time; write it as 2024-03-01 or 2024-03-01 09:00")
    return at


def _price(
    per_lost: float | None, conversion: float | None, margin: float | None, currency: str, language: str
) -> Price:
    if per_lost is None and conversion is None and margin is None:
        return Price(None, currency)
    reckoned = ""
    if per_lost is None:
        if conversion is None or margin is None:
            raise AuditProblem("--conversion and --margin go together")
        if not 0 <= conversion <= 1:
            raise AuditProblem("--conversion is a share from 0 to 1")
        per_lost = conversion * margin
        words = ("КПД", "маржа") if language == "ru" else ("conversion", "margin")
        reckoned = f"{words[0]} {number(conversion, language, 2)} × {words[1]} {number(margin, language)} = "
    what = "Цена потерянного обращения" if language == "ru" else "Price of a lost contact"
    return Price(per_lost, currency, f"{what}: {reckoned}{number(per_lost, language)} {currency}.")


def _say(
    found: Audit, options: Options, as_json_: bool, html: Path | None, pdf: Path | None, language: str, price: Price
) -> None:
    for line in found.reading.said:
        typer.echo(line, err=True)
    if as_json_:
        typer.echo(as_json.written(found))
    if as_json_ and html is None and pdf is None:
        return
    from kaska.audit.telling import report, text

    told = report.report(found, language, price)
    if html is not None:
        from kaska.audit.telling import html as page

        try:
            html.write_text(page.painted(told), encoding="utf-8")
        except OSError as error:
            raise AuditProblem(str(error)) from None
        typer.echo(str(html), err=True)
    if pdf is not None:
        from kaska.audit.telling import pdf as document

        document.written(told, pdf)
        typer.echo(str(pdf), err=True)
    if not as_json_ and html is None and pdf is None:
        typer.echo(text.painted(told), nl=False)


class _Progress:
    """Says on a terminal how much was read; nothing anywhere else."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._all = sum(path.stat().st_size for path in files if path.exists())
        self._read = self._shown = 0
        self._terminal = sys.stderr.isatty()

    def __call__(self, size: int) -> None:
        self._read += size
        if self._terminal and self._read - self._shown >= 16 * MEGABYTE:
            self._shown = self._read
            typer.echo(f"\r{self._read // MEGABYTE} / {self._all // MEGABYTE} MB", err=True, nl=False)
