"""The monthly audit as a document: prose with figures, and what was found. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kaska.audit.telling.blocks import Block, Heading, Key, Paragraph, Table
from kaska.audit.telling.blocks import Report as Told
from kaska.features.colander.public import Colander
from kaska.features.letters.wording import CONTACTS, Figures, counted, month_named, plural
from kaska.features.reports.public import ReportTable, shown, totals

ASKED = {
    "minimal": "week",
    "service": "week",
    "peaks": "slot",
    "unserved": "cause",
    "agents": "agent",
    "topics": "topic",
    "first_or_again": "week",
    "resolution": "topic",
    "recordings": "week",
}
"""report → what its rows are"""
COMPARED = {"minimal": "week", "service": "week", "resolution": "week"}
LEVEL = "level_short_abandons_excluded"
WORST_SLOTS, MOST_ROWS, MOST_ADVICE = 5, 10, 6
ENOUGH = 20
"""contacts of an agent from which a share says something"""
_MUCH = 1.5
"""times the others' share"""


def told(
    about: date, tables: Mapping[str, ReportTable], before: Mapping[str, Figures], holes: Colander, language: str
) -> Told:
    """``before``: totals of the month before, by report."""
    say = _Saying(tables, before, holes, language)
    blocks: list[Block] = [
        Key(say.key()),
        Paragraph(say.summary()),
        Heading(say.one("Что нашлось", "Findings")),
        *(Paragraph(f"{number}. {text}") for number, text in enumerate(say.findings(), 1)),
        Heading(say.one("Где теряем", "Where contacts are lost")),
        Paragraph(say.losses()),
        *say.holes_table(),
        *say.rows(say.one("Операторы", "Agents"), "agents", ("contacts", "timed_out", "talk", "handling", "occupancy")),
        *say.rows(say.one("О чём обращались", "What it was about"), "topics", ("contacts", "talk")),
        *say.rows(
            say.one("Решено с первого раза", "Resolved at once"), "resolution", ("judged", "returned", "resolved")
        ),
    ]
    title = say.one(f"Аудит за {month_named(about, 'ru')}", f"Audit of {month_named(about, 'en')}")
    footer = say.one(
        "Сделано Каской из журнала событий. Каждая цифра открывает свои обращения в разделе «Отчёты».",
        "Made by Kaska from the ledger. Every figure opens its contacts under “Reports”.",
    )
    table = tables["minimal"]
    return Told(language, title, f"{table.first} … {table.last}, {table.zone}", blocks, footer)


