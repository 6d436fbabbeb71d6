"""Trunks, calendars and skills have names for people."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0030_names"
down_revision = "0029_door"


def upgrade() -> None:
    run_written(__file__)
