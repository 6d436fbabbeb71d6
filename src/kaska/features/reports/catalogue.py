"""The standard reports. How figures are counted is in the handbook: reports.md."""

from __future__ import annotations

from typing import Any

from kaska.core.counting.service_level import Counted, ServiceLevels, service_levels
from kaska.core.counting.sketch import within
from kaska.features.reports.cubes import AGENTS, ANSWERED_WAIT, ANY_TALK, ENDS, FLOW, LOST_WAIT, SUBJECTS, TALK
from kaska.features.reports.figures import Column, Figures, Filter, Formula, Report, Text, divided, under
from kaska.features.reports.persons import ASKED_SOURCES, CONVERSION, FIRST_OR_AGAIN, RESOLUTION

TIMES = ("day", "week", "month", "weekday", "half_hour")
INBOUND: dict[str, Any] = {"direction": "inbound"}
OFFERED: dict[str, Any] = {"offered": True}
ANSWERED: dict[str, Any] = {"offered": True, "outcome": ["answered"]}
UNANSWERED: dict[str, Any] = {"offered": True, "not_outcome": ["answered"]}
TOO_SHORT, TOO_LONG = 10, 900
"""seconds of talk below and above which a conversation is worth a look"""


def _count(id: str, title: Text, opens: Any, name: str = "", good: str = "", note: Text = ("", "")) -> Column:
    return Column(id, title, "count", lambda figures: figures.n(name or id), opens, note, good)


def _share(id: str, title: Text, part: str, whole: str, opens: Any, good: str = "") -> Column:
    """Opens the contacts of the part."""
    return Column(id, title, "share", lambda figures: figures.share(part, whole), opens, good=good)


def _mean(id: str, title: Text, name: str, of: str, opens: Any, good: str = "") -> Column:
    """Opens the contacts that it is a mean of."""
    return Column(id, title, "seconds", lambda figures: figures.mean(name, of), opens, good=good)


def _percentile(id: str, title: Text, what: str, rank: float) -> Column:
    def past(figures: Figures) -> float | None:
        return figures.percentile(what, rank)

    def opens(figures: Figures) -> dict[str, Any]:
        limit = figures.percentile(what, rank) or 0
        if what in (TALK, ANY_TALK):
            return {"talked": True, "talk_over": limit}
        return {**(ANSWERED if what == ANSWERED_WAIT else UNANSWERED), "wait_over": limit}

    return Column(id, title, "seconds", past, opens, ("открывает тех, кто дольше", "opens those above it"))


CONTACTS = _count("contacts", ("Обращений", "Contacts"), {})
OFFERED_COUNT = _count("offered", ("В очередь", "Offered"), OFFERED)
ANSWERED_COUNT = _count("answered", ("Отвечено", "Answered"), ANSWERED, good="more")
LEFT: dict[str, Any] = {"offered": True, "outcome": ["lost", "short_abandoned"]}
TALKED: dict[str, Any] = {"talked": True}
ABANDONED = _count("abandoned", ("Потеряно", "Abandoned"), LEFT, good="less")
ABANDONED_SHARE = _share("abandoned_share", ("Доля потерь", "Abandoned share"), "abandoned", "offered", LEFT, "less")
MEAN_WAIT = _mean("wait", ("Ожидание до ответа", "Mean wait"), "wait", "answered", ANSWERED, "less")

MINIMAL = Report(
    "minimal",
    ("Минимальный отчёт", "Minimal report"),
    ("Сколько людей обратилось, скольким ответили, сколько ждали и говорили.",
     "How many people approached us, how many were answered, how long they waited and talked."),
    FLOW,
    (*TIMES, "project", "queue", "number"),
    (
        CONTACTS,
        OFFERED_COUNT,
        ANSWERED_COUNT,
        ABANDONED,
        ABANDONED_SHARE,
        _count("message_taken", ("Сообщений", "Messages"), {"outcome": ["message_taken"]}),
        _count("called_back", ("Перезвонили", "Called back"), {"outcome": ["called_back"]}),
        _count("self_served", ("Обслужило меню", "Self-served"), {"outcome": ["self_served"]}),
        MEAN_WAIT,
        _mean("talk", ("Средний разговор", "Mean talk"), "talk", "talked", TALKED),
    ),
    {"direction": ("inbound",)},
    INBOUND,
)  # fmt: skip


