"""One process of an installation.

``KASKA_ROLES`` says what it does: ``engine`` (decides, talks to the switch, ships the journal, compares the books),
``jobs`` (keeps the projections, watches the figures for alerts), ``web`` (the page and the API). By default the engine
is a process of its own, and the process with the page asks it through its door (kaska.engine.door).

After a crash people wait on the line, so what telephones need is imported and started first; the database and the web
follow (kaska.services), which alone take most of the time that a start takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import structlog
import uvloop

from kaska.kit.config import Settings, SettingsProblem, load
from kaska.kit.logging import configure
from kaska.telephony import Telephony

if TYPE_CHECKING:
    from kaska.services import Services

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Returns after SIGTERM or SIGINT, with calls living on in the switch."""
    stop = asyncio.Event()
    with _signals(stop):
        telephony = Telephony(settings) if "engine" in settings.active_roles else None
        deciding = telephony.start() if telephony is not None else []
        services = await _services(settings, telephony)
        services.start()
        gc.freeze()  # what was imported and recovered stays: no collection need look at it again
        await stop.wait()
        log.info("stopping: calls live on in the switch")
        await services.stop_serving()
        if telephony is not None:
            await telephony.stop(deciding)
        await services.stop()
        if telephony is not None:
            await telephony.journal.aclose()


async def _services(settings: Settings, telephony: Telephony | None) -> Services:
    def imported() -> type[Services]:
        from kaska.services import Services

        return Services

    return (await asyncio.to_thread(imported))(settings, telephony)


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _settle_down() -> None:
    """Calls come first: what would make a call wait is done seldom and in small pieces.

    A full garbage collection walks over everything alive while nobody is answered; and a thread that computes gives the
    interpreter back after 5 ms unless told otherwise, which is as long as all the rest of answering takes.
    """
    gc.set_threshold(50_000, 20, 50)
    sys.setswitchinterval(0.0005)


def main() -> None:
    try:
        settings = load()
    except SettingsProblem as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from None
    configure(settings.log_level)
    _settle_down()
    uvloop.run(run(settings))


if __name__ == "__main__":
    main()
