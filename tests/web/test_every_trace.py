"""Whoever changes how the centre works leaves a line: on every route, with his name and with words for the deed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from aiosmtpd.controller import Controller
from fastapi.routing import APIRoute
from sqlalchemy import insert
from tests.features.alerts.test_history import row as situation
from tests.features.audits.test_audits import CALLS
from tests.features.prompts.test_prompts import tone
from tests.plugins.postgres import free_port
from tests.web.test_routes import declared_access, routes
from tests.web.test_walls import DRAFT, WEEK

from kaska.core import events
from kaska.features.alerts.tables import alert_situations
from kaska.features.identity.access import Requirement
from kaska.features.identity.permissions import PERMISSIONS, Permission, Role
from kaska.kit.database import Database
from kaska.web import Services, create_app
from support.books import Company, Web, company, database, found, web

__all__ = ["company", "database", "found", "web"]

pytestmark = pytest.mark.database

TRAILS = Path(__file__).parents[2] / "web" / "src" / "i18n"
CHIEF = "a304"
"""an administrator with a workplace"""
CALLER, OTHER, LOST = "+79000000881", "+79000000882", "+79000000883"
OWN = PERMISSIONS[Role.OPERATOR] - {Permission.EDIT_CUSTOMERS, Permission.READ_CALLS}
"""what every operator may: his own work. It stands in the ledger, or with the contact, and configures nothing"""
UNTRACED = {
    "POST /api/calculator": "counts and keeps nothing",
    "POST /api/scenarios/{id}/rehearsal": "walks a draft and keeps nothing",
    "POST /api/recordings/retention/preview": "tells what would be deleted",
    "POST /api/customers/import/preview": "shows a table and keeps nothing",
    "POST /api/customers/import/workbook": "makes a table of a workbook and keeps nothing",
    "POST /api/audits/{audit_id}/look": "says what the files seem to be",
    "PUT /api/audits/{audit_id}/files/{number}": "pieces of files that audits.create named",
    "POST /api/agents/me/pages": "a page is a talk of its own in the ledger, with who spoke",
    "POST /api/customers/{customer_id}/notes": "a note stands on the card with its author and time",
}
"""changes nothing, or has its author where it is kept"""


@dataclass
class Trail:
    """Asks as one person and holds every answer against the audit log."""

    browser: httpx.AsyncClient
    words: list[set[str]]
    last: int = 0
    walked: dict[str, list[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    async def ask(self, operation: str, json: Any = None, silent: bool = False, asks: Any = None, **names: Any) -> Any:
        """``operation``: method and path as described, with ``names`` in it; ``asks``: what else httpx is given."""
        method, path = operation.split()
        answer = await self.browser.request(method, path.format(**names), json=json, **(asks or {}))
        assert answer.is_success, (operation, answer.status_code, answer.text)
        lines = await self.lines()
        self.walked.setdefault(operation, []).extend(line["action"] for line in lines)
        if not lines and not silent:
            self.wrong.append(f"{operation}: no line")
        for line in lines:
            self.judge(operation, line)
        return answer.json() if answer.content else None

    async def lines(self) -> list[dict[str, Any]]:
        """Those written since it was asked last."""
        read = (await self.browser.get("/api/audit", params={"limit": 100})).json()
        fresh = [line for line in read if line["id"] > self.last]
        self.last = max((line["id"] for line in read), default=self.last)
        return fresh

    def judge(self, operation: str, line: dict[str, Any]) -> None:
        action = line["action"]
        area, _, verb = action.partition(".")
        if line["user_id"] != CHIEF or line["user_name"] != CHIEF.title():
            self.wrong.append(f"{operation}: {action} by {line['user_id']}")
        for known in self.words:
            if not {f"area {area}", f"action {area}_{verb}"} <= known:
                self.wrong.append(f"{operation}: no words for {action}")


def words(language: str) -> set[str]:
    """ "area queues", "action queues_put" …: what the page has words for."""
    kind, known = "", set()
    for line in (TRAILS / language / "trail.ts").read_text().splitlines():
        if opened := re.match(r"  (\w+): \{", line):
            kind = opened[1]
        elif said := re.match(r"    (\w+): ['\"]", line):
            known.add(f"{kind} {said[1]}")
    return known


def operations() -> Iterator[str]:
    """Those that change something and are not an operator's own work."""
    for route in routes():
        if isinstance(route, APIRoute):
            [declared] = declared_access(route.dependant)
            if isinstance(declared, Requirement) and declared.permission not in OWN:
                yield from (f"{method} {route.path}" for method in route.methods if method != "GET")


