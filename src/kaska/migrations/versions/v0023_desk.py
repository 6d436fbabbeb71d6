"""Fields of customers' cards: their names in English, what is required, unrecorded, archived."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0023_desk"
down_revision = "0022_voicemail"


def upgrade() -> None:
    run_written(__file__)
