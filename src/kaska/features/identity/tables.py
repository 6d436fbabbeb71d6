"""Tenants, people, their sessions and the audit trail.

``tenants``, ``logins`` and ``sessions`` have no wall: they are read to find out whose wall to raise.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from kaska.kit.database import metadata, tenant_table

tenants = Table(
    "tenants",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

logins = Table(
    "logins",
    metadata,
    Column("login", Text, primary_key=True),
    Column("tenant", Text, ForeignKey("tenants.id"), nullable=False),
    Column("user_id", Text, nullable=False),
)
"""which tenant a login belongs to; lower case, unique in the installation"""

users = tenant_table(
    "users",
    Column("id", Text, nullable=False),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, CheckConstraint("role IN ('administrator','supervisor','operator')"), nullable=False),
    Column("locale", Text, nullable=False, server_default="ru"),
    Column("email", Text, nullable=False, server_default=""),
    Column("must_change_password", Boolean, nullable=False, server_default="true"),
    Column("disabled", Boolean, nullable=False, server_default="false"),
    Column("failed_logins", Integer, nullable=False, server_default="0"),
    Column("locked_until", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    primary_key=("id",),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("tenant", Text, ForeignKey("tenants.id"), nullable=False),
    Column("user_id", Text, nullable=False),
    Column("csrf", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("last_seen", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Index("ix_sessions_user", "tenant", "user_id"),
)
"""``token_hash`` is SHA-256 of the cookie: reading the table lets nobody in"""

audit_log = tenant_table(
    "audit",
    Column("id", BigInteger, Identity(), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("user_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("details", JSONB, nullable=False),
    Index("ix_audit_at", "tenant", "at"),
    primary_key=("id",),
)
audit_log.info["append_only"] = True
