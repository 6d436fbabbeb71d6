"""The debt book: everybody who was not served, who owes them an answer, and by when."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


debts = tenant_table(
    "debts",
    Column("id", Text, nullable=False),
    _text("contact"),
    _text("customer"),
    _text("caller"),
    _text("digits"),
    _text("cause"),
    _text("owner"),
    _text("project"),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reached", Boolean, nullable=False, server_default="false"),
    Column("last_attempt_at", DateTime(timezone=True)),
    _text("last_attempt_by"),
    _text("last_attempt_contact"),
    Column("closed_at", DateTime(timezone=True)),
    _text("how"),
    _text("closed_by"),
    _text("closing_contact"),
    _text("reason"),
    _text("queue"),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    _text("last_result"),
    Column("next_at", DateTime(timezone=True)),
    Column("promised_until", DateTime(timezone=True)),
    _text("promised_note"),
    Column("escalated_at", DateTime(timezone=True)),
    _text("claimed_by"),
    Column("claimed_until", DateTime(timezone=True)),
    primary_key=("id",),
)
"""Open while ``closed_at`` is null. ``how`` it closed: "called_back", "came_back", "unreachable", "refused",
"written_off". ``digits`` is the person's number for searching, as in the journal. ``tries`` are the attempts that
count; ``next_at``: not called automatically before."""

debt_events = tenant_table(
    "debt_events",
    Column("debt", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("type", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    primary_key=("debt", "position"),
)
"""The story of a debt: its facts, as they stand in the ledger at ``position``."""

debt_rules = tenant_table(
    "debt_rules",
    Column("project", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    primary_key=("project",),
)
"""``document`` is a core DebtRules; in force once it is published"""

Index("ix_debts_open", debts.c.tenant, debts.c.due_at, postgresql_where=debts.c.closed_at.is_(None))
Index("ix_debts_closed", debts.c.tenant, debts.c.closed_at)
Index("ix_debts_opened", debts.c.tenant, debts.c.opened_at)
