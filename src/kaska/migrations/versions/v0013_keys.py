"""Keys for programs and screens; webhooks and what was delivered to them."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0013_keys"
down_revision = "0012_scenario_editor"


def upgrade() -> None:
    run_written(__file__)
