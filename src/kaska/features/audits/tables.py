"""Audits that were asked for, and kept meanings of columns."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Text
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import tenant_table

foreign_audits = tenant_table(
    "foreign_audits",
    Column("id", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("files", JSONB, nullable=False, server_default="[]"),
    Column("options", JSONB, nullable=False, server_default="{}"),
    Column("state", Text, nullable=False, server_default="uploading"),
    Column("seen_at", DateTime(timezone=True)),
    Column("done", BigInteger, nullable=False, server_default="0"),
    Column("problem", JSONB),
    Column("result", JSONB),
    primary_key=("id",),
)
"""``files``: [{"name", "size"}]; how much of each has come is seen on the disk. ``state``: "uploading", "counting",
"done" or "failed"; ``seen_at``: when the process that counts last gave a sign, ``done`` bytes into the files.
``problem``: {"ru", "en"}. ``result``: what ``kaska.audit.apart`` wrote."""

audit_profiles = tenant_table(
    "audit_profiles",
    Column("name", Text, nullable=False),
    Column("mapping", JSONB, nullable=False),
    primary_key=("name",),
)
"""``mapping``: {"columns": {field: [column]}, "meanings": {value: meaning}}"""
