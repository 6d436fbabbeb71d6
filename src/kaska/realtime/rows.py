"""One row of the live picture, from the core's state. Pure; everything a row shows follows from the state alone."""

from __future__ import annotations

from typing import Any

from kaska.core.contacts.contact import Consult, Contact, Phase
from kaska.core.debts.debt import Debt
from kaska.core.inside.talk import InsideTalk, Side
from kaska.core.lately import MINUTES, Counts
from kaska.core.presence.agent import Agent
from kaska.core.presence.states import AgentState
from kaska.core.scenarios.graph import Fax, TakeMessage, Voicemail
from kaska.core.scenarios.trials import Trial
from kaska.core.state import State
from kaska.core.supervision.monitor import Monitor

Row = dict[str, Any]
TODAY = "today"


def call_row(state: State, contact: Contact) -> Row | None:
    """None for a contact for which nothing more is done: it leaves the picture."""
    phase = _phase(state, contact)
    if phase is None:
        return None
    asked = [offer.agent for offer in contact.offers.values() if offer.agent]
    return {
        "id": contact.id,
        "direction": contact.direction,
        "number": contact.number,
        "caller": contact.caller,
        "customer": contact.customer,
        "caller_name": contact.caller_name,
        "project": contact.project,
        "phase": phase,
        "node": contact.node,
        "queue": contact.queue,
        "since": _since(contact, phase),
        "agent": contact.agent,
        "offered_to": asked[0] if asked else "",
        "asked": asked,
        "arrived_at": contact.opened_at,
        "connected_at": contact.connected_at,
        "held": contact.held_since > 0.0,
        "held_since": contact.held_since,
        "reminded": contact.reminded,
        "recorded": contact.keeps_recording,
        "recording_paused": contact.pause_since > 0.0,
        "transferred_by": contact.transferred_by,
        "parked_until": contact.parked_until,
        "parked_place": contact.parked_place if contact.parked_until else 0,
        "consults": [_consult_row(contact, one) for one in contact.consults.values()],
        "debt": contact.debt,
    }


def _consult_row(contact: Contact, consult: Consult) -> Row:
    """``state``: "ringing", "aside" (the agent talks with him), "held" (he hears music), "shared" (all together)."""
    state = "held" if consult.held else "shared" if consult.shared else "aside"
    return {
        "leg": consult.leg,
        "agent": consult.agent,
        "number": consult.number,
        "state": state if consult.answered_at else "ringing",
        "since": consult.answered_at,
        "until": consult.expires_at,
    }


def _phase(state: State, contact: Contact) -> str | None:
    match contact.phase:
        case Phase.ENDING:
            return None
        case Phase.TALKING:
            return "talking"
        case Phase.TRANSFERRING if contact.parked_until:
            return "parked"
        case Phase.JOINING | Phase.CALLING | Phase.DIALLING | Phase.TRANSFERRING:
            return "ringing"
        case Phase.WAITING:
            if contact.offers:
                return "ringing"
            return "promised" if contact.promised_at else "waiting"
        case Phase.WALKING:
            return "message" if contact.recording_message or _asks_for_message(state, contact) else "menu"


def _asks_for_message(state: State, contact: Contact) -> bool:
    scenario = state.scenarios_of(contact).get(contact.scenario)
    return scenario is not None and isinstance(scenario.nodes.get(contact.node), (TakeMessage, Voicemail, Fax))


def _since(contact: Contact, phase: str) -> float:
    """From when the person counts this phase; ringing is still waiting for whoever waits."""
    if phase == "talking":
        return contact.connected_at
    if phase == "promised":
        return contact.promised_at
    if phase == "parked":
        return contact.parked_since
    if phase in ("waiting", "ringing"):
        return contact.since or contact.opened_at
    return contact.opened_at


