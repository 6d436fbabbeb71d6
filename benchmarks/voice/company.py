"""Who works in the benchmark: 300 agents, one number, one queue."""

from __future__ import annotations

from sqlalchemy import update

from kaska.core.configuration import Calendar, Number, Project, Queue, Trunk
from kaska.core.scenarios.graph import Enqueue, Finish, Scenario, TakeMessage
from kaska.features.agents.public import put_agent
from kaska.features.agents.tables import agent_devices
from kaska.features.identity.public import Doors, Role, add_person
from kaska.features.numbers.public import put_number, put_trunk, trunk_endpoint
from kaska.features.projects.public import put_calendar, put_project
from kaska.features.publishing.public import device_secrets, latest, publish_if_changed
from kaska.features.queues.public import put_queue
from kaska.features.scenarios.public import put_draft
from kaska.kit.database import Database
from kaska.ledger.codec import scenario_to_document

AGENTS = 300
TENANT = "bench"
NUMBER = "+74950000101"
CITY = "127.0.0.2"
QUEUE = "bench"
RING_SECONDS = 15

_TRUNK = Trunk("bench", trunk_endpoint("bench"), (CITY,))
_CALENDAR = Calendar("always", "Europe/Moscow", (((0, 1440),),) * 7)
_PROJECT = Project("bench", "Измерение", "always", caller_id=NUMBER, trunk=_TRUNK.id)
_SCENARIO = Scenario(
    "main",
    1,
    "queue",
    {
        "queue": Enqueue(QUEUE, "message"),
        "message": TakeMessage(("ru/message-question",), "end"),
        "end": Finish(),
    },
)
_QUEUE = Queue(
    QUEUE,
    "Измерение",
    _PROJECT.id,
    requires={"bench": 1},
    ring_seconds=RING_SECONDS,
    announce_every=0,
    offer_after=0,
    wrap_up_seconds=0,
)


def agents() -> list[str]:
    return [f"bench-{number}" for number in range(1000, 1000 + AGENTS)]


async def seed(database: Database) -> dict[str, str]:
    """Make the company once; returns endpoint → password of the agents' telephones."""
    async with database.system() as connection:
        await Doors(connection).add_tenant(TENANT, "Измерение")
    if await latest(database, TENANT) is None:
        async with database.tenant(TENANT) as connection:
            await put_calendar(connection, TENANT, _CALENDAR)
            await put_trunk(connection, TENANT, _TRUNK)
            await put_project(connection, TENANT, _PROJECT)
            document = scenario_to_document(_SCENARIO)
            draft = {name: value for name, value in document.items() if name not in ("id", "version")}
            await put_draft(connection, TENANT, _SCENARIO.id, name="main", draft=draft, is_default=True)
            await put_number(connection, TENANT, Number(NUMBER, _PROJECT.id, _SCENARIO.id))
            await put_queue(connection, TENANT, _QUEUE)
            for agent in agents():
                login = f"{agent}@{TENANT}"
                await add_person(connection, TENANT, login=login, name=agent, role=Role.OPERATOR, user=agent)
                await put_agent(connection, TENANT, agent, agent.removeprefix("bench-"), {"bench": 1})
            # SIPp would take a password that begins so for a number in hexadecimal
            hexadecimal = update(agent_devices).where(agent_devices.c.secret.startswith("0x", autoescape=True))
            await connection.execute(hexadecimal.values(secret="k" + agent_devices.c.secret))
        await publish_if_changed(database, TENANT, "bench")
    secrets = await device_secrets(database, TENANT)
    return {name: secret for name, secret in secrets.items() if not name.endswith("-web")}
