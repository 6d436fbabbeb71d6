"""Calls among ourselves tell which group was paged."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0026_voice"
down_revision = "0025_inside"


def upgrade() -> None:
    run_written(__file__)
