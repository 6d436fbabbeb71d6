"""Faxes that callers sent stand with their contacts."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0028_fax"
down_revision = "0027_paging"


def upgrade() -> None:
    run_written(__file__)
