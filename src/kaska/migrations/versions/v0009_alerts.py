"""Alerts: rules, situations, deliveries; and what queues say about breaks."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0009_alerts"
down_revision = "0008_debts"


def upgrade() -> None:
    run_written(__file__)
