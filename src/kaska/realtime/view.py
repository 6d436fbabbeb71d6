"""The live picture of one tenant, kept true by facts. Pure.

Law: an old snapshot plus the changes since equals a fresh snapshot. It holds because the view lives on a state of its
own, moved by the same facts as the engine's, and every row is a function of that state.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

from kaska.core import facts
from kaska.core.scenarios.trials import TRIAL
from kaska.core.state import State
from kaska.realtime.rows import TODAY, Row, agent_row, books_row, call_row, debt_row, monitor_row, trial_row

COLLECTIONS = ("calls", "agents", "debts", "books", "monitors", "trials")
GUARDED = frozenset({"monitors"})
"""shown to those only who may listen themselves"""
Rows = dict[str, dict[str, Row]]


@dataclass(frozen=True, slots=True)
class Change:
    """``row`` is what the row became; None says that it left."""

    collection: str
    id: str
    row: Row | None

    def document(self) -> dict[str, object]:
        if self.row is None:
            return {"op": "drop", "collection": self.collection, "id": self.id}
        return {"op": "put", "collection": self.collection, "id": self.id, "row": self.row}


class LiveView:
    """``happen`` is cheap and computes no rows; ``changes`` brings the rows up to date and tells what differs."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._touched: set[tuple[str, str]] = set()
        self.rows: Rows = {name: {} for name in COLLECTIONS}
        self._touch_all()
        self.changes()

    @classmethod
    def from_state(cls, state: State) -> LiveView:
        """A view of ``state`` as it is now; the caller's own state may go on changing."""
        return cls(copy.deepcopy(state, {id(state.configuration): state.configuration}))

    def happen(self, fact: facts.Fact) -> None:
        """Take a fact in. Raises IllegalTransition when it does not fit what this view knows."""
        self._touch(fact)
        self._touch_beside(fact)  # looked up before, too: what a fact ends is not in the state any more afterwards
        self._state.apply(fact)
        self._touch_beside(fact)
        self._touch_listeners(fact)
        if isinstance(fact, facts.ConfigurationApplied):
            self._touch_all()

    @property
    def state(self) -> State:
        return self._state

    @property
    def arrears(self) -> int:
        """Rows that the next ``changes`` computes."""
        return len(self._touched)

    def changes(self) -> list[Change]:
        """What differs since the last call; ``rows`` holds the new picture afterwards."""
        if not self._touched:
            return []
        found = []
        for collection, subject in sorted(self._touched | {("books", TODAY)}):
            rows = self.rows[collection]
            row = self._row(collection, subject)
            if row == rows.get(subject):
                continue
            if row is None:
                del rows[subject]
            else:
                rows[subject] = row
            found.append(Change(collection, subject, row))
        self._touched.clear()
        return found

    def apply(self, fact: facts.Fact) -> list[Change]:
        """One fact and what it changed."""
        self.happen(fact)
        return self.changes()

    def apply_all(self, happened: Iterable[facts.Fact]) -> list[Change]:
        for fact in happened:
            self.happen(fact)
        return self.changes()

    def _row(self, collection: str, subject: str) -> Row | None:
        state = self._state
        if collection == "calls":
            contact = state.contacts.get(subject)
            return None if contact is None else call_row(state, contact)
        if collection == "agents":
            return agent_row(state, subject)
        if collection == "debts":
            debt = state.debts.get(subject)
            return None if debt is None else debt_row(debt)
        if collection == "monitors":
            monitor = state.monitors.get(subject)
            return None if monitor is None else monitor_row(state, monitor)
        if collection == "trials":
            trial = state.trials.get(subject)
            return None if trial is None else trial_row(trial)
        return books_row(state)

    def _touch(self, fact: facts.Fact) -> None:
        if isinstance(fact, facts.ConfigurationApplied):
            self._touch_all()
            return
        if isinstance(fact, facts.DeviceSeen):
            for profile in self._state.configuration.agents.values():
                if any(device.endpoint == fact.endpoint for device in profile.devices):
                    self._touched.add(("agents", profile.id))
            return
        if isinstance(fact, facts.ModeSwitched):
            self._touched.add(("books", TODAY))
        if isinstance(fact, facts.TrialPrepared):  # and one that is forgotten for it
            self._touched.update(("trials", number) for number in (fact.number, *self.rows["trials"]))
        if isinstance(fact, _OF_INSIDE):
            self._touch_inside(fact.talk)
            return
        if isinstance(fact, facts.CampAsked | facts.CampOver):
            self._touched.add(("agents", fact.by))
            return
        if isinstance(fact, _OF_MONITORS):
            self._touched.add(("monitors", fact.leg))
        for name, collection in _SUBJECTS_OF[type(fact)]:
            subject = getattr(fact, name)
            if subject:
                self._touched.add((collection, subject))

    def _touch_inside(self, name: str) -> None:
        talk = self._state.inside.get(name)
        for side in talk.sides if talk is not None else ():
            if side.agent:
                self._touched.add(("agents", side.agent))

    def _touch_beside(self, fact: facts.Fact) -> None:
        """What a contact stands for: the debt that it repays, the trial that it is."""
        contact = self._state.contacts.get(getattr(fact, "contact", ""))
        if contact is None:
            return
        if contact.debt:
            self._touched.add(("debts", contact.debt))
        if contact.direction == TRIAL:
            self._touched.add(("trials", contact.number))

    def _touch_listeners(self, fact: facts.Fact) -> None:
        """Whom a supervisor hears changes with the call, when another agent takes it."""
        contact = getattr(fact, "contact", "")
        for leg, monitor in self._state.monitors.items():
            if monitor.contact == contact:
                self._touched.add(("monitors", leg))

    def _touch_all(self) -> None:
        state = self._state
        subjects: dict[str, Callable[[], Iterable[str]]] = {
            "calls": lambda: state.contacts,
            "agents": lambda: state.configuration.agents.keys() | state.agents.keys(),
            "debts": lambda: state.debts,
            "monitors": lambda: state.monitors,
            "trials": lambda: state.trials,
        }
        for collection, known in subjects.items():
            self._touched.update((collection, subject) for subject in known())
            self._touched.update((collection, subject) for subject in self.rows[collection])
        self._touched.add(("books", TODAY))


_OF_MONITORS = facts.MonitorAsked | facts.Monitored | facts.MonitorOver | facts.TakenOver
_OF_INSIDE = facts.InsideAsked | facts.InsideLegStarted | facts.InsideLegUp | facts.InsideMet | facts.InsideLegOver
_OF_INSIDE |= facts.InsideHeld | facts.InsideInvited | facts.InsideShared | facts.InsideEnding | facts.InsideOver
_OF_INSIDE |= facts.DoorRang | facts.DoorOffered | facts.DoorTaken | facts.DoorOpened | facts.DoorUnopened
_OF_INSIDE |= facts.PageAsked | facts.PageBegun | facts.PageRung
_SUBJECTS = (("contact", "calls"), ("agent", "agents"), ("debt", "debts"))


_SUBJECTS_OF: dict[type, tuple[tuple[str, str], ...]] = {
    kind: tuple((name, collection) for name, collection in _SUBJECTS if name in {field.name for field in fields(kind)})
    for kind in facts.FACT_TYPES.values()
}
"""(field, collection) of the rows that a kind of fact is about"""
