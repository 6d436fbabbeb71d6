"""What the operator's screen stands on: topics per project, drafts of results, scripts, the knowledge base."""

from __future__ import annotations

from kaska.migrations.written import run_written

revision = "0011_operator"
down_revision = "0010_colander"


def upgrade() -> None:
    run_written(__file__)