def agent_row(state: State, agent: str) -> Row | None:
    """None for somebody who is no agent by the present configuration. ``next``: what he becomes after what holds him
    now, "break" or "offline"; "" is ready, or nothing holds him."""
    profile = state.configuration.agents.get(agent)
    if profile is None:
        return None
    known = state.agents.get(agent) or Agent(agent)
    return {
        "id": agent,
        "name": profile.name,
        "extension": profile.extension,
        "state": known.state.value,
        "reason": known.reason,
        "since": known.since,
        "until": known.until,
        "contact": known.contact,
        "next": known.intent if _holds(known) and known.intent != "ready" else "",
        "next_reason": known.intent_reason if _holds(known) else "",
        "device": known.device,
        "reachable": {d.endpoint: state.devices.get(d.endpoint, False) for d in profile.devices},
        "inside": _inside(state, known),
        "awaits": [one.target for one in state.camps.values() if one.by == agent],
    }


def _holds(agent: Agent) -> bool:
    return agent.bound or agent.state is AgentState.WRAP_UP


def _inside(state: State, agent: Agent) -> Row | None:
    """The call among ourselves that he is in. ``stage``: "ringing" (his telephone), "calling" (the other one's),
    "talking"; ``agent`` "" is somebody at another site, with ``number``. ``held``: he hears music; ``holds``: he lets
    the others hear it. ``asker``: he is asked in by him, and not with all yet. ``consults``: the others, beside whom he
    talks with, as of a call. ``page``: it is spoken to a group. ``door``: somebody is at a door."""
    talk = state.inside.get(agent.contact)
    side = talk.side_of_agent(agent.id) if talk is not None else None
    if talk is None or side is None:
        return None
    other = talk.other(side)
    talks = talk.connected_at and (side.up or side not in talk.more)
    others = [one for one in talk.sides if one.alive and one is not side and one is not other]
    return {
        "agent": other.agent,
        "number": other.number,
        "stage": "ringing" if talk.rings(side) else "talking" if talks else "calling",
        "since": talk.connected_at or talk.started_at,
        "held": bool(side.held_by),
        "holds": any(one.held_by == agent.id for one in talk.present(side)),
        "asker": side.asker if side.aside else "",
        "consults": [] if side.aside or talk.page else [_party_row(talk, one, agent.id) for one in others],
        "page": _page(talk, side),
        "door": _door(state, talk),
    }


def _door(state: State, talk: InsideTalk) -> Row | None:
    """``lock``: it can be opened; ``opened_at`` 0.0 = it has not been; ``stuck``: it could not be."""
    if talk.door is None:
        return None
    known = state.configuration.doors.get(talk.door.id)
    return {
        "id": talk.door.id,
        "name": talk.door.name,
        "camera": known.camera if known is not None else "",
        "lock": known is not None and bool(known.opens),
        "opened_at": talk.door.opened_at,
        "stuck": talk.door.stuck,
    }


def _page(talk: InsideTalk, side: Side) -> Row | None:
    """One speaks to a group. ``hear`` and ``busy``: who of it hear it, and who do not."""
    if talk.page is None:
        return None
    hear = [one.agent for one in talk.more if one.alive and one.up]
    busy, until = list(talk.page.busy), talk.page.until
    return {"queue": talk.page.queue, "speaks": side is talk.by, "hear": hear, "busy": busy, "until": until}


def _party_row(talk: InsideTalk, party: Side, agent: str) -> Row:
    """As of who is asked into a customer's call; ``mine``: he was asked in by this agent, who may steer it."""
    state = "shared" if not party.aside else "held" if party.held_by else "aside"
    return {
        "leg": party.leg,
        "agent": party.agent,
        "number": party.number,
        "state": state if party.up else "ringing",
        "since": talk.connected_at if party.up else 0.0,
        "until": 0.0 if party.up else talk.rings_until,
        "mine": party.aside and party.asker == agent,
    }


