"""Prompts that were spoken into telephones become recordings like those that are uploaded.

The engine writes down that something was spoken; here the sound is fetched from the switch's directory, judged as an
upload is, and kept. What cannot be used stays where it is, with the reason. Each becomes one recording, also when the
projection is made anew: its identifier is made of the call's.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import DictationOver
from kaska.features.codes.public import read_codes
from kaska.features.identity.public import active_names
from kaska.features.prompts import service
from kaska.features.prompts.tables import dictated_prompts
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.errors import ProductError
from kaska.ledger.reader import LedgerFact

log = structlog.get_logger(__name__)

LOOK_SECONDS = 5.0
KEPT = "kept"
UNCONFIRMED = {"ru": "не подтверждена", "en": "not confirmed"}
"""in the language that the company's codes speak"""


class DictatedProjection:
    """One row for each in which something was said."""

    name = "dictated"
    kinds = (DictationOver,)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        for entry in facts:
            fact = entry.fact
            assert isinstance(fact, DictationOver)
            if not fact.name:
                continue
            values = {
                "tenant": entry.tenant,
                "dictation": fact.dictation,
                "agent": fact.agent,
                "number": fact.number,
                "recording": fact.name,
                "result": fact.result,
                "at": datetime.fromtimestamp(fact.at, UTC),
            }
            await connection.execute(insert(dictated_prompts).values(**values).on_conflict_do_nothing())

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        await connection.execute(delete(dictated_prompts))


class Dictations:
    """``tenants`` names all tenants; ``messages`` is where the switch puts what it records."""

    def __init__(
        self, settings: Settings, database: Database, tenants: Callable[[], Awaitable[list[str]]], messages: Path
    ) -> None:
        self._prompts = settings.root / "prompts"
        self._database = database
        self._tenants = tenants
        self._messages = messages

    async def run(self) -> None:
        while True:
            for tenant in await self._tenants():
                try:
                    await self.take(tenant)
                except Exception:  # one company's trouble is not the others'
                    log.exception("dictated_prompts_failed", tenant=tenant)
            await asyncio.sleep(LOOK_SECONDS)

    async def take(self, tenant: str) -> None:
        """Make recordings of everything new."""
        async with self._database.tenant(tenant) as connection:
            table = dictated_prompts
            found = select(table).where(table.c.tenant == tenant, table.c.state == "new").order_by(table.c.at)
            rows = (await connection.execute(found)).mappings().all()
        for row in rows:
            async with self._database.tenant(tenant) as connection:
                state = await self._take(connection, tenant, row)
                mine = (dictated_prompts.c.tenant == tenant, dictated_prompts.c.dictation == row["dictation"])
                await connection.execute(update(dictated_prompts).where(*mine).values(state=state))
            if state == "made":
                await asyncio.to_thread(self._clean, row["dictation"])

    async def _take(self, connection: AsyncConnection, tenant: str, row: RowMapping) -> str:
        """The row's next state."""
        id = f"p-{hashlib.sha256(row['dictation'].encode()).hexdigest()[:10]}"
        if await service.made(connection, tenant, id):
            return "made"
        sound = self._messages / f"{row['recording']}.wav"
        content = await asyncio.to_thread(lambda: sound.read_bytes() if sound.is_file() else None)
        if content is None:
            return "gone"
        like = await service.numbered(connection, tenant, row["number"])
        names = await active_names(connection, tenant)
        maker = service.Maker(tenant, row["agent"], names.get(row["agent"], row["agent"]))
        language = (await read_codes(connection, tenant, {})).language
        title = title_of(like.title if like is not None else "", row["number"], row["result"], language)
        try:
            await service.bring_spoken(connection, maker, self._prompts, content, title, like, id)
        except ProductError as problem:
            log.warning("a dictated prompt is no recording", tenant=tenant, why=problem.code, sound=str(sound))
            return problem.code
        return "made"

    def _clean(self, dictation: str) -> None:
        for take in self._messages.glob(f"{dictation}-t*.wav"):
            take.unlink(missing_ok=True)


def title_of(like: str, number: str, result: str, language: str) -> str:
    """By the recording that it is to replace, or by the number that was dialled; and whether it was confirmed."""
    named = f"{like} · ☎" if like else f"☎ {number}"
    return named[:80] if result == KEPT else f"{named[:60]} ({UNCONFIRMED[language]})"
