"""Projects and calendars."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

projects = tenant_table(
    "projects",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("calendar", Text, nullable=False),
    Column("caller_id", Text, nullable=False, server_default=""),
    Column("trunk", Text, nullable=False, server_default=""),
    Column("debt_minutes", Integer, nullable=False, server_default="20"),
    Column("priorities", JSONB, nullable=False, server_default="{}"),
    primary_key=("id",),
)

calendars = tenant_table(
    "calendars",
    Column("id", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("week", JSONB, nullable=False),
    Column("days", JSONB, nullable=False),
    Column("modes", JSONB, nullable=False, server_default="{}"),
    Column("holidays", JSONB, nullable=False, server_default="[]"),
    Column("name", Text, nullable=False, server_default=""),
    Column("mode_names", JSONB, nullable=False, server_default="{}"),
    primary_key=("id",),
)
"""``week``: seven lists of [start, end) minutes since midnight, Monday first; ``days``: ISO date → the same list;
``modes``: name → seven lists like ``week``; ``holidays``: ISO dates"""
