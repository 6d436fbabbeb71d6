"""Rows that travel as JSON arrive as they were."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from kaska.features.calls.tables import contacts
from kaska.features.customers.tables import customers, identities
from kaska.features.reports.tables import sketches
from kaska.host.postgres import DatabaseUrls
from kaska.kit.bulk import Bulk, Clash
from kaska.kit.database import Database
from kaska.migrations.run import migrate

pytestmark = pytest.mark.database

_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
_moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
_COLUMNS = ("id", "name", "tags", "custom", "vip", "created_at", "changed_at")
_rows = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "name": _texts,
        "tags": st.lists(_texts, max_size=3),
        "custom": st.dictionaries(_texts, st.dictionaries(_texts, _texts, max_size=2), max_size=2),
        "vip": st.booleans(),
        "created_at": _moments,
        "changed_at": _moments,
    }
)


@given(rows=st.lists(_rows, max_size=4, unique_by=lambda row: row["id"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_rows_arrive_as_they_were(postgres: DatabaseUrls, rows: list[dict[str, Any]]) -> None:
    await migrate(postgres.owner)
    database = Database(postgres.app)
    tenant = f"t-{uuid.uuid4().hex[:12]}"
    try:
        async with database.tenant(tenant) as connection:
            await Bulk(customers, _COLUMNS).put(connection, tenant, rows)
            query = select(*(customers.c[name] for name in _COLUMNS)).where(customers.c.tenant == tenant)
            found = {row.id: dict(row._mapping) for row in await connection.execute(query)}
        assert found == {row["id"]: row for row in rows}
    finally:
        await database.close()


async def test_what_is_there_already(postgres: DatabaseUrls) -> None:
    """Kept, added to or replaced; and who came first is told."""
    await migrate(postgres.owner)
    database = Database(postgres.app)
    tenant = f"t-{uuid.uuid4().hex[:12]}"
    now = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
    claim = Bulk(identities, ("kind", "value", "customer", "added_at"), returning=("value",))
    asked = {"kind": "phone", "value": "+74950000001", "customer": "c-1", "added_at": now}
    try:
        async with database.tenant(tenant) as connection:
            first = await claim.put(connection, tenant, [asked])
            again = await claim.put(connection, tenant, [asked | {"customer": "c-2"}, asked | {"value": "+7495"}])
            assert first is not None
            assert again is not None
            assert (list(first.scalars()), list(again.scalars())) == (["+74950000001"], ["+7495"])

            async def told(offers: int, clash: Clash) -> int:
                put = Bulk(contacts, ("id", "arrived_at", "offers"), clash=clash)
                await put.put(connection, tenant, [{"id": "1", "arrived_at": now, "offers": offers}])
                return int((await connection.execute(select(contacts.c.offers))).scalar_one())

            assert [await told(2, "keep"), await told(5, "keep"), await told(3, "replace")] == [2, 2, 3]
            with pytest.raises(DBAPIError):  # moments cannot be added
                await told(1, "add")
    finally:
        await database.close()


async def test_sums_are_added(postgres: DatabaseUrls) -> None:
    await migrate(postgres.owner)
    database = Database(postgres.app)
    tenant = f"t-{uuid.uuid4().hex[:12]}"
    columns = [column.name for column in sketches.c if column.name != "tenant"]
    keys = {column.name: "x" for column in sketches.primary_key if column.name != "tenant"}
    row = keys | {"start": datetime(2026, 3, 2, tzinfo=UTC), "bucket": 3, "contacts": 4}
    try:
        async with database.tenant(tenant) as connection:
            add = Bulk(sketches, columns, clash="add")
            for _ in range(2):
                await add.put(connection, tenant, [row])
            assert list((await connection.execute(select(sketches.c.contacts))).scalars()) == [8]
    finally:
        await database.close()
