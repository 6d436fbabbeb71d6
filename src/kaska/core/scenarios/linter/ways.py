"""Rules about where ways lead: no dead ends, no circles, a person at every level."""

from __future__ import annotations

from collections.abc import Iterator

from kaska.core.scenarios import graph
from kaska.core.scenarios.circles import circling
from kaska.core.scenarios.graph import Node, Scenario, ways
from kaska.core.scenarios.linter.finding import Hit, Rule, Severity
from kaska.core.scenarios.linter.ground import HUMAN, TAKES_UP, Ground, Place, ends

DEEPEST_MENU = 3
MOST_CHOICES = 5


def unknown_node(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    if scenario.start not in scenario.nodes:
        yield "", {"target": scenario.start}
    for name, node in scenario.nodes.items():
        for _, target in ways(node):
            if target and target not in scenario.nodes:
                yield name, {"target": target}


def unknown_scenario(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    if ground.queues is None:  # a scenario by itself: its neighbours are not here
        return
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.ToScenario) and node.scenario not in ground.scenarios:
            yield name, {"target": node.scenario}


def unreachable(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """Reached from nowhere: neither from the start nor by coming back from another scenario."""
    reached = set(ground.reach([ground.start(scenario)]))
    for name in scenario.nodes:
        if (scenario.id, name) not in reached and scenario.start in scenario.nodes:
            back = any(isinstance(n, graph.ToScenario) and n.back == name for n in scenario.nodes.values())
            if not back:
                yield name, {}


def endless(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for where, name in circling(ground.scenarios):
        if where == scenario.id:
            yield name, {}


def dead_end(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """A way that hangs up where nothing was said and nobody was reached."""
    innocent = (graph.Play, graph.Inform, graph.TakeMessage, graph.Voicemail, graph.Fax, graph.Ask, graph.Survey)
    for name, node in scenario.nodes.items():
        if isinstance(node, innocent):
            continue
        for field, target in ways(node):
            if not target and field != "extension_next":
                yield name, {"way": field}


def no_exit(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """An announcement after which the call ends, with no key to get out of it."""
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.Play) and not _served_after(ground, (scenario.id, name)):
            yield name, {}
        if isinstance(node, graph.Inform) and not node.choices and not _served_after(ground, (scenario.id, name)):
            yield name, {}
        if isinstance(node, graph.Finish) and node.served:
            yield name, {}


def _served_after(ground: Ground, place: Place) -> bool:
    """The way that goes on from here may still reach a person, or was on its way from one."""
    beyond = [ground.node(one) for one in ground.reach(ground.following(place))]
    served = HUMAN + TAKES_UP + (graph.Menu, graph.Ask, graph.Survey, graph.Return)
    if any(isinstance(node, served) and not isinstance(node, graph.Fax) for node in beyond):  # that serves machines
        return True
    before = ground.reach([ground.start(ground.scenarios[place[0]])], stop=_takes_care)
    return place not in before


def sent_away(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """From the start to the end without anybody, or anything, having served the caller."""
    before = ground.reach([ground.start(scenario)], stop=_takes_care)
    for where, name in before:
        node = ground.node((where, name))
        if where == scenario.id and isinstance(node, graph.Finish) and not node.served:
            yield name, {}


def _takes_care(node: Node) -> bool:
    return isinstance(node, HUMAN + TAKES_UP + (graph.Inform, graph.Ask, graph.Survey))


def unanswered_is_lost(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """Nobody picked up, and the way ends without another person and without a message."""
    rings = (graph.ToAgent, graph.RingInTurn, graph.RingGroup, graph.ToNumber, graph.Extension)
    for name, node in scenario.nodes.items():
        if not isinstance(node, rings):
            continue
        after = ground.reach([(scenario.id, node.otherwise)], stop=_takes_care)
        if any(ends(place) or isinstance(ground.node(place), graph.Finish) for place in after):
            yield name, {}


def deep_menu(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """Levels are counted along the shortest way."""
    levels: dict[Place, int] = {}
    ahead = [(ground.start(scenario), 0)]
    while ahead:
        place, above = ahead.pop(0)
        node = ground.node(place)
        level = above + isinstance(node, graph.Menu)
        if node is None or levels.get(place, 1_000) <= level:
            continue
        levels[place] = level
        ahead += [(target, level) for target in ground.following(place)]
    for (where, name), level in levels.items():
        if level > DEEPEST_MENU and where == scenario.id and isinstance(ground.node((where, name)), graph.Menu):
            yield name, {"level": str(level)}


def no_person(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """A menu that does not lead to a person by one key (or by silence). In closed hours a message will do."""
    closed = _only_when_closed(ground, scenario)
    for name, node in scenario.nodes.items():
        if not isinstance(node, graph.Menu) or node.extensions:
            continue
        wanted = HUMAN + TAKES_UP if (scenario.id, name) in closed else HUMAN
        near = ground.reach(ground.following((scenario.id, name)), stop=lambda node: isinstance(node, graph.Menu))
        if not any(isinstance(ground.node(place), wanted) for place in near):
            yield name, {}


def _only_when_closed(ground: Ground, scenario: Scenario) -> set[Place]:
    """Places that are come to through closed hours only."""
    open_only = ground.reach(
        [ground.start(scenario)], stop=lambda node: isinstance(node, graph.Schedule | graph.ByMode)
    )
    starts: list[Place] = []
    for where, name in open_only:
        node = ground.node((where, name))
        if isinstance(node, graph.Schedule):
            starts.append((where, node.open))
        elif isinstance(node, graph.ByMode):
            starts += [(where, target) for mode, target in node.modes.items() if mode not in CLOSED]
    in_open = set(open_only) | set(ground.reach(starts))
    return set(ground.reach([ground.start(scenario)])) - in_open


CLOSED = ("night", "weekend", "holiday")


def many_choices(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.Menu) and len(node.choices) > MOST_CHOICES:
            yield name, {"count": str(len(node.choices)), "most": str(MOST_CHOICES)}


def no_zero(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.Menu) and "0" not in node.choices and not node.extensions:
            yield name, {}


def lost_return(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    if ground.queues is None or any(True for _ in ground.returns(scenario.id)):
        return
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.Return):
            yield name, {}


RULES = (
    Rule(
        "unknown_node",
        Severity.ERROR,
        ("Ведёт в узел «{target}», которого нет.", "Leads to node “{target}”, which does not exist."),
        (
            "Звонящий попадёт на аварийный приём сообщения вместо того, что задумано.",
            "The caller will be asked for a message in an emergency instead of what was meant.",
        ),
        unknown_node,
    ),
    Rule(
        "unknown_scenario",
        Severity.ERROR,
        ("Ведёт в сценарий «{target}», которого нет.", "Leads to scenario “{target}”, which does not exist."),
        (
            "Звонящий попадёт на аварийный приём сообщения вместо того, что задумано.",
            "The caller will be asked for a message in an emergency instead of what was meant.",
        ),
        unknown_scenario,
    ),
    Rule(
        "endless",
        Severity.ERROR,
        (
            "Сценарий ходит по кругу, не давая звонящему слова.",
            "The scenario goes round in a circle without giving the caller the word.",
        ),
        (
            "Человек слушает одно и то же без конца. Круг возможен только через меню, вопрос, очередь или сообщение.",
            "The person hears the same for ever. A way may come back only through a menu, question, queue or message.",
        ),
        endless,
    ),
    Rule(
        "dead_end",
        Severity.ERROR,
        ("Путь «{way}» просто кладёт трубку.", "The way “{way}” just hangs up."),
        (
            "Человека бросают без слова: он не узнает почему и позвонит конкуренту.",
            "The person is dropped without a word, does not learn why, and calls a competitor.",
        ),
        dead_end,
    ),
    Rule(
        "no_exit",
        Severity.WARNING,
        (
            "После объявления звонок заканчивается, и выйти из него к человеку нельзя.",
            "The call ends after the announcement, and there is no way out of it to a person.",
        ),
        (
            "Тот, кому объявление не ответило на вопрос, перезвонит — или не перезвонит. Дайте клавишу для оператора "
            "или сообщения.",
            "Whoever did not find an answer in it calls again, or does not. Give a key for an operator or a message.",
        ),
        no_exit,
    ),
    Rule(
        "sent_away",
        Severity.WARNING,
        (
            "Сюда доходят, не поговорив ни с кем и не оставив сообщения, и звонок завершается.",
            "One comes here without having talked to anybody or left a message, and the call ends.",
        ),
        (
            "Каждый такой звонок — потерянный клиент: о чём он хотел спросить, останется неизвестным.",
            "Every such call is a lost customer: nobody will know what was wanted.",
        ),
        sent_away,
    ),
    Rule(
        "unanswered_is_lost",
        Severity.ERROR,
        (
            "Если здесь никто не ответит, звонок закончится без сообщения и без другого человека.",
            "If nobody answers here, the call ends without a message and without another person.",
        ),
        (
            "Телефон сотрудника рано или поздно не ответит; звонок не должен пропасть вместе с ним.",
            "Sooner or later that phone is not answered; the call must not be lost with it.",
        ),
        unanswered_is_lost,
    ),
    Rule(
        "deep_menu",
        Severity.WARNING,
        ("Это уже {level}-й уровень меню.", "This is level {level} of menus."),
        (
            "После трёх уровней люди теряются и кладут трубку.",
            "Beyond three levels people get lost and hang up.",
        ),
        deep_menu,
    ),
    Rule(
        "no_person",
        Severity.ERROR,
        ("Из этого меню нельзя одной клавишей попасть к человеку.", "No single key of this menu leads to a person."),
        (
            "На каждом уровне должен быть выход к человеку: иначе тот, чьего вопроса в меню нет, уходит.",
            "Every level needs a way to a person: otherwise whoever does not find the matter in the menu leaves.",
        ),
        no_person,
    ),
    Rule(
        "no_zero",
        Severity.ADVICE,
        ("Клавиша 0 в этом меню не ведёт никуда.", "Key 0 of this menu leads nowhere."),
        ("Люди привыкли, что ноль — оператор.", "People are used to zero being the operator."),
        no_zero,
    ),
    Rule(
        "many_choices",
        Severity.ADVICE,
        ("В меню {count} пунктов; лучше не больше {most}.", "The menu has {count} choices; {most} are enough."),
        (
            "На слух запоминают немного: к последнему пункту забывают первый.",
            "Little is remembered by ear: the first choice is forgotten at the last.",
        ),
        many_choices,
    ),
    Rule(
        "unreachable",
        Severity.WARNING,
        ("Сюда не ведёт ни один путь.", "No way leads here."),
        (
            "Либо узел лишний, либо забыт путь к нему — и звонящие не слышат того, что для них написано.",
            "The node is not needed, or its way was forgotten and callers do not hear what was written for them.",
        ),
        unreachable,
    ),
    Rule(
        "lost_return",
        Severity.WARNING,
        (
            "Возврат из сценария, в который никто не заходит с возвратом.",
            "A return from a scenario that nobody enters with a way back.",
        ),
        (
            "Звонящий окажется на аварийном приёме сообщения.",
            "The caller ends at the emergency message.",
        ),
        lost_return,
    ),
)
