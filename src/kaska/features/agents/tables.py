"""Agents and their telephones."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text, false
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

agents = tenant_table(
    "agents",
    Column("id", Text, nullable=False),
    Column("extension", Text, nullable=False),
    Column("skills", JSONB, nullable=False),
    Column("queues", JSONB, nullable=False, server_default="[]"),
    Column("conversion", JSONB, nullable=False, server_default="{}"),
    Column("text_capacity", Integer, nullable=False, server_default="1"),
    Column("screened", Boolean, nullable=False, server_default=false()),
    primary_key=("id",),
)
"""``id`` is the person's; skill → level 1 to 5; ``queues`` his own order of them; product → share sold;
``screened``: who calls him directly is told to him first"""

skills = tenant_table(
    "skills",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    primary_key=("id",),
)
"""what skills are called; one that nobody named is not here, though agents may have it"""

Index("ux_agents_extension", agents.c.tenant, agents.c.extension, unique=True)

agent_devices = tenant_table(
    "agent_devices",
    Column("endpoint", Text, nullable=False, unique=True),
    Column("agent", Text, nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('web','phone')"), nullable=False),
    Column("secret", Text, nullable=False),
    primary_key=("endpoint",),
)
"""``secret`` is the SIP password: the switch needs it as it is, so only the agent and an administrator may read it"""
