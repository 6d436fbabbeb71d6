"""What the rules look at: scenarios with everything they refer to, and the ways between their nodes."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kaska.core.configuration import Queue
from kaska.core.scenarios import graph
from kaska.core.scenarios.graph import Node, Scenario, successors
from kaska.core.scenarios.speech import VOCABULARY

Place = tuple[str, str]
"""(scenario, node); the node may not exist, and is "" where the contact ends"""

HUMAN = (graph.Enqueue, graph.ToAgent, graph.RingInTurn, graph.RingGroup, graph.ToNumber, graph.Extension)
"""kinds that bring the caller to a person"""

TAKES_UP = (graph.TakeMessage, graph.Voicemail, graph.Fax, graph.OfferCallback)
"""kinds after which a person owes the caller an answer"""


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording: how long it is, and its pauses as (start, length); all in seconds."""

    seconds: float
    pauses: tuple[tuple[float, float], ...] = ()


def _announced(language: str, text: str) -> bool:
    return ("записыва" if language == "ru" else "recorded") in text.lower()


OWN_NOTICES = frozenset(
    f"{language}/{name}"
    for language, words in VOCABULARY.items()
    for name, text in words.items()
    if _announced(language, text)
)
"""our own prompts that tell of the recording"""


@dataclass(frozen=True, slots=True)
class Ground:
    """``queues``, ``prompts`` None: not known, so rules that need them are silent. ``sounds`` by prompt name.

    ``notices``: further prompts that tell of the recording; one whose name holds "notice" counts as well.
    """

    scenarios: Mapping[str, Scenario]
    queues: Mapping[str, Queue] | None = None
    prompts: Container[str] | None = None
    sounds: Mapping[str, Sound] = field(default_factory=dict)
    notices: Container[str] = frozenset()

    def node(self, place: Place) -> Node | None:
        scenario = self.scenarios.get(place[0])
        return scenario.nodes.get(place[1]) if scenario is not None else None

    def start(self, scenario: Scenario) -> Place:
        return scenario.id, scenario.start

    def following(self, place: Place) -> list[Place]:
        """Where the way may go on, into other scenarios and back too; (…, "") = the contact ends there."""
        node = self.node(place)
        if isinstance(node, graph.ToScenario):
            target = self.scenarios.get(node.scenario)
            return [self.start(target)] if target is not None else [(place[0], node.back)] if node.back else []
        if isinstance(node, graph.Return):
            return list(self.returns(place[0]))
        return [(place[0], name) for name in successors(node)] if node is not None else []

    def returns(self, scenario: str) -> Iterator[Place]:
        """Where a Return of this scenario may lead to."""
        for other in self.scenarios.values():
            for node in other.nodes.values():
                if isinstance(node, graph.ToScenario) and node.scenario == scenario and node.back:
                    yield other.id, node.back

    def reach(self, starts: Iterable[Place], stop: Callable[[Node], bool] = lambda node: False) -> list[Place]:
        """Every place that can be come to, ``starts`` included, in order; the way does not go on beyond ``stop``."""
        seen = dict.fromkeys(starts)
        ahead = list(seen)
        while ahead:
            place = ahead.pop(0)
            node = self.node(place)
            if node is None or stop(node):
                continue
            for target in self.following(place):
                if target not in seen:
                    seen[target] = None
                    ahead.append(target)
        return list(seen)

    def seconds(self, node: Node) -> float | None:
        """How long its prompts are together; None when one of them is not known."""
        lengths = [self.sounds.get(prompt) for prompt in getattr(node, "prompts", ())]
        known = [sound.seconds for sound in lengths if sound is not None]
        return sum(known) if known and len(known) == len(lengths) else None

    def tells_of_recording(self, node: Node) -> bool:
        return any(
            prompt in OWN_NOTICES or prompt in self.notices or "notice" in prompt
            for prompt in getattr(node, "prompts", ())
        )


def ends(place: Place) -> bool:
    """The contact ends here."""
    return not place[1]
