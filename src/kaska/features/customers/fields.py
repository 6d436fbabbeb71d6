"""The fields that a project's cards have beside those of every card: what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.customers import repository
from kaska.features.customers.errors import (
    FieldHasValues,
    FieldsChangedMeanwhile,
    WrongFields,
)
from kaska.features.customers.schemas import CustomField, CustomFields, ProjectFields
from kaska.features.customers.values import Key
from kaska.features.identity.public import CurrentUser, audit


async def known(connection: AsyncConnection, tenant: str, project: str = "") -> dict[Key, CustomField]:
    """The fields of one or of all projects in the order in which they are shown, archived ones too."""
    rows = await repository.field_rows(connection, tenant, project)
    return {(row.project, row.id): CustomField.model_validate(_told(row._mapping)) for row in rows}


def _told(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: row[name] for name in CustomField.model_fields}


async def of_project(connection: AsyncConnection, tenant: str, project: str) -> ProjectFields:
    fields = list((await known(connection, tenant, project)).values())
    full = await repository.filled(connection, tenant, project)
    return ProjectFields(fields=fields, filled=[one.id for one in fields if one.id in full], revision=_revision(fields))


def _revision(fields: Sequence[CustomField]) -> str:
    written = msgspec.json.encode([one.model_dump() for one in fields])
    return hashlib.sha256(written).hexdigest()[:16]


async def define(connection: AsyncConnection, user: CurrentUser, project: str, given: CustomFields) -> None:
    """Make a project's fields so. One that is left out goes, or into the archive when some card has a value of it.

    :raises WrongFields, FieldHasValues, FieldsChangedMeanwhile:
    """
    for place, one in enumerate(given.fields):
        if one.id in {other.id for other in given.fields[:place]} or (one.kind == "choice" and not one.choices):
            raise WrongFields(field=one.title, fields={f"fields.{place}": "wrong"})
    # two managers at the same moment: the second waits here and then sees what the first has done
    await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"fields {user.tenant}"})
    before = {one.id: one for one in (await known(connection, user.tenant, project)).values()}
    if given.revision not in (None, _revision(list(before.values()))):
        raise FieldsChangedMeanwhile
    full = await repository.filled(connection, user.tenant, project)
    for place, one in enumerate(given.fields):
        if one.id in full and one.id in before and one.kind != before[one.id].kind:
            raise FieldHasValues(field=one.title, fields={f"fields.{place}.kind": "has_values"})
    named = {one.id for one in given.fields}
    kept = [one.model_copy(update={"archived": True}) for one in before.values() if one.id in full - named]
    rows = [one.model_dump() | {"place": place} for place, one in enumerate([*given.fields, *kept])]
    await repository.set_fields(connection, user.tenant, project, rows)
    await audit.write(
        connection,
        tenant=user.tenant,
        user=user.id,
        action="customers.fields",
        object=project,
        details={"fields": [one.title for one in given.fields], "archived": [one.title for one in kept]},
    )
