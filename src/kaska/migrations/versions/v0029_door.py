"""Telephones at doors; calls among ourselves tell which door it was and when it was opened."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0029_door"
down_revision = "0028_fax"


def upgrade() -> None:
    run_written(__file__)