async def on_the_floor(trail: Trail, company: Company) -> None:
    """What a supervisor does while people call; a302 is owed for by nobody yet."""
    play = company.play
    owed = [play.lose(LOST), play.lose(OTHER)]
    play.ready("a301", "a302")
    play.leave("a302")
    contact = play.arrive(CALLER)
    play.settle()
    play.tell(events.AgentSignedIn(play.now, CHIEF))
    play.tell(events.DeviceReached(play.now, play.configuration.agents[CHIEF].devices[1].endpoint, True))
    waiting = play.arrive(OTHER)
    play.settle()
    await company.write()
    await trail.ask("POST /api/supervision/calls/{contact}/move", {"queue": "service"}, contact=waiting)
    await trail.ask("POST /api/supervision/calls/{contact}/monitor", {"mode": "listen"}, contact=contact)
    await trail.ask("DELETE /api/supervision/calls/{contact}/monitor", contact=contact)
    await trail.ask("POST /api/supervision/agents/{agent}/state", {"state": "offline"}, agent="a301")
    await trail.ask("PUT /api/projects/{id}/mode", {"mode": "night", "minutes": 60}, id="windows")
    await trail.ask("POST /api/black-list", {"number": "+79000000899", "reason": "ругается"})
    await trail.ask("DELETE /api/black-list/{number}", number="+79000000899")
    debts = [play.core.state.contacts.get(one) for one in owed]
    assert debts == [None, None], "both are over"
    ids = sorted(play.core.state.debts)
    await trail.ask("POST /api/debts/assignments", {"debts": ids[:1], "owner": "agent:a302"})
    await trail.ask("POST /api/debts/{debt_id}/write-off", {"reason": "ошибся номером"}, debt_id=ids[0])
    async with company.transaction() as connection:
        await connection.execute(insert(alert_situations), [{"tenant": company.tenant, **situation("s1", until=None)}])
    await trail.ask("POST /api/alerts/situations/{situation}/take", situation="s1")
    await trail.ask("POST /api/alerts/situations/{situation}/done", {"done": "Вывели ещё двоих"}, situation="s1")
    hold = await trail.ask("POST /api/recordings/holds", {"kind": "contact", "subject": owed[0], "reason": "суд"})
    await trail.ask("POST /api/recordings/holds/{hold_id}/lift", {"reason": "решён"}, hold_id=hold["id"])


MADE: dict[str, dict[str, Any]] = {
    "/api/calendars/{id}": {"timezone": "Europe/Moscow", "week": WEEK},
    "/api/projects/{id}": {"name": "Окна", "calendar": "thing"},
    "/api/queues/{id}": {"name": "Продажи", "project": "thing"},
    "/api/scenarios/{id}": {"name": "Основной", "draft": DRAFT, "is_default": True},
    "/api/numbers/{number}": {"project": "thing", "scenario": "thing"},
    "/api/trunks/{id}": {"addresses": ["198.51.100.7"], "contact_uri": "sip:198.51.100.7:5060"},
    "/api/agents/{agent}": {"extension": "304"},
    "/api/skills/{id}": {"name": "Продажи окон"},
    "/api/doors/{id}": {"name": "Калитка", "extension": "700", "agents": [CHIEF]},
    "/api/sources/{id}": {"document": {"kind": "http_source", "url": "http://127.0.0.1/"}},
    "/api/alerts/webhooks/{id}": {"url": "https://crm.example.org/x"},
    "/api/alerts/rules/{id}": {"name": "Ждут", "figure": "waiting", "limit": 5},
    "/api/letters/{id}": {"kind": "manager_day", "email": "boss@example.org", "minute": 1200, "zone": "Europe/Moscow"},
    "/api/webhooks/{id}": {"name": "CRM", "url": "https://crm.example.org/x", "events": ["contact.lost"]},
    "/api/message-letters/{id}": {"emails": ["desk@example.org"], "owner": "project:thing"},
}
"""what is kept under a name: made, and deleted at last in the other order"""
ONE_OF_A_KIND: dict[str, dict[str, Any]] = {
    "/api/colander/settings": {"worths": [{"per_lost": 700}]},
    "/api/debts/rules/{project}": {"tries": 5},
    "/api/feature-codes": {"camp_minutes": 7},
    "/api/mail": {"host": "smtp.example.org", "sender": "kaska@example.org"},
    "/api/outgoing/rules": {"allowed": ["internal", "local"], "night_from": 1320},
    "/api/recordings/rules": {"pause_minutes": 3},
    "/api/recordings/retention": {"rules": [{"name": "Полгода", "days": 180}]},
    "/api/reports/choices": {"zone": "Europe/Samara"},
    "/api/customers/fields/{project}": {"fields": [{"id": "x", "title": "Площадь", "kind": "number"}]},
}


