"""Rules about faxes."""

from __future__ import annotations

from collections.abc import Iterator

from kaska.core.scenarios import graph
from kaska.core.scenarios.graph import INSTANT, Scenario
from kaska.core.scenarios.linter.finding import Hit, Rule, Severity
from kaska.core.scenarios.linter.ground import Ground


def tone_to_nowhere(ground: Ground, scenario: Scenario) -> Iterator[Hit]:
    """The tone of a machine leads to where words are said, or people are rung."""
    for name, node in scenario.nodes.items():
        if not isinstance(node, graph.Play | graph.Menu) or node.fax not in scenario.nodes:
            continue
        ahead = ground.reach([(scenario.id, node.fax)], stop=lambda one: not isinstance(one, INSTANT))
        stands = [one for one in map(ground.node, ahead) if one is not None and not isinstance(one, INSTANT)]
        if not all(isinstance(one, graph.Fax) for one in stands):
            yield name, {"target": node.fax}


RULES = (
    Rule(
        "tone_to_nowhere",
        Severity.WARNING,
        (
            "Сигнал факса ведёт в «{target}», где факс не принимают.",
            "The tone of a fax leads to “{target}”, where no fax is received.",
        ),
        (
            "Аппарат не слушает слов и не ждёт человека: он свистит, пока не бросит трубку, и документ пропал.",
            "A machine hears no words and waits for nobody: it whistles until it hangs up, and the document is lost.",
        ),
        tone_to_nowhere,
    ),
)
