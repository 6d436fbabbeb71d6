"""What a company writes down besides calls: scripts, articles, cards, limits, letters, another system's log.

Written as people would, by the product's own routes; only what happened earlier goes into the tables.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core import facts
from kaska.core.presence.states import AgentState
from kaska.features.alerts.tables import alert_situations
from kaska.features.letters.tables import sendings
from kaska.features.publishing.demo_company import MAIN_NUMBER
from kaska.features.reconciliation.tables import runs
from kaska.features.scripts.tables import script_runs
from kaska.features.surveys.tables import survey_answers
from kaska.features.voicemail.tables import message_sendings
from kaska.features.webhooks.tables import webhook_deliveries
from kaska.kit.database import Database
from screens.working_day import SUPERVISOR, WATCHING, Lived

SCRIPT: dict[str, Any] = {
    "start": "hello",
    "steps": [
        {
            "id": "hello",
            "title": "Приветствие",
            "text": "Здравствуйте! Фабрика окон, меня зовут Анна. Чем могу помочь?",
            "hint": "Назовите себя и дайте человеку договорить.",
            "fields": [{"id": "who", "title": "Как зовут", "required": True, "card": "name"}],
            "answers": [
                {"title": "Хочет рассчитать окно", "next": "size"},
                {"title": "Спрашивает о заказе", "next": "order"},
                {"title": "Ошибся номером", "next": ""},
            ],
        },
        {
            "id": "size",
            "title": "Размеры",
            "text": "{who}, подскажите, пожалуйста, примерную ширину и высоту?",
            "hint": "Точные размеры снимет мастер: замер бесплатный.",
            "fields": [{"id": "city", "title": "Город", "kind": "choice", "choices": ["Тула", "Орёл", "Калуга"]}],
            "objections": [
                {"said": "Дорого", "reply": "В цену входят замер, доставка и пять лет гарантии. Есть рассрочка."},
                {"said": "Я подумаю", "reply": "Конечно. Когда удобно, чтобы я перезвонила?"},
            ],
            "answers": [{"title": "Согласен на замер", "next": "bye"}, {"title": "Не сейчас", "next": "bye"}],
        },
        {
            "id": "order",
            "title": "Действующий заказ",
            "text": "Назовите, пожалуйста, номер договора.",
            "answers": [{"title": "Дальше", "next": "bye"}],
        },
        {
            "id": "bye",
            "title": "Прощание",
            "text": "Спасибо за звонок, {who}! До свидания.",
            "answers": [{"title": "Конец разговора", "next": ""}],
        },
    ],
}
ARTICLES = (
    (
        "Доставка",
        "Сроки доставки",
        "Привозим за **три рабочих дня** после оплаты.\n\n## Куда\n\n- Тула и область: бесплатно\n- Орёл: 1 500 ₽\n"
        "- Калуга: 2 000 ₽\n\n> В субботу привозим до 14:00.\n\n| Что | Сколько ждать |\n|---|---|\n"
        "| Глухое окно | 5 дней |\n| Балконный блок | 9 дней |\n",
    ),
    ("Доставка", "Самовывоз со склада", "Склад работает с 9 до 18, в субботу до 15."),
    ("Оплата", "Рассрочка", "До шести месяцев без процентов, первый взнос 20 %."),
    ("Оплата", "Счёт для организации", "Выставляем по реквизитам из карточки клиента."),
    ("Гарантия", "Продувает окно: что спросить", "Когда ставили, с какой стороны дует, закрывается ли створка."),
    ("Гарантия", "Возврат и обмен", "В течение 14 дней, если изделие не по размерам заказчика."),
)
RULES: tuple[tuple[str, str, str, float, bool], ...] = (
    ("waits", "Долго ждут", "waiting_time", 60, True),
    ("many", "Много ждущих", "waiting", 5, True),
    ("leak", "Потери за час", "lost_share", 8, True),
    ("nobody", "Нет свободных", "free_agents", 1, False),
)


SURVEY: dict[str, Any] = {
    "start": "ask",
    "nodes": {
        "ask": {
            "kind": "survey",
            "questions": [
                {"answer": "quality", "name": "Оценка разговора", "prompts": ["ru/menu"]},
                {"answer": "solved", "name": "Решён ли вопрос", "prompts": ["ru/menu"], "allowed": "12"},
            ],
            "next": "bye",
        },
        "bye": {"kind": "finish", "prompts": ["ru/goodbye"]},
    },
}


Person = tuple[str, str]
"""login, password"""


@asynccontextmanager
async def _at_desk(url: str, person: Person) -> AsyncIterator[_Desk]:
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as web:
        answer = await web.post("/api/session", json={"login": person[0], "password": person[1]})
        answer.raise_for_status()
        web.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        yield _Desk(web)


async def fill(
    url: str, administrator: Person, operator: Person, lived: Lived, database: Database, tenant: str
) -> None:
    """Everything; ``operator`` is ``WATCHING``, who has begun to write about his call."""
    contact = lived.state.agents[WATCHING].contact
    async with _at_desk(url, operator) as desk:
        said = {"topic": "sales.price", "note": "Два окна на кухню, хочет рассрочку; обещала прислать размеры"}
        await desk.put(f"/api/agents/me/drafts/{contact}", said=said)
    async with _at_desk(url, administrator) as desk:
        await _knowledge(desk)
        await _cards(desk, lived)
        await _limits(desk)
        await _money(desk)
        await desk.put("/api/scenarios/after", name="Опрос после разговора", draft=SURVEY)
        await _audit(desk)
        await _rules(desk, lived)
        await _unpublished(desk)
        async with database.tenant(tenant) as connection:
            await _earlier(_Tables(connection, tenant), lived)


class _Desk:
    def __init__(self, web: httpx.AsyncClient) -> None:
        self.web = web

    async def get(self, path: str, **params: str) -> Any:
        return self._read(await self.web.get(path, params=params))

    async def put(self, path: str, **given: Any) -> Any:
        return self._read(await self.web.put(path, json=given))

    async def post(self, path: str, **given: Any) -> Any:
        return self._read(await self.web.post(path, json=given))

    async def patch(self, path: str, **given: Any) -> Any:
        return self._read(await self.web.patch(path, json=given))

    def _read(self, answer: httpx.Response) -> Any:
        if answer.is_error:
            raise RuntimeError(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None


async def _knowledge(desk: _Desk) -> None:
    place = [{"kind": "project", "id": "windows"}]
    await desk.put("/api/scripts/order", name="Заказ окна", draft=SCRIPT, places=place, revision=0)
    await desk.post("/api/scripts/order/versions")
    await desk.put("/api/scripts/debt", name="Перезвон потерянным", draft=SCRIPT, places=[], revision=0)
    for folder, title, text in ARTICLES:
        tags = ["сроки"] if folder == "Доставка" else []
        made = await desk.post("/api/knowledge/articles", folder=folder, title=title, text=text, tags=tags)
        if folder == "Доставка":
            await desk.put(f"/api/knowledge/articles/{made['id']}/vote", useful=True)
    for sought in ("рассрочка без первого взноса", "москитная сетка", "рассрочка без первого взноса"):
        await desk.post("/api/knowledge/misses", sought=sought)


async def _cards(desk: _Desk, lived: Lived) -> None:
    fields = [
        {"id": "address", "title": "Адрес установки", "title_en": "Address", "kind": "text", "required": True},
        {"id": "contract", "title": "Номер договора", "title_en": "Contract", "kind": "text"},
        {"id": "visit", "title": "Дата замера", "title_en": "Day of the visit", "kind": "date"},
        {"id": "windows", "title": "Сколько окон", "title_en": "Windows", "kind": "number"},
        {"id": "house", "title": "Дом", "title_en": "House", "kind": "choice", "choices": ["панельный", "кирпичный"]},
        {"id": "lift", "title": "Есть лифт", "title_en": "Lift", "kind": "yes_no"},
        {"id": "card", "title": "Номер карты", "title_en": "Card number", "kind": "text", "unrecorded": True},
    ]
    await desk.put("/api/customers/fields/windows", fields=fields)
    company = await desk.post(
        "/api/customers",
        kind="company",
        name="ООО «Ромашка»",
        identities=[{"kind": "email", "value": "office@romashka.example"}],
    )
    caller = lived.state.contacts[lived.state.agents[WATCHING].contact].customer
    found = await desk.get("/api/customers/caller", number=caller)
    card = f"/api/customers/{found['customer']['id']}"
    await desk.patch(
        card,
        name="Ирина Соколова",
        company=company["id"],
        position="Снабжение",
        vip=True,
        tags=["рассрочка", "три объекта"],
        custom={"windows": {"address": "Тула, Зелёная ул., 12", "contract": "О-1182"}},
    )
    await desk.post(f"{card}/notes", text="Просит звонить после десяти: утром на объекте.")
    await desk.post(f"{card}/consents", what="marketing", given=True, how="По телефону")


async def _limits(desk: _Desk) -> None:
    for id, name, figure, limit, above in RULES:
        given = {"name": name, "figure": figure, "limit": limit, "above": above, "hold": 30, "margin": 0}
        await desk.put(f"/api/alerts/rules/{id}", **given, emails=["dezhurny@okna.example"], quiet=[(1320, 420)])
    letter = {"email": "direktor@okna.example", "minute": 1200, "zone": "Europe/Moscow"}
    await desk.put("/api/letters/day", kind="manager_day", **letter)
    await desk.put("/api/letters/month", kind="month", **letter)
    await desk.put("/api/letters/own", kind="agent_day", agent=WATCHING, **letter)
    await desk.put("/api/letters/each", kind="agent_day", each=True, minute=1200, zone="Europe/Moscow")
    events = ["contact.lost", "debt.opened", "debt.closed"]
    await desk.put("/api/webhooks/crm", name="CRM", url="https://crm.okna.example/kaska", events=events)
    rights = ["read_calls", "read_customers"]
    await desk.post("/api/keys", id="crm", name="CRM", permissions=rights, per_minute=600, days=365)
    await desk.post("/api/keys", id="wall", name="Телевизор в зале", kind="screen", permissions=[])


async def _rules(desk: _Desk, lived: Lived) -> None:
    """What is recorded and how long it is kept, and where messages go."""
    kept = [
        {"name": "Закрытая линия", "projects": ["windows-closed"], "direction": "", "days": 30},
        {"name": "Исходящие", "projects": [], "direction": "outbound", "days": 180},
        {"name": "Остальное", "projects": [], "direction": "", "days": 365},
    ]
    await desk.put("/api/recordings/retention", rules=kept)
    rule = {"projects": [], "queues": [], "notice": False}
    recorded = [
        rule | {"id": "sales", "name": "Продажи целиком", "queues": ["sales"], "direction": "inbound", "share": 100},
        rule | {"id": "rest", "name": "Остальное выборочно", "direction": "", "share": 20, "notice": True},
    ]
    await desk.put("/api/recordings/rules", rules=recorded, pause_minutes=5)
    talk = next(fact for fact in reversed(lived.written) if isinstance(fact, facts.RecordingReady))
    await desk.post(
        "/api/recordings/holds", kind="contact", subject=talk.contact, reason="Спор о сроках, письмо юриста"
    )
    to = ["dezhurny@okna.example", "direktor@okna.example"]
    await desk.put("/api/message-letters/night", owner="project:windows-closed", emails=to)
    await desk.put("/api/message-letters/sales", owner="queue:sales", emails=to[:1])


async def _money(desk: _Desk) -> None:
    await desk.put("/api/colander/settings", worths=[{"conversion": 0.31, "margin": 4200}], currency="₽")
    choice = {"period": "week", "outcome": "lost", "direction": "inbound"}
    await desk.post("/api/saved-filters", name="Потери недели", shared=True, filter=choice)
    await desk.post("/api/saved-filters", name="Мои переводы", filter={"period": "today", "agent": WATCHING})


async def _audit(desk: _Desk) -> None:
    """Another system's log of a month, counted."""
    text = _log().encode()
    made = await desk.post("/api/audits", files=[{"name": "звонки-октябрь.csv", "size": len(text)}])
    path = f"/api/audits/{made['id']}"
    kind = {"Content-Type": "application/octet-stream"}
    (await desk.web.put(f"{path}/files/0", params={"offset": 0}, content=text, headers=kind)).raise_for_status()
    await desk.post(f"{path}/count", timezone="Europe/Moscow", conversion=0.31, margin=4200)
    while (await desk.get(path))["state"] == "counting":  # noqa: ASYNC110 - it is another process that counts
        await asyncio.sleep(0.2)


