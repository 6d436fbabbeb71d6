"""What the rest of the product uses of sources."""

from __future__ import annotations

import json
import re
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import DecisionTable, HttpSource, Source, SqlSource
from kaska.features.lookups.carrying import Lookups, key_of
from kaska.features.lookups.errors import SourceMalformed
from kaska.features.lookups.tables import lookup_sources
from kaska.kit.tenant_rows import TenantRows
from kaska.ledger.notation import NotationError, from_document

__all__ = ["Lookups", "key_of", "read_sources", "source_from_document", "source_keys"]

_NAME = re.compile(r"[^\x00-\x1f\x7f]{0,100}")


async def read_sources(connection: AsyncConnection, tenant: str) -> dict[str, Source]:
    rows = await TenantRows(connection, tenant, lookup_sources).all()
    return {row["id"]: source_from_document(row["id"], row["document"]) for row in rows}


async def source_keys(connection: AsyncConnection, tenant: str) -> dict[str, str]:
    """``key_of`` → the key of each source that has one."""
    rows = await TenantRows(connection, tenant, lookup_sources).all()
    return {key_of(tenant, row["id"]): row["secret"] for row in rows if row["secret"]}


def source_from_document(id: str, document: dict[str, Any]) -> Source:
    """Raises SourceMalformed."""
    try:
        source = cast(Source, from_document({**document, "id": id}, Source, strict=True))
    except NotationError as problem:
        raise SourceMalformed(problem=str(problem)) from None
    if not _NAME.fullmatch(source.name):
        raise SourceMalformed(problem="name")
    match source:
        case HttpSource():
            if not re.match(r"^https?://[^\s{}/]+(/|$|\?)", source.url) or source.method not in ("GET", "POST"):
                raise SourceMalformed(problem="url, method")
        case SqlSource():
            pass
        case DecisionTable():
            _table(source.document)
    return source


def _table(document: str) -> None:
    try:
        found = json.loads(document)
    except ValueError as problem:
        raise SourceMalformed(problem=f"document: {problem}") from None
    if not isinstance(found, dict) or not isinstance(found.get("nodes"), list):
        raise SourceMalformed(problem="document: nodes")
