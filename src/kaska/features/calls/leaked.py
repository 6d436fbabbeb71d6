"""Through which hole of the colander a contact ran out, as a condition on the journal.

The debt book reads the journal, so the journal cannot import it: here its table is only named.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, DateTime, Text, and_, column, or_, select, table, tuple_

from kaska.core.contacts.outcomes import EndCause, Outcome
from kaska.core.counting.holes import MENDED_BY_SERVING, Hole, hole_of
from kaska.features.calls.tables import contacts

_debts = table(
    "debts",
    column("tenant", Text),
    column("id", Text),
    column("due_at", DateTime(timezone=True)),
    column("closed_at", DateTime(timezone=True)),
    column("how", Text),
)
RECOVERED = ("called_back", "came_back")
"""how a debt ends when the person was served"""


def ran_out(holes: Collection[Hole], now: ColumnElement[datetime] | datetime) -> ColumnElement[bool]:
    """The inbound contacts that ran out of any of these holes: an ended one by ``hole_of``, unless what was promised
    was done; of those under way the ones whose promised callback is overdue at ``now``.
    """
    c, owed = contacts.c, _debts.c
    mine = select(owed.id).where(owed.tenant == c.tenant, owed.id == c.debt, c.debt != "")

    def ended_in(wanted: Collection[Hole]) -> ColumnElement[bool]:
        pairs = [(o.value, e.value) for o in Outcome for e in EndCause if hole_of(o, e) in wanted]
        return tuple_(c.outcome, c.cause).in_(pairs)

    parts = [ended_in([hole for hole in holes if hole not in MENDED_BY_SERVING])]
    if mended := [hole for hole in holes if hole in MENDED_BY_SERVING]:
        parts.append(and_(ended_in(mended), ~mine.where(owed.how.in_(RECOVERED)).exists()))
    if Hole.CALLBACK in holes:
        overdue = mine.where(owed.closed_at.is_(None), owed.due_at < now)
        parts.append(and_(c.outcome == "", c.callback_promised_at.is_not(None), overdue.exists()))
    return and_(c.direction == "inbound", or_(*parts))