class _Saying:
    def __init__(
        self, tables: Mapping[str, ReportTable], before: Mapping[str, Figures], holes: Colander, language: str
    ) -> None:
        self._tables = tables
        self._now = {id: totals(table) for id, table in tables.items()}
        self._before = before
        self._holes = holes
        self._language = language

    def one(self, ru: str, en: str) -> str:
        return en if self._language == "en" else ru

    def _n(self, value: float | None, kind: str = "count") -> str:
        return shown(value, kind, self._language)

    def _contacts(self, count: float) -> str:
        return counted(count, "contact") if self._language == "en" else plural(count, CONTACTS)

    def key(self) -> list[tuple[str, str]]:
        now = self._now["minimal"]
        resolved = self._now["resolution"].get("resolved")
        return [
            (self._n(now.get("contacts", 0)), self.one("обращений", "contacts")),
            (self._n(now.get("abandoned", 0)), self.one("потеряно в очереди", "abandoned")),
            (self._n(self._now["service"].get(LEVEL), "share"), self.one("уровень сервиса", "service level")),
            (self._n(resolved, "share"), self.one("решено с первого раза", "resolved at once")),
        ]

    def summary(self) -> str:
        now, was = self._now["minimal"], self._before["minimal"]
        first = self._now["first_or_again"]
        ru = (
            f"За месяц поступило: {self._contacts(now.get('contacts', 0))}{self._than(now, was, 'contacts')}. "
            f"До очереди дошло {self._n(now.get('offered', 0))}, отвечено {self._n(now.get('answered', 0))}, "
            f"в среднем через {self._n(now.get('wait'), 'seconds')}. "
            f"Средний разговор {self._n(now.get('talk'), 'seconds')}. "
            f"Впервые обратились {self._n(first.get('first', 0))}."
        )
        en = (
            f"There were {self._contacts(now.get('contacts', 0))}{self._than(now, was, 'contacts')}. "
            f"{self._n(now.get('offered', 0))} were offered, {self._n(now.get('answered', 0))} answered after "
            f"{self._n(now.get('wait'), 'seconds')} on average. "
            f"The mean talk was {self._n(now.get('talk'), 'seconds')}. "
            f"{self._n(first.get('first', 0))} approached us for the first time."
        )
        return self.one(ru, en)

    def _than(self, now: Figures, was: Figures, name: str) -> str:
        before, value = was.get(name, 0), now.get(name, 0)
        if not before:
            return ""
        change = self._n(abs(value - before) / before, "share")
        more = value >= before
        return self.one(
            f", на {change} {'больше' if more else 'меньше'}, чем месяцем раньше",
            f", {change} {'more' if more else 'fewer'} than a month before",
        )

    def losses(self) -> str:
        whole = self._holes.whole
        money = "" if whole.money is None else f" {self._n(whole.money, 'money')} {self._holes.currency}."
        ru = (
            f"Никто не обслужил: {self._contacts(whole.contacts)}. Из них {self._n(whole.recovered)} обслужены позже, "
            f"{self._n(whole.owed)} ещё ждут нас."
        )
        en = (
            f"Nobody served {self._contacts(whole.contacts)}. {self._n(whole.recovered)} of them were served later, "
            f"{self._n(whole.owed)} still wait for us."
        )
        cost = self.one(" Цена потерь:", " What it cost:")
        return self.one(ru, en) + (cost + money if money else "")

    def holes_table(self) -> list[Block]:
        rows = [
            [
                self.one(hole.text.ru, hole.text.en),
                *(self._n(value) for value in (hole.contacts, hole.recovered, hole.owed)),
                self._n(hole.money, "money"),
            ]
            for place in self._holes.places
            for hole in place.holes
        ]
        if not rows:
            return []
        columns = (("Где", "Where"), ("Потеряно", "Lost"), ("Обслужены позже", "Served later"), ("Ждут", "Owed"),
                   (f"Цена, {self._holes.currency}", f"Cost, {self._holes.currency}"))  # fmt: skip
        return [Table([self.one(*column) for column in columns], rows)]

    def rows(self, title: str, id: str, names: tuple[str, ...]) -> list[Block]:
        """The first rows of a report, of these columns."""
        table = self._tables[id]
        if not table.rows:
            return []
        places = [at for at, column in enumerate(table.columns) if column.id in names]
        heads = [self.one(table.columns[at].title.ru, table.columns[at].title.en) for at in places]
        rows = [
            [
                self.one(row.label.ru, row.label.en),
                *(self._n(row.figures[at].value, table.columns[at].kind) for at in places),
            ]
            for row in table.rows[:MOST_ROWS]
        ]
        return [Heading(title), Table(["", *heads], rows)]

    def findings(self) -> list[str]:
        """What somebody should look at, the weightiest first."""
        found = [*self._level(), *self._worst_slots(), *self._advice(), *self._phones(), *self._unrecorded()]
        return found or [self.one("Замечаний нет.", "Nothing stands out.")]

    def _level(self) -> list[str]:
        now, was = self._now["service"].get(LEVEL), self._before["service"].get(LEVEL)
        if now is None or was is None or now >= was - 0.02:
            return []
        return [
            self.one(
                f"Уровень сервиса упал с {self._n(was, 'share')} до {self._n(now, 'share')}.",
                f"The service level fell from {self._n(was, 'share')} to {self._n(now, 'share')}.",
            )
        ]

    def _worst_slots(self) -> list[str]:
        table = self._tables["peaks"]
        at = next(place for place, column in enumerate(table.columns) if column.id == "abandoned")
        lost = [(row.figures[at].value or 0, self.one(row.label.ru, row.label.en)) for row in table.rows]
        worst = sorted((one for one in lost if one[0]), key=lambda one: -one[0])[:WORST_SLOTS]
        whole = sum(value for value, _ in lost)
        if not worst:
            return []
        told = ", ".join(f"{label} ({self._n(value)})" for value, label in worst)
        share = self._n(sum(value for value, _ in worst) / whole, "share")
        return [
            self.one(
                f"Больше всего теряем в получасы: {told}. На них приходится {share} потерь в очереди.",
                f"Most is lost in these half-hours: {told}. They make {share} of what is lost in queues.",
            )
        ]

    def _advice(self) -> list[str]:
        found = []
        for advice in self._holes.advice[:MOST_ADVICE]:
            text = self.one(advice.text.ru, advice.text.en)
            text = text[:1].upper() + text[1:]
            saves = self.one(
                f" Спасёт около {self._n(advice.saves)}.", f" It would save about {self._n(advice.saves)}."
            )
            found.append(text.rstrip(".") + "." + (saves if advice.saves >= 1 else ""))
        return found

    def _phones(self) -> list[str]:
        """Agents who leave their telephone ringing clearly more often than all together."""
        table = self._tables["agents"]
        at = {column.id: place for place, column in enumerate(table.columns)}
        counts = [
            (row.label.ru, row.figures[at["contacts"]].value or 0, row.figures[at["timed_out"]].value or 0)
            for row in table.rows
        ]
        taken, missed = sum(one[1] for one in counts), sum(one[2] for one in counts)
        if not missed:
            return []
        usual = missed / (taken + missed)
        names = [
            f"{name} ({self._n(mine / (took + mine), 'share')})"
            for name, took, mine in counts
            if took + mine >= ENOUGH and mine / (took + mine) > _MUCH * usual
        ]
        if not names:
            return []
        return [
            self.one(
                f"Чаще других не берут трубку: {', '.join(names)}; в среднем {self._n(usual, 'share')}.",
                f"Let the phone ring more often than others: {', '.join(names)}; on average {self._n(usual, 'share')}.",
            )
        ]

    def _unrecorded(self) -> list[str]:
        missing = self._now["recordings"].get("unrecorded", 0)
        if not missing:
            return []
        talked = self._n(self._now["recordings"].get("talked", 0))
        return [
            self.one(
                f"Без записи осталось разговоров: {self._n(missing)} из {talked}.",
                f"{self._n(missing)} of {talked} conversations have no recording.",
            )
        ]