async def in_the_settings(trail: Trail, names: dict[str, Any]) -> None:
    await trail.ask("POST /api/mail/test", {"to": "boss@example.org"})
    for path, given in {**MADE, **ONE_OF_A_KIND}.items():
        await trail.ask(f"PUT {path}", given, **names)
    await trail.ask("DELETE /api/mail")
    await trail.ask("POST /api/calendars/{id}/production-calendar/{year}", id="thing", year=2026)
    await trail.ask("POST /api/agents/{agent}/phone", agent=CHIEF)
    await trail.ask("POST /api/doors/{id}/phone", id="thing")
    first = (await trail.ask("POST /api/publishing"))["version"]
    other = MADE["/api/scenarios/{id}"] | {"draft": {**DRAFT, "nodes": {**DRAFT["nodes"], "b": DRAFT["nodes"]["a"]}}}
    await trail.ask("PUT /api/scenarios/{id}", other, silent=True, id="thing")  # one sitting is one line
    await trail.ask("POST /api/publishing")
    await trail.ask("POST /api/scenarios/{id}/trial", {}, id="thing")
    await trail.ask("POST /api/scenarios/{id}/versions/{version}/rollback", id="thing", version=1)
    await trail.ask("POST /api/publishing/{version}/return", version=first)
    await trail.ask("PUT /api/supervision/agents/{agent}/skills", {"skills": {"thing": 3}}, agent=CHIEF)
    await trail.ask("POST /api/first-steps/line", {"number": "+74950000002"})
    company = {"name": "Тихая гавань", "timezone": "Europe/Moscow", "days": [0], "opens": 540, "closes": 1080}
    await trail.ask("PUT /api/first-steps/company", {**company, "language": "ru"})
    spoken = {"title": "Приветствие", "text": "Здравствуйте", "language": "ru"}
    prompt = await trail.ask("POST /api/prompts/spoken", spoken)
    await trail.ask("DELETE /api/prompts/{id}", id=prompt["name"].partition("/")[2])
    await trail.ask("POST /api/prompts/recorded", asks={"content": tone(), "params": {"title": "Голос"}})


async def with_people(trail: Trail) -> None:
    person = {"login": f"new.{uuid4().hex[:8]}", "name": "Новый", "role": "operator"}
    made = await trail.ask("POST /api/people", person)
    id = made["id"] if "id" in made else made["person"]["id"]
    await trail.ask("PATCH /api/people/{person_id}", {"name": "Другой"}, person_id=id)
    await trail.ask("POST /api/people/{person_id}/password", person_id=id)
    key = {"id": "thing", "name": "CRM", "permissions": ["read_calls"], "days": 5}
    await trail.ask("POST /api/keys", key)
    await trail.ask("DELETE /api/keys/{id}", id="thing")
    await trail.ask("POST /api/webhooks/{id}/secret", id="thing")
    sent = await trail.ask("POST /api/webhooks/{id}/test", id="thing")
    await trail.ask("POST /api/webhooks/deliveries/{delivery}/again", delivery=sent["delivery"])


async def in_the_knowledge(trail: Trail, company: Company, web: Web) -> None:
    step = {"id": "a", "title": "Начало", "text": "Здравствуйте", "answers": [{"title": "Дальше", "next": ""}]}
    script = {"name": "Замер", "draft": {"start": "a", "steps": [step]}, "places": [], "revision": 0}
    await trail.ask("PUT /api/scripts/{id}", script, id="thing")
    await trail.ask("POST /api/scripts/{id}/versions", id="thing")
    article = {"folder": "", "title": "Сроки", "text": "Два дня", "tags": []}
    made = await trail.ask("POST /api/knowledge/articles", article)
    await trail.ask("PUT /api/knowledge/articles/{id}", {**article, "text": "Три", "revision": 1}, id=made["id"])
    operator = await web.sign_in(company, "operator", "a302")
    assert (await operator.post("/api/knowledge/misses", json={"sought": "ипотека"})).is_success
    [miss] = (await trail.browser.get("/api/knowledge/misses")).json()
    await trail.ask("DELETE /api/knowledge/misses", asks={"params": {"sought": miss["sought"]}})
    topics = (await trail.browser.get("/api/topics")).json()
    topics["sources"].append({"id": "radio", "title": "Радио"})
    await trail.ask("PUT /api/topics", topics)
    kept = await trail.ask("POST /api/saved-filters", {"name": "Мой", "filter": {"period": "today"}, "shared": True})
    await trail.ask("PATCH /api/saved-filters/{id}", {"name": "Наш"}, id=kept["id"])
    await trail.ask("DELETE /api/saved-filters/{id}", id=kept["id"])


