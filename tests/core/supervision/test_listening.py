"""A supervisor in a conversation: what is asked of the switch, who is in which state, what is written down."""

from __future__ import annotations

import pytest

from kaska.core import commands, events, facts
from kaska.core.commands import HangUpLeg, JoinParties, MixParties, Observe, RingAgent, StopObserving
from kaska.core.core import Core
from kaska.core.ports import Refused
from kaska.core.state import State
from kaska.ledger.codec import decode_state, encode_state
from support.company import company
from support.play import Play

BOSS = "a304"
CALLER = "+79000000830"


@pytest.fixture
def play() -> Play:
    """The customer talks with a301; the supervisor a304 has a telephone and is not on duty."""
    play = Play()
    play.ready("a301")
    play.tell(events.DeviceReached(play.now, "demo-304", True))
    play.arrive(CALLER)
    play.settle()
    return play


def contact_of(play: Play) -> str:
    return next(iter(play.core.state.contacts))


def ask(play: Play, mode: str, by: str = BOSS) -> None:
    play.tell(events.MonitorRequested(play.now, by, contact_of(play), mode))


def ordered(play: Play) -> list[commands.Command]:
    pending, play.ordered = play.ordered, []
    return pending


def listening(play: Play, mode: str = "listen") -> str:
    """The supervisor's leg, his telephone picked up."""
    ask(play, mode)
    ring = next(one for one in ordered(play) if isinstance(one, RingAgent))
    assert (ring.agent, ring.endpoint) == (BOSS, "demo-304")
    play.tell(events.LegAnswered(play.now, ring.contact, ring.leg))
    return ring.leg


def agent_leg(play: Play) -> str:
    return play.core.state.contacts[contact_of(play)].agent_leg


def state(play: Play, agent: str) -> str:
    return play.core.state.agents[agent].state.value


def test_his_telephone_rings_and_then_he_hears_the_agents_leg(play: Play) -> None:
    leg, target = listening(play), agent_leg(play)
    contact = contact_of(play)
    assert Observe(contact, leg, target, "listen") in ordered(play)
    said = [fact for fact in play.written if isinstance(fact, facts.Monitored)]
    assert [(fact.by, fact.agent, fact.mode) for fact in said] == [(BOSS, "a301", "listen")]
    assert state(play, "a301") == "talking"
    assert state(play, BOSS) == "offline"


def test_listening_becomes_whispering_and_barging_without_ringing_again(play: Play) -> None:
    leg, target = listening(play), agent_leg(play)
    ordered(play)
    for mode in ("whisper", "barge", "listen"):
        ask(play, mode)
        before = [MixParties(contact_of(play), (contact_of(play), target))] if mode == "barge" else []
        assert ordered(play) == [*before, Observe(contact_of(play), leg, target, mode)]
    ask(play, "listen")
    assert ordered(play) == []


def test_he_changes_his_mind_while_it_rings(play: Play) -> None:
    ask(play, "listen")
    ask(play, "barge")
    ring = next(one for one in ordered(play) if isinstance(one, RingAgent))
    play.tell(events.LegAnswered(play.now, ring.contact, ring.leg))
    assert Observe(ring.contact, ring.leg, agent_leg(play), "barge") in ordered(play)


@pytest.mark.parametrize("mode", ["listen", "whisper"])
def test_it_ends_with_the_conversation_when_the_agent_hangs_up(play: Play, mode: str) -> None:
    leg, contact = listening(play, mode), contact_of(play)
    ordered(play)
    play.tell(events.LegEnded(play.now, contact, agent_leg(play)))
    done = ordered(play)
    assert StopObserving(contact, leg) in done
    assert HangUpLeg(contact, leg) in done
    play.ordered = done
    play.settle()
    assert play.core.state.contacts == {}
    assert play.core.state.monitors == {}
    last = [fact for fact in play.written if getattr(fact, "contact", "") == contact][-1]
    assert isinstance(last, facts.ContactOver | facts.RecordingReady)


