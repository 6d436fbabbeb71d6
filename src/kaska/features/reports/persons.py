"""The standard reports about persons: who is new, who came again, who bought. See ``visits`` for how they count."""

from __future__ import annotations

from typing import Any

from kaska.features.reports.cubes import ASKED, VISITS
from kaska.features.reports.figures import Chosen, Column, Filter, Report, Text

FIRST: Filter = {"first": True}
TARGET: Filter = {"handled": True, "having": ["result"], "not_results": Chosen("not_target")}
SALES: Filter = {**TARGET, "results": Chosen("sales")}
JUDGED: Filter = {"known": True, "handled": True, "having": ["topic"]}
AGAIN: Filter = {**JUDGED, "again_within": Chosen("return_days")}
RESOLVED: Filter = {**JUDGED, "not_again_within": Chosen("return_days")}
INBOUND: dict[str, Any] = {"direction": "inbound"}
HANDLER = {"agent": "handler"}


def _count(id: str, title: Text, opens: Filter | None, good: str = "", note: Text = ("", "")) -> Column:
    return Column(id, title, "count", lambda figures: figures.n(id), opens, note, good)


def _share(id: str, title: Text, part: str, whole: str, opens: Filter, good: str = "", note: Text = ("", "")) -> Column:
    """Opens the contacts of the part."""
    return Column(id, title, "share", lambda figures: figures.share(part, whole), opens, note, good)


CONTACTS = _count("contacts", ("Обращений", "Contacts"), {})
SELLING = (
    _count("target", ("Целевых", "Target"), TARGET),
    _count("sales", ("Продаж", "Sales"), SALES, "more"),
    _share("conversion", ("Конверсия", "Conversion"), "sales", "target", SALES, "more"),
    _count("first_target", ("Целевых от новых", "Target, new"), {**TARGET, **FIRST}),
    _count("first_sales", ("Продаж новым", "Sales, new"), {**SALES, **FIRST}, "more"),
    _share("first_conversion", ("КПД", "Conversion, new"), "first_sales", "first_target",
           {**SALES, **FIRST}, "more", ("продажи новым ÷ целевые от новых", "sales to new ÷ target contacts from new")),
)  # fmt: skip

CONVERSION = Report(
    "conversion",
    ("Конверсия", "Conversion"),
    ("Продажи ÷ целевые обращения. КПД считает только новых клиентов: тех, кто обратился впервые. Целевое имеет "
     "результат, кроме «не целевых». Обращение считается у того, кто записал результат.",
     "Sales ÷ target contacts; of new customers, who approached us for the first time, apart. Target: with a result "
     "that is not “not target”. A contact counts for whoever wrote its result."),
    VISITS,
    ("agent", "topic", "queue", "project", "day", "week", "month"),
    (CONTACTS, *SELLING),
    opens=INBOUND,
    filters=HANDLER,
)  # fmt: skip

ASKED_SOURCES = Report(
    "asked_sources",
    ("Источники по опросу", "Sources as asked"),
    ("Откуда человек узнал о нас, с его слов, и сколько из этого продаж.",
     "How people say they learned of us, and what was sold to them."),
    ASKED,
    ("heard_from", "project", "day", "week", "month"),
    (CONTACTS, _count("first", ("Впервые", "First"), FIRST), *SELLING),
    opens={**INBOUND, "handled": True},
)  # fmt: skip

FIRST_OR_AGAIN = Report(
    "first_or_again",
    ("Первичные и повторные", "First or repeated"),
    ("Первичное: человек обратился впервые за всё время. Человека узнают по номеру в любом написании; скрытый номер "
     "остаётся неизвестным.",
     "First: the person never approached us before. A person is told by the number in any spelling; who hides it stays "
     "unknown."),
    VISITS,
    ("day", "week", "month", "topic", "agent", "queue", "project"),
    (
        CONTACTS,
        _count("first", ("Первичных", "First"), FIRST),
        _count("again", ("Повторных", "Repeated"), {"first": False}),
        _count("nameless", ("Неизвестно", "Unknown"), {"known": False}),
        _share("first_share", ("Доля первичных", "Share of first"), "first", "contacts", FIRST),
        _count("first_lost", ("Потеряно первичных", "First, lost"),
               {**FIRST, "outcome": ["lost", "short_abandoned"]}, "less"),
    ),
    opens=INBOUND,
    filters=HANDLER,
)  # fmt: skip

RESOLUTION = Report(
    "resolution",
    ("Решено с первого раза", "First contact resolution"),
    ("Доля обращений, после которых человек не пришёл с той же тематикой в заданный срок (по умолчанию 7 дней). "
     "Считаются обращения с тематикой и известным номером. За последние дни срок ещё не прошёл: доля может снизиться.",
     "Share of contacts after which the person did not come with the same topic within the time set (7 days unless "
     "changed). Contacts with a topic and a known number count. For the last days that time is not over: the share may "
     "fall."),
    VISITS,
    ("topic", "agent", "queue", "project", "day", "week", "month"),
    (
        _count("judged", ("Обращений", "Contacts"), JUDGED),
        _count("returned", ("Пришли снова", "Came again"), AGAIN, "less"),
        Column("resolved", ("Решено с первого раза", "Resolved at once"), "share",
               lambda one: None if not one.n("judged") else 1 - one.n("returned") / one.n("judged"), RESOLVED,
               good="more"),
    ),
    opens=INBOUND,
    filters=HANDLER,
)  # fmt: skip
