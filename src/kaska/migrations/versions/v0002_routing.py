"""What queues, agents, numbers and projects say about distribution."""

from __future__ import annotations

from alembic import op

revision = "0002_routing"
down_revision = "0001"

COLUMNS = (
    ("queues", "policy JSONB DEFAULT '{}' NOT NULL"),
    ("queues", "prefers JSONB DEFAULT '{}' NOT NULL"),
    ("queues", "relax JSONB DEFAULT '[]' NOT NULL"),
    ("queues", "priority_seconds FLOAT DEFAULT '300' NOT NULL"),
    ("queues", "holding BOOLEAN DEFAULT 'true' NOT NULL"),
    ("queues", "instead TEXT DEFAULT 'message' NOT NULL"),
    ("queues", "size_limit INTEGER DEFAULT '0' NOT NULL"),
    ("queues", "full_queue TEXT DEFAULT '' NOT NULL"),
    ("queues", "chain JSONB DEFAULT '[]' NOT NULL"),
    ("queues", "promotions JSONB DEFAULT '[]' NOT NULL"),
    ("queues", "callback_first TEXT DEFAULT 'agent' NOT NULL"),
    ("queues", "callback_tries INTEGER DEFAULT '1' NOT NULL"),
    ("queues", "callback_retry_seconds FLOAT DEFAULT '300' NOT NULL"),
    ("agents", "queues JSONB DEFAULT '[]' NOT NULL"),
    ("agents", "conversion JSONB DEFAULT '{}' NOT NULL"),
    ("agents", "text_capacity INTEGER DEFAULT '1' NOT NULL"),
    ("numbers", "priority INTEGER DEFAULT '0' NOT NULL"),
    ("projects", "priorities JSONB DEFAULT '{}' NOT NULL"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
