"""Scenarios."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text, text
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
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("edited_by", Text, nullable=False, server_default=""),
    Column("edited_at", DateTime(timezone=True)),
    Column("layout", JSONB, nullable=False, server_default="{}"),
    primary_key=("id",),
)
"""``draft`` is edited; ``published`` is version ``version`` of it (0: never published). The default one is walked by
calls to numbers that nobody described. ``revision`` counts the draft's changes; ``edited_by`` is a person's name;
``layout``: node → [x, y] on the canvas, no part of what is published."""

Index("ux_scenarios_default", scenarios.c.tenant, unique=True, postgresql_where=text("is_default"))

scenario_versions = tenant_table(
    "scenario_versions",
    Column("scenario", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    primary_key=("scenario", "version"),
)
"""every version that was ever published; never changed"""
scenario_versions.info["append_only"] = True
