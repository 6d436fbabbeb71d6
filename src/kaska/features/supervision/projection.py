"""Keeps the shift log in step with the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import AgentStateChanged, AgentStateSet, BreakAnswered
from kaska.features.calls.public import moment, plain
from kaska.features.supervision.tables import agent_states
from kaska.kit.bulk import Bulk
from kaska.ledger.reader import LedgerFact

_PUT = Bulk(agent_states, ("position", "agent", "at", "state", "reason", "contact", "by"))


class ShiftsProjection:
    """One row per fact."""

    name = "shifts"
    kinds = (AgentStateChanged, AgentStateSet, BreakAnswered)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        await _PUT.put(connection, facts[0].tenant, [_row(entry) for entry in facts])

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        await connection.execute(delete(agent_states))


def _row(entry: LedgerFact) -> dict[str, Any]:
    fact = entry.fact
    assert isinstance(fact, AgentStateChanged | AgentStateSet | BreakAnswered)
    by = fact.by if isinstance(fact, AgentStateSet) else fact.agent if isinstance(fact, BreakAnswered) else ""
    return {
        "position": entry.position,
        "agent": fact.agent,
        "at": moment(fact.at),
        "state": f"break_{fact.answer}" if isinstance(fact, BreakAnswered) else fact.state,
        "reason": plain(fact.reason),
        "contact": fact.contact if isinstance(fact, AgentStateChanged) else "",
        "by": by,
    }
