"""Everything that exists in the first version: tables, indexes, tenant walls."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    written = Path(__file__).with_suffix(".sql").read_text()
    statements = "\n".join(line for line in written.splitlines() if not line.startswith("--"))
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(text(statement.replace(":", r"\:")))
