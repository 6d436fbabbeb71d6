"""Rules about what is heard: length, pauses, silence, missing recordings, conditions on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kaska.core.scenarios import graph
from kaska.core.scenarios.conditions import FIELD_NAMES, fields_of
from kaska.core.scenarios.graph import Scenario
from kaska.core.scenarios.hearing import understood
from kaska.core.scenarios.linter.finding import Hit, Rule, Severity
from kaska.core.scenarios.linter.ground import Ground, Place

LONGEST_GREETING = 10.0
LONGEST_MENU = 25.0
SHORTEST_TIMEOUT = 3.0
HELLO_SECONDS = 2.5
"""within so much of a greeting «здравствуйте» is said"""
PAUSE = 0.6
"""seconds of silence after which a caller begins to speak"""


def _greeting(ground: Ground, scenario: Scenario) -> list[Place]:
    """The announcements that everybody hears first in open hours, in order."""
    place, found = ground.start(scenario), list[Place]()
    for _ in range(100):
        node = ground.node(place)
        match node:
            case graph.Play():
                found.append(place)
                place = (place[0], node.next)
            case graph.Schedule():
                place = (place[0], node.open)
            case graph.ByMode():
                place = (place[0], node.modes.get("day", node.otherwise))
            case graph.Assign() | graph.Record() | graph.Lookup():
                place = (place[0], node.next)
            case _:
                return found
    return found


def long_greeting(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    total = 0.0
    for place in _greeting(ground, scenario):
        node = ground.node(place)
        total += (ground.seconds(node) or 0.0) if node is not None else 0.0
        if total > LONGEST_GREETING and place[0] == scenario.id:
            yield place[1], {"seconds": f"{total:.0f}", "most": f"{LONGEST_GREETING:.0f}"}
            return


def pause_after_hello(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for place in _greeting(ground, scenario)[:1]:
        node = ground.node(place)
        heard = 0.0
        for prompt in getattr(node, "prompts", ()):
            sound = ground.sounds.get(prompt)
            if sound is None:
                return
            for start, length in sound.pauses:
                inside = start + length < sound.seconds
                if heard + start <= HELLO_SECONDS and length >= PAUSE and inside:
                    yield place[1], {"seconds": f"{length:.1f}"}
                    return
            heard += sound.seconds


def long_menu(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for name, node in scenario.nodes.items():
        seconds = ground.seconds(node) if isinstance(node, graph.Menu) else None
        if seconds is not None and seconds > LONGEST_MENU:
            yield name, {"seconds": f"{seconds:.0f}"}


def silent_choice(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for name, node in scenario.nodes.items():
        keyed = isinstance(node, graph.Menu | graph.Extension | graph.Ask | graph.OfferCallback)
        silent = isinstance(node, graph.Survey) and not all(one.prompts for one in node.questions)
        if silent or (keyed and not getattr(node, "prompts", ())):
            yield name, {}


def hasty_choice(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.Menu | graph.Ask | graph.Survey) and node.timeout < SHORTEST_TIMEOUT:
            yield name, {"seconds": f"{node.timeout:g}"}


def unheard_words(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """Words that can never choose: for no choice of the menu, or the same for two."""
    for name, node in scenario.nodes.items():
        if not isinstance(node, graph.Menu):
            continue
        for key, phrases in node.words.items():
            for phrase in phrases:
                if key not in node.choices or understood(node.words, phrase) != key:
                    yield name, {"phrase": phrase, "key": key}


def missing_prompt(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    if ground.prompts is None:
        return
    for name, node in scenario.nodes.items():
        for prompt in getattr(node, "prompts", ()):
            if prompt not in ground.prompts:
                yield name, {"prompt": prompt}


def unset_field(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """A condition on something that no scenario ever finds out."""
    known, sources = set(FIELD_NAMES), set[str]()
    for one in ground.scenarios.values():
        for node in one.nodes.values():
            if isinstance(node, graph.Assign):
                known |= node.variables.keys()
            elif isinstance(node, graph.Ask):
                known.add(node.answer)
            elif isinstance(node, graph.Survey):
                known |= {one.answer for one in node.questions}
            elif isinstance(node, graph.Lookup):
                sources.add(node.source)
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.Branch):
            for field in (field for choice in node.choices for field in fields_of(choice.when)):
                if field not in known and field.partition(".")[0] not in sources:
                    yield name, {"field": field}


RULES = (
    Rule(
        "missing_prompt",
        Severity.ERROR,
        ("Фразы «{prompt}» нет.", "There is no recording “{prompt}”."),
        ("Звонящий услышит тишину.", "The caller will hear silence."),
        missing_prompt,
    ),
    Rule(
        "long_greeting",
        Severity.WARNING,
        (
            "Приветствие длится {seconds} с; не больше {most}.",
            "The greeting takes {seconds} s; at most {most} are good.",
        ),
        (
            "Человек звонит с вопросом. После десяти секунд вступления кладут трубку.",
            "People call with a question. After ten seconds of introduction they hang up.",
        ),
        long_greeting,
    ),
    Rule(
        "pause_after_hello",
        Severity.WARNING,
        (
            "После приветственного слова пауза {seconds} с.",
            "There is a pause of {seconds} s after the first words of the greeting.",
        ),
        (
            "В паузе человек думает, что с ним говорят живьём, и начинает отвечать автомату.",
            "In a pause people believe that somebody live has greeted them and begin to answer a machine.",
        ),
        pause_after_hello,
    ),
    Rule(
        "long_menu",
        Severity.WARNING,
        ("Меню говорит {seconds} с.", "The menu speaks for {seconds} s."),
        (
            "Дослушать до последнего пункта хватает терпения не у всех. Сократите или разделите.",
            "Not everybody has the patience for the last choice. Shorten or divide it.",
        ),
        long_menu,
    ),
    Rule(
        "silent_choice",
        Severity.ERROR,
        ("Здесь ждут клавиш, но ничего не говорят.", "Keys are waited for here, but nothing is said."),
        (
            "Звонящий слышит тишину и думает, что связь оборвалась.",
            "The caller hears silence and thinks the line dead.",
        ),
        silent_choice,
    ),
    Rule(
        "hasty_choice",
        Severity.ADVICE,
        ("На выбор дано всего {seconds} с.", "Only {seconds} s are given to choose."),
        (
            "Пожилым людям и тем, кто за рулём, этого мало: хотя бы три секунды.",
            "Too little for the elderly and for drivers: at least three seconds.",
        ),
        hasty_choice,
    ),
    Rule(
        "unheard_words",
        Severity.WARNING,
        ("Слова «{phrase}» не выбирают вариант {key}.", "The words “{phrase}” do not choose {key}."),
        (
            "Такой клавиши нет в меню, или те же слова стоят у другой клавиши: догадкой никого никуда не отправят.",
            "The menu has no such key, or another key has the same words: nobody is sent anywhere by a guess.",
        ),
        unheard_words,
    ),
    Rule(
        "unset_field",
        Severity.WARNING,
        (
            "Условие смотрит на «{field}», но ни один сценарий этого не узнаёт.",
            "A condition looks at “{field}”, which no scenario ever finds out.",
        ),
        (
            "Условие никогда не сработает: вероятно, опечатка.",
            "The condition never holds: probably a misspelling.",
        ),
        unset_field,
    ),
)
