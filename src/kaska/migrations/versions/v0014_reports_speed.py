"""Sums by the grains that a year is read by, and persons' visits; everything is counted again from the ledger."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0014_reports_speed"
down_revision = "0013_keys"


def upgrade() -> None:
    run_written(__file__)