def debt_row(debt: Debt) -> Row:
    return {
        "id": debt.id,
        "contact": debt.contact,
        "customer": debt.customer,
        "caller": debt.caller,
        "cause": debt.cause,
        "owner": debt.owner,
        "project": debt.project,
        "opened_at": debt.opened_at,
        "due_at": debt.due_at,
        "attempts": debt.attempts,
        "queue": debt.queue,
        "claimed_by": debt.claimed_by,
        "claimed_until": debt.claimed_until,
        "escalated_at": debt.escalated_at,
        "calling": debt.calling,
    }


def monitor_row(state: State, monitor: Monitor) -> Row:
    """``connected``: the supervisor hears it; false while his telephone rings."""
    contact = state.contacts.get(monitor.contact)
    return {
        "id": monitor.leg,
        "contact": monitor.contact,
        "by": monitor.by,
        "agent": contact.agent if contact is not None else "",
        "mode": monitor.mode,
        "since": monitor.since,
        "connected": bool(monitor.target),
    }


def trial_row(trial: Trial) -> Row:
    """``contact`` "" = not called yet; ``way``: [scenario, node, seconds since the first step]."""
    began = trial.way[0].at if trial.way else 0.0
    return {
        "id": trial.number,
        "by": trial.by,
        "scenario": trial.scenario,
        "contact": trial.contact,
        "way": [[step.scenario, step.node, round(step.at - began, 1)] for step in trial.way],
        "ended": trial.ended_at > 0.0,
    }


NOW_MINUTES = 15


def levels(state: State) -> dict[str, Any]:
    """Service level a / (A + B − s) within 20 s, in per cent with one decimal, null without anybody to count.

    ``now``: the last quarter of an hour, ``hour``, ``day``; of everybody and by queue. The clock is that of the newest
    count: a row is a function of the state alone.
    """
    lines = state.lately.lines
    newest = max((line.minutes[-1].minute for line in lines.values() if line.minutes), default=0)
    spans = {"now": newest - NOW_MINUTES, "hour": newest - MINUTES, "day": -1}
    whole = {span: [0, 0] for span in spans}
    queues: dict[str, dict[str, list[int]]] = {}
    for name, line in lines.items():
        mine = queues.setdefault(name.rpartition("/")[2], {span: [0, 0] for span in spans})
        for span, after in spans.items():
            today = line.today if line.day == state.books.day else Counts()
            for one in line.minutes if span != "day" else (today,):
                if span == "day" or one.minute > after:
                    for sums in (whole[span], mine[span]):
                        sums[0] += one.within
                        sums[1] += one.answered + one.unanswered - one.short
    queues.pop("", None)
    return {
        **{span: _share(*sums) for span, sums in whole.items()},
        "queues": {queue: {span: _share(*sums) for span, sums in mine.items()} for queue, mine in queues.items()},
    }


def _share(part: int, of: int) -> float | None:
    return round(100.0 * part / of, 1) if of > 0 else None


def books_row(state: State) -> Row:
    """The day's counts, and how many are on the way now: ``in_menu``, ``waiting``, ``talking``, ``owed``.

    ``modes``: projects whose mode was set by hand; until 0.0 = until it is set again.
    """
    books = state.books
    now = {Phase.WALKING: 0, Phase.WAITING: 0, Phase.TALKING: 0}
    for contact in state.contacts.values():
        if contact.direction == "inbound" and contact.phase in now:
            now[contact.phase] += 1
    return {
        "day": books.day,
        "arrived": books.arrived,
        "offered": books.offered,
        "answered": books.answered,
        "in_menu": now[Phase.WALKING],
        "waiting": now[Phase.WAITING],
        "talking": now[Phase.TALKING],
        "message_taken": books.message_taken,
        "owed": len(state.debts),
        "recovered": books.recovered,
        "lost": books.lost,
        "called_back": books.called_back,
        "short_abandoned": books.short_abandoned,
        "self_served": books.self_served,
        "blocked": books.blocked,
        "ended": books.ended,
        "levels": levels(state),
        "modes": {project: {"mode": one.mode, "until": one.until} for project, one in state.modes.items()},
    }
