"""The demo's company: an invented factory of windows, described just as an administrator would describe a real one."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.configuration import Calendar, Number, Project, Queue, Skill, Trunk
from kaska.core.scenarios.graph import Enqueue, Finish, Menu, Play, Scenario, Schedule, TakeMessage
from kaska.features.agents.public import endpoint_of, put_agent, put_skill
from kaska.features.identity.public import Doors, Role, add_person, one_time_password, person_exists, set_password
from kaska.features.numbers.public import put_number, put_trunk, trunk_endpoint
from kaska.features.projects.public import put_calendar, put_project
from kaska.features.publishing.service import device_secrets, publish_if_changed
from kaska.features.queues.public import put_queue
from kaska.features.scenarios.public import put_draft
from kaska.kit.database import Database
from kaska.ledger.codec import scenario_to_document

TENANT = "demo"
NAME = "Фабрика окон"
MAIN_NUMBER = "+74950000101"
CLOSED_NUMBER = "+74950000102"
TRUNK = Trunk("city", trunk_endpoint("city"), ("127.0.0.2",), "sip:127.0.0.2:5070", name="Городская линия")

_WHOLE_DAY = ((0, 1440),)
CALENDARS = (
    # a demo is started at any hour, and somebody has to answer
    Calendar("always", "Europe/Moscow", (_WHOLE_DAY,) * 7, name="Круглосуточно"),
    Calendar("never", "Europe/Moscow", ((),) * 7, name="Всегда закрыто"),
)
PROJECTS = (
    Project("windows", "Окна и двери", "always", caller_id=MAIN_NUMBER, trunk=TRUNK.id),
    Project("windows-closed", "Окна и двери: закрытая линия", "never", caller_id=CLOSED_NUMBER, trunk=TRUNK.id),
)
_WHILE_WAITING = {"1": "message", "2": "callback"}
MAIN = Scenario(
    "main",
    1,
    "Часы",
    {
        "Часы": Schedule("always", "Приветствие", "Закрыто"),
        "Приветствие": Play(("ru/greeting",), "Меню"),
        "Меню": Menu(
            ("ru/menu",),
            {"1": "Продажи", "2": "Сервис", "0": "Операторы"},
            "Операторы",
            extensions=True,
            extension_next="Операторы",
        ),
        "Продажи": Enqueue("sales", "Сообщение", _WHILE_WAITING),
        "Сервис": Enqueue("service", "Сообщение", _WHILE_WAITING),
        "Операторы": Enqueue("operators", "Сообщение", _WHILE_WAITING),
        "Сообщение": TakeMessage(("ru/message-question",), "Спасибо"),
        "Закрыто": Play(("ru/closed",), "Сообщение после закрытия"),
        "Сообщение после закрытия": TakeMessage(("ru/message-question",), "Спасибо", closed_hours=True),
        "Спасибо": Finish(("ru/thanks", "ru/goodbye")),
    },
)
CLOSED = Scenario(
    "closed",
    1,
    "Часы",
    {
        # both ways lead on to the message: the step only marks that the hours are closed
        "Часы": Schedule("never", "Закрыто", "Закрыто"),
        "Закрыто": Play(("ru/closed",), "Сообщение"),
        "Сообщение": TakeMessage(("ru/message-question",), "Спасибо", closed_hours=True),
        "Спасибо": Finish(("ru/thanks", "ru/goodbye")),
    },
)


def _queue(id: str, name: str, skill: str, reserve: str = "reserve") -> Queue:
    return Queue(
        id,
        name,
        "windows",
        requires={skill: 1},
        ring_seconds=12.0,
        reserve=reserve,
        reserve_after=15.0,
        offer_after=30.0,
        wrap_up_seconds=10.0,
    )


QUEUES = (
    _queue("sales", "Продажи", "sales"),
    _queue("service", "Сервис", "service"),
    _queue("operators", "Операторы", "operator"),
    _queue("reserve", "Резерв", "experienced", reserve=""),
)


SKILLS = (
    Skill("sales", "Продажи окон"),
    Skill("service", "Монтаж и ремонт"),
    Skill("operator", "Приём звонков"),
    Skill("experienced", "Большой опыт"),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """``password`` is random, made at the first seeding."""

    id: str
    login: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoAgent:
    """``human`` agents are left for people who try the demo; robots play the others by SIP, with ``sip_password``."""

    id: str
    login: str
    name: str
    password: str
    extension: str
    human: bool
    endpoint: str
    sip_password: str


@dataclass(frozen=True, slots=True)
class DemoCompany:
    tenant: str
    administrator: DemoPerson
    supervisor: DemoPerson
    agents: tuple[DemoAgent, ...]
    main_number: str = MAIN_NUMBER
    closed_number: str = CLOSED_NUMBER


_ADMINISTRATOR = ("demo-admin", "admin", "Ольга Сергеевна Липатова", Role.ADMINISTRATOR)
_SUPERVISOR = ("demo-supervisor", "supervisor", "Игорь Павлович Заречный", Role.SUPERVISOR)
_AGENTS: tuple[tuple[str, str, str, dict[str, int], bool], ...] = (
    ("301", "vetrova", "Анна Ветрова", {"sales": 5, "operator": 3, "experienced": 1}, True),
    ("302", "lugovoy", "Борис Луговой", {"service": 5, "operator": 3, "experienced": 1}, True),
    ("303", "klenova", "Вера Кленова", {"sales": 4, "operator": 2, "experienced": 1}, False),
    ("304", "osokin", "Глеб Осокин", {"sales": 3, "service": 2}, False),
    ("305", "polyakova", "Дарья Полякова", {"service": 4, "operator": 3, "experienced": 1}, False),
    ("306", "rodnikov", "Егор Родников", {"service": 3, "operator": 1}, False),
    ("307", "yagodina", "Жанна Ягодина", {"sales": 2, "service": 2, "operator": 2}, False),
    ("308", "tumanov", "Захар Туманов", {"experienced": 3, "sales": 1}, False),
)


async def seed_demo_company(database: Database, secrets_dir: Path) -> DemoCompany:
    """Makes the company, or brings it back to its description; passwords stay as they are in ``demo.json``."""
    file = secrets_dir / "demo.json"
    passwords = _read_passwords(file)
    async with database.system() as connection:
        await Doors(connection).add_tenant(TENANT, NAME)
    async with database.tenant(TENANT) as connection:
        people = [_ADMINISTRATOR, _SUPERVISOR]
        people += [(f"demo-{extension}", login, name, Role.OPERATOR) for extension, login, name, _, _ in _AGENTS]
        for user, login, name, role in people:
            await _seed_person(connection, user, login, name, role, passwords)
        await _seed_configuration(connection)
    await publish_if_changed(database, TENANT, "demo")
    company = _company(passwords, await device_secrets(database, TENANT))
    _write_private(file, {"passwords": passwords, "company": asdict(company)})
    return company


async def _seed_person(
    connection: AsyncConnection, user: str, login: str, name: str, role: Role, passwords: dict[str, str]
) -> None:
    known = passwords.get(user)
    password = passwords.setdefault(user, one_time_password())
    if not await person_exists(connection, TENANT, user):
        full_login = f"{login}@{TENANT}"
        await add_person(
            connection, TENANT, login=full_login, name=name, role=role, user=user, password=password, must_change=False
        )
    elif known is None:  # the file was lost, and nobody can tell the old password
        await set_password(connection, TENANT, user, password, must_change=False)


async def _seed_configuration(connection: AsyncConnection) -> None:
    for calendar in CALENDARS:
        await put_calendar(connection, TENANT, calendar)
    await put_trunk(connection, TENANT, TRUNK)
    for project in PROJECTS:
        await put_project(connection, TENANT, project)
    for scenario, name in ((MAIN, "Основной"), (CLOSED, "Закрыто")):
        draft = {k: v for k, v in scenario_to_document(scenario).items() if k not in ("id", "version")}
        await put_draft(connection, TENANT, scenario.id, name=name, draft=draft, is_default=scenario is MAIN)
    await put_number(connection, TENANT, Number(MAIN_NUMBER, "windows", "main"))
    await put_number(connection, TENANT, Number(CLOSED_NUMBER, "windows-closed", "closed"))
    for queue in QUEUES:
        await put_queue(connection, TENANT, queue)
    for skill in SKILLS:
        await put_skill(connection, TENANT, skill)
    for extension, _, _, skills, _ in _AGENTS:
        await put_agent(connection, TENANT, f"demo-{extension}", extension, skills)


def _company(passwords: dict[str, str], sip: dict[str, str]) -> DemoCompany:
    agents = []
    for extension, login, name, _, human in _AGENTS:
        user, endpoint = f"demo-{extension}", endpoint_of(TENANT, extension, "phone")
        agents.append(
            DemoAgent(
                user, f"{login}@{TENANT}", name, passwords[user], extension, human, endpoint, sip_password=sip[endpoint]
            )
        )
    administrator, supervisor = (
        DemoPerson(user, f"{login}@{TENANT}", name, passwords[user])
        for user, login, name, _ in (_ADMINISTRATOR, _SUPERVISOR)
    )
    return DemoCompany(TENANT, administrator, supervisor, tuple(agents))


def _read_passwords(file: Path) -> dict[str, str]:
    try:
        return dict(json.loads(file.read_text())["passwords"])
    except FileNotFoundError:
        return {}


def _write_private(file: Path, content: dict[str, Any]) -> None:
    """Readable by the owner only, from its first byte; replaced in one step."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(content, out, ensure_ascii=False, indent=1)
    fresh.replace(file)
