"""Routes of the black list. The core keeps it, so that it holds while the database is away; its state is shown."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from kaska.core.black_list import ANY_END, Blocked
from kaska.core.events import NumberBlocked, NumberUnblocked
from kaska.core.ports import EngineAway, Refused
from kaska.features.black_list.schemas import BlockGiven, BlockRow
from kaska.features.engine_door import engine_inbox
from kaska.features.identity.public import CurrentUser, Permission, all_names, audit, require
from kaska.kit.database import Database
from kaska.kit.http import DatabaseDep
from kaska.kit.phone import normalise

router = APIRouter(prefix="/api/black-list", tags=["black list"])

Reader = Annotated[CurrentUser, require(Permission.READ_CONFIGURATION)]
Blocker = Annotated[CurrentUser, require(Permission.BLOCK_CALLERS)]
Pattern = Annotated[str, Path(min_length=2, max_length=40)]
_UNNEEDED = re.compile(r"[\s().-]")
_DIGITS = re.compile(r"\+?[0-9]+", re.ASCII)


@router.get("")
async def list_blocked(user: Reader, request: Request, database: DatabaseDep) -> list[BlockRow]:
    """The newest first; entries whose time is over stay until they are removed."""
    entries = _entries(request, user.tenant)
    now = datetime.now(UTC).timestamp()
    async with database.tenant(user.tenant) as connection:
        names = await all_names(connection, user.tenant)
    return [_row(one, names, now) for one in sorted(entries.values(), key=lambda one: (-one.since, one.number))]


@router.post("")
async def block_number(given: BlockGiven, user: Blocker, request: Request, database: DatabaseDep) -> BlockRow:
    """In force at once; the same number again changes its entry. Gives the entry."""
    pattern = pattern_of(given.number, beginning=given.beginning)
    inbox = engine_inbox(request, user.tenant)
    until = given.until.timestamp() if given.until is not None else 0.0
    now = await inbox.now()
    await inbox.submit(NumberBlocked(now, pattern, given.reason, user.id, until, given.prompt))
    told = {"reason": given.reason, "until": given.until.isoformat() if given.until is not None else ""}
    await _trace(database, user, "black_list.block", pattern, told)
    entry = Blocked(pattern, given.reason, user.id, now, until, given.prompt)
    return _row(entry, {user.id: user.name}, now)


@router.delete("/{number}", status_code=204)
async def unblock_number(number: Pattern, user: Blocker, request: Request, database: DatabaseDep) -> None:
    inbox = engine_inbox(request, user.tenant)
    await inbox.submit(NumberUnblocked(await inbox.now(), number, user.id))
    await _trace(database, user, "black_list.unblock", number, {})


def pattern_of(written: str, *, beginning: bool) -> str:
    """As the core compares it. A beginning is read as the beginning of an outside number: 8 (495) 000 → +7495000*.

    Raises Refused when it is no number.
    """
    if not beginning:
        whole = normalise(written)
        digits = _UNNEEDED.sub("", written)
        if not whole and not _DIGITS.fullmatch(digits):
            raise Refused("wrong_number")
        return whole or digits
    digits = _UNNEEDED.sub("", written).rstrip(ANY_END)
    if not _DIGITS.fullmatch(digits):
        raise Refused("wrong_number")
    if digits.startswith("810"):
        digits = "+" + digits[3:]
    elif digits.startswith("8"):
        digits = "+7" + digits[1:]
    return (digits if digits.startswith("+") else f"+{digits}") + ANY_END


def _entries(request: Request, tenant: str) -> dict[str, Blocked]:
    """Raises EngineAway."""
    picture = request.app.state.feed.picture(tenant)
    if picture is None:
        raise EngineAway
    found: dict[str, Blocked] = picture[1].black_list
    return dict(found)


def _row(one: Blocked, names: dict[str, str], now: float) -> BlockRow:
    return BlockRow(
        number=one.number,
        reason=one.reason,
        by=one.by,
        by_name=names.get(one.by, one.by),
        since=_moment(one.since),
        until=_moment(one.until) if one.until else None,
        holds=one.holds(now),
        prompt=one.prompt,
        calls=one.calls,
        last_at=_moment(one.last_at) if one.last_at else None,
    )


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


async def _trace(database: Database, user: CurrentUser, action: str, object: str, details: dict[str, Any]) -> None:
    async with database.tenant(user.tenant) as connection:
        await audit.write(connection, tenant=user.tenant, user=user.id, action=action, object=object, details=details)