def _log() -> str:
    chance = random.Random(3)
    lines = ["Дата;Время;Номер клиента;Оператор;Ожидание;Разговор;Результат"]
    for day in range(1, 29):
        for hour in range(9, 18):
            for minute in sorted(chance.sample(range(60), 4)):
                caller, wait = (
                    f"8 (495) 000-{chance.randrange(100):02}-{chance.randrange(100):02}",
                    chance.randrange(90),
                )
                taken = chance.random() < 0.82 - wait / 400
                end = ("Иванова;", f"{chance.randrange(1, 6)}:{chance.randrange(60):02}", "Отвечен")
                agent, talk, result = end if taken else (";", "", "Пропущен")
                waited = f"{wait // 60}:{wait % 60:02}"
                lines.append(f"{day:02}.10.2026;{hour:02}:{minute:02}:00;{caller};{agent}{waited};{talk};{result}")
    return "\n".join(lines) + "\n"


async def _unpublished(desk: _Desk) -> None:
    """Something edited and not published yet."""
    queue = next(row for row in await desk.get("/api/queues") if row["id"] == "sales")
    queue.pop("id")
    step = {"to": "message", "after": 120}
    await desk.put("/api/queues/sales", **queue | {"max_wait": 240, "policy": {"name": "last_agent"}, "chain": [step]})
    await desk.put("/api/numbers/+74950000103", project="windows", scenario="main", source="Щит на шоссе")
    query = "SELECT status FROM orders WHERE phone = :caller"
    await desk.put(
        "/api/sources/crm",
        document={"kind": "sql_source", "query": query, "name": "Клиенты из CRM"},
    )
    gate = {"name": "Проходная", "extension": "700", "agents": ["demo-301", "demo-303"], "opens": "*9"}
    await desk.put("/api/doors/gate", **gate, camera="https://camera.okna.example/gate")


