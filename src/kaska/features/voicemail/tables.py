"""Whose messages go to which addresses, and what was sent."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

message_rules = tenant_table(
    "message_letters",
    Column("id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("addresses", JSONB, nullable=False),
    Column("language", Text, nullable=False, server_default="ru"),
    Column("page", Text, nullable=False, server_default=""),
    Column("enabled", Boolean, nullable=False, server_default="true"),
    primary_key=("id",),
)
"""``owner``: "agent:ID" or "queue:ID", who owes the answer; "project:ID", all messages of the project. ``addresses``:
e-mail → since when (ISO 8601) it gets messages. ``page``: where the product is opened, for the link; "" = no link."""

message_sendings = tenant_table(
    "message_letter_sendings",
    Column("contact", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("next_at", DateTime(timezone=True)),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("delivered_at", DateTime(timezone=True)),
    Column("problem", Text, nullable=False, server_default=""),
    primary_key=("contact", "email"),
)
"""One row for each message and address, by whatever rule: nobody gets a message twice. ``next_at`` is null when nothing
is tried: delivered, or given up with ``problem``."""

Index(
    "ix_message_letter_sendings_due",
    message_sendings.c.tenant,
    message_sendings.c.next_at,
    postgresql_where=message_sendings.c.next_at.is_not(None),
)
Index("ix_message_letter_sendings_made", message_sendings.c.tenant, message_sendings.c.made_at)
