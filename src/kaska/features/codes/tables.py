"""The table of codes, one row per company."""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

feature_codes = tenant_table(
    "feature_codes",
    Column("id", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    primary_key=("id",),
)
"""``id`` is always TABLE; ``document`` as CodesFields"""
TABLE = "table"
