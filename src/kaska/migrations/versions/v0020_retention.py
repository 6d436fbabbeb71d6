"""Rules of keeping recordings, holds, and the proofs of what was deleted."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0020_retention"
down_revision = "0019_codes"


def upgrade() -> None:
    run_written(__file__)
