"""Rules of outgoing calls and of recording; what they stopped."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0017_rules"
down_revision = "0016_books"


def upgrade() -> None:
    run_written(__file__)
