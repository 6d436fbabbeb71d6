"""Queries of the shift log. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.supervision.stretches import WORKING
from kaska.features.supervision.tables import agent_states

LONGEST_ROWS = 5000

_LOOKED_AT = """
known AS (SELECT unnest(CAST(:agents AS text[])) AS agent),
looked AS (
  SELECT last.* FROM known CROSS JOIN LATERAL (
    SELECT position, agent, at, state, reason, contact FROM agent_states s
    WHERE s.tenant = :tenant AND s.agent = known.agent AND s."by" = '' AND s.at < :since
    ORDER BY s.at DESC, s.position DESC LIMIT 1) AS last
  UNION ALL
  SELECT position, agent, at, state, reason, contact FROM agent_states s
  WHERE s.tenant = :tenant AND s."by" = '' AND s.at >= :since AND s.at < :until AND s.agent = ANY(:agents)),
lasting AS (
  SELECT looked.*, lead(at) OVER (PARTITION BY agent ORDER BY at, position) AS until FROM looked)
"""
"""every state that touches [since, until), each looked up by itself: the years before are not read"""

_SUMS = text(
    f"""WITH {_LOOKED_AT},
    cut AS (
      SELECT agent, state, reason, at AS began, until, greatest(at, :since) AS start,
             least(coalesce(until, :until), :until, :now) AS stop FROM lasting
      WHERE until IS NULL OR until > greatest(at, :since))
    SELECT agent, state, reason, count(*) AS times,
           sum(greatest(extract(epoch FROM stop - start), 0))::float AS seconds,
           min(start) AS start, max(stop) AS stop, max(began) FILTER (WHERE until IS NULL) AS open_since,
           bool_or(began < start) AS from_before
    FROM cut GROUP BY agent, state, reason ORDER BY agent, state, reason"""  # noqa: S608 - our own text alone
)

_STATES = text(
    f"""WITH {_LOOKED_AT} SELECT agent, at, until, state, reason, contact FROM lasting
    WHERE until IS NULL OR until > :since ORDER BY agent, at, position LIMIT :limit"""  # noqa: S608 - ours alone
)

_CHANGES = text(
    f"""WITH {_LOOKED_AT},
    followed AS (
      SELECT lasting.*, lag(state) OVER (PARTITION BY agent ORDER BY at, position) AS before FROM lasting
      WHERE until IS NULL OR until > :since)
    SELECT agent, at, state, reason, contact FROM followed
    WHERE NOT (state = ANY(:working) AND coalesce(before = ANY(:working), false))
    ORDER BY agent, at, position LIMIT :limit"""  # noqa: S608 - ours alone
)


async def sums(
    connection: AsyncConnection, tenant: str, agents: Collection[str], span: tuple[datetime, datetime], now: datetime
) -> Sequence[Row[Any]]:
    """For each agent, state and reason: ``times``, ``seconds`` within the span until ``now``, ``start`` of the first
    and ``stop`` of the last, ``open_since`` of the one that goes on, and whether the first began before the span."""
    given = {"tenant": tenant, "agents": list(agents), "since": span[0], "until": span[1], "now": now}
    return (await connection.execute(_SUMS, given)).all()


async def states(
    connection: AsyncConnection, tenant: str, agents: Collection[str], span: tuple[datetime, datetime], limit: int
) -> Sequence[Row[Any]]:
    """agent, at, until, state, reason, contact of the states that touch the span, uncut, by agent and time; at most
    ``limit``. ``until`` is null of the last one known before the span's end."""
    given = {"tenant": tenant, "agents": list(agents), "since": span[0], "until": span[1], "limit": limit}
    return (await connection.execute(_STATES, given)).all()


async def changes(
    connection: AsyncConnection, tenant: str, agents: Collection[str], span: tuple[datetime, datetime], limit: int
) -> Sequence[Row[Any]]:
    """As ``states``, but of states of work that follow each other only the first: a week of calls is much to read."""
    given = {"tenant": tenant, "agents": list(agents), "since": span[0], "until": span[1], "limit": limit}
    return (await connection.execute(_CHANGES, {**given, "working": list(WORKING)})).all()


async def marks(
    connection: AsyncConnection, tenant: str, agents: Collection[str], span: tuple[datetime, datetime]
) -> Sequence[Row[Any]]:
    """agent, at, state, reason, by: supervisors' orders and answers of the break guard, by agent and time."""
    table = agent_states
    query = select(table.c.agent, table.c.at, table.c.state, table.c.reason, table.c.by).where(
        table.c.tenant == tenant, table.c.by != "", table.c.at >= span[0], table.c.at < span[1],
        table.c.agent.in_(list(agents)),
    )  # fmt: skip
    found: Sequence[Any] = (await connection.execute(query.order_by(table.c.agent, table.c.position))).all()
    return found


async def shifts(
    connection: AsyncConnection, tenant: str, since: datetime, until: datetime, agents: Collection[str]
) -> Sequence[RowMapping]:
    """States that touch [since, until), and what happened beside them; by agent and time, at most LONGEST_ROWS.
    ``until`` of a state is null while it lasts."""
    query = text(
        f"""WITH {_LOOKED_AT}
        SELECT position, agent, at, state, reason, contact, '' AS "by", until FROM lasting
        WHERE until IS NULL OR until > :since
        UNION ALL
        SELECT position, agent, at, state, reason, contact, "by", at FROM agent_states s
        WHERE s.tenant = :tenant AND s."by" <> '' AND s.at >= :since AND s.at < :until AND s.agent = ANY(:agents)
        ORDER BY agent, position LIMIT :limit"""  # noqa: S608 - ours alone
    )
    given = {"tenant": tenant, "agents": list(agents), "since": since, "until": until, "limit": LONGEST_ROWS}
    return (await connection.execute(query, given)).mappings().all()


async def everybody(connection: AsyncConnection, tenant: str) -> set[str]:
    """Every agent the log ever heard of; one jump in the index for each."""
    query = text(
        """WITH RECURSIVE one AS (
          (SELECT agent FROM agent_states WHERE tenant = :tenant ORDER BY agent LIMIT 1)
          UNION ALL
          SELECT (SELECT s.agent FROM agent_states s WHERE s.tenant = :tenant AND s.agent > one.agent
                  ORDER BY s.agent LIMIT 1) FROM one WHERE one.agent IS NOT NULL)
        SELECT agent FROM one WHERE agent IS NOT NULL"""
    )
    return set((await connection.execute(query, {"tenant": tenant})).scalars())
