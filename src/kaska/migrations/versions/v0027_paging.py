"""Calls among ourselves tell which group was paged."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0027_paging"
down_revision = "0026_books"


def upgrade() -> None:
    run_written(__file__)