class _Tables:
    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection = connection
        self._tenant = tenant

    async def put(self, table: Table, rows: list[dict[str, Any]]) -> None:
        await self._connection.execute(insert(table), [{"tenant": self._tenant, **row} for row in rows])


async def _earlier(tables: _Tables, lived: Lived) -> None:
    now = datetime.fromtimestamp(lived.at, UTC)
    await tables.put(alert_situations, _situations(now))
    await tables.put(script_runs, _runs(now))
    await tables.put(sendings, _letters(now))
    await tables.put(webhook_deliveries, _deliveries(now))
    await tables.put(survey_answers, _answers(lived))
    await tables.put(message_sendings, _messages(lived))
    ended = sum(1 for fact in lived.written if type(fact).__name__ == "ContactOver")
    talked = sum(1 for fact in lived.written if type(fact).__name__ == "RecordingReady")
    seen = {"switch": ended, "cdr": ended, "ledger": ended, "talked": talked, "recordings": talked}
    ran = {"ran_at": now - timedelta(seconds=20), "since": now - timedelta(days=8), "until": now - timedelta(minutes=1)}
    await tables.put(runs, [ran | seen])


def _beyond(figure: str, limit: float, chance: random.Random) -> float:
    """People and seconds are whole."""
    worst = limit * (1 + chance.random())
    return worst if figure.endswith("share") else float(math.ceil(worst))


