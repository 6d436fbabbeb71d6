"""Calls among ourselves tell who was asked in later."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0023_inside"
down_revision = "0024_voice"


def upgrade() -> None:
    run_written(__file__)
