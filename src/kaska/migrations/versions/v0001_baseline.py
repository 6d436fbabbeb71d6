"""Everything that exists in the first version: tables, indexes, tenant walls."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_written(__file__)
