"""Calls among ourselves, short numbers of other sites, and who hears who calls before he takes it."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0021_inside"
down_revision = "0020_retention"


def upgrade() -> None:
    run_written(__file__)