async def with_customers(trail: Trail) -> None:
    phones = [{"kind": "phone", "value": number} for number in ("+74950000003", "+74950000004", "+74950000005")]
    one, other = [
        (await trail.ask("POST /api/customers", {"name": "Анна", "identities": [phone]}))["id"] for phone in phones[:2]
    ]
    await trail.ask("PATCH /api/customers/{customer_id}", {"vip": True}, customer_id=one)
    consent = {"what": "marketing", "given": True, "how": "по телефону"}
    await trail.ask("POST /api/customers/{customer_id}/consents", consent, customer_id=one)
    await trail.ask("POST /api/customers/{customer_id}/identities", phones[2], customer_id=one)
    await trail.ask("DELETE /api/customers/{customer_id}/identities", customer_id=one, asks={"params": phones[2]})
    await trail.ask("POST /api/customers/{customer_id}/notes", {"text": "Шумит"}, silent=True, customer_id=one)
    [note] = (await trail.browser.get(f"/api/customers/{one}")).json()["notes"]
    await trail.ask("DELETE /api/customers/{customer_id}/notes/{note_id}", customer_id=one, note_id=note["id"])
    await trail.ask("POST /api/customers/{customer_id}/merges", {"gone": other}, customer_id=one)
    [merge] = (await trail.browser.get(f"/api/customers/{one}")).json()["merges"]
    undo = {"customer_id": one, "merge_id": merge["id"]}
    await trail.ask("DELETE /api/customers/{customer_id}/merges/{merge_id}", **undo)
    table = {"content": "Имя;Телефон\nВера;+7 495 000-00-09\n"}
    shown = (await trail.browser.post("/api/customers/import/preview", json=table)).json()
    await trail.ask("POST /api/customers/import", {**table, "columns": shown["columns"]})
    await trail.ask("POST /api/customers/{customer_id}/erasure", customer_id=other)


async def with_audits(trail: Trail, company: Company, web: Web) -> None:
    files = [{"name": CALLS.name, "size": CALLS.stat().st_size}]
    made = (await trail.ask("POST /api/audits", {"files": files}))["id"]
    sent = {"params": {"offset": 0}, "content": CALLS.read_bytes()}
    await trail.ask("PUT /api/audits/{audit_id}/files/{number}", silent=True, asks=sent, audit_id=made, number=0)
    [looked] = await trail.ask("POST /api/audits/{audit_id}/look", silent=True, audit_id=made)
    wish = {"mapping": {"columns": looked["mapping"]}, "profile": "Наша", "timezone": "Europe/Moscow"}
    await trail.ask("POST /api/audits/{audit_id}/count", wish, audit_id=made)
    await web.app.state.counting.wait(company.tenant, made)
    await trail.ask("DELETE /api/audits/profiles/{name}", name="Наша")
    await trail.ask("DELETE /api/audits/{audit_id}", audit_id=made)


@pytest.fixture
def postman() -> Iterator[int]:
    """The port of a mail server that takes every letter."""
    controller = Controller(object(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


def with_a_voice(web: Web, database: Database, mail: int) -> None:
    """The application anew, in which the machine's voice is a tone, and letters go to the port ``mail``."""
    settings = web.settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": mail, "smtp_tls": "none"})
    services = Services(settings, database, inboxes=web.companies.get, speak=lambda text, language: tone())
    web.app = create_app(services)


async def test_whoever_changes_how_the_centre_works_leaves_a_line(
    company: Company, web: Web, database: Database, postman: int
) -> None:
    with_a_voice(web, database, postman)
    async with await web.sign_in(company, "administrator", CHIEF) as browser:
        trail = Trail(browser, [words(language) for language in ("ru", "en")])
        await trail.lines()
        await on_the_floor(trail, company)
        names: dict[str, Any] = {"id": "thing", "project": "thing", "number": "+74950000001", "agent": CHIEF}
        await in_the_settings(trail, names)
        await with_people(trail)
        await in_the_knowledge(trail, company, web)
        await with_customers(trail)
        await with_audits(trail, company, web)
        for path in reversed(MADE):
            await trail.ask(f"DELETE {path}", **names)
    assert not trail.wrong, "\n".join(trail.wrong)
    demanded = set(operations())
    assert demanded >= UNTRACED.keys(), "what no longer exists needs no reason"
    assert demanded - UNTRACED.keys() - trail.walked.keys() == set()
    assert {one for one in UNTRACED if trail.walked.get(one)} == set(), "it leaves a line, so it needs no reason"
