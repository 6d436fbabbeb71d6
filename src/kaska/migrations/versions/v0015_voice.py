"""How often an agent is reminded of whom he holds, by queue."""

from __future__ import annotations

from alembic import op

revision = "0015_voice"
down_revision = "0014_reports_speed"


def upgrade() -> None:
    op.execute("ALTER TABLE queues ADD COLUMN hold_reminder FLOAT DEFAULT 60 NOT NULL")
