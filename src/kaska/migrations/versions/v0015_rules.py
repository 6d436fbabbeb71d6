"""Rules of outgoing calls and of recording; what they stopped, kept and deleted."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0015_rules"
down_revision = "0014_reports_speed"


def upgrade() -> None:
    run_written(__file__)
