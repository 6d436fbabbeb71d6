"""Recordings that people make: kept under our own names, where only their company finds them."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.scenarios.speech import VOCABULARY
from kaska.features.identity.public import CurrentUser, audit
from kaska.features.prompts.errors import (
    NothingHeard,
    NoVoiceHere,
    PromptInUse,
    TooLong,
    UnknownFormat,
    Unspeakable,
)
from kaska.features.prompts.schemas import Language, Origin, PromptRow, PromptSpoken
from kaska.features.prompts.tables import prompts
from kaska.features.queues.public import read_queues
from kaska.features.scenarios.public import read_played
from kaska.kit.errors import NotFound
from kaska.kit.sound import OF_TENANTS, folder_of, measure, names_of
from kaska.kit.tenant_rows import TenantRows
from kaska.kit.transcoding import MOST_SECONDS, NO_PROGRAM, TOO_LONG, NotTranscoded, transcode

NAME = re.compile(r"^[a-z0-9-]{1,20}/[A-Za-z0-9_-]{1,80}$")
"""parts of numbers ("ru/n/21") are the product's own affair"""

Speak = Callable[[str, str], bytes | None]
"""text, language → WAV as the switch plays it; None when it cannot be said. Takes seconds: call it in a thread."""


async def listed(connection: AsyncConnection, tenant: str, folder: Path) -> list[PromptRow]:
    """The company's own first, by title, then the product's whole phrases, then what lies there or is missing."""
    used = await _used(connection, tenant)
    rows = [
        PromptRow(**{**dict(row), "name": f"{folder_of(tenant)}/{row['id']}", "used": []})
        for row in await TenantRows(connection, tenant, prompts).all()
    ]
    rows.sort(key=lambda row: row.title.lower())
    for language in ("ru", "en"):
        rows += _own(language)
    rows += await asyncio.to_thread(lambda: list(_others(tenant, folder, used, {row.name for row in rows})))
    there = await asyncio.to_thread(_lengths, folder, [row.name for row in rows])
    return [row.model_copy(update={"seconds": there[row.name], "used": used.get(row.name, [])}) for row in rows]


def _own(language: Language) -> list[PromptRow]:
    """Words with a slash are parts of numbers and places, which the queue puts together itself."""
    return [
        PromptRow(name=f"{language}/{name}", title=text, language=language, text=text, origin="own", seconds=None)
        for name, text in VOCABULARY[language].items()
        if "/" not in name
    ]


def _others(tenant: str, folder: Path, used: Iterable[str], known: set[str]) -> Iterator[PromptRow]:
    """Files that somebody put there by hand, and names that something plays though nobody made them."""
    there = names_of(folder, tenant)
    for name in sorted({*there, *used} - known):
        if NAME.match(name) and not name.startswith(OF_TENANTS):
            language: Language = "en" if name.startswith("en/") else "ru"
            origin: Origin = "placed" if name in there else "missing"
            yield PromptRow(name=name, title=name, language=language, text="", origin=origin, seconds=None)


def _lengths(folder: Path, names: list[str]) -> dict[str, float | None]:
    found = {name: measure(folder / f"{name}.wav") for name in names}
    return {name: round(one.seconds, 1) if one is not None else None for name, one in found.items()}


