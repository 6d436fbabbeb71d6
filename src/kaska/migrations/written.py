"""Revisions that are written as SQL beside their module."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text


def run_written(revision: str) -> None:
    """Execute the ``.sql`` beside the revision's module (give its ``__file__``), statement by statement."""
    connection = op.get_bind()
    written = Path(revision).with_suffix(".sql").read_text()
    statements = "\n".join(line for line in written.splitlines() if not line.startswith("--"))
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(text(statement.replace(":", r"\:")))
