"""The ledger: the append-only list of everything that happened to every contact, and who has read how far."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, DateTime, Index, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import metadata, tenant_table

SCHEMA = "ledger"

facts = tenant_table(
    "facts",
    Column("position", BigInteger, nullable=False, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("contact", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("journal", Uuid, nullable=False),
    Column("seq", BigInteger, nullable=False),
    primary_key=("position",),
    schema=SCHEMA,
)
"""``position`` counts 1, 2, 3… in each tenant and becomes visible in that order. ``journal`` and ``seq`` say where the
fact was first written. The application's role may INSERT and SELECT here, nothing else."""
facts.info["append_only"] = True

Index("ux_facts_journal_seq", facts.c.journal, facts.c.seq, unique=True)
Index("ix_facts_contact", facts.c.tenant, facts.c.contact, facts.c.position)
Index(
    "ix_facts_debt",
    facts.c.tenant,
    text("(body ->> 'debt')"),
    postgresql_where=text("type IN ('debt_opened', 'debt_closed')"),
)
"""For the law that a debt is opened and closed once; only these two kinds of fact pay for it."""

heads = tenant_table(
    "heads",
    Column("position", BigInteger, nullable=False),
    primary_key=(),
    schema=SCHEMA,
)
"""The last position of each tenant. Its row is locked by whoever appends, so positions are given one writer at a time
and a reader that sees position n sees all before it."""

shipments = Table(
    "shipments",
    metadata,
    Column("journal", Uuid, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    schema=SCHEMA,
)
"""How far each journal is in the ledger; moves in the transaction that inserts the facts."""

readers = tenant_table(
    "readers",
    Column("projection", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    primary_key=("projection",),
    schema=SCHEMA,
)
"""How far each projection has read; moves in the transaction that writes what it made of the facts."""

seals = tenant_table(
    "seals",
    Column("day", Date, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("previous", Text, nullable=False),
    Column("seal", Text, nullable=False),
    Column("sealed_at", DateTime(timezone=True), nullable=False),
    primary_key=("day",),
    schema=SCHEMA,
)
"""One row per closed UTC day that had facts: SHA-256 (hexadecimal) over the facts ``first`` to ``last`` and the seal
before it; see ledger.seals."""
seals.info["append_only"] = True

Index("ux_seals_first", seals.c.tenant, seals.c.first, unique=True)

checks = tenant_table(
    "checks",
    Column("position", BigInteger, nullable=False),
    Column("checked_at", DateTime(timezone=True), nullable=False),
    Column("verified_at", DateTime(timezone=True)),
    Column("verified_facts", BigInteger, nullable=False, server_default="0"),
    Column("verified_through", Date),
    Column("bad_day", Date),
    Column("bad_why", Text, nullable=False, server_default=""),
    primary_key=(),
    schema=SCHEMA,
)
"""How far the laws are checked (``position``), and what the last check of everything found: the last sealed day that it
saw, and the first whose seal does not agree."""

breaches = tenant_table(
    "breaches",
    Column("law", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("detail", Text, nullable=False),
    Column("found_at", DateTime(timezone=True), nullable=False),
    primary_key=("law", "subject", "position"),
    schema=SCHEMA,
)
"""Facts that break a law, as found; a check of everything replaces them by what it finds."""
