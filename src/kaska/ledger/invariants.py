"""Laws of the ledger, checked over what is written there. Each is a query that returns the rows that break it.

All run inside ``Database.tenant(…)`` and so see one tenant.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.contacts.outcomes import SERVED
from kaska.core.facts import FACT_TYPES

AFTERLIFE = frozenset(
    {
        "contact_over",
        "recording_ready",
        "classified",
        "agent_state_changed",
        "debt_opened",
        "debt_attempted",
        "debt_closed",
    }
)
LIFE = sorted(name for name in FACT_TYPES if name not in AFTERLIFE)
"""Facts of a contact's life: none of them may follow its end."""

TOLERANCE = 0.001
"""seconds by which times may differ from rounding"""


@dataclass(frozen=True, slots=True)
class Violation:
    """``subject`` is a contact or an agent; ``position`` the fact where it shows."""

    law: str
    subject: str
    position: int
    detail: str


Check = Callable[[AsyncConnection], Awaitable[list[Violation]]]


async def one_end(connection: AsyncConnection) -> list[Violation]:
    """A contact ends once."""
    return await _violations(
        connection,
        "one_end",
        "SELECT contact, max(position), 'ended ' || count(*) || ' times' FROM ledger.facts "
        "WHERE type = 'contact_over' GROUP BY contact HAVING count(*) > 1",
    )


async def one_birth(connection: AsyncConnection) -> list[Violation]:
    """A contact is opened once, and before anything else happens to it."""
    return await _violations(
        connection,
        "one_birth",
        "SELECT contact, min(position), 'opened ' || count(*) FILTER (WHERE type = 'contact_opened') || ' times' "
        "FROM ledger.facts WHERE contact <> '' AND type IN :life GROUP BY contact "
        "HAVING count(*) FILTER (WHERE type = 'contact_opened') <> 1 "
        "OR min(position) FILTER (WHERE type = 'contact_opened') > min(position)",
        life=[*LIFE, "contact_over"],
    )


async def end_is_last(connection: AsyncConnection) -> list[Violation]:
    """Nothing of a contact's life comes after its end."""
    return await _violations(
        connection,
        "end_is_last",
        "SELECT f.contact, f.position, f.type || ' after the end' FROM ledger.facts f JOIN ledger.facts e "
        "ON e.tenant = f.tenant AND e.contact = f.contact AND e.type = 'contact_over' AND e.position < f.position "
        "WHERE f.contact <> '' AND f.type IN :life",
        life=LIFE,
    )


async def unserved_is_owed(connection: AsyncConnection) -> list[Violation]:
    """An inbound contact that ended unserved has a debt."""
    return await _violations(
        connection,
        "unserved_is_owed",
        "SELECT e.contact, e.position, (e.body->>'outcome') || ' without a debt' FROM ledger.facts e "
        "JOIN ledger.facts o ON o.tenant = e.tenant AND o.contact = e.contact AND o.type = 'contact_opened' "
        "WHERE e.type = 'contact_over' AND o.body->>'direction' = 'inbound' AND e.body->>'outcome' NOT IN :served "
        "AND NOT EXISTS (SELECT FROM ledger.facts d WHERE d.tenant = e.tenant AND d.contact = e.contact "
        "AND d.type = 'debt_opened')",
        served=sorted(SERVED),
    )


async def debts_close_once(connection: AsyncConnection) -> list[Violation]:
    """A debt is closed at most once, and was opened before."""
    return await _violations(
        connection,
        "debts_close_once",
        "SELECT body->>'debt', max(position), 'opened ' || count(*) FILTER (WHERE type = 'debt_opened') || ', closed ' "
        "|| count(*) FILTER (WHERE type = 'debt_closed') FROM ledger.facts "
        "WHERE type IN ('debt_opened', 'debt_closed') GROUP BY body->>'debt' "
        "HAVING count(*) FILTER (WHERE type = 'debt_opened') <> 1 "
        "OR count(*) FILTER (WHERE type = 'debt_closed') > 1",
    )


