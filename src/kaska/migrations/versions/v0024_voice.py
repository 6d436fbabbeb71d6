"""What people are asked after a talk; prompts by telephone."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0024_voice"
down_revision = "0023_desk"


def upgrade() -> None:
    run_written(__file__)
