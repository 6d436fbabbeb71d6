"""Published configurations."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, Text

from kaska.kit.database import tenant_table

published_configurations = tenant_table(
    "published_configurations",
    Column("version", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Text, nullable=False),
    Column("body", Text, nullable=False),
    primary_key=("version",),
)
"""``body`` is the encoded Configuration, byte for byte (JSONB would reorder it)"""
