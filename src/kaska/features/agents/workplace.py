"""Routes of an agent's own workplace: every click becomes an event for the engine."""

from __future__ import annotations

import time
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request

from kaska.core.events import (
    AgentPaused,
    AgentReadied,
    AgentSignedOut,
    CallRequested,
    CampCancelled,
    CampRequested,
    ConsultRequested,
    ConsultSteered,
    DoorOpenRequested,
    HangUpRequested,
    HoldRequested,
    OfferRejected,
    PageRequested,
    ParkRequested,
    PickUpRequested,
    ReconnectRequested,
    RecordingPauseRequested,
    TransferRequested,
    WrapUpFinished,
)
from kaska.core.facts import PickedUp
from kaska.core.ports import Refused
from kaska.core.routing.pools import all_lines, queue_of, queues_by_agent
from kaska.features.agents.phone import phone_of
from kaska.features.agents.schemas import (
    AwaitedGiven,
    CallGiven,
    CallStarted,
    ConsultWish,
    ContactId,
    HeldGiven,
    MyQueues,
    PageGiven,
    Phone,
    RecordingPauseGiven,
    StateGiven,
    Taken,
    TargetGiven,
)
from kaska.features.engine_door import ask, engine_inbox
from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.publishing.public import latest
from kaska.kit.http import DatabaseDep, SettingsDep

router = APIRouter(prefix="/api/agents/me", tags=["workplace"])

Agent = Annotated[CurrentUser, require(Permission.TAKE_CALLS)]
Pager = Annotated[CurrentUser, require(Permission.PAGE_GROUPS)]


@router.get("/phone")
async def read_my_phone(user: Agent, database: DatabaseDep, settings: SettingsDep) -> Phone:
    async with database.tenant(user.tenant) as connection:
        return await phone_of(connection, user.tenant, user.id, settings)


@router.post("/state", status_code=204)
async def change_my_state(given: StateGiven, user: Agent, request: Request) -> None:
    inbox = engine_inbox(request, user.tenant)
    if given.state == "offline":
        await inbox.submit(AgentSignedOut(time.time(), user.id, given.reason))
    elif given.state == "ready":
        await inbox.submit(AgentReadied(time.time(), user.id, given.device or ""))
    else:
        await ask(inbox, AgentPaused(time.time(), user.id, given.reason, given.insists))


@router.post("/wrap-up/finish", status_code=204)
async def finish_wrap_up(user: Agent, request: Request) -> None:
    await engine_inbox(request, user.tenant).submit(WrapUpFinished(time.time(), user.id))


@router.post("/offers/{contact}/reject", status_code=204)
async def reject_offer(contact: ContactId, user: Agent, request: Request) -> None:
    await engine_inbox(request, user.tenant).submit(OfferRejected(time.time(), user.id, contact))


@router.post("/calls", status_code=202)
async def call_somebody(given: CallGiven, user: Agent, request: Request) -> CallStarted:
    """Call a person: my telephone rings, and then his. Who is owed a call is called for that debt."""
    inbox = engine_inbox(request, user.tenant)
    if not given.meant:
        raise Refused("wrong_number")
    contact = f"out-{uuid4().hex}"
    await ask(inbox, CallRequested(await inbox.now(), user.id, given.meant, contact, given.project))
    return CallStarted(contact=contact)


@router.post("/pages", status_code=202)
async def page_a_group(given: PageGiven, user: Pager, request: Request) -> CallStarted:
    """Speak to all of a group who are free: my telephone rings, and then theirs answer by themselves."""
    inbox = engine_inbox(request, user.tenant)
    talk = f"page-{uuid4().hex}"
    await ask(inbox, PageRequested(await inbox.now(), user.id, given.queue, talk))
    return CallStarted(contact=talk)


@router.post("/awaited", status_code=204)
async def await_somebody(given: AwaitedGiven, user: Agent, request: Request) -> None:
    """Call me when this colleague is free; or when there is a line, to call this number."""
    inbox = engine_inbox(request, user.tenant)
    await inbox.submit(CampRequested(await inbox.now(), user.id, given.colleague, given.meant))


@router.post("/awaited/cancel", status_code=204)
async def await_no_more(given: AwaitedGiven, user: Agent, request: Request) -> None:
    inbox = engine_inbox(request, user.tenant)
    await inbox.submit(CampCancelled(await inbox.now(), user.id, given.colleague, given.meant))


