"""What the switch's own records say, and where they and the ledger differ."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Double, Index, Integer, Text
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
Index("ix_switch_calls_arrived_at", switch_calls.c.tenant, switch_calls.c.arrived_at)

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
Index("ix_cdr_calls_arrived_at", cdr_calls.c.tenant, cdr_calls.c.arrived_at)

switch_counts = tenant_table(
    "switch_counts",
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("quarter", DateTime(timezone=True), nullable=False),
    Column("read_at", DateTime(timezone=True), nullable=False),
    Column("processed", BigInteger, nullable=False),
    Column("unaccounted", Integer, nullable=False),
    primary_key=("started_at", "quarter"),
)
"""The last reading of the switch's own counter of calls in each quarter of an hour (UTC): ``processed`` since the
switch was started at ``started_at``, and how many of them no record of it tells of."""

differences = tenant_table(
    "differences",
    Column("contact", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("detail", JSONB, nullable=False),
    Column("arrived_at", DateTime(timezone=True)),
    Column("first_seen", DateTime(timezone=True), nullable=False),
    Column("resolved_at", DateTime(timezone=True)),
    _text("explanation"),
    primary_key=("contact", "kind"),
)
"""``kind`` is a word of comparison.KINDS, ``explanation`` of comparison.EXPLANATIONS ("" while open).
``arrived_at``: when the contact did; null in rows that were written before it was kept."""

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
    Column("lines", Integer),
    Column("going_on", Integer),
    Column("settled_before", DateTime(timezone=True)),
    primary_key=(),
)
"""The last comparison of each tenant, and how many contacts each witness counted in it.
``lines`` from trunks were up on the switch, and ``going_on`` in the ledger; null when the switch could not be asked.
Contacts that ended at ``settled_before`` or later were left for the next one."""
