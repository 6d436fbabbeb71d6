"""Keys of outside sources are given on the screen, each company's own; before they were files by name."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0031_source_keys"
down_revision = "0030_names"


def upgrade() -> None:
    run_written(__file__)
