"""Rules of recording, what may not be deleted, and the proof of what was."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Double, Index, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

recording_rules = tenant_table(
    "recording_rules",
    Column("id", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    primary_key=("id",),
)
"""``id`` is always RULES; ``document`` as RecordingFields"""
RULES = "rules"

recording_holds = tenant_table(
    "recording_holds",
    Column("contact", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    primary_key=("contact",),
)
"""Legal hold: nothing of this contact's sound is deleted, whatever the rules say"""

recording_deletions = tenant_table(
    "recording_deletions",
    Column("contact", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
    primary_key=("name",),
)
"""The proof: who (``by`` "" = the job), when, by which rule, and the hash of what was deleted. ``kind``: "recording" or
"message"; ``sha256`` "" = the file was not there any more."""
recording_deletions.info["append_only"] = True

Index("ix_recording_deletions_at", recording_deletions.c.tenant, recording_deletions.c.at)
