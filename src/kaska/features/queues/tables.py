"""Queues."""

from __future__ import annotations

from sqlalchemy import Column, Float, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

queues = tenant_table(
    "queues",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("requires", JSONB, nullable=False),
    Column("ring_seconds", Float, nullable=False),
    Column("reserve", Text, nullable=False, server_default=""),
    Column("reserve_after", Float, nullable=False),
    Column("announce_every", Float, nullable=False),
    Column("offer_after", Float, nullable=False),
    Column("max_wait", Float, nullable=False),
    Column("wrap_up_seconds", Float, nullable=False),
    Column("short_abandon_seconds", Float, nullable=False),
    primary_key=("id",),
)
"""all durations in seconds; skill → least level in ``requires``"""
