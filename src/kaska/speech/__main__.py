"""``python -m kaska.speech``: started by the installation when KASKA_SPEECH names a recogniser."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys

from kaska.kit.config import SettingsProblem, load
from kaska.kit.logging import configure
from kaska.speech.contract import SpeechProblem
from kaska.speech.process import Ears
from kaska.speech.recognisers import make


async def _run(ears: Ears) -> None:
    work = asyncio.current_task()
    assert work is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await ears.run()


def main() -> None:
    try:
        settings = load()
        recogniser = make(settings.speech)
    except (SettingsProblem, SpeechProblem) as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from None
    configure(settings.log_level)
    asyncio.run(_run(Ears(recogniser, settings.speech_socket)))


if __name__ == "__main__":
    main()