def test_who_barged_in_goes_on_with_the_customer_when_the_agent_leaves(play: Play) -> None:
    leg, contact = listening(play, "barge"), contact_of(play)
    ordered(play)
    play.tell(events.LegEnded(play.now, contact, agent_leg(play)))
    play.settle()
    talking = play.core.state.contacts[contact]
    assert (talking.agent, talking.agent_leg, talking.phase.value) == (BOSS, leg, "talking")
    assert state(play, BOSS) == "talking"
    assert state(play, "a301") == "wrap_up"


def test_taking_over_gives_each_his_own_time(play: Play) -> None:
    leg, contact, before = listening(play), contact_of(play), agent_leg(play)
    ordered(play)
    play.pass_time(20)
    ask(play, "take_over")
    done = ordered(play)
    kinds = [type(one) for one in done]
    assert kinds.index(JoinParties) < kinds.index(HangUpLeg), "the customer is never alone"
    assert HangUpLeg(contact, before) in done
    play.ordered = done
    play.settle()
    play.pass_time(10)
    play.hang_up(contact)
    talks = {fact.agent: round(fact.seconds) for fact in play.written if isinstance(fact, facts.TalkOver)}
    assert talks == {"a301": 20, BOSS: 10}
    taken = next(fact for fact in play.written if isinstance(fact, facts.TakenOver))
    assert (taken.agent, taken.before, taken.leg) == (BOSS, "a301", leg)
    assert state(play, BOSS) == "offline"
    assert sum(isinstance(fact, facts.ContactOver) for fact in play.written) == 1


def test_a_held_customer_is_taken_over_from_the_music(play: Play) -> None:
    contact = contact_of(play)
    play.tell(events.HoldRequested(play.now, "a301", contact, True))
    listening(play, "take_over")
    done = ordered(play)
    assert commands.HoldParty(contact, contact, False) in done


def test_listening_follows_to_another_agent(play: Play) -> None:
    leg, contact = listening(play, "whisper"), contact_of(play)
    play.tell(events.DeviceReached(play.now, "demo-302", True))
    play.tell(events.MonitorRequested(play.now, "a302", contact, "take_over"))
    play.settle()
    assert play.core.state.contacts[contact].agent == "a302"
    now = play.core.state.monitors[leg]
    assert now.target == agent_leg(play)
    assert [fact.agent for fact in play.written if isinstance(fact, facts.Monitored)] == ["a301", "a302"]


def test_a_ready_supervisor_gets_no_calls_meanwhile_and_is_ready_afterwards(play: Play) -> None:
    play.ready(BOSS)
    leg, contact = listening(play), contact_of(play)
    assert (state(play, BOSS), play.core.state.agents[BOSS].reason) == ("break", "supervising")
    play.tell(events.AgentReadied(play.now, BOSS, "phone"))
    assert state(play, BOSS) == "break"
    play.tell(events.MonitorStopped(play.now, BOSS, contact))
    assert HangUpLeg(contact, leg) in ordered(play)
    assert state(play, BOSS) == "ready"


@pytest.mark.parametrize("what", ["RingAgent", "Observe"])
def test_what_cannot_be_done_disturbs_nobody(play: Play, what: str) -> None:
    if what == "RingAgent":
        ask(play, "listen")
        leg = next(one.leg for one in ordered(play) if isinstance(one, RingAgent))
    else:
        leg = listening(play)
    contact = contact_of(play)
    play.tell(events.CommandFailed(play.now, contact, leg, what, "no"))
    play.settle()
    assert play.core.state.monitors == {}
    assert play.core.state.contacts[contact].phase.value == "talking"
    assert state(play, "a301") == "talking"


def test_after_a_restart_it_is_asked_for_again(play: Play) -> None:
    leg, contact = listening(play, "whisper"), contact_of(play)
    ordered(play)
    recovered = Core.replayed(decode_state(encode_state(play.core.state, State), State), ())
    assert recovered.state == play.core.state
    done = recovered.handle(events.SwitchResynced(play.now)).commands
    assert Observe(contact, leg, agent_leg(play), "whisper") in done
    assert HangUpLeg(contact, leg) not in done


