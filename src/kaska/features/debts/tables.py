"""The debt book: everybody who was not served, who owes them an answer, and by when."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text

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
    primary_key=("id",),
)
"""Open while ``closed_at`` is null. ``how`` it closed: "called_back", "came_back", "written_off". ``digits`` is the
person's number for searching, as in the journal."""

Index("ix_debts_open", debts.c.tenant, debts.c.due_at, postgresql_where=debts.c.closed_at.is_(None))
Index("ix_debts_closed", debts.c.tenant, debts.c.closed_at)
Index("ix_debts_opened", debts.c.tenant, debts.c.opened_at)
