"""The route that gives a fax as a document. There is no other way to the files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from kaska.features.fax import service
from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.kit.http import DatabaseDep, SettingsDep

router = APIRouter(prefix="/api/contacts", tags=["fax"])

Reader = Annotated[CurrentUser, require(Permission.LISTEN_RECORDINGS)]
PDF = "application/pdf"
_DOCUMENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {PDF: {"schema": {"type": "string", "format": "binary"}}}, "description": "The pages that came"}
}


@router.get("/{contact_id}/fax", response_class=Response, responses=_DOCUMENT)
async def read_fax(
    contact_id: Annotated[str, Path(min_length=1, max_length=200)],
    user: Reader,
    database: DatabaseDep,
    settings: SettingsDep,
) -> Response:
    """The fax that a machine sent, as PDF."""
    async with database.tenant(user.tenant) as connection:
        made = await service.read(connection, user, contact_id, settings.faxes_dir)
    headers = {
        "Content-Disposition": 'inline; filename="fax.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(made, media_type=PDF, headers=headers)
