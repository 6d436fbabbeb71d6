"""Keys, and the doors by which they are found.

``key_doors`` has no wall: it is read to find out whose wall to raise.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import metadata, tenant_table

keys = tenant_table(
    "api_keys",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('program','screen')", name="kind"), nullable=False),
    Column("permissions", JSONB, nullable=False),
    Column("per_minute", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("last_used_at", DateTime(timezone=True)),
    primary_key=("id",),
)
"""``per_minute``: requests. A revoked key stays, so that its name in the audit trail goes on meaning something"""

key_doors = Table(
    "api_key_doors",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("tenant", Text, ForeignKey("tenants.id"), nullable=False),
    Column("key", Text, nullable=False),
)
"""``token_hash`` is SHA-256 of the key: reading the table lets nobody in"""
