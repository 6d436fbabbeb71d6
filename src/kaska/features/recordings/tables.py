"""Rules of recording as they are edited."""

from __future__ import annotations

from sqlalchemy import Column, Text
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
