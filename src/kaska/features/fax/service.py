"""Who may read a fax, and the trace of every reading."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import brief
from kaska.features.fax.errors import FaxFileGone, FaxUnreadable, NoFax
from kaska.features.fax.pdf import Unreadable, as_pdf
from kaska.features.identity.public import CurrentUser, audit
from kaska.features.recordings.public import locate


async def document(directory: Path, name: str) -> bytes:
    """The fax ``name`` as PDF. :raises FaxFileGone, FaxUnreadable:"""
    found = await locate(directory, f"{name}.tif")
    if found is None:
        raise FaxFileGone
    try:
        return await asyncio.to_thread(lambda: as_pdf(found.path.read_bytes()))
    except FileNotFoundError:  # erased this moment
        raise FaxFileGone from None
    except Unreadable:
        raise FaxUnreadable from None


async def read(connection: AsyncConnection, user: CurrentUser, contact_id: str, directory: Path) -> bytes:
    """What a machine sent, as PDF: whoever may hear messages may answer it. The reading is written down.

    :raises ContactNotFound, NoFax, FaxFileGone, FaxUnreadable:
    """
    contact = await brief(connection, user.tenant, contact_id)
    if not contact.fax:
        raise NoFax
    made = await document(directory, contact.fax)
    details = {"file": f"{contact.fax}.tif", "pages": contact.fax_pages}
    await audit.write(
        connection, tenant=user.tenant, user=user.id, action="fax.read", object=contact.id, details=details
    )
    return made
