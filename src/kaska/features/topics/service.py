"""What can be done with topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.identity.public import CurrentUser, audit
from kaska.features.topics import repository
from kaska.features.topics.errors import (
    ChangedMeanwhile,
    ResultIncomplete,
    UnknownChoice,
    UnknownResult,
    UnknownTopic,
    WrongTree,
)
from kaska.features.topics.schemas import Choice, TopicLists, TopicTree
from kaska.features.topics.trees import missing_of, problem_of, title_of


async def change(connection: AsyncConnection, user: CurrentUser, given: TopicTree) -> TopicTree:
    """Make the lists so, if nobody changed them since they were read. :raises WrongTree, ChangedMeanwhile:"""
    lists = TopicLists.model_validate(given.model_dump(exclude={"revision"}))
    if why := problem_of(lists):
        raise WrongTree(why=why)
    # two managers at the same moment: the second waits here and then sees what the first has done
    await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"topics {user.tenant}"})
    now = await repository.read(connection, user.tenant)
    if now.revision != given.revision:
        raise ChangedMeanwhile
    await repository.write(connection, user.tenant, lists)
    await audit.write(connection, tenant=user.tenant, user=user.id, action="topics.change", object="topics")
    return await repository.read(connection, user.tenant)


def check_said(tree: TopicTree, said: Mapping[str, object], *, before: tuple[str, str] = ("", "")) -> None:
    """Is ``said`` (topic, result and the fields of ``missing_of``) a whole result? What is archived may only stay:
    ``before`` is the topic and the result that the contact has already.

    :raises UnknownTopic, UnknownResult, UnknownChoice, ResultIncomplete:
    """
    topic = next((one for one in tree.topics if one.id == said["topic"]), None)
    if topic is None or (topic.archived and topic.id != before[0]):
        raise UnknownTopic(fields={"topic": "unknown"})
    result = next((one for one in tree.results if one.id == said["result"]), None)
    if result is None or (result.archived and result.id != before[1]):
        raise UnknownResult(fields={"result": "unknown"})
    for name, known in (("heard_from", tree.sources), ("refusal", tree.refusals)):
        if said.get(name) and not _among(known, said[name]):
            raise UnknownChoice(fields={name: "unknown"})
    missing = missing_of(topic.requires, asks_refusal=result.asks_refusal, asks_next=result.asks_next, said=said)
    if missing:
        raise ResultIncomplete(fields=dict.fromkeys(missing, "missing"))


def _among(known: Sequence[Choice], id: object) -> bool:
    return any(one.id == id for one in known)


def titles(tree: TopicTree) -> dict[tuple[str, str], str]:
    """("topic" | "result" | "source" | "refusal", identifier) → title, of archived ones too."""
    known = {topic.id: topic for topic in tree.topics}
    return {
        **{("topic", topic.id): topic.title for topic in tree.topics},
        **{("topic_path", topic.id): title_of(topic.id, known) for topic in tree.topics},
        **{("result", one.id): one.title for one in tree.results},
        **{("source", one.id): one.title for one in tree.sources},
        **{("refusal", one.id): one.title for one in tree.refusals},
    }