def _situations(now: datetime) -> list[dict[str, Any]]:
    chance = random.Random(5)
    done = ("Вывели вторую линию", "Вернули с обеда двоих", "Попросили Резерв взять Сервис")
    rows = []
    for n in range(22):
        rule, name, figure, limit, above = chance.choice(RULES)
        since = now - timedelta(days=chance.randrange(7), hours=chance.randrange(1, 8), minutes=chance.randrange(60))
        lasted = timedelta(minutes=chance.randrange(1, 25))
        taken = chance.random() < 0.8
        rows.append({
            "id": f"s{n}", "rule": rule, "name": name, "project": "", "figure": figure, "above": above,
            "limit": limit, "worst": _beyond(figure, limit, chance) if above else 0.0, "since": since,
            "until": since + lasted, "taken_by": SUPERVISOR if taken else "",
            "taken_at": since + timedelta(seconds=40) if taken else None,
            "done": chance.choice(done) if taken else "", "done_by": SUPERVISOR if taken else "",
            "done_at": since + lasted if taken else None,
        })  # fmt: skip
    open_ = {"project": "", "until": None, "done": "", "done_by": "", "done_at": None, "taken_by": "", "taken_at": None}
    rule, name, figure, limit, above = RULES[0]
    rows.append(open_ | {
        "id": "now", "rule": rule, "name": name, "figure": figure, "above": above, "limit": limit,
        "worst": 96.0, "since": now - timedelta(minutes=2),
    })  # fmt: skip
    rule, name, figure, limit, above = RULES[3]
    rows.append(open_ | {
        "id": "too", "rule": rule, "name": name, "figure": figure, "above": above, "limit": limit, "worst": 0.0,
        "since": now - timedelta(minutes=6), "taken_by": SUPERVISOR, "taken_at": now - timedelta(minutes=5),
    })  # fmt: skip
    return rows