def test_refusals(play: Play) -> None:
    contact = contact_of(play)

    def refused(event: events.Event) -> str:
        with pytest.raises(Refused) as caught:
            play.core.handle(event)
        assert play.core.desk.facts == []
        return caught.value.code

    assert refused(events.MonitorRequested(play.now, BOSS, "gone", "listen")) == "nobody_talks"
    assert refused(events.MonitorRequested(play.now, "a301", contact, "listen")) == "own_call"
    assert refused(events.MonitorRequested(play.now, "stranger", contact, "listen")) == "no_workplace"
    assert refused(events.MonitorStopped(play.now, BOSS, contact)) == "not_supervising"
    play.tell(events.DeviceReached(play.now, "demo-303", False))
    play.tell(events.DeviceReached(play.now, "demo-303-web", False))
    assert refused(events.MonitorRequested(play.now, "a303", contact, "listen")) == "device_unreachable"
    listening(play)
    play.ready("a302")
    second = play.arrive("+79000000831")
    play.settle()
    assert refused(events.MonitorRequested(play.now, BOSS, second, "listen")) == "already_supervising"


# --- the floor -----------------------------------------------------------------------------------------------------


def test_who_waits_is_moved_to_another_queue_with_his_time() -> None:
    play = Play(company(reserve_after=900.0))
    contact = play.arrive(CALLER)
    play.settle()
    play.pass_time(9)
    since = play.core.state.contacts[contact].since
    play.tell(events.WaitingMoved(play.now, BOSS, contact, "service", False))
    moved = play.core.state.contacts[contact]
    assert (moved.queue, moved.since) == ("service", since)
    play.ready("a303")
    play.settle()
    assert play.core.state.contacts[contact].agent == "a303"


def test_whoever_is_moved_to_the_front_is_next() -> None:
    play = Play(company(reserve_after=900.0))
    waiting = []
    for number in (830, 831, 832):
        waiting.append(play.arrive(f"+79000000{number}"))
        play.settle()
        play.pass_time(7)
    play.tell(events.WaitingMoved(play.now, BOSS, waiting[-1], "", True))
    assert play.core.desk.lines["sales"].contacts()[0] == waiting[-1]
    play.ready("a301")
    play.settle()
    assert play.core.state.contacts[waiting[-1]].agent == "a301"


def test_a_move_takes_the_ringing_phone_away() -> None:
    play = Play()
    play.ready("a301")
    contact = play.arrive(CALLER)
    (ring,) = [one for one in play.ordered if isinstance(one, RingAgent)]
    play.tell(events.WaitingMoved(play.now, BOSS, contact, "service", False))
    assert play.core.state.contacts[contact].offers == {}
    assert HangUpLeg(contact, ring.leg, 26) in play.ordered


def test_an_agent_is_sent_from_his_break_and_finishes_his_talk_first(play: Play) -> None:
    play.tell(events.AgentStateRequested(play.now, BOSS, "a301", "break", "собрание"))
    assert state(play, "a301") == "talking"
    play.hang_up(contact_of(play))
    play.pass_time(11)
    assert (state(play, "a301"), play.core.state.agents["a301"].reason) == ("break", "собрание")
    play.tell(events.AgentStateRequested(play.now, BOSS, "a301", "ready", "много ждут"))
    assert state(play, "a301") == "ready"
    said = [fact for fact in play.written if isinstance(fact, facts.AgentStateSet)]
    assert [(fact.by, fact.state, fact.reason) for fact in said] == [
        (BOSS, "break", "собрание"),
        (BOSS, "ready", "много ждут"),
    ]
    with pytest.raises(Refused, match="agent_away"):
        play.tell(events.AgentStateRequested(play.now, "a301", "a303", "ready", ""))