def _levels(figures: Figures) -> ServiceLevels:
    target = figures.target
    offered, answered = figures.n("offered"), figures.n("answered")
    counted = Counted(
        answered=answered,
        lost=offered - answered,
        answered_within=figures.n(f"answered_{target}"),
        lost_within=figures.n(f"lost_{target}"),
        lost_short=figures.n("short_offered"),
    )
    return service_levels(counted)


def _level(id: str, title: Text, note: Text, good: Filter = ANSWERED) -> Column:
    """``good``: what those who count as served are among, within the target."""

    def of(figures: Figures) -> float | None:
        value: float | None = getattr(_levels(figures), id)
        return value

    return Column(f"level_{id}", title, "share", of, lambda one: {**good, "wait_to": one.target}, note, "more")


SERVICE = Report(
    "service",
    ("Уровень сервиса", "Service level"),
    ("Доля тех, кому ответили вовремя, по всем принятым формулам. A отвечено, B не отвечено, a и b из них "
     "не дольше цели, s сброшено сразу.",
     "Share of those answered in time, by every formula in use. A answered, B not answered, a and b of them within "
     "the target, s short abandoned."),
    FLOW,
    (*TIMES, "project", "queue", "number"),
    (
        OFFERED_COUNT,
        ANSWERED_COUNT,
        Column("answered_within", ("Вовремя", "In time"), "count", lambda one: one.n(f"answered_{one.target}"),
               lambda one: {**ANSWERED, "wait_to": one.target}, good="more"),
        Column("lost_within", ("Ушли до цели", "Left within"), "count", lambda one: one.n(f"lost_{one.target}"),
               lambda one: {**UNANSWERED, "wait_to": one.target}),
        _level("short_abandons_excluded", ("a/(A+B−s)", "a/(A+B−s)"), ("по умолчанию", "the default")),
        _level("offered", ("a/(A+B)", "a/(A+B)"), ("от всех поступивших", "of all offered")),
        _level("answered", ("a/A", "a/A"), ("от отвеченных", "of the answered")),
        _level("early_abandons_good", ("(a+b)/(A+B)", "(a+b)/(A+B)"),
               ("ушедшие до цели считаются обслуженными", "who left within the target counts as served"), OFFERED),
        _level("early_abandons_excluded", ("a/(A+B−b)", "a/(A+B−b)"),
               ("ушедшие до цели не считаются", "who left within the target is not counted")),
        _level("short_abandons_good", ("(a+s)/(A+B)", "(a+s)/(A+B)"),
               ("сброшенные сразу считаются обслуженными", "short abandoned count as served"),
               {**OFFERED, "outcome": ["answered", "short_abandoned"]}),
    ),
    {"direction": ("inbound",)},
    INBOUND,
    targets=True,
)  # fmt: skip

