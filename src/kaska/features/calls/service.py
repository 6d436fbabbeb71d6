"""What can be done with the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.events import ContactClassified
from kaska.core.facts import (
    TYPE_NAMES,
    AnswerTaken,
    LegOver,
    LegStarted,
    LegUp,
    MonitorAsked,
    Monitored,
    MonitorOver,
    PromptsStarted,
    QuestionAsked,
    ScenarioEntered,
    TakenOver,
)
from kaska.features.calls import repository
from kaska.features.calls.card import moment
from kaska.features.calls.errors import (
    ContactNotFound,
    NotYourContact,
    UnknownTimezone,
)
from kaska.features.calls.masking import masked, without_person
from kaska.features.calls.schemas import (
    Classification,
    ContactAgent,
    ContactCard,
    ContactPage,
    ContactQuery,
    ContactSummary,
    StoryLine,
    StoryText,
)
from kaska.features.calls.story import tell
from kaska.features.calls.story_teller import Names, Teller
from kaska.features.identity.public import CurrentUser, Role, active_names
from kaska.features.prompts.public import read_titles
from kaska.features.scenarios.public import read_names, read_questions
from kaska.features.topics.public import check_said, read_topics, titles
from kaska.ledger.reader import LedgerFact, story


def local_zone(name: str) -> ZoneInfo:
    """:raises UnknownTimezone: when there is no such zone."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise UnknownTimezone(timezone=name) from error


async def names_of(connection: AsyncConnection, tenant: str, ids: Collection[str]) -> dict[tuple[str, str], str]:
    """(kind, identifier) → name. Agents, queues and projects as last published; also people who are no agents."""
    names = await repository.names_of(connection, tenant, ids)
    if set(ids) - {""} - {id for _, id in names}:
        people = await active_names(connection, tenant)
        names = {("agent", id): people[id] for id in ids if id in people} | names
    return names


async def summaries(connection: AsyncConnection, tenant: str, rows: Sequence[Row[Any]]) -> list[ContactSummary]:
    """Lines of the journal with the names of everything in them."""
    ids = {id for row in rows for id in (*row.agents, row.queue, row.project)}
    names = await names_of(connection, tenant, ids)
    titled = await _titles(connection, tenant, rows)
    return [ContactSummary.model_validate(_named(row, names, titled)) for row in rows]


async def _titles(connection: AsyncConnection, tenant: str, rows: Sequence[Row[Any]]) -> Names:
    """See ``topics.titles``; nothing when none of ``rows`` was classified."""
    if not any(row.topic or row.result for row in rows):
        return {}
    return titles(await read_topics(connection, tenant))


def _named(row: Row[Any], names: Names, titled: Names) -> dict[str, Any]:
    return {
        **row._mapping,
        "agents": [ContactAgent(id=agent, name=names.get(("agent", agent), agent)) for agent in row.agents],
        "queue_name": names.get(("queue", row.queue), row.queue),
        "project_name": names.get(("project", row.project), row.project),
        "topic_title": titled.get(("topic", row.topic), row.topic),
        "result_title": titled.get(("result", row.result), row.result),
        "heard_from_title": titled.get(("source", row.heard_from), row.heard_from),
        "refusal_title": titled.get(("refusal", row.refusal), row.refusal),
    }


async def find(connection: AsyncConnection, tenant: str, query: ContactQuery) -> ContactPage:
    """One page of the journal, newest first."""
    rows = await repository.page(connection, tenant, query, cursor=query.cursor, limit=query.limit + 1)
    shown = rows[: query.limit]
    more = len(rows) > query.limit
    return ContactPage(
        items=await summaries(connection, tenant, shown),
        next_cursor=repository.write_cursor(shown[-1].arrived_at, shown[-1].id) if more else None,
    )