async def one_talk_at_a_time(connection: AsyncConnection) -> list[Violation]:
    """Nobody talks on two contacts at once. A talk that has not ended lasts until now.

    Contacts that the switch served alone are not held to it: nobody kept a second call from a telephone then; nor are
    those outside (no agent): nobody knows how many people answer there.
    """
    return await _violations(
        connection,
        "one_talk_at_a_time",
        "WITH talks AS (SELECT c.contact, c.position, c.body->>'agent' AS agent, "
        "(c.body->>'at')::float8 AS began, coalesce((t.body->>'at')::float8, 'infinity') AS ended "
        "FROM ledger.facts c LEFT JOIN ledger.facts t ON t.tenant = c.tenant AND t.contact = c.contact "
        "AND t.type = 'talk_over' AND t.body->>'leg' = c.body->>'leg' "
        "JOIN ledger.facts o ON o.tenant = c.tenant AND o.contact = c.contact AND o.type = 'contact_opened' "
        "WHERE c.type = 'connected' AND o.body->>'source' <> 'fallback' AND c.body->>'agent' <> ''), "
        "following AS (SELECT *, lag(contact) OVER w AS before, max(ended) OVER (PARTITION BY agent "
        "ORDER BY began, position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until "
        "FROM talks WINDOW w AS (PARTITION BY agent ORDER BY began, position)) "
        "SELECT agent, position, 'talks on ' || contact || ' while on ' || before FROM following "
        "WHERE busy_until > began + :tolerance",
        tolerance=TOLERANCE,
    )


async def talks_end(connection: AsyncConnection) -> list[Violation]:
    """When a contact has ended, nobody talks on it any more."""
    return await _violations(
        connection,
        "talks_end",
        "SELECT c.contact, c.position, (c.body->>'agent') || ' still talks after the end' FROM ledger.facts c "
        "JOIN ledger.facts e ON e.tenant = c.tenant AND e.contact = c.contact AND e.type = 'contact_over' "
        "WHERE c.type = 'connected' AND NOT EXISTS (SELECT FROM ledger.facts t WHERE t.tenant = c.tenant "
        "AND t.contact = c.contact AND t.type = 'talk_over' AND t.body->>'leg' = c.body->>'leg')",
    )


async def offers_end(connection: AsyncConnection) -> list[Violation]:
    """When a contact has ended, no offer of it is open."""
    return await _violations(
        connection,
        "offers_end",
        "SELECT o.contact, o.position, 'offer to ' || (o.body->>'agent') || ' is open after the end' "
        "FROM ledger.facts o JOIN ledger.facts e ON e.tenant = o.tenant AND e.contact = o.contact "
        "AND e.type = 'contact_over' WHERE o.type = 'offered' AND NOT EXISTS (SELECT FROM ledger.facts r "
        "WHERE r.tenant = o.tenant AND r.contact = o.contact AND r.type = 'offer_over' "
        "AND r.body->>'leg' = o.body->>'leg')",
    )


async def no_negative_time(connection: AsyncConnection) -> list[Violation]:
    """No duration is negative, hold is no longer than the talk, and nothing ends before it began."""
    return await _violations(
        connection,
        "no_negative_time",
        "SELECT contact, position, type || ' lasted ' || (body->>'seconds') || ' s' FROM ledger.facts "
        "WHERE type IN ('talk_over', 'message_taken', 'recording_ready') AND ((body->>'seconds')::float8 < 0 "
        "OR (type = 'talk_over' AND ((body->>'held_seconds')::float8 < 0 "
        "OR (body->>'held_seconds')::float8 > (body->>'seconds')::float8 + :tolerance))) "
        "UNION ALL SELECT e.contact, e.position, 'ended before it began' FROM ledger.facts e JOIN ledger.facts o "
        "ON o.tenant = e.tenant AND o.contact = e.contact AND o.type = 'contact_opened' WHERE e.type = 'contact_over' "
        "AND (e.body->>'at')::float8 < (o.body->>'at')::float8 - :tolerance",
        tolerance=TOLERANCE,
    )


async def no_holes(connection: AsyncConnection) -> list[Violation]:
    """Positions are 1, 2, 3… without holes, and the head is the last."""
    return await _violations(
        connection,
        "no_holes",
        "SELECT h.tenant, h.position, count(f.position) || ' facts, last ' || coalesce(max(f.position), 0) "
        "FROM ledger.heads h LEFT JOIN ledger.facts f ON f.tenant = h.tenant GROUP BY h.tenant, h.position "
        "HAVING count(f.position) <> h.position OR coalesce(max(f.position), 0) <> h.position",
    )


CHECKS: tuple[Check, ...] = (
    one_birth,
    one_end,
    end_is_last,
    unserved_is_owed,
    debts_close_once,
    one_talk_at_a_time,
    talks_end,
    offers_end,
    no_negative_time,
    no_holes,
)


async def check_all(connection: AsyncConnection) -> list[Violation]:
    """Every broken law of this tenant's ledger; [] when the books balance."""
    return [violation for check in CHECKS for violation in await check(connection)]


async def _violations(connection: AsyncConnection, law: str, query: str, **values: object) -> list[Violation]:
    statement = text(query)
    for name, value in values.items():
        if isinstance(value, list):
            statement = statement.bindparams(bindparam(name, expanding=True))
    rows = await connection.execute(statement, values)
    return [Violation(law, str(subject), int(position), str(detail)) for subject, position, detail in rows]
