"""A company may have a mail server of its own."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0032_mail"
down_revision = "0031_source_keys"


def upgrade() -> None:
    run_written(__file__)
