"""What the running switch says on its own control socket, as to somebody at its console."""

from __future__ import annotations

import asyncio
import contextlib

from kaska.asterisk.connection import SwitchAwayError
from kaska.asterisk.places import Places
from kaska.kit.config import Settings

PATIENCE_SECONDS = 5.0
_ONCE = b"cli quit after "


async def ask(settings: Settings, command: str) -> str:
    """The answer to one command, with the line in front of it that names the switch.

    :raises SwitchAwayError: when there is no switch, or it does not answer in time.
    """
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_unix_connection(Places.of(settings).run / "asterisk.ctl")
            writer.write(_ONCE + command.encode() + b"\0")
            return (await reader.read(-1)).decode("utf-8", "replace").replace("\0", "")
    except (OSError, TimeoutError) as problem:
        raise SwitchAwayError(f"the switch does not answer on its control socket: {problem!r}") from problem
    finally:
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
