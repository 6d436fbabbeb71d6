"""Where events are posted to, and what was or is to be posted."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

webhooks = tenant_table(
    "webhooks",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("events", JSONB, nullable=False),
    Column("project", Text, nullable=False, server_default=""),
    Column("enabled", Boolean, nullable=False, server_default="true"),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("failing_since", DateTime(timezone=True)),
    Column("switched_off_at", DateTime(timezone=True)),
    primary_key=("id",),
)
"""``secret`` signs what is sent. ``since``: nothing older is told. ``failing_since``: of the first of the failures that
no success has followed. ``switched_off_at``: by the product, because it failed too long"""

webhook_deliveries = tenant_table(
    "webhook_deliveries",
    Column("id", Text, nullable=False),
    Column("webhook", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("contact", Text, nullable=False, server_default=""),
    Column("position", BigInteger, nullable=False, server_default="0"),
    Column("body", JSONB, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("next_at", DateTime(timezone=True)),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("delivered_at", DateTime(timezone=True)),
    Column("problem", Text, nullable=False, server_default=""),
    primary_key=("id",),
)
"""``position`` of the fact that it tells of, 0 = of none; ``next_at`` is null when nothing is tried any more"""

Index(
    "ix_webhook_deliveries_due",
    webhook_deliveries.c.tenant,
    webhook_deliveries.c.next_at,
    postgresql_where=webhook_deliveries.c.next_at.is_not(None),
)
Index("ix_webhook_deliveries_made", webhook_deliveries.c.tenant, webhook_deliveries.c.made_at)
Index("ix_webhook_deliveries_contact", webhook_deliveries.c.tenant, webhook_deliveries.c.contact)
