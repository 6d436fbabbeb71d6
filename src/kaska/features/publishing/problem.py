"""A problem of a configuration, in words that people understand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TEXTS: dict[str, tuple[str, str]] = {
    "malformed": ("{problem}", "{problem}"),
    "no_scenarios": ("Нет ни одного сценария.", "There is no scenario."),
    "unknown_scenario": ("Нет сценария «{what}».", "There is no scenario “{what}”."),
    "unknown_project": ("Нет проекта «{what}».", "There is no project “{what}”."),
    "unknown_calendar": ("Нет календаря «{what}».", "There is no calendar “{what}”."),
    "unknown_trunk": ("Нет транка «{what}».", "There is no trunk “{what}”."),
    "address_taken": (
        "Тот же адрес, что у транка {what}: станция не отличит их друг от друга.",
        "The same address as that of trunk {what}: the switch cannot tell them apart.",
    ),
    "unknown_queue": ("Нет очереди «{what}».", "There is no queue “{what}”."),
    "own_reserve": ("Очередь не может быть своим же резервом.", "A queue cannot be its own reserve."),
    "no_step": ("Не бывает такого шага: «{what}».", "There is no such step: “{what}”."),
    "unknown_policy": ("Нет правила распределения «{what}».", "There is no policy “{what}”."),
    "wrong_then": (
        "Правило «{what}» не может быть вторым.",
        "The policy “{what}” cannot be the one for everybody else.",
    ),
    "unknown_agent": ("Нет оператора «{what}».", "There is no agent “{what}”."),
    "unsuitable_agent": (
        "У оператора «{what}» нет навыков этой очереди: его не спросят.",
        "Agent “{what}” lacks the skills of this queue: he would not be asked.",
    ),
    "nobody_listed": ("Не указано ни одного оператора.", "No agent is listed."),
    "no_number": ("Недопустимый номер «{what}».", "Not a number to dial: “{what}”."),
    "not_required": (
        "Навык «{what}» не требуется: смягчать нечего.",
        "The skill “{what}” is not required: nothing to relax.",
    ),
    "not_lower": ("Уровень навыка «{what}» не ниже прежнего.", "The level of “{what}” is not lower than before."),
    "wrong_order": ("Шаги идут не по порядку времени.", "The steps are not in the order of their time."),
    "after_the_end": (
        "Шаг после сообщения: до него никто не дойдёт.",
        "A step after the message: nobody would get there.",
    ),
    "full_circle": (
        "Заполненные очереди отсылают друг к другу по кругу.",
        "Full queues send people round in a circle.",
    ),
    "no_agents": (
        "Ни у одного оператора нет нужных навыков: звонкам некому ответить.",
        "No agent has the needed skills: nobody can answer.",
    ),
    "unknown_node": ("Ведёт в узел «{what}», которого нет.", "Leads to node “{what}”, which does not exist."),
    "dead_end": (
        "Не сказано, куда идти, если ничего не нажато: нужен оператор, а не тупик.",
        "Nowhere to go when no key is pressed: an operator is needed, not a dead end.",
    ),
    "not_a_message": (
        "Узел «{what}» должен принимать сообщение.",
        "Node “{what}” must be one that takes a message.",
    ),
    "wrong_key": ("«{what}» — не клавиша телефона.", "“{what}” is not a key of a telephone."),
    "wrong_action": ("Клавиша не умеет «{what}».", "A key cannot do “{what}”."),
    "wrong_prompt": ("Недопустимое имя фразы «{what}».", "Not a name of a prompt: “{what}”."),
    "wrong_limit": ("Недопустимое значение: {what}.", "Value out of range: {what}."),
    "endless": (
        "Узлы ходят по кругу, ничего не говоря и не ожидая.",
        "Nodes go round in a circle without saying or waiting for anything.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``place`` is a dotted path such as "scenarios.main.nodes.menu"."""

    place: str
    code: str
    what: str = ""

    def text(self, language: str) -> str:
        return _TEXTS[self.code][1 if language == "en" else 0].format(what=self.what, problem=self.what)


def known(place: str, code: str, name: str, among: Mapping[str, Any]) -> Iterator[Problem]:
    """The problem that ``name`` is not ``among`` what is described, if so."""
    if name not in among:
        yield Problem(place, code, name)
