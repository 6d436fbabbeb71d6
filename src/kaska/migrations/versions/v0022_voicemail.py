"""Messages that callers left, by mail: whose go where, and what was sent."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0022_voicemail"
down_revision = "0021_inside"


def upgrade() -> None:
    run_written(__file__)
