"""The proofs that recordings are gone: pages, and a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import BOM, names_of, neutral, read_cursor, write_cursor
from kaska.features.retention.schemas import DeletionPage, DeletionRow
from kaska.features.retention.tables import recording_deletions
from kaska.kit.database import Database

COLUMNS: tuple[tuple[str, str], ...] = (
    ("Обращение", "Contact"),
    ("Файл", "File"),
    ("SHA-256", "SHA-256"),
    ("Размер, байт", "Size, bytes"),
    ("Длина, с", "Length, s"),
    ("Правило", "Rule"),
    ("Хранить, дней", "Kept for, days"),
    ("Проект", "Project"),
    ("Направление", "Direction"),
    ("Обращение завершено", "Contact ended"),
    ("Решено", "Decided"),
    ("Файл удалён", "File deleted"),
    ("В журнале событий", "In the ledger"),
)
PAGE = 500


async def page(connection: AsyncConnection, tenant: str, *, cursor: str, limit: int) -> DeletionPage:
    """The latest first. :raises WrongCursor:"""
    table = recording_deletions
    query = select(table).where(table.c.tenant == tenant)
    if cursor:
        query = query.where(tuple_(table.c.decided_at, table.c.contact) < tuple_(*read_cursor(cursor)))
    query = query.order_by(table.c.decided_at.desc(), table.c.contact.desc()).limit(limit + 1)
    rows = (await connection.execute(query)).mappings().all()
    names = await names_of(connection, tenant, {row["project"] for row in rows})
    items = [
        DeletionRow.model_validate({**row, "project_name": names.get(("project", row["project"]), row["project"])})
        for row in rows[:limit]
    ]
    following = write_cursor(items[-1].decided_at, items[-1].contact) if len(rows) > limit else None
    return DeletionPage(items=items, next_cursor=following)


async def as_csv(database: Database, tenant: str, language: str) -> AsyncIterator[str]:
    """All of them, page by page, each in a transaction of its own."""
    yield BOM + _lines([[pair[language == "en"] for pair in COLUMNS]], language)
    cursor: str | None = ""
    while cursor is not None:
        async with database.tenant(tenant) as connection:
            found = await page(connection, tenant, cursor=cursor, limit=PAGE)
        yield _lines(map(_cells, found.items), language)
        cursor = found.next_cursor


def _cells(row: DeletionRow) -> list[str]:
    return [
        row.contact,
        row.name,
        row.sha256,
        str(row.size),
        str(round(row.seconds)),
        row.rule,
        f"{row.days:g}",
        row.project_name,
        row.direction,
        *map(_moment, (row.ended_at, row.decided_at, row.deleted_at, row.told_at)),
    ]


def _moment(moment: datetime | None) -> str:
    """With its zone: a proof is read by whoever, wherever."""
    return moment.isoformat(timespec="seconds") if moment is not None else ""


def _lines(rows: Iterable[list[str]], language: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()
