"""What the application's role may do. Brought up to date after every migration."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from sqlalchemy import Connection, Table, text

from kaska.kit.database import APPLICATION_ROLE

log = structlog.get_logger(__name__)


def grant(connection: Connection, tables: Iterable[Table]) -> None:
    """Rights for the application's role, and none for anybody else. Append-only tables: SELECT and INSERT."""
    role = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": APPLICATION_ROLE}).scalar()
    if not role:
        log.warning("application_role_absent", role=APPLICATION_ROLE, meaning="the ledger is not protected by rights")
        return
    tables = list(tables)
    for schema in sorted({table.schema or "public" for table in tables}):
        connection.execute(text(f'GRANT USAGE ON SCHEMA "{schema}" TO {APPLICATION_ROLE}'))
        connection.execute(text(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA "{schema}" TO {APPLICATION_ROLE}'))
    for table in tables:
        name = f'"{table.schema or "public"}"."{table.name}"'
        rights = "SELECT, INSERT" if table.info.get("append_only") else "SELECT, INSERT, UPDATE, DELETE"
        connection.execute(text(f"REVOKE ALL ON {name} FROM PUBLIC, {APPLICATION_ROLE}"))
        connection.execute(text(f"GRANT {rights} ON {name} TO {APPLICATION_ROLE}"))
