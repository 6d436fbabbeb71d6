"""The command ``kaska``: what an operator of the machine does. Each command says what it did and what to do next."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kaska import reports_cli, scenario_cli
from kaska.cli_audit import audit_command
from kaska.kit.config import Settings, SettingsProblem, load

if TYPE_CHECKING:
    from kaska.kit.database import Database  # not now: it costs a second, and most commands need none

Result = TypeVar("Result")

app = typer.Typer(
    help="Kaska, a contact centre in which no contact is lost.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(scenario_cli.app, name="scenario")
app.add_typer(reports_cli.app, name="reports")
app.command("audit")(audit_command)


def say(line: str) -> None:
    print(line, flush=True)


def fail(message: object) -> typer.Exit:
    """To be raised: shows the message and ends with exit code 1."""
    print(message, file=sys.stderr, flush=True)
    return typer.Exit(1)


def settings() -> Settings:
    try:
        return load()
    except SettingsProblem as problem:
        raise fail(problem) from None


@app.command()
def up() -> None:
    """Start PostgreSQL, Asterisk and the application, and keep them running. Returns when they are ready."""
    from kaska.host import operation

    chosen = settings()
    if not start(chosen):
        say(f"Kaska runs already: {operation.address(chosen)}  (see: kaska status; stop it: kaska down)")
        return
    say(f"Kaska is ready: {operation.address(chosen)}")
    show_first_administrator(chosen)


def show_first_administrator(chosen: Settings) -> None:
    """Makes and shows the first administrator of an empty installation."""
    from kaska.host import postgres

    if postgres.remembered(chosen, "inhabited"):
        return
    from kaska.features.identity.public import ensure_first_administrator

    administrator = with_database(chosen, ensure_first_administrator)
    postgres.remember(chosen, "inhabited", "yes\n")
    if administrator is not None:
        say("\nThe first administrator, shown this once; the password is to be changed at the first sign-in:")
        say(f"  login     {administrator.login}\n  password  {administrator.password}")


def start(chosen: Settings) -> bool:
    """False when it runs already."""
    from kaska.host import operation
    from kaska.host.whereabouts import PostgresUnusableError

    if operation.supervisor(chosen) is not None:
        return False
    say("Starting")
    try:
        return operation.up(chosen, say)
    except (operation.CannotStartError, PostgresUnusableError) as error:
        raise fail(error) from None


def with_database(chosen: Settings, work: Callable[[Database], Awaitable[Result]]) -> Result:
    """Do something once in the database, as the application."""
    from kaska.host import postgres
    from kaska.kit.database import Database

    async def once() -> Result:
        database = Database(postgres.urls(chosen).app, pool_size=1)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(once())


@app.command()
def down(
    wait: Annotated[float, typer.Option(help="Seconds that calls in progress may last; 0 ends them now.")] = 60.0,
) -> None:
    """Stop the application, then Asterisk when the calls in progress have ended, then PostgreSQL."""
    from kaska.host import operation

    if operation.down(settings(), say, calls_may_last=wait):
        say("Kaska is stopped")
    else:
        say("Kaska does not run")


@app.command()
def status() -> None:
    """Show each part, and what the application says about its health. Exit code 0 when all parts are ready."""
    from kaska.host import operation

    chosen = settings()
    found = operation.status(chosen)
    keeper = operation.supervisor(chosen)
    for part in found:
        state = "not running" if part.pid is None else "ready" if part.ready else "runs, does not answer"
        since = f"process {part.pid}, for {duration(part.running_seconds)}" if part.pid else ""
        say(f"  {part.title:<28}{state:<24}{since}")
    say(f"  {'Supervisor':<28}{'running' if keeper else 'not running':<24}{f'process {keeper.pid}' if keeper else ''}")
    show_health(operation.address(chosen), operation.health_report(chosen))
    if not all(part.ready for part in found):
        raise typer.Exit(1)


def show_health(address: str, report: dict[str, object]) -> None:
    """What the application says about its parts; nothing when it does not answer."""
    parts = report.get("parts")
    if not isinstance(parts, dict):
        return
    say(f"\n{address}/health")
    for name, part in parts.items():
        said = part if isinstance(part, dict) else {}
        say(f"  {name:<28}{'well' if said.get('ok') else 'not well':<24}{said.get('detail', '')}")


@app.command()
def migrate(
    wait: Annotated[float, typer.Option(help="Seconds to wait for the database to answer.")] = 30.0,
) -> None:
    """Bring the tables in the database to this version."""
    from kaska.host import postgres
    from kaska.host.processes import wait_until
    from kaska.kit.logging import configure
    from kaska.migrations.run import migrate_now

    chosen = settings()
    configure(chosen.log_level)
    if not postgres.external_url(chosen) and not wait_until(postgres.private_cluster(chosen).ready, wait):
        raise fail(f"PostgreSQL does not answer on port {chosen.postgres_port}. Is it started? See: kaska status")
    try:
        migrate_now(postgres.urls(chosen).owner)
    except OSError as error:
        raise fail(f"The database cannot be reached: {error}") from None


@app.command()
def verify(
    tenant: Annotated[str, typer.Option(help="One company; all when not given.")] = "",
    seal: Annotated[str, typer.Option(help="A seal of it that you noted earlier (or its beginning).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    language: Annotated[str, typer.Option(help="ru or en; that of the terminal when not given.")] = "",
) -> None:
    """Read the whole ledger: does every law hold, does every sealed day agree? Exit code 0; 1 if not; 2 if unread."""
    from sqlalchemy.exc import DBAPIError

    from kaska import proving

    chosen = settings()
    language = language or ("ru" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("ru") else "en")
    if language not in ("ru", "en"):
        raise typer.BadParameter("ru or en", param_hint="--language")
    if seal and not tenant:
        raise typer.BadParameter("a seal belongs to one company: name it with --tenant", param_hint="--seal")

    def progress(of: str, what: str, done: int, total: int) -> None:
        line = proving.said(what, language, tenant=of, done=done, total=total)
        print(f"\r{line}  " if sys.stderr.isatty() else line, end="" if sys.stderr.isatty() else "\n", file=sys.stderr)

    try:
        found = with_database(chosen, lambda database: proving.verify_tenants(database, tenant, seal, progress))
    except proving.NoSuchTenant:
        raise unread(f"There is no company “{tenant}”") from None
    except (OSError, TimeoutError, DBAPIError) as problem:
        raise unread(f"The database cannot be read: {problem}. Is it started? See: kaska status") from None
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    say(proving.as_json(found) if as_json else "\n".join(proving.as_lines(found, language)))
    if not all(verdict.agrees for verdict in found):
        raise typer.Exit(1)


def unread(message: str) -> typer.Exit:
    """To be raised: nothing could be checked, which is exit code 2."""
    print(message, file=sys.stderr, flush=True)
    return typer.Exit(2)


@app.command()
def demo(
    calls: Annotated[str, typer.Option(help="How many calls are alive at once, least-most.")] = "6-10",
    seconds: Annotated[float, typer.Option(help="End after so many seconds; 0 = at Ctrl-C.")] = 0.0,
) -> None:
    """Start everything with an invented company, and let virtual customers call in until Ctrl-C.

    What was not running before is stopped at the end.
    """
    from kaska.features.numbers.errors import TrunkNameTaken
    from kaska.features.publishing.demo_company import seed_demo_company
    from kaska.host import operation
    from kaska.host.ports import Port

    chosen = settings()
    tools = Path(__file__).parents[2] / "tools"
    if not (tools / "demo").is_dir():
        raise fail("The demo is only in a checkout of the project (tools/demo).")
    town = Port(5070, "the demo's telephone network", "", "127.0.0.2", "udp")
    if complaint := town.complaint():
        raise fail(complaint)
    started = start(chosen)
    try:
        try:
            with_database(chosen, lambda database: seed_demo_company(database, chosen.secrets_dir))
        except TrunkNameTaken:
            raise fail(
                "Another company of this installation has a trunk called “city”, as the demo company's must be called. "
                "Rename that one, or let the demo have an installation of its own: KASKA_STATE=some/directory make demo"
            ) from None
        code = run_demo(chosen, tools, ["--calls", calls, "--seconds", str(seconds)])
    finally:
        if started:
            say("Stopping")
            operation.down(chosen, say, calls_may_last=0)
    if code:
        raise typer.Exit(code)


def run_demo(chosen: Settings, tools: Path, options: list[str]) -> int:
    """The demo's exit code. Ctrl-C reaches it by itself, as it is in our group; a SIGTERM is handed on."""
    environment = {**os.environ, "PYTHONPATH": str(tools), "KASKA_STATE": str(chosen.root)}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(
        [sys.executable, "-m", "demo", *options],
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
    code = process.wait()
    return 0 if code in (0, 130, -signal.SIGINT) else code


@app.command()
def simulate(
    file: Annotated[Path, typer.Argument(help="Description of the day, JSON; the handbook shows its form.")],
    days: Annotated[int, typer.Option(min=1, max=1000, help="So many days, each with other callers.")] = 1,
    seed: Annotated[int, typer.Option(help="Of the first day; the same seed gives the same day.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Figures for a program instead of a table.")] = False,
    check: Annotated[bool, typer.Option(help="Check the laws of distribution after every event (slower).")] = False,
    language: Annotated[str, typer.Option(help="ru or en; by default that of the terminal.")] = "",
) -> None:
    """Simulate a day of a call centre with the very code that distributes live calls, and show its figures."""
    from kaska.simulator import description, report
    from kaska.simulator.notation import DescriptionProblem

    spoken = language or ("ru" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("ru") else "en")
    if spoken not in report.HEADS:
        raise fail(f"--language {spoken}: ru, en")
    try:
        described = description.read(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise fail(f"{file}: {error}") from None
    except DescriptionProblem as problem:
        raise fail(f"{file}: {problem.message(spoken)}") from None
    seen = report.Days(described, seed, days, check=check)
    if as_json:
        say(json.dumps(report.document(seen), ensure_ascii=False, indent=1))
    else:
        for line in report.lines(seen, spoken):
            say(line)
    if seen.broken:
        raise fail("\n".join(seen.broken[:20]))


def duration(seconds: float) -> str:
    """``3 d 4 h``, ``2 h 5 min``, ``7 min``, ``42 s``."""
    whole = int(seconds)
    days, hours, minutes = whole // 86_400, whole // 3600 % 24, whole // 60 % 60
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{whole} s"


if __name__ == "__main__":
    app()
