"""Posts what is due, and goes on trying for a day; who fails all that time is switched off, and everybody sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.engine import RowMapping

from kaska.features.alerts.public import report_situation
from kaska.features.webhooks import repository
from kaska.features.webhooks.tables import webhooks
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.posting import NotSent, Webhook, send_webhook
from kaska.kit.tenant_rows import TenantRows

log = structlog.get_logger(__name__)

LOOK_SECONDS = 2.0
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
MOST_TRIES = 32
"""of one delivery: about a day of them"""
FAILING = timedelta(hours=24)
"""a webhook to which nothing could be delivered so long is switched off"""
LINE = 50
FIGURE = "webhook"
"""of the critical situation that tells of a webhook switched off; its value is the number of hours"""
OFF = "the webhook was switched off"
REMOVED = "the webhook was removed"


def pause(tries: int) -> timedelta:
    """Until the next try, after so many."""
    return min(FIRST_PAUSE * 2.0 ** min(tries - 1, 20), LONGEST_PAUSE)


def situation_of(webhook: str) -> str:
    return f"webhook:{webhook}"


class Posting:
    """``tenants`` names all tenants. One webhook's deliveries go one after another, those of several side by side."""

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
        self._busy: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def run(self) -> None:
        try:
            while True:
                for tenant in await self._tenants():
                    await self.begin(tenant)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            for task in self._busy.values():
                task.cancel()

    async def begin(self, tenant: str) -> None:
        """Begins to post whatever is due; a receiver that is slow holds up nobody but itself."""
        async with self._database.tenant(tenant) as connection:
            names = await repository.with_due(connection, tenant, self._clock())
        for name in names:
            key = (tenant, name)
            if key not in self._busy:
                task = asyncio.create_task(self._post_line(tenant, name), name=f"webhook {name}")
                self._busy[key] = task
                task.add_done_callback(partial(self._done, key))

    async def post(self, tenant: str) -> None:
        """One try of everything that is due, to its end."""
        await self.begin(tenant)
        await asyncio.gather(*(task for (of, _), task in list(self._busy.items()) if of == tenant))

    def _done(self, key: tuple[str, str], task: asyncio.Task[None]) -> None:
        self._busy.pop(key, None)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.warning("posting interrupted", tenant=key[0], webhook=key[1], problem=repr(problem))

    async def _post_line(self, tenant: str, name: str) -> None:
        """Until one cannot be delivered: the rest is tried again a moment later."""
        async with self._database.tenant(tenant) as connection:
            hook = await TenantRows(connection, tenant, webhooks).get(name)
            if hook is None or not hook["enabled"]:
                await repository.give_up(connection, tenant, name, OFF if hook is not None else REMOVED)
                return
            line = await repository.due(connection, tenant, name, self._clock(), LINE)
        for delivery in line:
            to = Webhook(hook["url"], hook["secret"])
            try:
                await send_webhook(self._settings, to, delivery["id"], int(self._clock().timestamp()), delivery["body"])
            except NotSent as failure:
                await self._put_off(tenant, hook, delivery, failure)
                return
            await self._delivered(tenant, hook, delivery)

    async def _delivered(self, tenant: str, hook: RowMapping, delivery: RowMapping) -> None:
        now = self._clock()
        async with self._database.tenant(tenant) as connection:
            await repository.change_delivery(
                connection,
                tenant,
                delivery["id"],
                delivered_at=now,
                next_at=None,
                tries=delivery["tries"] + 1,
                problem="",
            )
            await repository.change(connection, tenant, hook["id"], failing_since=None)
            await repository.forget_old(connection, tenant, now)

    async def _put_off(self, tenant: str, hook: RowMapping, delivery: RowMapping, failure: NotSent) -> None:
        now, tries = self._clock(), delivery["tries"] + 1
        again = failure.again and tries < MOST_TRIES
        log.warning("a webhook was not delivered", tenant=tenant, webhook=hook["id"], tries=tries, again=again)
        async with self._database.tenant(tenant) as connection:
            await repository.change_delivery(
                connection,
                tenant,
                delivery["id"],
                tries=tries,
                next_at=now + pause(tries) if again else None,
                problem=failure.problem,
            )
            await repository.failed(connection, tenant, hook["id"], now)
            current = await TenantRows(connection, tenant, webhooks).locked(hook["id"])
            if current is None or not current["enabled"] or now - current["failing_since"] < FAILING:
                return
            hours = (now - current["failing_since"]) / timedelta(hours=1)
            await repository.change(connection, tenant, hook["id"], enabled=False, switched_off_at=now)
            await repository.give_up(connection, tenant, hook["id"], OFF)
            await report_situation(
                connection,
                tenant,
                rule=situation_of(hook["id"]),
                name=current["name"],
                figure=FIGURE,
                limit=FAILING / timedelta(hours=1),
                value=hours,
                since=current["failing_since"],
                project=current["project"],
            )
        log.error("a webhook was switched off", tenant=tenant, webhook=hook["id"], hours=round(hours))
