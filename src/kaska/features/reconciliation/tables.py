"""What the switch's own records say, and where they and the ledger differ."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Double, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


switch_calls = tenant_table(
    "switch_calls",
    Column("contact", Text, nullable=False),
    _text("number"),
    _text("caller"),
    _text("trunk"),
    Column("arrived_at", DateTime(timezone=True), nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True), nullable=False),
    Column("talk_seconds", Double, nullable=False, server_default="0"),
    _text("outcome_hint"),
    _text("cause"),
    primary_key=("contact",),
)
"""One row per inbound call, written from the switch's channel events (CEL) without looking at the ledger."""

Index("ix_switch_calls_ended_at", switch_calls.c.tenant, switch_calls.c.ended_at)

cdr_calls = tenant_table(
    "cdr_calls",
    Column("contact", Text, nullable=False),
    _text("number"),
    _text("caller"),
    _text("trunk"),
    Column("arrived_at", DateTime(timezone=True), nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True), nullable=False),
    Column("noted_at", DateTime(timezone=True), nullable=False),
    Column("billsec", Double, nullable=False, server_default="0"),
    _text("disposition"),
    Column("talked", Boolean, nullable=False, server_default="false"),
    _count("rows"),
    _count("legs"),
    primary_key=("contact",),
)
"""One row per inbound call, written from the switch's call detail records (CDR) alone. ``noted_at``: when we read them;
``rows`` of the caller's channel became this one, and ``legs`` that we dialled have rows of their own."""

Index("ix_cdr_calls_ended_at", cdr_calls.c.tenant, cdr_calls.c.ended_at)

differences = tenant_table(
    "differences",
    Column("contact", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("detail", JSONB, nullable=False),
    Column("first_seen", DateTime(timezone=True), nullable=False),
    Column("resolved_at", DateTime(timezone=True)),
    _text("explanation"),
    primary_key=("contact", "kind"),
)
"""``kind`` is a word of comparison.KINDS, ``explanation`` of comparison.EXPLANATIONS ("" while open)."""

Index("ix_differences_open", differences.c.tenant, postgresql_where=differences.c.resolved_at.is_(None))
Index("ix_differences_resolved", differences.c.tenant, differences.c.resolved_at)

runs = tenant_table(
    "reconciliation_runs",
    Column("ran_at", DateTime(timezone=True), nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    _count("switch"),
    _count("cdr"),
    _count("ledger"),
    _count("talked"),
    _count("recordings"),
    primary_key=(),
)
"""The last comparison of each tenant, and how many contacts each witness counted in it."""
