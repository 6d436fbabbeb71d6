"""Outside sources of data."""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

lookup_sources = tenant_table(
    "lookup_sources",
    Column("id", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    Column("secret", Text, nullable=False, server_default=""),
    primary_key=("id",),
)
"""``document`` is a core Source without its id: {"kind": "http_source", "url": …}; ``secret`` is its key (of a
database: its address), never shown again"""
