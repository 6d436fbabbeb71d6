"""What the rules stopped, from the ledger: into its own table, and into the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import OutgoingCut, OutgoingRefused
from kaska.features.alerts.public import report_situation
from kaska.features.calls.public import moment, plain
from kaska.features.identity.public import audit
from kaska.features.outgoing.tables import outgoing_stops
from kaska.kit.bulk import Bulk
from kaska.ledger.reader import LedgerFact

_PUT = Bulk(outgoing_stops, ("position", "at", "contact", "agent", "number", "direction", "project", "reason"))
CUT = "cut"


class OutgoingProjection:
    """One row per call that was refused or ended at a cap."""

    name = "outgoing"
    kinds = (OutgoingRefused, OutgoingCut)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        rows = [_row(entry) for entry in facts]
        await _PUT.put(connection, facts[0].tenant, rows)
        for row in rows:
            await audit.write_once(
                connection,
                tenant=facts[0].tenant,
                user=row["agent"],
                action="outgoing.cut" if row["reason"] == CUT else "outgoing.refuse",
                object=row["number"] or row["contact"],
                details={name: row[name] for name in ("position", "direction", "reason", "project", "contact")},
            )

        await _alarm(connection, facts[0].tenant, rows)

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        await connection.execute(delete(outgoing_stops))


ALARMING = frozenset({CUT, "spending_cap", "direction_closed"})
"""somebody uses up the money, or tries what is closed: a stolen telephone looks like that"""


async def _alarm(connection: AsyncConnection, tenant: str, rows: Sequence[dict[str, Any]]) -> None:
    """One critical situation a day; it lasts until somebody writes down what was done."""
    alarming = [row for row in rows if row["reason"] in ALARMING]
    if alarming:
        await report_situation(
            connection,
            tenant,
            rule=f"outgoing {alarming[0]['at']:%Y-%m-%d}",
            name="Исходящие звонки остановлены правилами",
            figure="outgoing_stopped",
            limit=0.0,
            value=float(len(alarming)),
            since=alarming[0]["at"],
            project=alarming[0]["project"],
        )


def _row(entry: LedgerFact) -> dict[str, Any]:
    fact = entry.fact
    assert isinstance(fact, OutgoingRefused | OutgoingCut)
    row = {"position": entry.position, "at": moment(fact.at), "contact": plain(fact.contact)}
    if isinstance(fact, OutgoingCut):
        kind, _, name = fact.scope.partition(":")
        owner = {"agent": name if kind == "agent" else "", "project": name if kind == "project" else ""}
        return row | owner | {"number": "", "direction": "", "reason": CUT}
    return row | {
        "agent": plain(fact.agent),
        "number": plain(fact.number),
        "direction": fact.direction,
        "project": fact.project,
        "reason": fact.reason,
    }
