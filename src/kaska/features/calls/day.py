"""My day: an agent's figures beside the middle of the others, of whom nobody is named; and what he promised."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.counting.peers import middle
from kaska.features.calls.schemas import AgentDay, Day, OthersDay, PromisedStep
from kaska.features.calls.tables import contacts, legs
from kaska.features.identity.public import CurrentUser
from kaska.features.topics.public import read_topics, titles

MOST_PROMISES = 200
_MISSED = ("timed_out", "rejected")


def began(now: datetime, zone: ZoneInfo) -> datetime:
    """Midnight of the day of ``now`` in ``zone``."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


async def day(connection: AsyncConnection, user: CurrentUser, since: datetime) -> Day:
    """Of the contacts that arrived since ``since``."""
    rows = (await connection.execute(_figures(user.tenant, since))).all()
    mine = next((_shown(row) for row in rows if row.agent == user.id), _NOTHING)
    peers = [_shown(row) for row in rows if row.agent != user.id]
    return Day(
        since=since,
        mine=mine,
        peers=len(peers),
        others=OthersDay(
            talks=middle(one.talks for one in peers),
            talk_average=middle(one.talk_average for one in peers),
            hold_average=middle(one.hold_average for one in peers),
            missed=middle(one.missed for one in peers),
            recovered=middle(one.recovered for one in peers),
            classified=middle(one.classified for one in peers),
        ),
    )


def _figures(tenant: str, since: datetime) -> Any:
    talked = legs.c.connected_at.is_not(None)
    repaid = talked & (contacts.c.repays != "") & (contacts.c.outcome == "called_back")
    return (
        select(
            legs.c.agent,
            func.count(legs.c.contact.distinct()).filter(talked).label("talks"),
            func.coalesce(func.sum(legs.c.talk_seconds), 0.0).label("talk"),
            func.coalesce(func.sum(legs.c.hold_seconds), 0.0).label("hold"),
            func.count().filter(legs.c.offer.in_(_MISSED)).label("missed"),
            func.count(legs.c.contact.distinct()).filter(repaid).label("recovered"),
            func.count(legs.c.contact.distinct()).filter(talked & (contacts.c.topic != "")).label("classified"),
        )
        .select_from(contacts.join(legs, and_(legs.c.tenant == contacts.c.tenant, legs.c.contact == contacts.c.id)))
        .where(contacts.c.tenant == tenant, contacts.c.arrived_at >= since, legs.c.agent != "")
        .group_by(legs.c.agent)
    )


def _shown(row: Any) -> AgentDay:
    return AgentDay(
        talks=row.talks,
        talk_average=row.talk / row.talks if row.talks else None,
        hold_average=row.hold / row.talks if row.talks else None,
        missed=row.missed,
        recovered=row.recovered,
        classified=row.classified / row.talks if row.talks else None,
    )


_NOTHING = AgentDay(talks=0, talk_average=None, hold_average=None, missed=0, recovered=0, classified=None)


async def promises(connection: AsyncConnection, user: CurrentUser) -> list[PromisedStep]:
    """What this agent promised, by deadline. A later conversation with the same person settles it, whoever had it; so
    does saying the result again without a next step."""
    later = contacts.alias("later")
    settled = exists().where(
        later.c.tenant == contacts.c.tenant,
        contacts.c.digits != "",
        later.c.digits == contacts.c.digits,
        later.c.connected_at > contacts.c.classified_at,
    )
    query = (
        select(contacts)
        .where(contacts.c.tenant == user.tenant, contacts.c.classified_by == user.id)
        .where(contacts.c.next_at.is_not(None), ~settled)
        .order_by(contacts.c.next_at, contacts.c.id)
        .limit(MOST_PROMISES)
    )
    rows = (await connection.execute(query)).all()
    titled = titles(await read_topics(connection, user.tenant)) if rows else {}
    return [
        PromisedStep(
            contact=row.id,
            customer=row.customer,
            caller_name=row.caller_name,
            next_step=row.next_step,
            next_at=row.next_at,
            topic_title=titled.get(("topic_path", row.topic), row.topic),
        )
        for row in rows
    ]
