"""How long recordings are kept; who holds which longer; what was deleted."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Double, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

retention_rules = tenant_table(
    "retention_rules",
    Column("id", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    primary_key=("id",),
)
"""``id`` is always RULES; ``document`` as RetentionFields. In force as soon as it is saved"""
RULES = "rules"

recording_holds = tenant_table(
    "recording_holds",
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True)),
    Column("lifted_at", DateTime(timezone=True)),
    Column("lifted_by", Text, nullable=False, server_default=""),
    Column("lifted_why", Text, nullable=False, server_default=""),
    primary_key=("id",),
)
"""``kind`` "contact" or "customer", whose identifier ``subject`` is; ``until`` null: until somebody lifts it"""

Index(
    "ix_recording_holds_standing",
    recording_holds.c.tenant,
    recording_holds.c.kind,
    recording_holds.c.subject,
    postgresql_where=text("lifted_at IS NULL"),
)

recording_deletions = tenant_table(
    "recording_deletions",
    Column("contact", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("rule", Text, nullable=False),
    Column("days", Double, nullable=False),
    Column("project", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("ended_at", DateTime(timezone=True), nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("deleted_at", DateTime(timezone=True)),
    Column("told_at", DateTime(timezone=True)),
    primary_key=("contact",),
)
"""Decided first, then the file is deleted, then the ledger is told: whatever is interrupted goes on from here.
``size`` in bytes and ``sha256`` are of the file, read before; ``seconds`` is how long the recording was"""

Index("ix_recording_deletions_decided", recording_deletions.c.tenant, recording_deletions.c.decided_at)
Index(
    "ix_recording_deletions_untold",
    recording_deletions.c.tenant,
    recording_deletions.c.contact,
    postgresql_where=text("told_at IS NULL"),
)
