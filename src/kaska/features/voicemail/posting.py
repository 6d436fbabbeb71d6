"""Sends each message that a caller left to whom it is for, one try at a time.

While the mail server or the database is away nothing is forgotten: what is to be sent is told from the books and from
what was sent already.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.alerts.public import (
    FIRST_RETRY_SECONDS,
    LONGEST_RETRY_SECONDS,
    NotSent,
)
from kaska.features.calls.public import names_of
from kaska.features.fax.public import FaxFileGone, FaxUnreadable, document
from kaska.features.mail.public import Attached, mail_server, send_mail
from kaska.features.recordings.public import locate
from kaska.features.reports.public import choices
from kaska.features.voicemail import repository
from kaska.features.voicemail.due import wanted
from kaska.features.voicemail.tables import message_rules
from kaska.features.voicemail.wording import ATTACHED, GONE, TOO_LARGE, Fax, Message, letter, link_to
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.tenant_rows import TenantRows

log = structlog.get_logger(__name__)

LOOK_SECONDS = 10.0
MOST_TRIES = 32
"""of one letter: about a day of them"""
TAKEN = timedelta(minutes=5)
"""so long has whoever took a letter for sending it"""
LARGEST = 5_000_000
"""bytes of sound in a letter, some five minutes: many mailboxes take no more than 10 MB, and mail adds a third"""
ERASED, REMOVED = "erased", "removed"
"""problems of what is not sent: the person was erased meanwhile; nobody gets these messages any more"""


class MessageLetters:
    """``tenants`` names all tenants. Without a mail server nothing is taken up, so that nothing is given up."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        tenants: Callable[[], Awaitable[list[str]]],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._database = database
        self._tenants = tenants
        self._clock = clock

    async def run(self) -> None:
        while True:
            for tenant in await self._tenants():
                try:
                    if await self._has_server(tenant):
                        await self.look(tenant)
                        await self.send(tenant)
                except Exception:  # one company's trouble is not the others'
                    log.exception("messages_by_mail_failed", tenant=tenant)
            await asyncio.sleep(LOOK_SECONDS)

    async def _has_server(self, tenant: str) -> bool:
        """Without one the messages wait, and go when there is one."""
        async with self._database.tenant(tenant) as connection:
            return await mail_server(connection, tenant, self._settings) is not None

    async def look(self, tenant: str) -> None:
        """Put the messages that are for somebody among what is to be sent, each once."""
        now = self._clock()
        async with self._database.tenant(tenant) as connection:
            rules = await repository.rules(connection, tenant)
            if not rules:
                return
            messages = await repository.messages(connection, tenant, now)
            made = await repository.made(connection, tenant, [one.contact for one in messages])
            await repository.make(connection, tenant, wanted(rules, messages, made), now)

    async def send(self, tenant: str) -> None:
        """One try of everything that is due."""
        while True:
            now = self._clock()
            async with self._database.tenant(tenant) as connection:
                sending = await repository.take_due(connection, tenant, now, now + TAKEN)
            if sending is None:
                return
            try:
                await self._send_one(tenant, sending)
            except NotSent as failure:
                await self._put_off(tenant, sending, failure)
                continue
            except Exception as error:  # the other messages go on
                log.exception("a message could not be made a letter", tenant=tenant, contact=sending["contact"])
                await self._put_off(tenant, sending, NotSent(f"{type(error).__name__}: {error}"))
                continue
            async with self._database.tenant(tenant) as connection:
                done = {"delivered_at": self._clock(), "next_at": None, "problem": ""}
                await repository.change(connection, tenant, sending, **done)
                await repository.forget_old(connection, tenant, now)

    async def _send_one(self, tenant: str, sending: RowMapping) -> None:
        async with self._database.tenant(tenant) as connection:
            rule = await TenantRows(connection, tenant, message_rules).get(sending["rule"])
            if rule is None or not rule["enabled"] or not _goes_to(rule, sending["email"]):
                raise NotSent(REMOVED, again=False)
            row = await repository.message(connection, tenant, sending["contact"])
            if row is None:
                raise NotSent(ERASED, again=False)
            how, attached = await (self._sound(row) if row["message"] else self._pages(row))
            link = link_to(rule["page"], sending["contact"])
            message = await _told(connection, tenant, row, how, link)
            server = await mail_server(connection, tenant, self._settings)
            zone = ZoneInfo((await choices(connection, tenant)).zone)
        made = letter(message, zone, rule["language"])
        seed = hashlib.sha256(f"{sending['contact']} {sending['email']}".encode()).hexdigest()[:20]
        name = f"kaska-message-{tenant}-{seed}"
        await send_mail(server, sending["email"], made.subject, made.text, attached, name)

    async def _sound(self, row: RowMapping) -> tuple[str, Attached | None]:
        found = await locate(self._settings.messages_dir, row["message"])
        if found is None:
            return GONE, None
        if found.size > LARGEST:
            return TOO_LARGE, None
        try:
            content = await asyncio.to_thread(found.path.read_bytes)
        except FileNotFoundError:  # erased this moment
            return GONE, None
        return ATTACHED, Attached(f"message-{row['arrived_at']:%Y%m%d-%H%M}.wav", content, "audio/wav")

    async def _pages(self, row: RowMapping) -> tuple[str, Attached | None]:
        try:
            content = await document(self._settings.faxes_dir, row["fax"])
        except (FaxFileGone, FaxUnreadable):
            return GONE, None
        if len(content) > LARGEST:
            return TOO_LARGE, None
        return ATTACHED, Attached(f"fax-{row['arrived_at']:%Y%m%d-%H%M}.pdf", content, "application/pdf")

    async def _put_off(self, tenant: str, sending: RowMapping, failure: NotSent) -> None:
        tries = sending["tries"]
        again = failure.again and tries < MOST_TRIES
        wait = min(FIRST_RETRY_SECONDS * 2.0 ** (tries - 1), LONGEST_RETRY_SECONDS)
        next_at = self._clock() + timedelta(seconds=wait) if again else None
        log.warning("a message was not sent", tenant=tenant, contact=sending["contact"], tries=tries, again=again)
        async with self._database.tenant(tenant) as connection:
            await repository.change(connection, tenant, sending, next_at=next_at, problem=failure.problem)


def _goes_to(rule: RowMapping, email: str) -> bool:
    return email.lower() in {one.lower() for one in rule["addresses"]}


async def _told(connection: AsyncConnection, tenant: str, row: RowMapping, sound: str, link: str) -> Message:
    kind, _, owner = row["owner"].partition(":")
    names = await names_of(connection, tenant, {owner, row["queue"], row["project"]} - {""})
    return Message(
        caller=row["caller"],
        caller_name=row["caller_name"],
        number=row["number"],
        arrived_at=row["arrived_at"],
        seconds=row["message_seconds"],
        owner=(kind, names.get((kind, owner), owner)),
        queue=names.get(("queue", row["queue"]), row["queue"]),
        project=names.get(("project", row["project"]), row["project"]),
        due_at=row["due_at"],
        closed=row["closed_at"] is not None,
        sound=sound,
        link=link,
        fax=None if row["message"] else Fax(row["fax_pages"], row["fax_station"], bool(row["fax_problem"])),
    )
