"""People have an e-mail; an evening letter goes to each agent or manager, of a project or all."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0026_books"
down_revision = "0025_inside"


def upgrade() -> None:
    run_written(__file__)
