"""Scripts, their versions, and how conversations went through them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from kaska.kit.database import tenant_table


def _moment(name: str) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=False)


scripts = tenant_table(
    "scripts",
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("places", JSONB, nullable=False, server_default="[]"),
    Column("draft", JSONB, nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("archived", Boolean, nullable=False, server_default="false"),
    Column("changed_by", Text, nullable=False),
    _moment("changed_at"),
    primary_key=("id",),
)
"""``places``: where it is used, see choosing. ``version``: the published one, 0 = never; ``revision`` of the draft."""

script_versions = tenant_table(
    "script_versions",
    Column("script", Text, nullable=False),
    Column("version", Integer, nullable=False),
    _moment("at"),
    Column("by", Text, nullable=False),
    Column("document", JSONB, nullable=False),
    primary_key=("script", "version"),
)
"""every version that was ever published; never changed"""
script_versions.info["append_only"] = True

script_runs = tenant_table(
    "script_runs",
    Column("contact", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("script", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("passes", JSONB, nullable=False),
    Column("filled", JSONB, nullable=False),
    Column("visited", ARRAY(Text), nullable=False),
    Column("step", Text, nullable=False),
    _moment("started_at"),
    _moment("changed_at"),
    primary_key=("contact", "agent", "script"),
)
"""``passes``: [[step, answer]]; ``filled``: blank → value; ``visited``: the steps that were seen, each once; ``step``:
where it stands, "" at the end."""

Index("ix_script_runs_script", script_runs.c.tenant, script_runs.c.script, script_runs.c.version)
