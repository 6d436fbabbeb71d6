"""What people choose from when they say what a contact was about. Nothing here is deleted: contacts name it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY

from kaska.kit.database import tenant_table


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default="false")


def _place() -> Column[int]:
    return Column("place", Integer, nullable=False, server_default="0")


topics = tenant_table(
    "topics",
    Column("id", Text, nullable=False),
    _text("parent"),
    _text("title"),
    _place(),
    _text("project"),
    Column("requires", ARRAY(Text), nullable=False, server_default="{}"),
    _flag("archived"),
    primary_key=("id",),
)
"""``project``: whose tree it stands in, "" in everybody's; ``requires``: what must be said with it."""

results = tenant_table(
    "contact_results",
    Column("id", Text, nullable=False),
    _text("title"),
    _place(),
    _flag("asks_refusal"),
    _flag("asks_next"),
    _flag("archived"),
    primary_key=("id",),
)

choices = tenant_table(
    "contact_choices",
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    _text("title"),
    _place(),
    _flag("archived"),
    primary_key=("kind", "id"),
)
"""``kind``: "source" (how the person learned of us) or "refusal" (why nothing came of it)."""