async def card(connection: AsyncConnection, tenant: str, id: str, *, monitors: bool = True) -> ContactCard:
    """Everything about one contact; without who listened in when ``monitors`` is false. :raises ContactNotFound:"""
    row = await repository.contact(connection, tenant, id)
    if row is None:
        raise ContactNotFound
    parties = await repository.legs_of(connection, tenant, row.id)
    facts = await story(connection, tenant, row.id)
    if not monitors:
        parties = [leg for leg in parties if leg.party != "supervisor"]
        facts = without_monitors(facts)
    if await masked(connection, tenant, [row.id]):
        shown = without_person(entry.fact for entry in facts)
        facts = [replace(entry, fact=fact) for entry, fact in zip(facts, shown, strict=True)]
    mentioned = {str(getattr(entry.fact, name, "")) for entry in facts for name in _MENTIONING}
    owners = {str(getattr(entry.fact, "owner", "")).partition(":")[2] for entry in facts}
    names = await names_of(connection, tenant, mentioned | owners | {row.queue, row.project, *row.agents})
    titled = await _titles(connection, tenant, [row])
    walked = await _walked(connection, tenant, facts)
    legs = [{**leg._mapping, "agent_name": names.get(("agent", leg.agent), leg.agent)} for leg in parties]
    return ContactCard.model_validate(
        {
            **_named(row, names, titled),
            "trunk_name": names.get(("trunk", row.trunk), row.trunk),
            "legs": legs,
            "story": tell_all(facts, {**names, **titled, **walked}),
            "questions": {
                one.fact.question: Teller("", walked).question(one.fact.question, one.fact.survey)
                for one in facts
                if isinstance(one.fact, QuestionAsked)
            },
        }
    )


_MENTIONING = ("agent", "queue", "reserve", "by", "before", "project", "trunk", "skill", "source", "mode", "detail")
"""fields of facts that name something"""


async def _walked(connection: AsyncConnection, tenant: str, facts: Sequence[LedgerFact]) -> Names:
    """Scenarios, questions and the company's own recordings, when ``facts`` tell of any."""
    kinds = {type(one.fact) for one in facts}
    found: dict[str, dict[str, str]] = {}
    if PromptsStarted in kinds:
        found["prompt"] = await read_titles(connection, tenant)
    if kinds & {ScenarioEntered, QuestionAsked, AnswerTaken}:
        found["scenario"] = await read_names(connection, tenant)
        found["question"] = await read_questions(connection, tenant)
    return {(kind, id): name for kind, names in found.items() for id, name in names.items()}


def without_monitors(facts: Sequence[LedgerFact]) -> list[LedgerFact]:
    """The story without who listened in: that is for those who may listen themselves."""
    hidden = {one.fact.leg for one in facts if isinstance(one.fact, MonitorAsked)}
    taken = {one.fact.leg for one in facts if isinstance(one.fact, TakenOver)}
    kept = []
    for one in facts:
        if isinstance(one.fact, MonitorAsked | Monitored | MonitorOver):
            continue
        if isinstance(one.fact, LegStarted | LegUp | LegOver) and one.fact.leg in hidden - taken:
            continue
        kept.append(one)
    return kept


def tell_all(facts: Sequence[LedgerFact], names: Names) -> list[StoryLine]:
    """The story in words, in both languages."""
    return [
        StoryLine(
            position=entry.position,
            at=moment(entry.fact.at),
            type=TYPE_NAMES[type(entry.fact)],
            text=StoryText(ru=tell(entry.fact, "ru", names), en=tell(entry.fact, "en", names)),
            details=msgspec.to_builtins(entry.fact),
        )
        for entry in facts
    ]


async def _called(connection: AsyncConnection, user: CurrentUser, row: Row[Any]) -> bool:
    """He made this call himself; nobody need have answered."""
    if row.direction != "outbound":
        return False
    return any(leg.agent == user.id for leg in await repository.legs_of(connection, user.tenant, row.id))


async def check_classification(
    connection: AsyncConnection, user: CurrentUser, id: str, given: Classification
) -> ContactClassified:
    """The event to hand over, its time still 0.

    :raises ContactNotFound, NotYourContact: and what ``check_said`` raises.
    """
    row = await repository.contact(connection, user.tenant, id)
    if row is None:
        raise ContactNotFound
    if user.role == Role.OPERATOR and user.id not in row.agents and not await _called(connection, user, row):
        raise NotYourContact
    said = given.model_dump()
    check_said(await read_topics(connection, user.tenant), said, before=(row.topic, row.result))
    said["next_at"] = given.next_at.timestamp() if given.next_at else 0.0
    return ContactClassified(at=0.0, contact=row.id, agent=user.id, **said)
