"""Rules about closed hours, messages, recording and queues."""

from __future__ import annotations

from collections.abc import Iterator

from kaska.core.scenarios import graph
from kaska.core.scenarios.graph import Node, Scenario
from kaska.core.scenarios.linter.finding import Hit, Rule, Severity
from kaska.core.scenarios.linter.ground import HUMAN, TAKES_UP, Ground, Place, ends
from kaska.core.scenarios.linter.ways import CLOSED

TALKS_LIVE = (graph.Enqueue, graph.ToAgent, graph.RingInTurn, graph.RingGroup, graph.ToNumber)


def closed_without_message(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """From the closed side the contact may end before a question and a contact were taken."""
    for name, node in scenario.nodes.items():
        after = ground.reach(_closed_ways(scenario, node), stop=lambda one: isinstance(one, HUMAN + TAKES_UP))
        if any(ends(place) or isinstance(ground.node(place), graph.Finish) for place in after):
            yield name, {}


def _closed_ways(scenario: Scenario, node: Node) -> list[Place]:
    if isinstance(node, graph.Schedule):
        return [(scenario.id, node.closed)]
    if isinstance(node, graph.ByMode):
        named = [(scenario.id, node.modes[mode]) for mode in CLOSED if mode in node.modes]
        return named if len(named) == len(CLOSED) else [*named, (scenario.id, node.otherwise)]
    return []


def silent_message(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.TakeMessage | graph.Voicemail) and not node.prompts:
            yield name, {}


def unmarked_closed_message(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """A message that is taken only in closed hours, without saying so in the books."""
    closed = [place for node in scenario.nodes.values() for place in _closed_ways(scenario, node)]
    opened = {
        (scenario.id, target)
        for node in scenario.nodes.values()
        for _, target in graph.ways(node)
        if (scenario.id, target) not in closed
    }
    for place in closed:
        node = ground.node(place)
        if isinstance(node, graph.TakeMessage) and not node.closed_hours and place not in opened:
            yield place[1], {}


def no_notice(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """A way to a person on which nothing told that the conversation is recorded."""

    def told(node: Node) -> bool:
        unrecorded = isinstance(node, graph.Record) and not node.on
        return ground.tells_of_recording(node) or unrecorded or isinstance(node, TALKS_LIVE)

    for where, name in ground.reach([ground.start(scenario)], stop=told):
        node = ground.node((where, name))
        if where == scenario.id and isinstance(node, TALKS_LIVE):
            yield name, {}


def queue_without_overflow(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.Enqueue) and ground.queues is not None:
            queue = ground.queues.get(node.queue)
            if queue is not None and not queue.reserve and not queue.max_wait:
                yield name, {"queue": queue.name}


def queue_without_message(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    for name, node in scenario.nodes.items():
        if isinstance(node, graph.Enqueue) and not node.keys:
            yield name, {}


RULES = (
    Rule(
        "closed_without_message",
        Severity.ERROR,
        (
            "В нерабочее время можно дойти до конца, не оставив ни вопроса, ни контакта.",
            "In closed hours one may come to the end without leaving a question or a contact.",
        ),
        (
            "Кто позвонил ночью, утром будет у того, кто его записал. Всегда принимайте вопрос и контакт.",
            "Whoever calls at night will be served by whoever took his name. Always take a question and a contact.",
        ),
        closed_without_message,
    ),
    Rule(
        "silent_message",
        Severity.ERROR,
        ("Сообщение принимают молча, ничего не спросив.", "A message is taken in silence, nothing is asked."),
        (
            "Человек слышит только сигнал и не знает, что назвать: вопрос и как с ним связаться.",
            "The person hears only a tone and does not know to say the question and how to be reached.",
        ),
        silent_message,
    ),
    Rule(
        "unmarked_closed_message",
        Severity.ADVICE,
        (
            "Сообщение нерабочего времени не отмечено как такое (closed_hours).",
            "A message of closed hours is not marked as one (closed_hours).",
        ),
        (
            "В отчётах эти обращения смешаются с потерянными в рабочее время.",
            "In reports these contacts mix with those lost in open hours.",
        ),
        unmarked_closed_message,
    ),
    Rule(
        "no_notice",
        Severity.ERROR,
        (
            "К человеку можно попасть, не услышав, что разговор записывается.",
            "One may reach a person without hearing that the conversation is recorded.",
        ),
        (
            "Записывать можно только предупредив. Предупреждение — до соединения, на каждом пути.",
            "Recording needs a notice first, before the connection, on every way.",
        ),
        no_notice,
    ),
    Rule(
        "queue_without_overflow",
        Severity.ERROR,
        (
            "У очереди «{queue}» нет ни резерва, ни предельного ожидания.",
            "Queue “{queue}” has neither a reserve nor a greatest wait.",
        ),
        (
            "Если все заняты, человек ждёт, пока не положит трубку. Нужна вторая линия, дежурный или сообщение.",
            "With everybody busy the person waits until he hangs up. Give a second line, a duty phone or a message.",
        ),
        queue_without_overflow,
    ),
    Rule(
        "queue_without_message",
        Severity.ADVICE,
        (
            "Ожидая в очереди, нельзя оставить сообщение или заказать перезвон.",
            "While waiting one can neither leave a message nor ask for a callback.",
        ),
        (
            "Кому некогда ждать, тот просто положит трубку.",
            "Who has no time to wait just hangs up.",
        ),
        queue_without_message,
    ),
)
