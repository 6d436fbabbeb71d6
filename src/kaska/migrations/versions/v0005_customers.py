"""Customers: their cards and everything on them, and the contacts that are masked after an erasure."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0005_customers"
down_revision = "0004_seals"


def upgrade() -> None:
    run_written(__file__)