WAITING = Report(
    "waiting",
    ("Ожидание и разговор", "Waiting and talking"),
    ("Средние и перцентили: «90 %» значит, что девяти из десяти хватило этого времени. Погрешность перцентиля "
     "до секунды, а сверх 256 секунд до 0,8 %.",
     "Means and percentiles: “90%” is the time within which nine of ten were. A percentile is right to a second, and "
     "above 256 seconds to 0.8%."),
    FLOW,
    ("queue", "project", "day", "week", "month"),
    (
        *under(
            ("Дождались ответа", "Waited until answered"),
            ANSWERED_COUNT,
            _mean("wait", ("Ожидание", "Wait"), "wait", "answered", ANSWERED, "less"),
            _percentile("wait_50", ("50 %", "50%"), ANSWERED_WAIT, 0.5),
            _percentile("wait_90", ("90 %", "90%"), ANSWERED_WAIT, 0.9),
            _percentile("wait_95", ("95 %", "95%"), ANSWERED_WAIT, 0.95),
        ),
        *under(
            ("Не дождались", "Gave up waiting"),
            Column("unanswered", ("Без ответа", "Not answered"), "count",
                   lambda one: one.n("offered") - one.n("answered"), UNANSWERED, good="less"),
            Column("patience", ("Терпение", "Patience"), "seconds",
                   lambda one: divided(one.seconds("lost_wait"), one.n("offered") - one.n("answered")), UNANSWERED),
            _percentile("patience_50", ("50 %", "50%"), LOST_WAIT, 0.5),
            _percentile("patience_90", ("90 %", "90%"), LOST_WAIT, 0.9),
        ),
        *under(
            ("Говорили", "Talked"),
            _mean("talk", ("Разговор", "Talk"), "talk", "talked", TALKED),
            _percentile("talk_50", ("50 %", "50%"), TALK, 0.5),
            _percentile("talk_90", ("90 %", "90%"), TALK, 0.9),
            _percentile("talk_95", ("95 %", "95%"), TALK, 0.95),
        ),
    ),
    {"direction": ("inbound",)},
    INBOUND,
    sketches=True,
)  # fmt: skip

PEAKS = Report(
    "peaks",
    ("Пиковые часы", "Peak hours"),
    ("Карта «день недели × полчаса»: когда обращаются и когда теряем.",
     "The map of weekday × half-hour: when people approach us, and when we lose them."),
    FLOW,
    ("slot",),
    (
        CONTACTS,
        OFFERED_COUNT,
        ABANDONED,
        ABANDONED_SHARE,
        MEAN_WAIT,
    ),
    {"direction": ("inbound",)},
    INBOUND,
)  # fmt: skip

UNSERVED = Report(
    "unserved",
    ("Неудовлетворённый спрос", "Unserved demand"),
    ("Обращения, которые никто не обслужил, и где они закончились.",
     "Contacts that nobody served, and where they ended."),
    ENDS,
    ("cause", "half_hour", "weekday", "day", "week", "month", "queue", "project"),
    (
        CONTACTS,
        Column("mean_wait", ("Ждали в среднем", "Waited on average"), "seconds",
               lambda one: one.mean("wait", "contacts"), {}),
    ),
    {"direction": ("inbound",), "outcome": ("lost", "short_abandoned", "message_taken")},
    {**INBOUND, "outcome": ["lost", "short_abandoned", "message_taken"]},
)  # fmt: skip

OUTCOMES = Report(
    "outcomes",
    ("Итоги обращений", "Outcomes"),
    ("Каждое обращение заканчивается ровно одним итогом.", "Every contact ends in exactly one outcome."),
    ENDS,
    ("outcome", "cause", "queue", "project"),
    (CONTACTS,),
)  # fmt: skip

PRESENT = ("ready", "ringing", "talking", "wrap_up", "not_answering", "break", "inside")


def _present(figures: Figures) -> float:
    return sum(figures.state(name) for name in PRESENT)


def _occupancy(figures: Figures) -> float | None:
    return divided(figures.state("talking") + figures.state("wrap_up"), _present(figures) - figures.state("break"))


def _in_state(id: str, title: Text) -> Column:
    return Column(f"in_{id}", title, "seconds", lambda figures: figures.state(id))