@router.post("/calls/{contact}/door", status_code=204)
async def open_door(contact: ContactId, user: Agent, request: Request) -> None:
    """Let in whoever is at the door that I talk with: its telephone hears the keys that open its lock."""
    inbox = engine_inbox(request, user.tenant)
    await inbox.submit(DoorOpenRequested(await inbox.now(), user.id, contact))


@router.post("/calls/{contact}/hold", status_code=204)
async def hold_call(contact: ContactId, given: HeldGiven, user: Agent, request: Request) -> None:
    await engine_inbox(request, user.tenant).submit(HoldRequested(time.time(), user.id, contact, given.held))


@router.post("/calls/{contact}/recording-pause", status_code=204)
async def pause_recording(contact: ContactId, given: RecordingPauseGiven, user: Agent, request: Request) -> None:
    """Nothing is recorded from now on, while a card's number is said; or recording goes on. It does by itself, too."""
    asked = RecordingPauseRequested(time.time(), user.id, contact, given.paused, given.reason)
    await engine_inbox(request, user.tenant).submit(asked)


@router.post("/calls/{contact}/transfer", status_code=204)
async def transfer_call(contact: ContactId, given: TargetGiven, user: Agent, request: Request) -> None:
    """Send the person on at once. Whom nobody takes comes back, or waits in the queue; nobody is lost on the way."""
    asked = TransferRequested(time.time(), user.id, contact, given.to, given.meant)
    await ask(engine_inbox(request, user.tenant), asked)


@router.post("/calls/{contact}/park", status_code=204)
async def park_call(contact: ContactId, user: Agent, request: Request) -> None:
    """Leave the person with music for whoever takes him; after two minutes he comes back."""
    await engine_inbox(request, user.tenant).submit(ParkRequested(time.time(), user.id, contact))


@router.post("/calls/{contact}/reconnect", status_code=204)
async def reconnect_call(contact: ContactId, user: Agent, request: Request) -> None:
    """The sound of my talk is lost: my telephone rings anew, and the person hears music until I answer."""
    await engine_inbox(request, user.tenant).submit(ReconnectRequested(time.time(), user.id, contact))


@router.get("/queues")
async def read_my_queues(user: Agent, database: DatabaseDep) -> MyQueues:
    """The published queues that I serve by my skills: whom of them waits, I may take."""
    configuration = await latest(database, user.tenant)
    if configuration is None or user.id not in configuration.agents:
        return MyQueues(queues=[])
    skills = {user.id: configuration.agents[user.id].skills}
    lines = queues_by_agent(skills, all_lines(configuration))[user.id]
    return MyQueues(queues=sorted({queue_of(line) for line in lines}))


@router.post("/calls/{contact}/pick-up")
async def pick_up_call(contact: ContactId, user: Agent, request: Request) -> Taken:
    """Take who rings at a colleague, waits in a queue of mine, or is parked: my telephone rings."""
    return await _pick_up(request, user, contact)


@router.post("/pick-up")
async def pick_up_any(user: Agent, request: Request) -> Taken:
    """Take who rings longest at a colleague of my queues."""
    return await _pick_up(request, user, "")


async def _pick_up(request: Request, user: CurrentUser, contact: str) -> Taken:
    happened = await engine_inbox(request, user.tenant).submit(PickUpRequested(time.time(), user.id, contact))
    return Taken(contact=next(fact.contact for fact in happened if isinstance(fact, PickedUp)))


@router.post("/calls/{contact}/consult", status_code=204)
async def consult(contact: ContactId, given: TargetGiven, user: Agent, request: Request) -> None:
    """Ask somebody aside; the person hears music meanwhile."""
    asked = ConsultRequested(time.time(), user.id, contact, given.to, given.meant)
    await ask(engine_inbox(request, user.tenant), asked)


@router.post("/calls/{contact}/consult/wish", status_code=204)
async def steer_consult(contact: ContactId, given: ConsultWish, user: Agent, request: Request) -> None:
    await engine_inbox(request, user.tenant).submit(ConsultSteered(time.time(), user.id, contact, given.wish))


@router.post("/calls/{contact}/hang-up", status_code=204)
async def hang_up_call(contact: ContactId, user: Agent, request: Request) -> None:
    await engine_inbox(request, user.tenant).submit(HangUpRequested(time.time(), user.id, contact))
