"""Recordings of people. The sound is ``STATE/prompts/<folder of the tenant>/<id>.wav``."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Float, Text

from kaska.kit.database import tenant_table

prompts = tenant_table(
    "prompts",
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Text, nullable=False),
    primary_key=("id",),
)
"""``text``: what is said in it, as far as somebody wrote it down. ``origin``: "speech", "upload", "microphone"."""
