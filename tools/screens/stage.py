"""The application on a database of its own, with the demo's company in it; no telephones."""

from __future__ import annotations

import array
import asyncio
import math
import socket
import wave
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from kaska.core import facts
from kaska.core.configuration import Configuration
from kaska.core.core import Core
from kaska.core.presence.states import AgentState
from kaska.features.agents.public import put_agent
from kaska.features.identity.public import Doors, Role, add_person, one_time_password
from kaska.features.publishing.demo_company import DemoCompany, seed_demo_company
from kaska.features.publishing.public import latest, publish_if_changed
from kaska.host.postgres import Cluster
from kaska.kit.config import Settings
from kaska.kit.database import Database
from kaska.migrations.run import migrate
from kaska.realtime.feed import LiveFeed
from kaska.web import PartHealth, Services, create_app
from screens import books, working_day
from screens.pages import CARD, TALK, Screen
from screens.working_day import Lived

TENANT = "demo"
FIRST_DAY = "first"
"""the company without anything"""
SUPERVISORS_EXTENSION = "310"
STATES = {"ringing": AgentState.RINGING, "writing": AgentState.WRAP_UP, "away": AgentState.BREAK}


@dataclass(frozen=True, slots=True)
class Stage:
    """``talk``: a conversation with a recording; ``card``: the card of whom the operator talks with; ``newcomer``:
    login and one-time password of somebody who never came in; ``founder``: those of the administrator of a company
    without anything."""

    url: str
    company: DemoCompany
    lived: Lived
    feed: LiveFeed
    talk: str
    card: str
    newcomer: tuple[str, str]
    founder: tuple[str, str]

    @property
    def at(self) -> float:
        """The moment of the pictures."""
        return self.lived.at

    def login(self, who: str) -> tuple[str, str]:
        """Raises LookupError when nobody is in that state."""
        if who in STATES:
            found = self.lived.agent_who(STATES[who])
            agent = next((one for one in self.company.agents if one.id == found), None)
            if agent is None:
                raise LookupError(f"nobody is {who} at the moment of the pictures")
            return agent.login, agent.password
        if who == "newcomer":
            return self.newcomer
        if who == "founder":
            return self.founder
        if who == "operator":
            return self.company.agents[0].login, self.company.agents[0].password
        known = self.company.administrator if who == "administrator" else self.company.supervisor
        return known.login, known.password

    def address(self, screen: Screen) -> str:
        names = {f"open={TALK}": f"open={self.talk}", f"open={CARD}": f"open={self.card}"}
        path, mark, search = screen.path.partition("?")
        return path + mark + names.get(search, search)

    def set(self, scene: str) -> None:
        """``listening``: the supervisor is in the operator's call; ``quiet``: nobody has called yet;
        ``inside``: a colleague has.
        """
        state = {
            "": lambda: self.lived.state,
            "listening": lambda: working_day.listened(self.lived, "whisper"),
            "quiet": lambda: working_day.quiet(self.lived),
            "inside": lambda: working_day.inside(self.lived),
        }[scene]()
        self.feed.reset(TENANT, len(self.lived.written), state)


@asynccontextmanager
async def staged(home: Path, prompts: Path) -> AsyncIterator[Stage]:
    """``prompts`` is where recordings are, if any were made on this machine."""
    cluster = Cluster(home / "cluster", _free_port(), home / "secrets", home / "postgres.log", durable=False)
    await asyncio.to_thread(cluster.start)
    try:
        await migrate(cluster.urls.owner)
        database = Database(cluster.urls.app)
        try:
            company = await seed_demo_company(database, home / "secrets")
            async with _lived_in(home, prompts, database, company) as stage:
                yield stage
        finally:
            await database.close()
    finally:
        await asyncio.to_thread(cluster.stop, "immediate")


