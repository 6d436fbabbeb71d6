"""Sums by the grains that a year is read by, and persons' visits; everything is counted again from the ledger."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0013_reports_speed"
down_revision = "0012_scenario_editor"


def upgrade() -> None:
    run_written(__file__)
