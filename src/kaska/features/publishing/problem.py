"""What has to be mended before publishing, in the words of who reads it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

PROMPT = re.compile(r"^[a-z0-9-]{1,20}/[A-Za-z0-9_-]{1,80}$")
DIALLABLE = re.compile(r"^\+?[0-9]{1,20}$", re.ASCII)

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
    "extension_taken": (
        "Внутренний номер уже занят: «{what}».",
        "This extension is taken already: “{what}”.",
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
    "no_message": (
        "Не сказано, где человек оставит сообщение, если никто не ответит.",
        "Nowhere to leave a message when nobody answers.",
    ),
    "wrong_key": ("«{what}» — не клавиша телефона.", "“{what}” is not a key of a telephone."),
    "no_questions": ("Нет ни одного вопроса.", "There is no question."),
    "not_after_talk": (
        "После разговора можно только говорить, спрашивать и прощаться, а узел «{what}» делает другое.",
        "After a talk one may only speak, ask and say goodbye; node “{what}” does something else.",
    ),
    "wrong_phrase": ("«{what}» — не слова, которые можно сказать.", "“{what}” are no words that can be said."),
    "wrong_action": ("Клавиша не умеет «{what}».", "A key cannot do “{what}”."),
    "wrong_prompt": ("Недопустимое имя фразы «{what}».", "Not a name of a prompt: “{what}”."),
    "wrong_limit": ("Недопустимое значение: {what}.", "Value out of range: {what}."),
    "endless": (
        "Узлы ходят по кругу, не давая клиенту слова: круг возможен только через меню, вопрос, очередь или сообщение.",
        "Nodes go round in a circle without giving the caller the word: only by way of a menu, question, queue or "
        "message may a way come back.",
    ),
    "missing_prompt": (
        "Фразы «{what}» нет: звонящий услышал бы тишину. Загрузите её или выберите другую.",
        "There is no recording “{what}”: a caller would hear silence. Put it there or choose another.",
    ),
    "nowhere": (
        "Не сказано, куда идти дальше ({what}).",
        "Nowhere to go on to ({what}).",
    ),
    "unknown_source": ("Нет источника данных «{what}».", "There is no source of data “{what}”."),
    "unknown_mode": ("Ни один календарь не знает режима «{what}».", "No calendar knows the mode “{what}”."),
    "codes_confused": (
        "Коды с телефона «{what}» при наборе не различить: измените один из них.",
        "The codes “{what}” cannot be told apart when they are dialled: change one of them.",
    ),
    "unknown_owner": (
        "«{what}»: ответственный — это «agent:…» или «queue:…», известные в настройках.",
        "“{what}”: who is responsible is “agent:…” or “queue:…” of the configuration.",
    ),
    "wrong_pattern": (
        "«{what}» — не шаблон номера: цифры, X вместо любой цифры, точка в конце.",
        "“{what}” is not a pattern of numbers: digits, X for any digit, a dot at the end.",
    ),
    "wrong_name": (
        "«{what}» — не имя: нужны буквы, цифры, «_», «-», «.», и имя не должно быть занято самой программой.",
        "“{what}” is not a name: letters, digits, “_”, “-”, “.”, and none that the product itself uses.",
    ),
    "broken_table": ("Таблица решений не читается: {what}.", "The decision table cannot be read: {what}."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``place`` is a dotted path such as "scenarios.main.nodes.menu"."""

    place: str
    code: str
    what: str = ""

    def text(self, language: str) -> str:
        return _TEXTS[self.code][1 if language == "en" else 0].format(what=self.what, problem=self.what)


def known(place: str, code: str, name: str, among: Container[str]) -> Iterator[Problem]:
    """The problem that ``name`` is not ``among`` what is described, if so."""
    if name not in among:
        yield Problem(place, code, name)


def speakable(place: str, wanted: Iterable[str], prompts: Container[str] | None) -> Iterator[Problem]:
    """Names that are none, and recordings that are not among ``prompts`` (None: that is not known)."""
    for prompt in wanted:
        if not PROMPT.match(prompt):
            yield Problem(place, "wrong_prompt", prompt)
        elif prompts is not None and prompt not in prompts:
            yield Problem(place, "missing_prompt", prompt)
