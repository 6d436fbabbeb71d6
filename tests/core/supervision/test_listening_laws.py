"""The laws of the core hold with supervisors in the conversations, under any order of events."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from tests.core.test_laws import World

from kaska.core import events
from kaska.core.contacts.contact import Phase
from support.world.switch import AGENTS


class Supervised(World):
    @rule(by=st.sampled_from(AGENTS), mode=st.sampled_from(["listen", "whisper", "barge", "take_over"]), data=st.data())
    def supervises(self, by: str, mode: str, data: st.DataObject) -> None:
        talks = [one.id for one in self.core.state.contacts.values() if one.phase is Phase.TALKING]
        if talks:
            self.tell(events.MonitorRequested(self.now, by, data.draw(st.sampled_from(talks)), mode))
            if data.draw(st.booleans()):
                self.obeys_promptly_()

    @rule(agent=st.sampled_from(AGENTS[:2]), by=st.sampled_from(AGENTS[2:]), mode=st.sampled_from(["listen", "barge"]))
    def talks_and_is_listened_to(self, agent: str, by: str, mode: str) -> None:
        self.talks(agent, "+79000000001")
        talk = next((c.id for c in self.core.state.contacts.values() if c.agent == agent), "")
        self.tell(events.MonitorRequested(self.now, by, talk, mode))
        self.obeys_promptly_()

    @rule(by=st.sampled_from(AGENTS), data=st.data())
    def stops(self, by: str, data: st.DataObject) -> None:
        if self.core.state.contacts:
            contact = data.draw(st.sampled_from(sorted(self.core.state.contacts)))
            self.tell(events.MonitorStopped(self.now, by, contact))

    @rule(data=st.data(), queue=st.sampled_from(["sales", "service", "gone", ""]), front=st.booleans())
    def moves(self, data: st.DataObject, queue: str, front: bool) -> None:
        if self.core.state.contacts:
            contact = data.draw(st.sampled_from(sorted(self.core.state.contacts)))
            self.tell(events.WaitingMoved(self.now, "a301", contact, queue, front))

    @rule(agent=st.sampled_from(AGENTS), state=st.sampled_from(["ready", "break", "offline"]))
    def sends(self, agent: str, state: str) -> None:
        self.tell(events.AgentStateRequested(self.now, "a304", agent, state, "meeting"))

    @invariant()
    def nobody_listens_to_nothing(self) -> None:
        if not hasattr(self, "core"):
            return
        for monitor in self.core.state.monitors.values():
            contact = self.core.state.contacts[monitor.contact]
            assert contact.leg_alive(monitor.leg)
            assert contact.agent != monitor.by or contact.phase not in (Phase.TALKING, Phase.JOINING)
        supervisors = [one.by for one in self.core.state.monitors.values()]
        assert len(set(supervisors)) == len(supervisors)
        for by in supervisors:
            assert not self.core.state.agents[by].bound, "his telephone is in his hand"

    @invariant()
    def whoever_only_listened_is_not_kept_from_work(self) -> None:
        if hasattr(self, "core"):
            supervising = {one.by for one in self.core.state.monitors.values()}
            for agent in self.core.state.agents.values():
                assert agent.reason != "supervising" or agent.id in supervising


Supervised.TestCase.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSupervised = Supervised.TestCase
