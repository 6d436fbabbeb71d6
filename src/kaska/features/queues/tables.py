"""Queues."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, Text
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
    Column("policy", JSONB, nullable=False, server_default="{}"),
    Column("prefers", JSONB, nullable=False, server_default="{}"),
    Column("relax", JSONB, nullable=False, server_default="[]"),
    Column("priority_seconds", Float, nullable=False, server_default="300"),
    Column("holding", Boolean, nullable=False, server_default="true"),
    Column("instead", Text, nullable=False, server_default="message"),
    Column("size_limit", Integer, nullable=False, server_default="0"),
    Column("full_queue", Text, nullable=False, server_default=""),
    Column("chain", JSONB, nullable=False, server_default="[]"),
    Column("promotions", JSONB, nullable=False, server_default="[]"),
    Column("callback_first", Text, nullable=False, server_default="agent"),
    Column("callback_tries", Integer, nullable=False, server_default="1"),
    Column("callback_retry_seconds", Float, nullable=False, server_default="300"),
    Column("hold_reminder", Float, nullable=False, server_default="60"),
    Column("breaks", Text, nullable=False, server_default=""),
    Column("breaks_away", Integer, nullable=False, server_default="0"),
    Column("breaks_waiting", Integer, nullable=False, server_default="0"),
    Column("after_talk", Text, nullable=False, server_default=""),
    Column("screened", Boolean, nullable=False, server_default="false"),
    primary_key=("id",),
)
"""all durations in seconds; skill → least level in ``requires``; documents are those of core.routing.rules"""
