"""Mail servers, one row per company that has its own."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Text

from kaska.kit.database import tenant_table

mail_servers = tenant_table(
    "mail_servers",
    Column("id", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("port", Integer, nullable=False),
    Column("username", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("tls", Text, nullable=False),
    primary_key=("id",),
)
"""``id`` is always SERVER; ``secret`` is the password, never shown again"""
SERVER = "server"
