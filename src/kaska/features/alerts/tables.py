"""Rules of alerts, the situations they found, and what was sent about them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Double, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table


def _moment(name: str, *, required: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=not required)


alert_rules = tenant_table(
    "alert_rules",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("project", Text, nullable=False, server_default=""),
    Column("figure", Text, nullable=False),
    Column("above", Boolean, nullable=False, server_default="true"),
    Column("limit", Double, nullable=False),
    Column("margin", Double, nullable=False, server_default="0"),
    Column("window", Double, nullable=False, server_default="3600"),
    Column("hold", Double, nullable=False, server_default="30"),
    Column("quiet", JSONB, nullable=False, server_default="[]"),
    Column("emails", JSONB, nullable=False, server_default="[]"),
    Column("webhooks", JSONB, nullable=False, server_default="[]"),
    Column("language", Text, nullable=False, server_default="ru"),
    Column("enabled", Boolean, nullable=False, server_default="true"),
    primary_key=("id",),
)
"""``window`` and ``hold`` in seconds; ``quiet``: [[from, to]] minutes of the day; ``webhooks``: their identifiers.
A rule is of core.alerting.judge."""

alert_webhooks = tenant_table(
    "alert_webhooks",
    Column("id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    primary_key=("id",),
)
"""``secret`` signs what is sent; it is shown once, when it is made"""

alert_standings = tenant_table(
    "alert_standings",
    Column("rule", Text, nullable=False),
    Column("raised", Boolean, nullable=False),
    Column("since", Double, nullable=False),
    Column("turning_since", Double, nullable=False),
    Column("worst", Double, nullable=False),
    primary_key=("rule",),
)
"""Where each rule stood when it last changed, so that a restart raises nothing twice; seconds since the epoch"""

alert_situations = tenant_table(
    "alert_situations",
    Column("id", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("figure", Text, nullable=False),
    Column("above", Boolean, nullable=False),
    Column("limit", Double, nullable=False),
    Column("worst", Double, nullable=False),
    _moment("since", required=True),
    _moment("until"),
    Column("taken_by", Text, nullable=False, server_default=""),
    _moment("taken_at"),
    Column("done", Text, nullable=False, server_default=""),
    Column("done_by", Text, nullable=False, server_default=""),
    _moment("done_at"),
    primary_key=("id",),
)
"""``until`` is null while it lasts; ``taken_by`` is who is on it; ``done`` is what was done, in his words"""

Index("ix_alert_situations_since", alert_situations.c.tenant, alert_situations.c.since)

alert_deliveries = tenant_table(
    "alert_deliveries",
    Column("id", Text, nullable=False),
    Column("situation", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("language", Text, nullable=False, server_default="ru"),
    _moment("made_at", required=True),
    _moment("next_at"),
    Column("tries", Integer, nullable=False, server_default="0"),
    _moment("delivered_at"),
    Column("problem", Text, nullable=False, server_default=""),
    primary_key=("id",),
)
"""``what``: "raised" or "cleared"; ``channel``: "email" or "webhook"; ``next_at`` is null when nothing is tried:
delivered, or given up with ``problem``"""

Index(
    "ix_alert_deliveries_due",
    alert_deliveries.c.tenant,
    alert_deliveries.c.next_at,
    postgresql_where=alert_deliveries.c.next_at.is_not(None),
)
Index("ix_alert_deliveries_made", alert_deliveries.c.tenant, alert_deliveries.c.made_at)
