"""Makes the letters that are due and sends them, one try at a time.

While the mail server is away a letter waits and is tried again; while the database is away nothing is forgotten,
because what is due is told from the clock and from what was made already.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.alerts.public import (
    FIRST_RETRY_SECONDS,
    LONGEST_RETRY_SECONDS,
    MOST_TRIES,
    NotSent,
)
from kaska.features.identity.public import ActivePerson, active_people
from kaska.features.letters import repository
from kaska.features.letters.due import AGENT_DAY, MONTH, due_about
from kaska.features.letters.making import a_month, agents_letter, document, managers_letter
from kaska.features.letters.recipients import of_the_day
from kaska.features.letters.tables import letters
from kaska.features.letters.wording import month_letter
from kaska.features.mail.public import Attached, mail_server, send_mail
from kaska.features.reports.public import choices
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.errors import ProductError
from kaska.kit.tenant_rows import TenantRows

log = structlog.get_logger(__name__)

LOOK_SECONDS = 20.0
TAKEN = timedelta(minutes=5)
"""so long has whoever took a letter for sending it"""


class Letters:
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
                    await self.look(tenant)
                    await self.send(tenant)
                except Exception:  # one company's trouble is not the others'
                    log.exception("letters_failed", tenant=tenant)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self, tenant: str) -> None:
        """Put what is due among what is to be sent, each once."""
        now = self._clock()
        async with self._database.tenant(tenant) as connection:
            rows = await repository.enabled(connection, tenant)
            zone = (await choices(connection, tenant)).zone if rows else ""
            for row in rows:
                about = due_about(row["kind"], row["minute"], ZoneInfo(row["zone"] or zone), row["since"], now)
                if about is not None and await _make(connection, tenant, row, about, now):
                    log.info("a letter is due", tenant=tenant, letter=row["id"], about=str(about))

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
            except Exception as error:  # its figures could not be made: the other letters go on
                log.exception("a letter could not be made", tenant=tenant, letter=sending["letter"])
                await self._put_off(tenant, sending, NotSent(f"{type(error).__name__}: {error}"))
                continue
            async with self._database.tenant(tenant) as connection:
                done = {"delivered_at": self._clock(), "next_at": None, "problem": ""}
                await repository.change(connection, tenant, sending, **done)
                await repository.forget_old(connection, tenant, now)

    async def _send_one(self, tenant: str, sending: RowMapping) -> None:
        about: date = sending["about"]
        async with self._database.tenant(tenant) as connection:
            row = await TenantRows(connection, tenant, letters).get(sending["letter"])
            if row is None or row["each"] != bool(sending["person"]):
                raise NotSent("the letter was taken away", again=False)
            server = await mail_server(connection, tenant, self._settings)
            now, language, agent = self._clock(), row["language"], row["agent"]
            if sending["person"]:
                person = await _still_here(connection, tenant, sending["person"])
                language, agent = person.locale, person.id
            told = None
            if row["kind"] == AGENT_DAY:
                letter = await agents_letter(connection, tenant, agent, about, language, now, row["project"])
            elif row["kind"] == MONTH:
                told, lost = await a_month(connection, tenant, about, language, now)
                letter = month_letter(about, lost, language)
            else:
                letter = await managers_letter(connection, tenant, about, language, now, row["project"])
        attached = None
        if told is not None:
            try:
                attached = Attached(f"kaska-audit-{about:%Y-%m}.pdf", await document(told))
            except ProductError as problem:
                raise NotSent(problem.message(language)) from problem
        name = "-".join(["kaska", tenant, row["id"], str(about), *filter(None, [sending["person"]])])
        to = sending["email"] if sending["person"] else row["email"]
        await send_mail(server, to, letter.subject, letter.text, attached, name)

    async def _put_off(self, tenant: str, sending: RowMapping, failure: NotSent) -> None:
        tries = sending["tries"]
        again = failure.again and tries < MOST_TRIES
        wait = min(FIRST_RETRY_SECONDS * 2.0 ** (tries - 1), LONGEST_RETRY_SECONDS)
        next_at = self._clock() + timedelta(seconds=wait) if again else None
        log.warning("a letter was not sent", tenant=tenant, letter=sending["letter"], tries=tries, again=again)
        async with self._database.tenant(tenant) as connection:
            await repository.change(connection, tenant, sending, next_at=next_at, problem=failure.problem)


async def _make(connection: AsyncConnection, tenant: str, letter: RowMapping, about: date, now: datetime) -> bool:
    """False when it was made before: who comes to work or gets an address after its time waits for the next one."""
    if not letter["each"]:
        return await repository.make(connection, tenant, letter, about, now, email=letter["email"])
    if not await repository.begin(connection, tenant, letter["id"], about):
        return False
    for person in await of_the_day(connection, tenant, letter, about):
        await repository.make(connection, tenant, letter, about, now, email=person.email, person=person.id)
    return True


async def _still_here(connection: AsyncConnection, tenant: str, id: str) -> ActivePerson:
    for person in await active_people(connection, tenant):
        if person.id == id:
            return person
    raise NotSent("the person was disabled", again=False)
