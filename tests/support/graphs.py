"""Scenarios of every kind of node, drawn without regard to whether they could be published."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from kaska.core.configuration import Configuration
from kaska.core.scenarios import graph
from kaska.core.scenarios.conditions import Between, Equals, MatchesNumber, Not
from support.company import DIRECT, MAIN

IDS = ("a", "b", "c", "d", "e")
TARGET = st.sampled_from((*IDS, *IDS, "", "?", "not-there"))
PROMPTS = st.sampled_from(((), ("ru/greeting",), ("ru/menu", "ru/closed")))
KEYED = st.dictionaries(st.sampled_from("012"), TARGET, max_size=2)
QUEUE = st.sampled_from(("sales", "operators", "not-there"))
AGENTS = st.lists(st.sampled_from(("a301", "a302", "nobody")), max_size=3).map(tuple)
TRIES = st.integers(1, 3)
WORDS = st.sampled_from(({}, {"1": ("продажи", "купить"), "0": ("оператор",), "7": ("ничего",)}))
QUESTIONS = st.lists(st.builds(graph.Question, st.just("mark"), PROMPTS), max_size=2).map(tuple)
CONDITION = st.sampled_from(
    (
        Equals("digits", "1"),
        Between("hour", "9", "17"),
        MatchesNumber("caller", "7900."),
        Not(Equals("crm.vip", "yes")),
        Equals("owed", "0"),
    )
)
NODE: st.SearchStrategy[graph.Node] = st.one_of(
    st.builds(graph.Play, PROMPTS, TARGET, st.sampled_from(("", "", *IDS))),
    st.builds(graph.Inform, PROMPTS, TARGET, KEYED),
    st.builds(graph.TakeMessage, PROMPTS, TARGET, closed_hours=st.booleans()),
    st.builds(graph.Voicemail, st.just("agent:a301"), PROMPTS, TARGET),
    st.builds(graph.Fax, st.just("queue:sales"), TARGET, PROMPTS),
    st.builds(graph.Finish, PROMPTS, st.booleans()),
    st.builds(
        graph.Menu,
        PROMPTS,
        KEYED,
        TARGET,
        tries=TRIES,
        extensions=st.booleans(),
        extension_next=TARGET,
        words=WORDS,
        fax=st.sampled_from(("", "b")),
    ),
    st.builds(graph.Extension, PROMPTS, TARGET, tries=TRIES),
    st.builds(graph.Ask, PROMPTS, st.just("mark"), TARGET, TARGET, length=TRIES, tries=TRIES),
    st.builds(graph.Survey, QUESTIONS, TARGET, tries=TRIES),
    st.builds(graph.OfferCallback, QUEUE, PROMPTS, TARGET),
    st.builds(graph.Schedule, st.sampled_from(("always", "never", "not-there")), TARGET, TARGET),
    st.builds(graph.ByMode, st.dictionaries(st.sampled_from(("day", "night")), TARGET, max_size=2), TARGET),
    st.builds(graph.Branch, st.lists(st.builds(graph.Choice, CONDITION, TARGET), max_size=2).map(tuple), TARGET),
    st.builds(graph.Assign, TARGET, st.just({"language": "en", "seen": "{caller}{seen}"}), st.just(("vip",))),
    st.builds(graph.Lookup, st.sampled_from(("crm", "not-there")), TARGET, TARGET, TARGET),
    st.builds(graph.Record, st.booleans(), TARGET),
    st.builds(graph.ToScenario, st.sampled_from(("one", "two", "not-there")), TARGET),
    st.builds(graph.Return),
    st.builds(graph.Enqueue, QUEUE, TARGET, st.just({"1": "message", "2": "callback"})),
    st.builds(graph.ToAgent, st.sampled_from(("a301", "nobody", "{crm.agent}")), TARGET),
    st.builds(graph.RingInTurn, AGENTS, TARGET),
    st.builds(graph.RingGroup, AGENTS, TARGET),
    st.builds(graph.ToNumber, st.sampled_from(("+74950000777", "{crm.phone}")), TARGET),
)
SCENARIO = st.dictionaries(st.sampled_from((*IDS, "?")), NODE, max_size=6)


@st.composite
def with_any_scenarios(draw: st.DrawFn, companies: st.SearchStrategy[Configuration]) -> Configuration:
    """The company's main and direct numbers walk whatever was drawn, and from one scenario to the other."""
    whole = draw(companies)
    drawn = {name: graph.Scenario(name, 1, "a", draw(SCENARIO)) for name in ("one", "two")}
    numbers = {
        MAIN: replace(whole.numbers[MAIN], scenario="one"),
        DIRECT: replace(whole.numbers[DIRECT], scenario="two"),
    }
    return replace(whole, scenarios={**whole.scenarios, **drawn}, numbers={**whole.numbers, **numbers})
