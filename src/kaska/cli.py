"""The command ``kaska``: what an operator of the machine does. Each command says what it did and what to do next."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from pydantic import ValidationError

from kaska.kit.config import Settings

app = typer.Typer(
    help="Kaska, a contact centre in which no contact is lost.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def say(line: str) -> None:
    print(line, flush=True)


def fail(message: object) -> typer.Exit:
    """To be raised: shows the message and ends with exit code 1."""
    print(message, file=sys.stderr, flush=True)
    return typer.Exit(1)


def settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"  KASKA_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()]
        raise fail("\n".join(["These settings cannot be used:", *lines])) from None


@app.command()
def up() -> None:
    """Start PostgreSQL, Asterisk and the application, and keep them running. Returns when they are ready."""
    from kaska.host import operation
    from kaska.host.whereabouts import PostgresUnusableError

    chosen = settings()
    say("Starting")
    try:
        started = operation.up(chosen, say)
    except (operation.CannotStartError, PostgresUnusableError) as error:
        raise fail(error) from None
    if not started:
        say(f"Kaska runs already: {operation.address(chosen)}  (see: kaska status; stop it: kaska down)")
        return
    say(f"Kaska is ready: {operation.address(chosen)}")


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
        say(f"  {part.title:<16}{state:<24}{since}")
    say(f"  {'Supervisor':<16}{'running' if keeper else 'not running':<24}{f'process {keeper.pid}' if keeper else ''}")
    if report := operation.health_report(chosen):
        say(f"\n{operation.address(chosen)}/health")
        for name, value in report.items():
            say(f"  {name:<16}{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    if not all(part.ready for part in found):
        raise typer.Exit(1)


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