async def _used(connection: AsyncConnection, tenant: str) -> dict[str, list[str]]:
    """prompt → scenarios (edited or published) and queues that play it."""
    used = await read_played(connection, tenant)
    for queue in (await read_queues(connection, tenant)).values():
        for prompt in {prompt for promotion in queue.promotions for prompt in promotion.prompts}:
            used.setdefault(prompt, []).append(queue.name)
    return used


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a recording without a session: by telephone."""

    tenant: str
    id: str
    name: str


async def speak(
    connection: AsyncConnection, user: CurrentUser, folder: Path, given: PromptSpoken, voice: Speak
) -> PromptRow:
    """Raises NoVoiceHere, Unspeakable."""
    sound = await asyncio.to_thread(voice, given.text, given.language)
    if sound is None:
        # whose fault it is, the voice does not tell; what it can say anyhow does
        speaks = await asyncio.to_thread(voice, VOCABULARY[given.language]["greeting"], given.language)
        raise NoVoiceHere if speaks is None else Unspeakable
    return await _keep(connection, user, folder, sound, given.title, given.language, given.text, "speech")


async def bring(
    connection: AsyncConnection,
    user: CurrentUser,
    folder: Path,
    content: bytes,
    title: str,
    language: Language,
    text: str,
    origin: Origin,
) -> PromptRow:
    """Raises NothingHeard, UnknownFormat, TooLong."""
    sound = await _transcoded(content)
    return await _keep(connection, user, folder, sound, title, language, text, origin)


async def _transcoded(content: bytes) -> bytes:
    def write(to: Path) -> None:
        to.write_bytes(content)

    with tempfile.TemporaryDirectory(prefix="kaska-prompt-") as scratch:
        source, target = Path(scratch) / "brought", Path(scratch) / "made.wav"
        await asyncio.to_thread(write, source)
        try:
            await transcode(source, target)
        except NotTranscoded as failed:
            if failed.code == NO_PROGRAM:
                raise UnknownFormat from None
            if failed.code == TOO_LONG:
                raise TooLong(minutes=MOST_SECONDS // 60) from None
            raise NothingHeard from None
        return await asyncio.to_thread(target.read_bytes)


async def bring_spoken(
    connection: AsyncConnection, maker: Maker, folder: Path, content: bytes, title: str, like: PromptRow | None, id: str
) -> PromptRow:
    """What somebody spoke into a telephone, once: ``id`` tells it from others. ``like``: the recording that it is to
    replace. Raises NothingHeard, UnknownFormat, TooLong."""
    sound = await _transcoded(content)
    language: Language = like.language if like is not None else "ru"
    return await _keep(connection, maker, folder, sound, title, language, like.text if like else "", "phone", id)


async def numbered(connection: AsyncConnection, tenant: str, number: str) -> PromptRow | None:
    """The recording that is named so on a telephone; None when there is none."""
    rows = await TenantRows(connection, tenant, prompts).all()
    found = next((row for row in rows if row["number"] and str(row["number"]) == number.lstrip("0")), None)
    return PromptRow(**{**dict(found), "name": f"{folder_of(tenant)}/{found['id']}"}) if found is not None else None


async def made(connection: AsyncConnection, tenant: str, id: str) -> bool:
    return await TenantRows(connection, tenant, prompts).get(id) is not None


async def _keep(
    connection: AsyncConnection,
    user: CurrentUser | Maker,
    folder: Path,
    sound: bytes,
    title: str,
    language: Language,
    text: str,
    origin: Origin,
    id: str = "",
) -> PromptRow:
    id = id or f"p-{secrets.token_hex(5)}"
    name = f"{folder_of(user.tenant)}/{id}"
    path = folder / f"{name}.wav"
    await asyncio.to_thread(_write, path, sound)
    measured = await asyncio.to_thread(measure, path)
    seconds = round(measured.seconds, 1) if measured is not None else 0.0
    now = datetime.now(UTC)
    rows = TenantRows(connection, user.tenant, prompts)
    try:
        number = 1 + max((row["number"] for row in await rows.all()), default=0)
        told = {"title": title, "language": language, "text": text, "origin": origin, "seconds": seconds}
        await rows.put(id=id, **told, at=now, by=user.name, number=number)
        await audit.write(connection, tenant=user.tenant, user=user.id, action="prompts.make", object=title)
    except BaseException:
        path.unlink(missing_ok=True)  # a sound that no row tells of would lie there for ever
        raise
    return PromptRow(
        name=name, title=title, language=language, text=text, origin=origin, seconds=seconds, at=now, by=user.name,
        number=number,
    )  # fmt: skip


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)


async def remove(connection: AsyncConnection, user: CurrentUser, folder: Path, id: str) -> None:
    """Raises NotFound, PromptInUse."""
    name = f"{folder_of(user.tenant)}/{id}"
    where = (await _used(connection, user.tenant)).get(name)
    if where:
        raise PromptInUse(where=", ".join(where))
    rows = TenantRows(connection, user.tenant, prompts)
    row = await rows.locked(id)
    if row is None:
        raise NotFound
    await rows.remove(id)
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action="prompts.remove", object=id, called=row["title"]
    )
    await asyncio.to_thread((folder / f"{name}.wav").unlink, missing_ok=True)
