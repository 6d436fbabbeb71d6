"""Filters of the journal that people keep under a name."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

saved_filters = tenant_table(
    "saved_filters",
    Column("id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("shared", Boolean, nullable=False, server_default="false"),
    Column("document", JSONB, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    primary_key=("id",),
)
"""``owner``: who keeps it; ``shared``: all see it; ``document``: schemas.JournalFilter"""

Index("ux_saved_filters_name", saved_filters.c.tenant, saved_filters.c.owner, saved_filters.c.name, unique=True)
