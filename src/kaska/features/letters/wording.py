"""What letters say, in Russian and English. Pure: figures in, prose out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kaska.features.reports.public import shown

Figures = Mapping[str, float]
_MONTHS_OF = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
              "ноября", "декабря")  # fmt: skip
_MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
           "декабрь")  # fmt: skip
_ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December")  # fmt: skip
CONTACTS = ("обращение", "обращения", "обращений")
CALLBACKS = ("перезвон", "перезвона", "перезвонов")
TIMES = ("раз", "раза", "раз")


@dataclass(frozen=True, slots=True)
class Owed:
    """Debts: closed on the day, open now, overdue now; until when the next is due ("" = none)."""

    closed: int
    owed: int
    overdue: int
    next_due: str


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


def plural(count: float, words: Sequence[str]) -> str:
    """ "1 раз", "3 раза", "11 раз"."""
    whole = round(count)
    if whole % 10 == 1 and whole % 100 != 11:
        word = words[0]
    elif whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14):
        word = words[1]
    else:
        word = words[2]
    return f"{shown(whole, 'count', 'ru')} {word}"


def counted(count: float, word: str) -> str:
    """ "1 contact", "3 contacts"."""
    return f"{shown(round(count), 'count', 'en')} {word}{'' if round(count) == 1 else 's'}"


def day_named(day: date, language: str) -> str:
    return f"{day.day} {_ENGLISH[day.month - 1]}" if language == "en" else f"{day.day} {_MONTHS_OF[day.month - 1]}"


def month_named(month: date, language: str) -> str:
    return f"{(_ENGLISH if language == 'en' else _MONTHS)[month.month - 1]} {month.year}"


def agent_day(
    name: str, day: date, mine: Figures, others: Figures, owed: Owed, language: str, project: str = ""
) -> Letter:
    """``mine``, ``others``: columns of the agents' report; ``others``: of the middle colleague, {} when alone, of those
    in ``project`` when it is named."""
    return (_agent_en if language == "en" else _agent_ru)(name, day, mine, others, owed, project)


def _agent_ru(name: str, day: date, mine: Figures, others: Figures, owed: Owed, project: str) -> Letter:
    contacts = mine.get("contacts", 0)
    lines = [f"Здравствуйте, {name}!", ""]
    if mine.get("contacts") or mine.get("present"):
        beside = f" У коллег в середине {shown(others['contacts'], 'count', 'ru')}." if "contacts" in others else ""
        lines.append(f"{day_named(day, 'ru')} вы поговорили: {plural(contacts, CONTACTS)}.{beside}")
        lines += _more(
            "ru",
            (
                ("Средний разговор", "talk", "seconds"),
                ("Время обработки", "handling", "seconds"),
                ("Загрузка", "occupancy", "share"),
                ("На смене", "present", "seconds"),
                ("Из них перерывы", "in_break", "seconds"),
            ),
            mine,
            others,
            "у коллег",
        )
        if mine.get("timed_out"):
            lines.append(f"Телефон звонил, а трубку не взяли: {plural(mine['timed_out'], TIMES)}.")
        if project and others:
            lines.append(f"Коллеги здесь — те, кто в этот день отвечал в проекте «{project}».")
    else:
        lines.append(f"{day_named(day, 'ru')} разговоров у вас не было.")
    lines += ["", _owed_ru(owed, "За вами"), "", "Подробнее: рабочее место, «Мой день» и «Мои долги»."]
    return Letter(f"Ваш день, {day_named(day, 'ru')}: {plural(contacts, CONTACTS)}", "\n".join(lines) + "\n")


def _agent_en(name: str, day: date, mine: Figures, others: Figures, owed: Owed, project: str) -> Letter:
    contacts = mine.get("contacts", 0)
    lines = [f"Hello {name},", ""]
    if mine.get("contacts") or mine.get("present"):
        beside = (
            f" The middle colleague had {shown(others['contacts'], 'count', 'en')}." if "contacts" in others else ""
        )
        lines.append(f"On {day_named(day, 'en')} you talked in {counted(contacts, 'contact')}.{beside}")
        lines += _more(
            "en",
            (
                ("Mean talk", "talk", "seconds"),
                ("Handling time", "handling", "seconds"),
                ("Occupancy", "occupancy", "share"),
                ("Signed in", "present", "seconds"),
                ("Of it breaks", "in_break", "seconds"),
            ),
            mine,
            others,
            "colleagues",
        )
        if mine.get("timed_out"):
            lines.append(f"Your phone rang and was not answered {counted(mine['timed_out'], 'time')}.")
        if project and others:
            lines.append(f"Colleagues here are those who answered in the project “{project}” that day.")
    else:
        lines.append(f"On {day_named(day, 'en')} you had no conversations.")
    lines += ["", _owed_en(owed, "You owe"), "", "More: your workplace, “My day” and “My debts”."]
    return Letter(f"Your day, {day_named(day, 'en')}: {counted(contacts, 'contact')}", "\n".join(lines) + "\n")


def _more(language: str, rows: Sequence[tuple[str, str, str]], mine: Figures, others: Figures, whose: str) -> list[str]:
    found = []
    for title, name, kind in rows:
        if name in mine:
            beside = f" ({whose} {shown(others[name], kind, language)})" if name in others else ""
            found.append(f"{title}: {shown(mine[name], kind, language)}{beside}.")
    return found


def _owed_ru(owed: Owed, whose: str) -> str:
    closed = f" За день закрыто: {shown(owed.closed, 'count', 'ru')}." if owed.closed else ""
    if not owed.owed:
        return f"Долгов нет: все, кому обещали, услышали нас.{closed}"
    late = f", из них просрочено {shown(owed.overdue, 'count', 'ru')}" if owed.overdue else ""
    due = f" Ближайший срок: {owed.next_due}." if owed.next_due else ""
    return f"{whose} {plural(owed.owed, CALLBACKS)}{late}.{due}{closed}"


def _owed_en(owed: Owed, whose: str) -> str:
    closed = f" Closed on the day: {shown(owed.closed, 'count', 'en')}." if owed.closed else ""
    if not owed.owed:
        return f"Nothing is owed: everybody who was promised heard from us.{closed}"
    late = f", {shown(owed.overdue, 'count', 'en')} overdue" if owed.overdue else ""
    due = f" The next is due {owed.next_due}." if owed.next_due else ""
    return f"{whose} {counted(owed.owed, 'callback')}{late}.{due}{closed}"


@dataclass(frozen=True, slots=True)
class Floor:
    """A day of the whole company: totals of the minimal report and of the service level, those of the same weekday a
    week before, the half-hour that lost most ("" = none) and how many, and each agent's (name, contacts, missed). With
    ``project`` all of it is of that project alone."""

    now: Figures
    level: Figures
    week_before: Figures
    worst: str
    worst_lost: float
    agents: Sequence[tuple[str, float, float]]
    project: str = ""


def manager_day(day: date, floor: Floor, owed: Owed, language: str) -> Letter:
    return _manager_en(day, floor, owed) if language == "en" else _manager_ru(day, floor, owed)


def _manager_ru(day: date, floor: Floor, owed: Owed) -> Letter:
    now, before = floor.now, floor.week_before
    abandoned, offered = now.get("abandoned", 0), now.get("offered", 0)
    when = day_named(day, "ru")
    into = f" в проект «{floor.project}»" if floor.project else ""
    lines = [f"{when}{into} поступило: {plural(now.get('contacts', 0), CONTACTS)}{_than(now, before, 'ru')}."]
    if offered:
        lines.append(
            f"В очередь дошло {shown(offered, 'count', 'ru')}, "
            f"отвечено {shown(now.get('answered', 0), 'count', 'ru')}, "
            f"потеряно {shown(abandoned, 'count', 'ru')} ({shown(abandoned / offered, 'share', 'ru')})."
        )
    if (level := floor.level.get("level_short_abandons_excluded")) is not None:
        lines.append(f"Уровень сервиса (20 секунд): {shown(level, 'share', 'ru')}.")
    if "wait" in now:
        lines.append(f"До ответа ждали в среднем {shown(now['wait'], 'seconds', 'ru')}.")
    if floor.worst:
        lines.append(f"Больше всего потерь в {floor.worst}: {shown(floor.worst_lost, 'count', 'ru')}.")
    lines += ["", _owed_ru(owed, "За проектом" if floor.project else "За компанией")]
    if floor.agents:
        lines += ["", "Операторы (разговоров, из них не взято трубок):"]
        lines += [f"  {name}: {talks:.0f}" + (f", не взял {missed:.0f}" if missed else "")
                  for name, talks, missed in floor.agents]  # fmt: skip
    lines += ["", "Каждая цифра открывает свои обращения в разделе «Отчёты»."]
    of = f", «{floor.project}»" if floor.project else ""
    return Letter(f"Итоги дня, {when}{of}: потеряно {shown(abandoned, 'count', 'ru')}", "\n".join(lines) + "\n")


def _manager_en(day: date, floor: Floor, owed: Owed) -> Letter:
    now, before = floor.now, floor.week_before
    abandoned, offered = now.get("abandoned", 0), now.get("offered", 0)
    when = day_named(day, "en")
    into = f" in the project “{floor.project}”" if floor.project else ""
    lines = [f"On {when} there were {counted(now.get('contacts', 0), 'contact')}{into}{_than(now, before, 'en')}."]
    if offered:
        lines.append(
            f"{shown(offered, 'count', 'en')} were offered, {shown(now.get('answered', 0), 'count', 'en')} answered, "
            f"{shown(abandoned, 'count', 'en')} abandoned ({shown(abandoned / offered, 'share', 'en')})."
        )
    if (level := floor.level.get("level_short_abandons_excluded")) is not None:
        lines.append(f"Service level (20 seconds): {shown(level, 'share', 'en')}.")
    if "wait" in now:
        lines.append(f"Mean wait until the answer: {shown(now['wait'], 'seconds', 'en')}.")
    if floor.worst:
        lines.append(f"Most were lost at {floor.worst}: {shown(floor.worst_lost, 'count', 'en')}.")
    lines += ["", _owed_en(owed, "The project owes" if floor.project else "The company owes")]
    if floor.agents:
        lines += ["", "Agents (conversations, phones not answered):"]
        lines += [f"  {name}: {talks:.0f}" + (f", {missed:.0f} not answered" if missed else "")
                  for name, talks, missed in floor.agents]  # fmt: skip
    lines += ["", "Every figure opens its contacts under “Reports”."]
    of = f", “{floor.project}”" if floor.project else ""
    return Letter(f"The day, {when}{of}: {shown(abandoned, 'count', 'en')} abandoned", "\n".join(lines) + "\n")


def _than(now: Figures, before: Figures, language: str) -> str:
    was, contacts = before.get("contacts", 0), now.get("contacts", 0)
    if not was:
        return ""
    change = shown(abs(contacts - was) / was, "share", language)
    if language == "en":
        return f", {change} {'more' if contacts >= was else 'fewer'} than a week before"
    return f", на {change} {'больше' if contacts >= was else 'меньше'}, чем неделю назад"


def month_letter(month: date, lost: float, language: str) -> Letter:
    """The letter that brings the document."""
    named = month_named(month, language)
    if language == "en":
        return Letter(
            f"Monthly audit, {named}", f"The audit of {named} is attached. Lost: {shown(lost, 'count', 'en')}.\n"
        )
    return Letter(f"Аудит за {named}", f"Аудит за {named} во вложении. Потеряно: {plural(lost, CONTACTS)}.\n")
