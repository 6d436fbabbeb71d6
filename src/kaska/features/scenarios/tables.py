"""Scenarios."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

scenarios = tenant_table(
    "scenarios",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("is_default", Boolean, nullable=False, server_default="false"),
    Column("draft", JSONB, nullable=False),
    Column("published", JSONB),
    Column("version", Integer, nullable=False, server_default="0"),
    primary_key=("id",),
)
"""``draft`` is edited; ``published`` is version ``version`` of it (0: never published). The default one is walked by
calls to numbers that nobody described."""

Index("ux_scenarios_default", scenarios.c.tenant, unique=True, postgresql_where=text("is_default"))
