"""Who visited when: what is known of the persons whose visits change, and how their sums change with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.reports.sums import Sums
from kaska.features.reports.tables import visits
from kaska.features.reports.visits import Choice, Visit, around, count_nameless, count_person
from kaska.kit.bulk import Bulk
from kaska.kit.database import one_of

Change = tuple[Visit | None, Visit | None]
"""what a contact was as a visit, and what it is"""

_NAMES = [field.name for field in fields(Visit)]
_COLUMNS = ", ".join(_NAMES)
_LOAD = text(
    "WITH asked AS (SELECT * FROM unnest("  # noqa: S608 - only names of our own columns
    "CAST(:persons AS text[]), CAST(:since AS bigint[]), CAST(:until AS bigint[])) AS asked (person, since, until)) "
    f"SELECT {', '.join(f'found.{name}' for name in _NAMES)} FROM asked CROSS JOIN LATERAL ("
    f"(SELECT {_COLUMNS} FROM report_people_visits v WHERE v.tenant = :tenant AND v.person = asked.person "
    f"AND v.arrived_us BETWEEN asked.since AND asked.until) UNION "
    f"(SELECT {_COLUMNS} FROM report_people_visits v WHERE v.tenant = :tenant AND v.person = asked.person "
    f"ORDER BY v.arrived_us, v.contact LIMIT 1)) AS found"
)
_PUT = Bulk(visits, _NAMES, clash="replace")


async def change(
    connection: AsyncConnection, tenant: str, sums: Sums, changes: Sequence[Change], choice: Choice
) -> None:
    """Keep the visits as they are now, and add to ``sums`` what that changes. A contact's person and arrival stay."""
    persons: dict[str, list[Change]] = {}
    for before, after in changes:
        if before == after or (one := before or after) is None:
            continue
        if one.person:
            persons.setdefault(one.person, []).append((before, after))
            continue
        for visit, sign in ((before, -1), (after, 1)):
            if visit is not None:
                count_nameless(sums, visit, sign)
    if not persons:
        return
    known = await _known(connection, tenant, persons, choice.days)
    for person, changed in persons.items():
        mine = known.get(person, {})
        count_person(sums, mine.values(), choice.days, -1)
        mine |= {after.contact: after for _, after in changed if after is not None}
        count_person(sums, mine.values(), choice.days)
    now = [after for found in persons.values() for _, after in found if after is not None]
    await _PUT.put(connection, tenant, now)


async def _known(
    connection: AsyncConnection, tenant: str, persons: Mapping[str, Sequence[Change]], days: int
) -> dict[str, dict[str, Visit]]:
    """person → contact → the visits around what changes, and the very first."""
    spans = [around([one for pair in changed for one in pair if one is not None], days) for changed in persons.values()]
    asked = {"persons": list(persons), "since": [span[0] for span in spans], "until": [span[1] for span in spans]}
    found: dict[str, dict[str, Visit]] = {}
    for row in await connection.execute(_LOAD, {"tenant": tenant, **asked}):
        visit = Visit(*row)
        found.setdefault(visit.person, {})[visit.contact] = visit
    return found


async def forget_people(connection: AsyncConnection, tenant: str, numbers: Collection[str]) -> None:
    """Keep no longer that persons with these numbers (E.164) visited; what they were counted for stays."""
    digits = [number.lstrip("+") for number in numbers]
    await connection.execute(delete(visits).where(visits.c.tenant == tenant, one_of(visits.c.person, digits)))