AGENT_REPORT = Report(
    "agents",
    ("Операторы", "Agents"),
    ("Обращение считается у каждого, кто в нём говорил. Загрузка = (разговор + постобработка) ÷ (на смене без "
     "перерывов); время состояний отнесено к часам, в которые оно шло.",
     "A contact counts for everyone who talked in it. Occupancy = (talk + wrap-up) ÷ (signed in without breaks); time "
     "in states belongs to the hours in which it passed."),
    AGENTS,
    ("agent", "day", "week", "month", "half_hour"),
    (
        *under(
            ("Обращения", "Contacts"),
            _count("contacts", ("Обращений", "Contacts"), {"talked": True}, good="more"),
            _count("outbound", ("Исходящих", "Outbound"), {"talked": True, "direction": "outbound"}),
            _count("timed_out", ("Не взял трубку", "Did not answer"), {"rang": "timed_out"}, good="less"),
            _count("rejected", ("Отклонил", "Rejected"), {"rang": "rejected"}, good="less"),
            _count("transferred", ("С передачей", "Transferred"), {"transferred": True}),
            _mean("talk", ("Средний разговор", "Mean talk"), "talk", "contacts", TALKED),
            Column("handling", ("Время обработки", "Handling time"), "seconds",
                   lambda one: divided(one.seconds("talk") + one.state("wrap_up"), one.n("contacts")), TALKED,
                   note=("разговор с удержанием и постобработка", "talk with hold, and wrap-up")),
        ),
        *under(
            ("Время на смене", "Time signed in"),
            Column("occupancy", ("Загрузка", "Occupancy"), "share", _occupancy),
            Column("present", ("На смене", "Signed in"), "seconds", _present),
            _in_state("ready", ("Готов", "Ready")),
            _in_state("talking", ("Говорит", "Talking")),
            _in_state("wrap_up", ("Постобработка", "Wrap-up")),
            _in_state("break", ("Перерыв", "Break")),
            _in_state("inside", ("С коллегами", "With colleagues")),
            _in_state("not_answering", ("Не отвечает", "Not answering")),
        ),
    ),
    states=True,
    opens_by="agent",
)  # fmt: skip

TOPICS = Report(
    "topics",
    ("Тематики", "Topics"),
    ("О чём обращались. Цифра открывает обращения, из них видны клиенты и записи.",
     "What it was about. A figure opens the contacts, and those their customers and recordings."),
    SUBJECTS,
    ("topic", "result", "project", "day", "week", "month"),
    (
        _count("contacts", ("Обращений", "Contacts"), {}),
        _mean("talk", ("Средний разговор", "Mean talk"), "talk", "contacts", {}),
    ),
    opens={"handled": True},
)  # fmt: skip

RESULTS = Report(
    "results",
    ("Результаты", "Results"),
    ("Чем закончились разговоры.", "What came of the conversations."),
    SUBJECTS,
    ("result", "topic", "project", "day", "week", "month"),
    TOPICS.columns,
    opens={"handled": True},
)

REFUSALS = Report(
    "refusals",
    ("Причины отказов", "Refusal reasons"),
    ("Почему отказались и о чём шла речь.", "Why they refused, and what it was about."),
    SUBJECTS,
    ("refusal", "topic", "project", "day", "week", "month"),
    TOPICS.columns,
    {"result": ("refused",)},
    {"handled": True, "result": "refused"},
)

SOURCES = Report(
    "sources",
    ("Источники по номеру", "Sources by number"),
    ("По номеру, на который звонили: какая реклама привела обращение.",
     "By the number that was called: which advertisement brought the contact."),
    FLOW,
    ("number", "project", "day", "week", "month"),
    MINIMAL.columns,
    {"direction": ("inbound",)},
    INBOUND,
)  # fmt: skip


def _talk_count(of: Formula, id: str, title: Text, opens: dict[str, Any]) -> Column:
    return Column(id, title, "count", of, {"talked": True, **opens})


def _all_talks(figures: Figures) -> int:
    return sum(figures.sketches.get(ANY_TALK, {}).values())


DURATIONS = Report(
    "durations",
    ("Выбросы длительности", "Duration outliers"),
    (f"Слишком короткие разговоры (до {TOO_SHORT} с) и слишком длинные (дольше {TOO_LONG // 60} мин).",
     f"Conversations that are too short (up to {TOO_SHORT} s) and too long (over {TOO_LONG // 60} min)."),
    FLOW,
    ("queue", "project", "day", "week", "month"),
    (
        _talk_count(_all_talks, "talked", ("Разговоров", "Conversations"), {}),
        _talk_count(lambda one: within(one.sketches.get(ANY_TALK, {}), TOO_SHORT), "too_short",
                    ("Слишком коротких", "Too short"), {"talk_to": TOO_SHORT}),
        _talk_count(lambda one: _all_talks(one) - within(one.sketches.get(ANY_TALK, {}), TOO_LONG), "too_long",
                    ("Слишком длинных", "Too long"), {"talk_over": TOO_LONG}),
        _percentile("talk_5", ("5 %", "5%"), ANY_TALK, 0.05),
        _percentile("talk_50", ("50 %", "50%"), ANY_TALK, 0.5),
        _percentile("talk_95", ("95 %", "95%"), ANY_TALK, 0.95),
        _percentile("talk_99", ("99 %", "99%"), ANY_TALK, 0.99),
    ),
    sketches=True,
)  # fmt: skip

