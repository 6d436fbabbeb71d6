"""The rules of outgoing calls, one row per company; and what became of calls that the rules did not let through."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

outgoing_rules = tenant_table(
    "outgoing_rules",
    Column("id", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    primary_key=("id",),
)
"""``id`` is always RULES; ``document`` as OutgoingGiven"""
RULES = "rules"

outgoing_stops = tenant_table(
    "outgoing_stops",
    Column("position", BigInteger, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("contact", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("reason", Text, nullable=False),
    primary_key=("position",),
)
"""Made from the ledger alone. ``reason`` of OutgoingRefused, or "cut" for a call ended at a cap"""

Index("ix_outgoing_stops_at", outgoing_stops.c.tenant, outgoing_stops.c.at)
