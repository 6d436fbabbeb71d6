"""A call into a draft, to try it: what is edited is walked by one call, and by nobody else's."""

from __future__ import annotations

import secrets
from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Configuration
from kaska.core.events import TrialRequested
from kaska.core.ports import Inbox
from kaska.core.scenarios.graph import Scenario, ToScenario
from kaska.features.identity.public import audit
from kaska.features.numbers.public import browser_line, ensure_browser_line, read_trunks
from kaska.features.publishing.check import problems_of
from kaska.features.publishing.errors import DraftProblems, NothingPublished
from kaska.features.publishing.service import alone, announce, keep, newest, scenarios_of
from kaska.features.scenarios.public import ScenarioDraft, read_drafts
from kaska.kit.database import Database
from kaska.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Caller:
    """The person ``user`` of ``tenant``, and the engine that his call reaches."""

    tenant: str
    user: str
    inbox: Inbox


async def prepare(
    database: Database,
    caller: Caller,
    scenario: str,
    document: dict[str, Any] | None = None,
    prompts: Container[str] | None = None,
) -> str:
    """The number whose next call walks the draft ``scenario``: ``document``, or as it is stored.

    Queues, agents, calendars are those in force. The line that the page calls by is made, and put in force, when there
    is none. Raises NotFound, NothingPublished, DraftProblems, EngineAway.
    """
    async with database.tenant(caller.tenant) as connection:
        drafts = {draft.id: draft for draft in await read_drafts(connection, caller.tenant)}
        if scenario not in drafts:
            raise NotFound
        if document is not None:
            drafts[scenario] = replace(drafts[scenario], document=document)
        await alone(connection, caller.tenant)
        running = await newest(connection)
        if running is None:
            raise NothingPublished
        walked = _walked(running, drafts, scenario, prompts)
        with_line = await _with_line(connection, caller, running)
        await audit.write(connection, tenant=caller.tenant, user=caller.user, action="scenarios.try", object=scenario)
    if with_line is not running:
        await announce(with_line, caller.inbox)
    number = f"trial-{secrets.token_hex(4)}"
    await caller.inbox.submit(TrialRequested(await caller.inbox.now(), number, caller.user, scenario, walked))
    return number


def _walked(
    running: Configuration, drafts: dict[str, ScenarioDraft], scenario: str, prompts: Container[str] | None
) -> dict[str, Scenario]:
    """The draft and those that it leads to, where they can be read. Raises DraftProblems."""
    readable, unreadable = scenarios_of(list(drafts.values()))
    if scenario not in readable:
        raise DraftProblems([one for one in unreadable if one.place == f"scenarios.{scenario}"])
    walked: dict[str, Scenario] = {}
    ahead = [scenario]
    while ahead:
        found = readable.get(name := ahead.pop())
        if found is not None and name not in walked:
            walked[name] = found
            ahead += [node.scenario for node in found.nodes.values() if isinstance(node, ToScenario)]
    tried = replace(running, scenarios={**running.scenarios, **walked})
    places = tuple(f"scenarios.{name}." for name in walked)
    problems = [one for one in problems_of(tried, prompts) if one.place.startswith(places)]
    if problems:
        raise DraftProblems(problems)
    return walked


async def _with_line(connection: AsyncConnection, caller: Caller, running: Configuration) -> Configuration:
    """``running`` itself when the line is in force already."""
    line = browser_line(caller.tenant)
    if line in running.trunks:
        return running
    await ensure_browser_line(connection, caller.tenant)
    trunks = {**running.trunks, line: (await read_trunks(connection, caller.tenant))[line]}
    configuration = replace(running, version=running.version + 1, trunks=trunks)
    await keep(connection, configuration, caller.user, "publishing.test_line", str(configuration.version))
    return configuration
