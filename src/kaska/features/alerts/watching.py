"""Looks at the live figures every few seconds, keeps the situations, and sends what must be sent.

Reads the states that the engine tells. While the database is away nothing is forgotten: the standings stay in
memory, and what could not be kept is tried again at the next look.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.alerting.figures import FIGURES
from kaska.core.alerting.judge import CLEARED, RAISED, Rule, Standing, step
from kaska.core.state import State
from kaska.features.alerts import repository
from kaska.features.alerts.tables import alert_webhooks
from kaska.features.alerts.wording import mail
from kaska.features.mail.public import mail_server, send_mail
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.kit.posting import NotSent, Webhook, send_webhook
from kaska.kit.tenant_rows import TenantRows

log = structlog.get_logger(__name__)

LOOK_SECONDS = 2.0
FIRST_RETRY_SECONDS = 10.0
LONGEST_RETRY_SECONDS = 3600.0
Teller = Callable[[AsyncConnection, str, str, datetime, Mapping[str, Any]], Awaitable[None]]
MOST_TRIES = 12
"""the last some hours after the first: then it is given up, and says so"""


@dataclass
class _Watched:
    standings: dict[str, Standing] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """rules with quiet hours whose lasting situation was told, as far as this process knows"""
    loaded: bool = False


class Alerting:
    """``picture`` gives a tenant's state as it is now; ``tenants`` those whose states there are.

    ``also_tell`` (tenant's transaction, tenant, "raised" or "cleared", moment, document) hears what is sent to anybody.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        tenants: Callable[[], Sequence[str]],
        picture: Callable[[str], tuple[int, State] | None],
        *,
        also_tell: Teller | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._database = database
        self._tenants = tenants
        self._picture = picture
        self._also_tell = also_tell
        self._clock = clock
        self._watched: dict[str, _Watched] = {}
        self._first_retry = FIRST_RETRY_SECONDS

    async def run(self) -> None:
        while True:
            for tenant in self._tenants():
                await self.look(tenant)
                await self.send(tenant)
            await asyncio.sleep(LOOK_SECONDS)

    # --- judging ------------------------------------------------------------------------------------------------

    async def look(self, tenant: str) -> None:
        """One look at every rule of a tenant; what changed is kept in one transaction with what will be sent."""
        found = self._picture(tenant)
        if found is None:
            return
        state, at = found[1], self._clock()
        watched = self._watched.setdefault(tenant, _Watched())
        async with self._database.tenant(tenant) as connection:
            rows = await repository.enabled_rules(connection, tenant)
            if not watched.loaded:
                watched.standings = await repository.standings(connection, tenant)
            kept, told = dict(watched.standings), set(watched.told)
            for row in rows:
                rule = repository.rule_of(row)
                before = kept.get(rule.id, Standing())
                value = FIGURES[rule.figure](state, rule.project, rule.window, at)
                after, change = step(rule, before, value, at)
                look = _Look(connection, tenant, row, rule, at, state)
                if before.raised and after.raised and rule.id not in told and not _is_quiet(look, at):
                    await self._tell_late(look, before)
                    told.add(rule.id)
                elif not after.raised:
                    told.discard(rule.id)
                if after == before:
                    continue
                kept[rule.id] = after
                await repository.keep_standing(connection, tenant, rule.id, after)
                await self._changed(look, before, after, change)
            gone = kept.keys() - {row["id"] for row in rows}
            for rule_id in gone:
                await self._withdraw(connection, tenant, rule_id, at)
                told.discard(rule_id)
                del kept[rule_id]
        watched.standings, watched.told, watched.loaded = kept, told, True  # only when all of it is kept

    async def _changed(self, look: _Look, before: Standing, after: Standing, change: str) -> None:
        row, rule, tenant = look.row, look.rule, look.tenant
        if change is RAISED:
            situation = secrets.token_hex(8)
            await repository.open_situation(
                look.connection,
                tenant,
                id=situation,
                rule=rule.id,
                name=row["name"],
                project=rule.project,
                figure=rule.figure,
                above=rule.above,
                limit=rule.limit,
                worst=after.worst,
                since=_moment(after.since),
            )
            log.info("a figure left its limits", tenant=tenant, rule=rule.id, figure=rule.figure)
            await self._write_out(look, situation, RAISED)
            return
        lasting = await repository.open_of(look.connection, tenant, rule.id) if before.raised else None
        if lasting is None:
            return
        if change is CLEARED:
            await repository.change_situation(
                look.connection, tenant, lasting["id"], until=_moment(look.at), worst=before.worst
            )
            await self._write_out(look, lasting["id"], CLEARED)
        elif after.worst != lasting["worst"]:
            await repository.change_situation(look.connection, tenant, lasting["id"], worst=after.worst)

    async def _tell_late(self, look: _Look, standing: Standing) -> None:
        """Quiet hours are over, or there are none: what began in them and lasts is told, if it was not."""
        if not _is_quiet(look, standing.since + look.rule.hold):
            return
        lasting = await repository.open_of(look.connection, look.tenant, look.rule.id)
        if lasting is not None and not await repository.was_sent(look.connection, look.tenant, lasting["id"]):
            await self._write_out(look, lasting["id"], RAISED)

    async def _write_out(self, look: _Look, situation: str, what: str) -> None:
        """Put in the list what is to be sent; in quiet hours nothing is."""
        if _is_quiet(look, look.at):
            return
        now = _moment(look.at)
        targets = [("email", one) for one in look.row["emails"]] + [("webhook", one) for one in look.row["webhooks"]]
        await repository.add_deliveries(
            look.connection,
            [
                {
                    "tenant": look.tenant,
                    "id": secrets.token_hex(8),
                    "situation": situation,
                    "what": what,
                    "channel": channel,
                    "target": target,
                    "language": look.row["language"],
                    "made_at": now,
                    "next_at": now,
                }
                for channel, target in targets
            ],
        )
        found = await repository.situation(look.connection, look.tenant, situation)
        if self._also_tell is not None and found is not None:
            await self._also_tell(look.connection, look.tenant, what, now, document(look.tenant, found, what))

    async def _withdraw(self, connection: Any, tenant: str, rule: str, at: float) -> None:
        """The rule was taken away or switched off: what it found is over, and nobody is told."""
        lasting = await repository.open_of(connection, tenant, rule)
        if lasting is not None:
            await repository.change_situation(connection, tenant, lasting["id"], until=_moment(at))
        await repository.drop_standing(connection, tenant, rule)

    # --- sending ------------------------------------------------------------------------------------------------

    async def send(self, tenant: str) -> None:
        """One try of everything that is due."""
        async with self._database.tenant(tenant) as connection:
            due = await repository.due(connection, tenant, _moment(self._clock()))
        for delivery in due:
            try:
                await self._send_one(tenant, delivery)
            except NotSent as failure:
                await self._put_off(tenant, delivery, failure)
            else:
                now = _moment(self._clock())
                done = {"delivered_at": now, "next_at": None, "tries": delivery["tries"] + 1, "problem": ""}
                async with self._database.tenant(tenant) as connection:
                    await repository.change_delivery(connection, tenant, delivery["id"], **done)
                    await repository.forget_old(connection, tenant, now)

    async def _send_one(self, tenant: str, delivery: RowMapping) -> None:
        async with self._database.tenant(tenant) as connection:
            situation = await repository.situation(connection, tenant, delivery["situation"])
            hook = await TenantRows(connection, tenant, alert_webhooks).get(delivery["target"])
            server = await mail_server(connection, tenant, self._settings)
        if situation is None:
            raise NotSent("the situation is not known any more", again=False)
        if delivery["channel"] == "email":
            found = self._picture(tenant)
            zone = zone_of(found[1], situation["project"]) if found is not None else ZoneInfo("UTC")
            subject, text = mail(situation, delivery["what"], delivery["language"], zone)
            await send_mail(server, delivery["target"], subject, text)
        elif hook is None:
            raise NotSent("the webhook was removed", again=False)
        else:
            told = document(tenant, situation, delivery["what"])
            now = int(self._clock())
            await send_webhook(self._settings, Webhook(hook["url"], hook["secret"]), delivery["id"], now, told)

    async def _put_off(self, tenant: str, delivery: RowMapping, failure: NotSent) -> None:
        tries = delivery["tries"] + 1
        again = failure.again and tries < MOST_TRIES
        wait = min(self._first_retry * 2.0 ** (tries - 1), LONGEST_RETRY_SECONDS)
        next_at = _moment(self._clock()) + timedelta(seconds=wait) if again else None
        log.warning("an alert was not sent", tenant=tenant, channel=delivery["channel"], tries=tries, again=again)
        async with self._database.tenant(tenant) as connection:
            await repository.change_delivery(
                connection, tenant, delivery["id"], tries=tries, next_at=next_at, problem=failure.problem
            )


@dataclass(frozen=True)
class _Look:
    connection: Any
    tenant: str
    row: RowMapping
    rule: Rule
    at: float
    state: State


def _is_quiet(look: _Look, at: float) -> bool:
    local = datetime.fromtimestamp(at, zone_of(look.state, look.rule.project))
    return look.rule.is_quiet(local.hour * 60 + local.minute)


def document(tenant: str, situation: Mapping[Any, Any], what: str) -> dict[str, Any]:
    """What a webhook is told."""
    names = ("id", "rule", "name", "project", "figure", "above", "limit", "worst")
    until = situation["until"]
    return {
        "event": f"alert.{what}",
        "tenant": tenant,
        **{name: situation[name] for name in names},
        "since": situation["since"].isoformat(),
        "until": until.isoformat() if until is not None else None,
    }


def zone_of(state: State, project: str) -> ZoneInfo:
    """Where the project lives; without one, where the company does."""
    configuration = state.configuration
    known = configuration.projects.get(project)
    calendar = configuration.calendars.get(known.calendar) if known is not None else None
    calendar = calendar or next(iter(configuration.calendars.values()), None)
    return ZoneInfo(calendar.timezone if calendar is not None else "UTC")


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
