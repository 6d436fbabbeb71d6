"""Hearing that the ledger grew, also when another process ships."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from kaska.kit.database import Database
from kaska.ledger.shipper import CHANNEL

log = structlog.get_logger(__name__)

RETRY_SECONDS = 2.0


async def listen(database: Database, on_grown: Callable[[frozenset[str]], object]) -> None:
    """Calls ``on_grown`` with the tenants whose ledger grew, until cancelled; with none after each (re)connection,
    for what may have been missed. Holds one connection of the pool.
    """
    while True:
        try:
            await _listen_once(database, on_grown)
        except Exception as error:
            log.warning("ledger_not_heard", error=f"{type(error).__name__}: {error}")
        await asyncio.sleep(RETRY_SECONDS)


async def _listen_once(database: Database, on_grown: Callable[[frozenset[str]], object]) -> None:
    gone = asyncio.Event()

    def heard(_connection: object, _process: int, _channel: str, tenant: object) -> None:
        on_grown(frozenset({str(tenant)}))

    async with database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.add_termination_listener(lambda _connection: gone.set())
        await driver.add_listener(CHANNEL, heard)
        try:
            on_grown(frozenset())
            await gone.wait()
        finally:
            if not driver.is_closed():
                await driver.remove_listener(CHANNEL, heard)
            await connection.invalidate()
