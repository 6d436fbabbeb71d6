"""``kaska reports …``: what an operator of the machine does with the figures kept for reports."""

from __future__ import annotations

import asyncio
import sys

import typer

from kaska.kit.config import SettingsProblem, load

app = typer.Typer(help="The figures kept for reports.", no_args_is_help=True)


@app.callback()
def reports() -> None:
    """The figures kept for reports."""


@app.command()
def rebuild() -> None:
    """Count everything again from the first fact of the ledger. Reports grow in until it is done; nothing is lost."""
    from sqlalchemy.exc import DBAPIError

    from kaska.features.identity.public import Doors
    from kaska.features.reports.public import rebuild as count_again
    from kaska.host import postgres
    from kaska.kit.database import Database

    async def work() -> int:
        database = Database(postgres.urls(load()).app, pool_size=2)

        async def tenants() -> list[str]:
            async with database.system() as connection:
                return await Doors(connection).tenant_ids()

        try:
            return await count_again(database, tenants, _progress)
        finally:
            await database.close()

    try:
        read = asyncio.run(work())
    except SettingsProblem as problem:
        raise _fail(str(problem)) from None
    except (OSError, TimeoutError, DBAPIError) as problem:
        raise _fail(f"The database cannot be read: {problem}. Is it started? See: kaska status") from None
    typer.echo("\r\033[K" if sys.stderr.isatty() else "", nl=False, err=True)
    typer.echo(f"{read} facts counted")


def _progress(read: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{read} facts", nl=False, err=True)


def _fail(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(1)
