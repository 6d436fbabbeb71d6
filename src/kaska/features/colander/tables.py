"""What a lost contact costs."""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

colander_settings = tenant_table(
    "colander_settings",
    Column("id", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    primary_key=("id",),
)
"""One row, ``id`` "worth": {"currency": "₽", "worths": [the fields of core.counting.colander.Worth]}"""
