"""How contacts are born: by their first signal, or told afterwards by the switch's own records."""

from __future__ import annotations

from kaska.core import black_list, events, facts
from kaska.core.contacts import ending
from kaska.core.contacts.contact import Contact
from kaska.core.contacts.outcomes import SERVED, EndCause, Outcome
from kaska.core.debts import book, dialling
from kaska.core.ports import Refused
from kaska.core.scenarios import trials, walk
from kaska.core.scenarios.trials import TRIAL, TRIAL_SECONDS, Trial
from kaska.core.turn import Desk


def _known(desk: Desk, contact: str) -> bool:
    return contact in desk.state.contacts or contact in desk.state.recent


def _plan(desk: Desk, number: str) -> tuple[str, str]:
    """(project, scenario) of a dialled number; the default scenario for one that nobody described."""
    found = desk.state.configuration.number_of(number)
    if found is not None:
        return found.project, found.scenario
    return next(iter(desk.state.configuration.projects), ""), desk.state.configuration.default_scenario


def _project_of(desk: Desk, trial: Trial) -> str:
    """That of the first number that leads to the scenario, or the first."""
    led = (one.project for one in desk.state.configuration.numbers.values() if one.scenario == trial.scenario)
    return next(led, "") or next(iter(desk.state.configuration.projects), "")


def trial_requested(desk: Desk, event: events.TrialRequested) -> None:
    """Raises Refused when the scenario itself is not among those that came along."""
    if event.scenario not in event.scenarios:
        raise Refused("no_such_scenario")
    until = desk.at + TRIAL_SECONDS
    desk.write(facts.TrialPrepared(desk.at, event.number, event.by, event.scenario, event.scenarios, until))


def _open(
    desk: Desk, event: events.ContactArrived | events.ContactWitnessed, at: float, caller_name: str = ""
) -> Contact:
    trial = trials.called_by(desk.state, event.number, at)
    project, scenario = _plan(desk, event.number) if trial is None else (_project_of(desk, trial), trial.scenario)
    described = desk.state.configuration.scenarios.get(scenario) if trial is None else None
    desk.write(
        facts.ContactOpened(
            at,
            event.contact,
            event.channel,
            "inbound" if trial is None else TRIAL,
            event.number,
            event.caller,
            event.customer,
            caller_name,
            event.trunk,
            project,
            scenario,
            described.version if described is not None else 0,
            event.source,
        )
    )
    return desk.state.contacts[event.contact]


def arrived(desk: Desk, event: events.ContactArrived) -> None:
    if _known(desk, event.contact):
        return  # told twice
    kept_out = black_list.find(desk.state, event.customer or event.caller, desk.at)
    if kept_out is None:
        dialling.person_came(desk, event.customer)
    contact = _open(desk, event, desk.at, event.caller_name)
    desk.write(facts.LegStarted(desk.at, contact.id, event.leg, "customer", endpoint=event.trunk))
    if kept_out is not None:
        black_list.turn_away(desk, contact, kept_out)
    walk.begin(desk, contact)


def witnessed(desk: Desk, event: events.ContactWitnessed) -> None:
    """Write down a contact that lived and ended without us; a debt is made and debts are settled as for any other."""
    if _known(desk, event.contact):
        return
    contact = _open(desk, event, event.arrived_at)
    outcome = Outcome(event.outcome)
    if outcome is Outcome.ANSWERED and event.answered_at is not None:
        _witnessed_talk(desk, contact, event, event.answered_at)
    if event.message:
        desk.write(facts.MessageTaken(event.ended_at, contact.id, event.message, event.message_seconds))
    if outcome not in SERVED:
        book.open_debt(desk, contact, EndCause(event.cause))
    desk.write(facts.ContactOver(event.ended_at, contact.id, outcome, EndCause(event.cause)))


def _witnessed_talk(desk: Desk, contact: Contact, event: events.ContactWitnessed, at: float) -> None:
    agent = next(
        (
            profile.id
            for profile in desk.state.configuration.agents.values()
            if any(device.endpoint == event.agent_endpoint for device in profile.devices)
        ),
        "",
    )
    leg = f"{contact.id}-a1"
    desk.write(facts.LegStarted(at, contact.id, leg, "agent", agent, event.agent_endpoint))
    desk.write(facts.LegUp(at, contact.id, leg))
    desk.write(facts.Connected(at, contact.id, leg, agent))
    settled = book.served(desk, contact, agent, at)
    desk.write(facts.TalkOver(event.ended_at, contact.id, leg, agent, max(event.ended_at - at, 0.0), 0.0))
    desk.write(facts.LegOver(event.ended_at, contact.id, leg, 16, event.source))
    ending.drop_settled_promises(desk, settled)
