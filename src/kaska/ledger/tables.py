"""The ledger: the append-only list of everything that happened to every contact, and who has read how far."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Index, Table, Text, Uuid
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
