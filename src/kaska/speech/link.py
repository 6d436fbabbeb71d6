"""The engine's side: orders to the process with the recogniser, and what it understood.

Nothing here ever holds a call up: while there is no such process, or none any more, a caller uses keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from kaska.speech.wording import LONGEST_LINE, Failed, Hear, Heard, Stop, line, read_news

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0
MOST_UNSENT = 1024 * 1024
"""bytes: a process that takes no orders is as good as none"""


class SpeechLink:
    """``on_text`` and ``on_failure`` are given the ear, and the text or the reason."""

    def __init__(self, path: Path, on_text: Callable[[str, str], None], on_failure: Callable[[str, str], None]) -> None:
        self._path = path
        self._on_text = on_text
        self._on_failure = on_failure
        self._writer: asyncio.StreamWriter | None = None
        self._ears: set[str] = set()

    @property
    def is_there(self) -> bool:
        return self._writer is not None

    def hear(self, ear: str, url: str, language: str, words: tuple[str, ...]) -> None:
        """Raises ConnectionError when there is no recogniser."""
        if self._writer is None or self._writer.transport.get_write_buffer_size() > MOST_UNSENT:
            raise ConnectionError("there is no recogniser")
        self._ears.add(ear)
        self._writer.write(line(Hear(ear, url, language, words)))

    def stop(self, ear: str) -> None:
        if ear in self._ears:
            self._ears.discard(ear)
            if self._writer is not None:
                self._writer.write(line(Stop(ear)))

    async def run(self) -> None:
        """Connects again and again until cancelled."""
        while True:
            try:
                reader, self._writer = await asyncio.open_unix_connection(str(self._path), limit=LONGEST_LINE)
            except OSError:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            log.info("the recogniser is there")
            try:
                async for text in reader:
                    self._told(text)
            except (OSError, ValueError) as problem:
                log.warning("the recogniser's line is broken", problem=repr(problem))
            finally:
                self._writer.close()
                self._writer = None
                lost, self._ears = self._ears, set()
                for ear in lost:
                    self._on_failure(ear, "the recogniser has gone")
            await asyncio.sleep(PAUSE_SECONDS)

    def _told(self, text: bytes) -> None:
        news = read_news(text)
        if news.ear not in self._ears:
            return
        if isinstance(news, Heard):
            self._on_text(news.ear, news.text)
        elif isinstance(news, Failed):
            self._ears.discard(news.ear)
            self._on_failure(news.ear, news.reason)
