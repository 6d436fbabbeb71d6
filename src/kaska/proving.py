"""What ``kaska verify`` says: the whole ledger of each company held to its laws and to the seals over its days."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from kaska.features.identity.public import Doors
from kaska.kit.database import Database
from kaska.ledger.laws import LAWS, Violation
from kaska.ledger.verify import Verdict, verify

SHOWN = 20
PROGRESS_EVERY_SECONDS = 2.0

_WORDS: dict[str, tuple[str, str]] = {
    "company": ("Компания {tenant}", "Company {tenant}"),
    "read": (
        "  фактов {facts}, обращений {contacts}, из них не завершены {alive}",
        "  {facts} facts, {contacts} contacts, of them {alive} have not ended",
    ),
    "laws_hold": ("  все законы журнала соблюдены", "  every law of the ledger holds"),
    "laws_broken": ("  нарушений законов: {count}", "  broken laws: {count}"),
    "breach": (
        "    {subject}: {sentence} (факт {position}: {detail})",
        "    {subject}: {sentence} (fact {position}: {detail})",
    ),
    "more": ("    … и ещё {count}", "    … and {count} more"),
    "no_seals": (
        "  печатей ещё нет: день запечатывается через час после полуночи UTC",
        "  no seals yet: a day is sealed an hour after midnight UTC",
    ),
    "seals": (
        "  печатей проверено {count}, последний день {day}, фактов без печати {unsealed}",
        "  {count} seals checked, the last day is {day}, {unsealed} facts without a seal",
    ),
    "newest": ("  последняя печать {seal}", "  the newest seal {seal}"),
    "bad_day": (
        "  НЕ СХОДИТСЯ, первый день {day}: {why}; всего дней {count}",
        "  DOES NOT AGREE, the first day is {day}: {why}; {count} days in all",
    ),
    "noted_missing": (
        "  НЕ СХОДИТСЯ: записанной печати нет в цепочке",
        "  DOES NOT AGREE: the seal that was noted is not in the chain",
    ),
    "agrees": ("Всё сходится.", "Everything agrees."),
    "differs": ("Не сходится: {tenants}.", "Does not agree: {tenants}."),
    "facts": ("{tenant}: прочитано фактов {done} из {total}", "{tenant}: {done} of {total} facts read"),
    "contacts": (
        "{tenant}: истории обращений, фактов {done} из {total}",
        "{tenant}: stories of contacts, {done} of {total} facts",
    ),
}
"""(Russian, English)"""


class NoSuchTenant(Exception):
    """There is no company of that name. ``args[0]`` is what was asked for."""


async def verify_tenants(
    database: Database, tenant: str, noted: str, progress: Callable[[str, str, int, int], None]
) -> list[Verdict]:
    """Verify one tenant, or all for "". ``noted``, with one tenant: see ``verify``. Raises NoSuchTenant."""
    async with database.system() as connection:
        known = await Doors(connection).tenant_ids()
    if tenant and tenant not in known:
        raise NoSuchTenant(tenant)
    found = []
    for one in [tenant] if tenant else sorted(known):
        told = _from_time_to_time(one, progress)
        found.append(await verify(database, one, now=datetime.now(UTC), noted=noted, progress=told))
    return found


def _from_time_to_time(tenant: str, progress: Callable[[str, str, int, int], None]) -> Callable[[str, int, int], None]:
    due = time.monotonic() + PROGRESS_EVERY_SECONDS

    def tell(what: str, done: int, total: int) -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + PROGRESS_EVERY_SECONDS
            progress(tenant, what, done, total)

    return tell


def said(key: str, language: str, **given: object) -> str:
    numbers = {name: f"{value:,}".replace(",", " ") for name, value in given.items() if type(value) is int}
    return _WORDS[key][language != "ru"].format(**{**given, **numbers})


def as_lines(verdicts: list[Verdict], language: str) -> list[str]:
    """For people. ``language`` is "ru" or "en"."""
    lines = [line for verdict in verdicts for line in _lines(verdict, language)]
    bad = [verdict.tenant for verdict in verdicts if not verdict.agrees]
    return [*lines, said("differs", language, tenants=", ".join(bad)) if bad else said("agrees", language)]


def _lines(verdict: Verdict, language: str) -> list[str]:
    lines = [
        said("company", language, tenant=verdict.tenant),
        said("read", language, facts=verdict.facts, contacts=verdict.contacts, alive=verdict.alive),
    ]
    if not verdict.broken_total:
        lines.append(said("laws_hold", language))
    else:
        lines.append(said("laws_broken", language, count=verdict.broken_total))
        lines += [_breach(violation, language) for violation in verdict.broken[:SHOWN]]
        if verdict.broken_total > SHOWN:
            lines.append(said("more", language, count=verdict.broken_total - SHOWN))
    if verdict.seals:
        lines.append(
            said("seals", language, count=verdict.seals, day=verdict.sealed_through, unsealed=verdict.unsealed)
        )
        lines.append(said("newest", language, seal=verdict.newest_seal))
    else:
        lines.append(said("no_seals", language))
    if verdict.bad_days:
        count = len(verdict.bad_days)
        lines.append(said("bad_day", language, day=verdict.bad_day, why=verdict.bad_why, count=count))
    if verdict.noted_missing:
        lines.append(said("noted_missing", language))
    return lines


def _breach(violation: Violation, language: str) -> str:
    return said(
        "breach",
        language,
        subject=violation.subject,
        sentence=LAWS[violation.law][language != "ru"],
        position=violation.position,
        detail=violation.detail,
    )


def as_json(verdicts: list[Verdict]) -> str:
    """For programs: ``{"agrees": …, "tenants": [{tenant, agrees, facts, contacts, …}]}``; days as YYYY-MM-DD."""
    return json.dumps(
        {"agrees": all(verdict.agrees for verdict in verdicts), "tenants": [_document(one) for one in verdicts]},
        ensure_ascii=False,
        indent=1,
    )


def _document(verdict: Verdict) -> dict[str, Any]:
    return {
        "tenant": verdict.tenant,
        "agrees": verdict.agrees,
        "facts": verdict.facts,
        "contacts": verdict.contacts,
        "contacts_alive": verdict.alive,
        "broken_total": verdict.broken_total,
        "broken": [
            {
                "law": one.law,
                "subject": one.subject,
                "position": one.position,
                "detail": one.detail,
                "text": dict(zip(("ru", "en"), LAWS[one.law], strict=True)),
            }
            for one in verdict.broken
        ],
        "seals": verdict.seals,
        "sealed_through": verdict.sealed_through and verdict.sealed_through.isoformat(),
        "newest_seal": verdict.newest_seal,
        "facts_unsealed": verdict.unsealed,
        "first_bad_day": verdict.bad_day and verdict.bad_day.isoformat(),
        "bad_days": {day.isoformat(): why for day, why in verdict.bad_days.items()},
        "noted_seal_missing": verdict.noted_missing,
    }