@asynccontextmanager
async def _lived_in(home: Path, prompts: Path, database: Database, company: DemoCompany) -> AsyncIterator[Stage]:
    async with database.tenant(TENANT) as connection:
        await put_agent(connection, TENANT, working_day.SUPERVISOR, SUPERVISORS_EXTENSION, {})
    await publish_if_changed(database, TENANT, "demo")
    configuration = await latest(database, TENANT)
    if configuration is None:
        raise RuntimeError("the demo's company was not published")
    lived = working_day.live(configuration)
    working_day.block(lived)
    await working_day.write(lived, database, TENANT, home / "journal.sqlite3")
    state, talk = _state(home, prompts), _a_talk(lived)
    _record(state / "recordings", talk.name, talk.seconds)
    feed = LiveFeed()
    feed.reset(TENANT, len(lived.written), lived.state)
    async with _served(Settings(state=state), database, feed) as url:
        person, agent = company.administrator, company.agents[0]
        administrator, operator = (person.login, person.password), (agent.login, agent.password)
        await books.fill(url, administrator, operator, lived, database, TENANT)
        card = await _card(url, administrator, lived)
        newcomer = await _newcomer(url, administrator)
        founder = await _founded(database)
        feed.reset(FIRST_DAY, 0, Core.fresh(Configuration(FIRST_DAY, 0, ""), lived.at).state)
        yield Stage(url, company, lived, feed, talk.contact, card, newcomer, founder)


@asynccontextmanager
async def _served(settings: Settings, database: Database, feed: LiveFeed) -> AsyncIterator[str]:
    async def line_states(lines: Mapping[str, str]) -> dict[str, str]:
        return dict.fromkeys(lines, "online")

    async def health() -> dict[str, PartHealth]:
        names = (
            "database",
            "asterisk",
            "engine",
            "journal",
            "shipper",
            "projections",
            "laws",
            "reconciliation",
            "disk",
        )
        return {name: PartHealth(True) for name in names}

    app = create_app(Services(settings, database, feed=feed, line_states=line_states, health=health))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        # pages keep the time of the picture: they must not learn a later one from the server
        config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1, date_header=False)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


def _state(home: Path, prompts: Path) -> Path:
    state = home / "state"
    state.mkdir()
    if prompts.is_dir():
        (state / "prompts").symlink_to(prompts.resolve())
    return state


async def _card(url: str, person: tuple[str, str], lived: Lived) -> str:
    caller = lived.state.contacts[lived.state.agents[working_day.WATCHING].contact].customer
    async with httpx.AsyncClient(base_url=url, timeout=20, trust_env=False) as web:
        (await web.post("/api/session", json={"login": person[0], "password": person[1]})).raise_for_status()
        return str((await web.get("/api/customers/caller", params={"number": caller})).json()["customer"]["id"])


async def _founded(database: Database) -> tuple[str, str]:
    """A company as it is after the first start, and its administrator."""
    login, password = f"osnovatel@{FIRST_DAY}", one_time_password()
    async with database.system() as connection:
        await Doors(connection).add_tenant(FIRST_DAY, "Новая компания")
    async with database.tenant(FIRST_DAY) as connection:
        await add_person(
            connection, FIRST_DAY, login=login, name="Вера Основина", role=Role.ADMINISTRATOR, user="founder",
            password=password, must_change=False,
        )  # fmt: skip
    return login, password


async def _newcomer(url: str, person: tuple[str, str]) -> tuple[str, str]:
    given = {"name": "Нина Полевая", "login": "polevaya", "role": "operator", "locale": "ru", "email": ""}
    async with httpx.AsyncClient(base_url=url, timeout=20, trust_env=False) as web:
        answer = await web.post("/api/session", json={"login": person[0], "password": person[1]})
        answer.raise_for_status()
        made = await web.post("/api/people", json=given, headers={"X-CSRF-Token": answer.json()["csrf_token"]})
        made.raise_for_status()
        return made.json()["login"], made.json()["one_time_password"]


def _a_talk(lived: Lived) -> facts.RecordingReady:
    """The last conversation of more than a minute about which something was noted."""
    noted = {fact.contact for fact in lived.written if isinstance(fact, facts.Classified) and fact.note}
    found = (fact for fact in reversed(lived.written) if isinstance(fact, facts.RecordingReady))
    return next(fact for fact in found if fact.contact in noted and fact.seconds > 60.0)


def _record(folder: Path, name: str, seconds: float) -> None:
    """Two voices by turns, made of tones: enough for the picture of the sound."""
    folder.mkdir()
    rate, samples = 8000, array.array("h")
    for n in range(int(seconds * rate)):
        at = n / rate
        loud = 12000.0 * abs(math.sin(at * 9.0)) * abs(math.sin(at * 2.3)) * math.sin(at * 1885.0)
        speaks = int(at / 2.7) % 2
        samples.extend((0 if speaks else int(loud), int(loud) if speaks else 0))
    with wave.open(str(folder / f"{name}.wav"), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
