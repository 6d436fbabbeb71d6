"""The process with the recogniser and the engine's link to it, over a real socket and a real WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.speech.test_recognisers import sound
from websockets.asyncio.server import ServerConnection, serve

from kaska.speech.contract import Listening, Recogniser
from kaska.speech.link import SpeechLink
from kaska.speech.process import Ears
from kaska.speech.recognisers import make

CALLER = sound(650, 1.0)


class Talk:
    """The engine's side; ``caller`` serves one caller's sound as the switch does."""

    def __init__(self, path: Path) -> None:
        self.told: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self.link = SpeechLink(
            path,
            lambda ear, text: self.told.put_nowait((ear, text)),
            lambda ear, reason: self.told.put_nowait((ear, f"failed: {reason}")),
        )
        self.here, self.gone = asyncio.Event(), asyncio.Event()
        self.url = ""

    async def caller(self, wire: ServerConnection) -> None:
        self.here.set()
        await wire.send("MEDIA_START")
        for start in range(0, len(CALLER), 640):
            await wire.send(CALLER[start : start + 640])
        await wire.wait_closed()
        self.gone.set()

    def hear(self, ear: str = "k-1-e1", language: str = "ru") -> None:
        self.link.hear(ear, self.url, language, ("продажи",))

    async def next(self) -> tuple[str, str]:
        async with asyncio.timeout(10):
            return await self.told.get()


async def until_there(link: SpeechLink, *, there: bool = True) -> None:
    async with asyncio.timeout(10):
        while link.is_there is not there:  # noqa: ASYNC110 — nobody is told of it
            await asyncio.sleep(0.01)


@asynccontextmanager
async def talking(path: Path, recogniser: Recogniser) -> AsyncIterator[tuple[Talk, asyncio.Task[None]]]:
    talk = Talk(path)
    process = asyncio.create_task(Ears(recogniser, path).run())
    link = asyncio.create_task(talk.link.run())
    async with serve(talk.caller, "127.0.0.1", 0) as server:
        talk.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/media/x"
        try:
            await until_there(talk.link)
            yield talk, process
        finally:
            link.cancel()
            process.cancel()
            await asyncio.gather(link, process, return_exceptions=True)


async def test_what_a_caller_says_is_told_until_he_is_listened_to_no_longer(tmp_path: Path) -> None:
    async with talking(tmp_path / "speech.sock", make("tones:650=продажи")) as (talk, _):
        talk.hear()
        assert await talk.next() == ("k-1-e1", "продажи")
        talk.link.stop("k-1-e1")
        async with asyncio.timeout(5):
            await talk.gone.wait()


async def test_a_caller_who_cannot_be_heard_is_told_of(tmp_path: Path) -> None:
    async with talking(tmp_path / "speech.sock", make("tones:650=продажи")) as (talk, _):
        talk.url = "ws://127.0.0.1:1/media/x"
        talk.hear()
        ear, reason = await talk.next()
        assert ear == "k-1-e1"
        assert reason.startswith("failed: ")


class Broken:
    """Knows Russian only, and fails at the first sound."""

    def listen(self, language: str, words: Sequence[str]) -> Listening:
        if language != "ru":
            raise LookupError(language)
        return self

    def hear(self, sound: bytes) -> Sequence[str]:
        raise RuntimeError("no memory")


@pytest.mark.parametrize(("language", "reason"), [("ru", "RuntimeError"), ("en", "LookupError: en")])
async def test_a_recogniser_that_fails_is_told_of(tmp_path: Path, language: str, reason: str) -> None:
    async with talking(tmp_path / "speech.sock", Broken()) as (talk, _):
        talk.hear(language=language)
        assert await talk.next() == ("k-1-e1", f"failed: {reason}")
        talk.hear("k-2-e1", language)
        assert (await talk.next())[0] == "k-2-e1", "the next caller is served as ever"


async def test_a_process_that_dies_makes_all_its_ears_deaf_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "speech.sock"
    async with talking(path, make("tones:999=нет")) as (talk, process):
        talk.hear()
        await talk.here.wait()
        process.cancel()
        await asyncio.gather(process, return_exceptions=True)
        assert await talk.next() == ("k-1-e1", "failed: the recogniser has gone")
        async with asyncio.timeout(5):
            await talk.gone.wait()  # though he died while the sound was only just opened
        await until_there(talk.link, there=False)
        with pytest.raises(ConnectionError):
            talk.hear("k-2-e1")
        again = asyncio.create_task(Ears(make("tones:650=продажи"), path).run())
        await until_there(talk.link)
        talk.hear("k-3-e1")
        assert await talk.next() == ("k-3-e1", "продажи")
        again.cancel()
        await asyncio.gather(again, return_exceptions=True)
