"""A dry walk among what is configured now."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core import facts
from kaska.core.configuration import Configuration
from kaska.core.scenarios.speech import VOCABULARY
from kaska.features.agents.public import read_agents
from kaska.features.calls.public import Names, tell
from kaska.features.lookups.public import read_sources
from kaska.features.numbers.public import read_numbers, read_trunks
from kaska.features.projects.public import read_calendars, read_projects
from kaska.features.queues.public import read_queues
from kaska.features.scenarios import public
from kaska.features.scenarios.judging import read_scenarios
from kaska.features.scenarios.rehearsal import Act, Imagined, Line, Rehearsed, rehearse
from kaska.features.scenarios.schemas import RehearsalGiven, RehearsalLine, RehearsalReport
from kaska.kit.errors import NotFound
from kaska.kit.sound import measure

UNKNOWN_SECONDS = 2.0
"""of a recording that is not there"""


async def run(
    connection: AsyncConnection, tenant: str, id: str, given: RehearsalGiven, language: str, prompts: Path
) -> RehearsalReport:
    """Raises NotFound for a scenario that is not there."""
    documents = {draft.id: draft.document for draft in await public.read_drafts(connection, tenant)}
    if id not in documents:
        raise NotFound
    if given.draft is not None:
        documents[id] = given.draft
    readable, malformed = read_scenarios(documents)
    if id in malformed:
        return RehearsalReport(malformed=malformed[id])
    configuration = Configuration(
        tenant=tenant,
        version=1,
        default_scenario=id,
        projects=await read_projects(connection, tenant),
        numbers=await read_numbers(connection, tenant),
        trunks=await read_trunks(connection, tenant),
        scenarios=readable,
        queues=await read_queues(connection, tenant),
        agents=await read_agents(connection, tenant),
        calendars=await read_calendars(connection, tenant),
        sources=await read_sources(connection, tenant),
    )
    imagined, clock = _imagine(configuration, id, given)

    def seconds_of(prompt: str) -> float:
        measured = measure(prompts / f"{prompt}.wav") if ".." not in prompt else None
        return measured.seconds if measured is not None else UNKNOWN_SECONDS

    acts = [Act(act.do, act.keys, act.values) for act in given.acts]
    found = rehearse(configuration, imagined, acts, seconds_of)
    called = {("scenario", name): title for name, title in (await public.read_names(connection, tenant)).items()}
    called |= {("question", key): title for key, title in (await public.read_questions(connection, tenant)).items()}
    return _report(found, configuration, called, language, clock)


def _imagine(configuration: Configuration, id: str, given: RehearsalGiven) -> tuple[Imagined, datetime]:
    leading = next((n for n in configuration.numbers.values() if n.scenario == id), None)
    number = given.number or (leading.number if leading is not None else "")
    described = configuration.number_of(number) if number else None
    project = given.project or (described.project if described is not None else "")
    project = project or next(iter(configuration.projects), "")
    found = configuration.projects.get(project)
    calendar = configuration.calendars.get(found.calendar) if found is not None else None
    zone = ZoneInfo(calendar.timezone if calendar is not None else "UTC")
    clock = given.at.replace(tzinfo=zone) if given.at is not None else datetime.fromtimestamp(time.time(), zone)
    imagined = Imagined(id, clock.timestamp(), given.caller, number, project, given.mode, given.staffed)
    return imagined, clock


def _report(
    found: Rehearsed, configuration: Configuration, called: Names, language: str, clock: datetime
) -> RehearsalReport:
    names = {**called}
    names |= {("agent", agent.id): agent.name for agent in configuration.agents.values()}
    names |= {("queue", queue.id): queue.name for queue in configuration.queues.values()}
    names |= {("project", project.id): project.name for project in configuration.projects.values()}
    names |= {("trunk", trunk.id): trunk.name for trunk in configuration.trunks.values() if trunk.name}
    for calendar in configuration.calendars.values():
        names |= {("mode", mode): name for mode, name in calendar.mode_names.items()}
    names |= {("source", source.id): source.name for source in configuration.sources.values() if source.name}

    def line(of: Line) -> RehearsalLine:
        fact = of.fact
        prompts = fact.prompts if isinstance(fact, facts.PromptsStarted) else ()
        return RehearsalLine(
            at=round(of.at, 1),
            scenario=of.scenario,
            node=of.node,
            kind=facts.TYPE_NAMES[type(fact)],
            text=tell(fact, language, names),
            prompts=list(prompts),
            said=[_words(prompt) for prompt in prompts],
        )

    asked = {agent.id: agent.name for agent in configuration.agents.values()}
    asked |= {queue.id: queue.name for queue in configuration.queues.values()} if found.awaits == "queue" else {}
    if found.awaits == "lookup":
        asked = {source.id: source.name for source in configuration.sources.values() if source.name}
    return RehearsalReport(
        lines=[line(one) for one in found.lines],
        awaits=found.awaits,
        subject=", ".join(asked.get(one, one) for one in found.subject.split(",")),
        taken=found.taken,
        at=clock,
    )


def _words(prompt: str) -> str:
    language, _, name = prompt.partition("/")
    return VOCABULARY.get(language, {}).get(name, prompt)
