"""The audit as a document that a manager understands: what leaks, what it costs, what would close it."""

from __future__ import annotations

from collections.abc import Sequence

from kaska.audit.options import Price
from kaska.audit.run import Audit
from kaska.audit.shapes import Picture, colander, heat, wrapped
from kaska.audit.staffing import evidence_of, week_of
from kaska.audit.telling.blocks import Block, Heading, Key, Paragraph, Report, Shown, Table
from kaska.audit.telling.wording import duration, plural, reason, share
from kaska.core.counting.closing import closings
from kaska.core.counting.hole_words import HOLES, WEEKDAYS, clock_time, number, of
from kaska.core.counting.week import SHARE, HalfHour, Week

MOST_HOLES = 5
MOST_AGENTS = 40
MOST_GAPS = 12


def report(audit: Audit, language: str, price: Price) -> Report:
    """``language`` is one of LANGUAGES."""
    return _Writer(audit, language, price).report()


class _Writer:
    def __init__(self, audit: Audit, language: str, price: Price) -> None:
        self.audit, self.language, self.price = audit, language, price
        self.figures, self.callers = audit.figures, audit.recovered.callers
        self.levels = audit.figures.levels()
        self.colander = audit.figures.colander()

    def t(self, russian: str, english: str) -> str:
        return russian if self.language == "ru" else english

    def n(self, value: float | None, digits: int = 0) -> str:
        return number(value, self.language, digits)

    def d(self, seconds: float | None) -> str:
        return duration(seconds, self.language)

    def p(self, value: float | None) -> str:
        return share(value, self.language)

    def money(self, contacts: float) -> str:
        per = self.price.per_lost
        return "" if per is None else f"{self.n(contacts * per)}\u00a0{self.price.currency}"

    def report(self) -> Report:
        week = week_of(self.figures, self.audit.reading.clock)
        blocks: list[Block] = [self._key(), *self._summary(week)]
        if self.figures.offered + self.figures.announcement_only:
            blocks += [*self._colander(week), *self._people(), *self._levels(), *self._agents(), *self._week(week)]
        blocks += self._rows()
        return Report(
            self.language, self.t("Аудит звонков", "Audit of calls"), self._subtitle(), blocks,
            self.t("Посчитано Каской по вашим журналам; наружу ничего не передавалось.",
                   "Counted by Kaska from your own logs; nothing left this machine."),
        )  # fmt: skip

    def _subtitle(self) -> str:
        files = ", ".join(f"{source.name} ({name})" for source, name in self.audit.sources)
        period = self.figures.period
        clock = self.audit.reading.clock
        days = "—"
        if period:
            form = "%d.%m.%Y" if self.language == "ru" else "%d/%m/%Y"
            days = f"{clock.local(period[0]).strftime(form)} – {clock.local(period[1] - 1).strftime(form)}"
        return f"{days} · {clock.zone.key} · {files}"

    def _key(self) -> Key:
        figures = self.figures
        found = [
            (self.n(figures.offered), self.t("обращений к людям", "contacts offered")),
            (self.p(figures.answered / figures.offered if figures.offered else None), self.t("отвечено", "answered")),
            (self.n(figures.lost), self.t("потеряно", "lost")),
            (self.n(self.callers.never + self.callers.earlier_only),
             self.t("человек так и не обслужено", "people never served after it")),
        ]  # fmt: skip
        if self.price.per_lost is not None:
            found.append((self.money(figures.lost), self.t("цена потерь", "price of the losses")))
        return Key(found)

    def _summary(self, week: Week) -> list[Block]:
        figures, callers = self.figures, self.callers
        if not figures.contacts:
            return [Paragraph(self.t("В журнале нет ни одного обращения. Почему — см. ниже, что и почему не вошло.",
                                     "There is no contact in the log. See below what was left out, and "
                                     "why."))]  # fmt: skip
        level = self.levels.short_abandons_excluded if self.levels else None
        said = [
            self.t(
                f"К людям {plural(figures.offered, 'пришло', 'пришли', 'пришло')} {self.n(figures.offered)} "
                f"{plural(figures.offered, 'обращение', 'обращения', 'обращений')}: "
                f"отвечено {self.n(figures.answered)}, не дождались {self.n(figures.abandoned)}, "
                f"не приняты {self.n(figures.missed)}.",
                f"{self.n(figures.offered)} contacts reached out for a person: {self.n(figures.answered)} answered, "
                f"{self.n(figures.abandoned)} abandoned, {self.n(figures.missed)} missed.",
            )
        ]
        if figures.waits_told:
            said.append(self.t(
                f"За {self.d(figures.target_s)} ответили на {self.p(level)}; средняя скорость ответа "
                f"{self.d(figures.asa_s)}.",
                f"Within {self.d(figures.target_s)} {self.p(level)} were answered; the average speed of answer is "
                f"{self.d(figures.asa_s)}."))  # fmt: skip
        if callers.total:
            back = callers.same_day + callers.later
            said.append(self.t(
                f"За потерями {plural(callers.total, 'стоит', 'стоят', 'стоит')} {self.n(callers.total)} "
                    f"{plural(callers.total, 'человек', 'человека', 'человек')}: {self.n(back)} потом обслужены, "
                f"{self.n(callers.never + callers.earlier_only)} — нет.",
                f"Behind the losses are {self.n(callers.total)} people: {self.n(back)} were served afterwards, "
                f"{self.n(callers.never + callers.earlier_only)} were not."))  # fmt: skip
        gaps = week.gaps(1)
        if gaps:
            one = gaps[0]
            said.append(self.t(
                f"Больше всего потерь, когда людей не хватает: {self._when(one)} — потеряно {self.n(one.lost)}, людей "
                f"{self.n(one.people, 1)}, нужно {one.needed}.",
                f"Most is lost when people are too few: {self._when(one)}: {self.n(one.lost)} lost, "
                f"{self.n(one.people, 1)} people at work, {one.needed} needed."))  # fmt: skip
        return [Paragraph(" ".join(said))]

    def _when(self, one: HalfHour) -> str:
        return f"{WEEKDAYS[self.language][one.weekday]} {clock_time(one.start)}"

    def _colander(self, week: Week) -> list[Block]:
        whole = self.colander.arrived
        on_the_way = [(of(HOLES[hole], self.language), leak.contacts) for hole, leak in self.colander.holes()]
        largest = sorted(on_the_way, key=lambda one: -one[1])
        shown = [one for one in on_the_way if one in largest[:MOST_HOLES]]
        rest = self.colander.leaked - sum(count for _, count in shown)
        holes = [(count, self._hole(name, count)) for name, count in shown]
        if rest:
            holes.append((rest, self._hole(self.t("прочее", "other"), rest)))
        line = [self.n(whole), self.t("с линии", "from the line")]
        person = [self.n(self.figures.answered), self.t("дошли до", "reached"), self.t("человека", "a person")]
        title = self.t(
            "Дуршлаг: что вытекло по пути от линии к человеку", "The colander: what leaked out on the way to a person"
        )
        columns = [self.t("Где утекает", "Where it leaks"), self.t("Обращений", "Contacts"), self.t("Доля", "Share")]
        rows = [[name, self.n(count), self.p(count / whole)] for name, count in largest]
        if self.price.per_lost is not None:
            columns.append(self.t("Деньги", "Money"))
            for row, (_, count) in zip(rows, largest, strict=True):
                row.append(self.money(count))
        blocks: list[Block] = [
            Heading(title),
            Shown(colander(title, line, person, whole, holes), (), "colander"),
            Table(columns, rows),
        ]
        advice = [
            one.text(self.language) for one in closings(evidence_of(self.figures, week, self.audit.reading.clock))
        ]
        if advice:
            blocks += [Heading(self.t("Что закроет дыры", "What would close the holes")), *map(Paragraph, advice)]
        if self.price.said:
            blocks.append(Paragraph(self.price.said))
        return blocks

    def _hole(self, name: str, count: int) -> Sequence[str]:
        money = [self.money(count)] if self.price.per_lost is not None else []
        return [self.n(count), *money, *wrapped(name, 12)]

    def _people(self) -> list[Block]:
        callers, recovered = self.callers, self.audit.recovered
        rows: list[tuple[str, int]] = [
            (self.t("обслужены в тот же день", "served the same day"), callers.same_day),
            (self.t("обслужены в другой день", "served on a later day"), callers.later),
            (self.t("порядок внутри дня неизвестен", "served that day, order unknown"), callers.unknown),
            (self.t("говорили с нами только раньше", "served only before"), callers.earlier_only),
            (self.t("так и не обслужены", "never served"), callers.never),
            (self.t("всего", "total"), callers.total),
        ]
        columns = [self.t("Потерянные люди (по последней потере)", "Lost people (by their last loss)"),
                   self.t("Человек", "People"), self.t("Доля", "Share")]  # fmt: skip
        table = Table(columns, [[name, self.n(count), self.p(count / callers.total if callers.total else None)]
                                for name, count in rows])  # fmt: skip
        blocks: list[Block] = [Heading(self.t("Что стало с потерянными", "What became of those who were lost")), table]
        if self.audit.reading.outbound_told:
            blocks.append(Paragraph(self.t(
                f"Из обслуженных потом: сами дозвонились {self.n(recovered.by_themselves)}, перезвонили им "
                f"{self.n(recovered.called_back)}.",
                f"Of those served afterwards {self.n(recovered.by_themselves)} called again by themselves, "
                f"{self.n(recovered.called_back)} were called back.")))  # fmt: skip
        if recovered.hidden:
            blocks.append(
                Paragraph(
                    self.t(
                        f"Ещё {self.n(recovered.hidden)} потерь со скрытым номером: сколько за ними людей, узнать "
                        f"нельзя.",
                        f"Another {self.n(recovered.hidden)} losses have a hidden number: how many people they are "
                        f"is not known.",
                    )
                )
            )
        return blocks

    def _levels(self) -> list[Block]:
        figures, levels = self.figures, self.levels
        target, short = self.d(figures.target_s), self.d(figures.short_s)
        heading = Heading(self.t("Скорость", "Speed"))
        rows = [
            [self.t("средняя скорость ответа (ASA)", "average speed of answer (ASA)"), self.d(figures.asa_s)],
            [self.t("половина отвечена за", "half were answered within"), self.d(figures.wait_percentile(0.5))],
            [self.t("90 % отвечены за", "90 % were answered within"), self.d(figures.wait_percentile(0.9))],
            [self.t("среднее время обработки (AHT)", "average handling time (AHT)"), self.d(figures.aht_s)],
            [
                self.t("90 % разговоров короче", "90 % of the talks are shorter than"),
                self.d(figures.talk_percentile(0.9)),
            ],
            [self.t("среднее терпение звонящего", "mean patience of a caller"), self.d(figures.patience_s)],
        ]
        first = Table([self.t("Время", "Time"), ""], rows)
        if levels is None:
            return [heading, first, Paragraph(self.t(
                "Уровень сервиса посчитать нельзя: журнал не говорит, сколько ждали отвеченные.",
                "There is no service level: the log does not tell how long the answered waited."))]  # fmt: skip
        formulas = [
            (self.t("отвеченные за цель ÷ отвеченные", "answered in time ÷ answered"), levels.answered),
            (self.t("отвеченные за цель ÷ все", "answered in time ÷ all offered"), levels.offered),
            (self.t("(отвеченные и ушедшие за цель) ÷ все", "(answered or gone in time) ÷ "
                                                            "all"), levels.early_abandons_good),
            (self.t("отвеченные за цель ÷ (все без ушедших за цель)", "answered in time ÷ (all but those gone in "
                                                                      "time)"),
             levels.early_abandons_excluded),
            (self.t(f"(отвеченные за цель и сброшенные за {short}) ÷ все", f"(answered in time or gone within "
                                                                           f"{short}) ÷ all"),
             levels.short_abandons_good),
            (self.t(f"отвеченные за цель ÷ (все без сброшенных за {short}) — по умолчанию",
                    f"answered in time ÷ (all but those gone within {short}), the "
                    f"default"), levels.short_abandons_excluded),
        ]  # fmt: skip
        second = Table([self.t(f"Уровень сервиса, цель {target}", f"Service level, target {target}"), ""],
                       [[name, share(value, self.language, 2)] for name, value in formulas])  # fmt: skip
        return [heading, first, second]

    def _agents(self) -> list[Block]:
        agents = sorted(self.figures.agents.items(), key=lambda one: -one[1].talk_s)
        if not agents:
            return []
        rows = [
            [name or self.t("не назван", "not named"), self.n(one.talks), self.d(one.talk_s),
             self.d(one.talk_s / one.talks if one.talks else None), self.n(one.unanswered_rings)]
            for name, one in agents[:MOST_AGENTS]
        ]  # fmt: skip
        columns = [self.t("Оператор", "Agent"), self.t("Разговоров", "Talks"), self.t("Всего", "In total"),
                   self.t("В среднем", "Mean"), self.t("Не взял трубку", "Let it ring")]  # fmt: skip
        blocks: list[Block] = [Heading(self.t("Люди", "People")), Table(columns, rows)]
        if len(agents) > MOST_AGENTS:
            blocks.append(Paragraph(self.t(f"И ещё {len(agents) - MOST_AGENTS}: все — в --json.",
                                           f"And {len(agents) - MOST_AGENTS} more: all are in --json.")))  # fmt: skip
        return blocks

    def _week(self, week: Week) -> list[Block]:
        if not week.cells:
            return []
        title = self.t("Когда звонят и когда теряют", "When they call and when they are lost")
        busiest = [self.t(f"{self._when(one)} — {self.n(one.a_day, 1)} за полчаса, потеряно {self.n(one.lost)} из "
                          f"{self.n(one.offered)}",
                          f"{self._when(one)}: {self.n(one.a_day, 1)} a half-hour, {self.n(one.lost)} of "
                          f"{self.n(one.offered)} lost")
                   for one in week.busiest(5)]  # fmt: skip
        blocks: list[Block] = [
            Heading(title),
            Shown(self._heat(week, title), busiest, "week"),
            Paragraph(self.t("Чем темнее, тем больше обращений в среднем за полчаса; чем краснее, тем больше из "
                             "них потеряно.",
                             "The darker, the more contacts in an average half-hour; the redder, the more of them "
                             "were lost.")),
        ]  # fmt: skip
        return [*blocks, *self._gaps(week)]

    def _heat(self, week: Week, title: str) -> Picture:
        begin = min(start for _, start in week.cells)
        end = max(start for _, start in week.cells) + 1
        columns = [clock_time(start) if start % 2 == 0 else "" for start in range(begin, end)]
        cells = []
        for weekday in range(7):
            found = [week.cells.get((weekday, start), HalfHour(weekday, start)) for start in range(begin, end)]
            cells.append([(one.a_day, one.lost / one.offered if one.offered else 0.0) for one in found])
        return heat(title, WEEKDAYS[self.language], columns, cells)

    def _gaps(self, week: Week) -> list[Block]:
        gaps = week.gaps(MOST_GAPS)
        if not gaps:
            return []
        rows = [
            [self._when(one), self.n(one.a_day, 1), self.n(one.lost), self.n(one.people, 1), str(one.needed),
             f"+{one.gap}", self.n(one.saved, 0 if one.saved >= 10 else 1),
             *([self.money(one.saved)] if self.price.per_lost else [])]
            for one in gaps
        ]  # fmt: skip
        columns = [self.t("Полчаса", "Half-hour"), self.t("Обращений", "Contacts"), self.t("Потеряно", "Lost"),
                   self.t("Людей", "People"), self.t("Нужно", "Needed"), self.t("Не хватает", "Missing"),
                   self.t("Спасёт ещё один", "One more saves"),
                   *([self.t("Это", "That is")] if self.price.per_lost else [])]  # fmt: skip
        return [
            Heading(self.t("Где не хватает людей", "Where people are missing")),
            Table(columns, rows),
            Paragraph(self.t(
                f"«Нужно» — по формуле Эрланга A: чтобы {self.p(SHARE)} дождались за {self.d(self.figures.target_s)}. "
                "«Людей» — сколько разных операторов говорило в это время в среднем за день; кто сидел без "
                "звонков, в журнале "
                "не виден. «Обращений» — в среднем за полчаса, «потеряно» и «спасёт» — за весь период.",
                f"“Needed” is by Erlang A, so that {self.p(SHARE)} get through within {self.d(self.figures.target_s)}. "
                "“People” are the different agents who talked in that half-hour on an average day; who sat idle is "
                "in no log. "
                "“Contacts” are those of an average half-hour, “lost” and “saves” those of the whole period.")),
        ]  # fmt: skip

    def _rows(self) -> list[Block]:
        reading, figures = self.audit.reading, self.figures
        left = sorted(reading.left_out.reasons.items(), key=lambda one: -one[1].rows)
        first = Paragraph(self.t(
            f"Прочитано {self.n(reading.rows)} строк: {self.n(figures.rows)} стали {self.n(figures.contacts)} "
            f"обращениями, "
            f"{self.n(reading.left_out.rows)} не вошли.",
            f"{self.n(reading.rows)} rows were read: {self.n(figures.rows)} became {self.n(figures.contacts)} "
            f"contacts, "
            f"{self.n(reading.left_out.rows)} were left out."))  # fmt: skip
        blocks: list[Block] = [Heading(self.t("Что и как посчитано", "What was counted, and how")), first]
        if left:
            columns = [self.t("Не вошло", "Left out"), self.t("Строк", "Rows"), self.t("Первые", "First ones")]
            blocks.append(Table(columns, [[reason(why, self.language), self.n(one.rows), ", ".join(one.lines[:3])]
                                          for why, one in left]))  # fmt: skip
        for why, one in reading.doubts.reasons.items():
            blocks.append(
                Paragraph(
                    self.t(
                        f"Сочтено неизвестным: {reason(why, 'ru')}, {self.n(one.rows)} ({', '.join(one.lines)}).",
                        f"Taken as unknown: {reason(why, 'en')}, {self.n(one.rows)} ({', '.join(one.lines)}).",
                    )
                )
            )
        return [*blocks, Paragraph(self._method())]

    def _method(self) -> str:
        return self.t(
            "Отвеченное — когда с человеком поговорили. Не дождались — положили трубку сами; не приняты — система "
            "или люди не "
            "взяли: тайм-аут, занято, никого нет. Обслуживание после приветствия без человека считается отдельно. "
            "Послеразговорной работы в журналах нет, поэтому AHT — это разговор с удержаниями. Номера 8… и +7… — "
            "один человек.",
            "Answered means that a person talked. Abandoned: the caller hung up; missed: the system or the people "
            "did not take "
            "it (timeout, busy, nobody there). Who heard announcements only is counted apart. Wrap-up is in no "
            "log, so AHT is "
            "talk with holds. 8… and +7… are one number.",
        )
