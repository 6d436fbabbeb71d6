"""The table of codes that people dial."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0019_codes"
down_revision = "0018_days"


def upgrade() -> None:
    run_written(__file__)
