"""Calls among ourselves. Made from the ledger alone; no contact, no debt and no report of customers has them."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Float, Index, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

inside_talks = tenant_table(
    "inside_talks",
    Column("talk", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("caller", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("trunk", Text, nullable=False),
    Column("others", JSONB, nullable=False, server_default="[]"),
    Column("page", Text, nullable=False, server_default=""),
    Column("door", Text, nullable=False, server_default=""),
    Column("opened", JSONB, nullable=False, server_default="[]"),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("connected_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("result", Text, nullable=False, server_default=""),
    Column("seconds", Float, nullable=False, server_default="0"),
    primary_key=("talk",),
)
"""``by`` and ``to`` are agents, "" at another site (``trunk``); ``others``: who were asked in later, each an
agent or a short number of another site; ``result`` as in facts.InsideOver, "" before its end;
``page``: the queue whose group was spoken to, whose agents are the others then; ``door``: the name of the door at
which it was rung, "" = at none; ``opened``: each time it was opened in this talk, as Opening"""

Index("ix_inside_talks_started", inside_talks.c.tenant, inside_talks.c.started_at)