TRANSFERS = Report(
    "transfers",
    ("Переводы", "Transfers"),
    ("Разговоры, в которых говорило больше одного оператора.", "Conversations in which more than one agent talked."),
    FLOW,
    ("queue", "project", "day", "week", "month"),
    (
        _count("talked", ("Разговоров", "Conversations"), {"talked": True}),
        _count("transferred", ("С переводом", "Transferred"), {"transferred": True}, good="less"),
        _share("transferred_share", ("Доля", "Share"), "transferred", "talked", {"transferred": True}, "less"),
        _count("overflowed", ("Ушли в резерв", "Overflowed"), {"overflowed": True}),
        _count("promised", ("Обещан перезвон", "Callback promised"), {"promised": True}),
    ),
)  # fmt: skip


def _cost(figures: Figures) -> float:
    tariff = figures.tariff
    return (
        tariff.per_contact * figures.n("contacts")
        + tariff.per_minute * figures.seconds("talk") / 60
        + tariff.per_hour * _present(figures) / 3600
    )


COST = Report(
    "cost",
    ("Стоимость обращения", "Cost per contact"),
    ("По тарифу компании: за обращение, за минуту разговора и за час оператора на смене.",
     "By the company's tariff: per contact, per minute of talk, per hour of an agent signed in."),
    FLOW,
    ("day", "week", "month"),
    (
        CONTACTS,
        _count("answered", ("Отвечено", "Answered"), ANSWERED),
        Column("talk_time", ("Разговоры", "Talk time"), "seconds", lambda one: one.seconds("talk"), TALKED),
        Column("present", ("Операторы на смене", "Agents signed in"), "seconds", _present),
        Column("cost", ("Расход", "Cost"), "money", _cost, {}),
        Column("per_contact", ("На обращение", "Per contact"), "money",
               lambda one: divided(_cost(one), one.n("contacts")), {}, good="less"),
        Column("per_answered", ("На отвеченное", "Per answered"), "money",
               lambda one: divided(_cost(one), one.n("answered")), ANSWERED, good="less"),
    ),
    states=True,
)  # fmt: skip

RECORDINGS = Report(
    "recordings",
    ("Записи разговоров", "Recordings"),
    ("У скольких разговоров есть запись.", "How many conversations have a recording."),
    FLOW,
    ("day", "week", "month", "queue", "project"),
    (
        _count("talked", ("Разговоров", "Conversations"), {"talked": True}),
        _count("recorded", ("С записью", "Recorded"), {"recorded": True}, good="more"),
        _count("unrecorded", ("Без записи", "Not recorded"), {"talked": True, "recorded": False}, good="less"),
        Column("coverage", ("Покрытие", "Coverage"), "share",
               lambda one: divided(one.n("talked") - one.n("unrecorded"), one.n("talked")),
               {"talked": True, "recorded": True}, good="more"),
    ),
)  # fmt: skip

CATALOGUE: dict[str, Report] = {
    report.id: report
    for report in (
        MINIMAL,
        SERVICE,
        WAITING,
        PEAKS,
        UNSERVED,
        OUTCOMES,
        AGENT_REPORT,
        TOPICS,
        RESULTS,
        REFUSALS,
        CONVERSION,
        SOURCES,
        ASKED_SOURCES,
        FIRST_OR_AGAIN,
        RESOLUTION,
        DURATIONS,
        TRANSFERS,
        RECORDINGS,
        COST,
    )
}