def _runs(now: datetime) -> list[dict[str, Any]]:
    chance = random.Random(11)
    rows = []
    for n in range(90):
        seen = ["hello", "size", "bye"][: chance.choice((1, 2, 2, 3, 3, 3, 3))]
        at = now - timedelta(hours=n)
        rows.append({
            "contact": f"s{n + 1}", "agent": WATCHING, "script": "order", "version": 1,
            "passes": [[step, 0] for step in seen], "filled": {}, "visited": seen,
            "step": "" if len(seen) == 3 else seen[-1], "started_at": at, "changed_at": at,
        })  # fmt: skip
    return rows


def _letters(now: datetime) -> list[dict[str, Any]]:
    rows = []
    for back in range(1, 6):
        at = now - timedelta(days=back)
        for letter, kind in (("day", "manager_day"), ("own", "agent_day")):
            late = back == 3 and letter == "own"
            rows.append({
                "letter": letter, "about": at.date(), "kind": kind, "email": "direktor@okna.example", "made_at": at,
                "next_at": None, "tries": 12 if late else 1, "delivered_at": None if late else at,
                "problem": "550 mailbox unavailable" if late else "",
            })  # fmt: skip
    return rows


def _answers(lived: Lived) -> list[dict[str, Any]]:
    """What some of those who talked answered by keys."""
    chance = random.Random(3)
    talked = [fact.contact for fact in lived.written if isinstance(fact, facts.RecordingReady)][-260:]
    rows = []
    for n, contact in enumerate(talked):
        agent, at = (
            chance.choice(list(lived.state.agents)),
            datetime.fromtimestamp(lived.at - 3600 * (260 - n) / 2, UTC),
        )
        asked = {
            "contact": contact, "survey": "after", "agent": agent, "queue": chance.choice(("sales", "service")),
            "asked_at": at,
        }  # fmt: skip
        rows.append(asked | {"question": "quality", "answer": chance.choice(("", "5", "5", "5", "4", "4", "3", "1"))})
        rows.append(asked | {"question": "solved", "answer": chance.choice(("", "1", "1", "1", "2"))})
    return rows


def _messages(lived: Lived) -> list[dict[str, Any]]:
    """Mails about the last messages that people left; one was not taken."""
    left = [fact for fact in lived.written if isinstance(fact, facts.MessageTaken)][-8:]
    rows = []
    for n, fact in enumerate(left):
        at, late = datetime.fromtimestamp(fact.at, UTC), n == 2
        rows.append({
            "contact": fact.contact, "email": "dezhurny@okna.example", "rule": "night",
            "owner": "project:windows-closed", "made_at": at, "next_at": None,
            "tries": 12 if late else 1, "delivered_at": None if late else at,
            "problem": "550 mailbox unavailable" if late else "",
        })  # fmt: skip
    return rows


def _deliveries(now: datetime) -> list[dict[str, Any]]:
    rows = []
    for n in range(24):
        at, failed = now - timedelta(minutes=7 * n + 1), n in (0, 9)
        rows.append({
            "id": f"d{n}", "webhook": "crm", "event": ("contact.lost", "debt.opened", "debt.closed")[n % 3],
            "contact": f"s{n + 30}", "position": n, "body": {"contact": f"s{n + 30}", "number": MAIN_NUMBER},
            "made_at": at, "next_at": now + timedelta(minutes=1) if n == 0 else None, "tries": 3 if failed else 1,
            "delivered_at": None if failed else at, "problem": "503 Service Unavailable" if failed else "",
        })  # fmt: skip
    return rows


def state_of(lived: Lived) -> dict[str, int]:
    """How many are in which state, for whoever makes the pictures to see that they will tell something."""
    return {state.value: sum(1 for one in lived.state.agents.values() if one.state is state) for state in AgentState}
