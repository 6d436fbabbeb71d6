"""Reports: sums by interval; what a company chose for its reports."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0007_reports"
down_revision = "0006_settings"


def upgrade() -> None:
    run_written(__file__)
