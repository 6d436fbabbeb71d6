"""Asterisk's channel event log: files of cel_custom and exports of the table ``cel``, with or without a header.

Events of one call share ``linkedid``. A person talked while the caller's channel was in a bridge with another one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kaska.audit.contacts import Contact, End
from kaska.audit.left_out import Why
from kaska.audit.names import agent_of, caller_of
from kaska.audit.readers.direction import Direction, customer, direction_of
from kaska.audit.readers.tables import Gathering, Record, column_name, records, sample_lines
from kaska.audit.reading import Reading
from kaska.audit.recognise import CHANNEL_EVENTS, UNIQUE_ID, column_of
from kaska.audit.source import Source
from kaska.core.counting.holes import Hole

_OTHER_NAMES = {"cid_num": "num", "cid_name": "name", "channel": "channame", "channame": "channame", "app": "appname",
                "eventextra": "extra", "bridgepeer": "peer", "event": "eventtype", "time": "eventtime",
                "callerid_num": "num", "callerid_name": "name", "at": "eventtime"}  # fmt: skip
_AFTER_EVENT = ("eventtype", "eventtime", "name", "num", "ani", "rdnis", "dnid", "exten", "context", "channame",
                "appname", "appdata", "amaflags", "accountcode")  # fmt: skip
_OF_THE_SYSTEM = frozenset({"USER_DEFINED"})
AT_ONCE_S = 0.5
"""so closely do the hang-ups of two channels follow each other when one ends the other"""
_LEAVES_A_MESSAGE = ("voicemail", "record", "minivm")


@dataclass(frozen=True, slots=True)
class Event:
    number: int
    what: str
    at: float
    linkedid: str
    uniqueid: str
    channel: str
    context: str
    exten: str
    caller: str
    app: str
    app_data: str
    peer: str
    extra: str
    cells: tuple[str, ...]


def contacts(sources: Sequence[Source], reading: Reading) -> Iterator[Contact]:
    reading.announcements_told = reading.outbound_told = reading.rings_told = True
    gathering: Gathering[Event] = Gathering()
    for source in sources:
        places, header = layout_of(source)
        for record in records(source, reading, places, header):
            event = _event(record, reading)
            if event is not None:
                for group in gathering.add(event.linkedid or event.uniqueid, event):
                    yield from _tell(group, reading)
    for group in gathering.rest():
        yield from _tell(group, reading)


def layout_of(source: Source) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """(where each column stands, the header's cells)."""
    _, rows = sample_lines(source)
    named = [_OTHER_NAMES.get(column_name(cell), column_name(cell)) for cell in rows[0]] if rows else []
    if "eventtype" in named:
        return {name: place for place, name in reversed(list(enumerate(named)))}, tuple(rows[0])
    at = max(0, column_of(rows, CHANNEL_EVENTS))
    places = {name: at + place for place, name in enumerate(_AFTER_EVENT)}
    width = max(map(len, rows), default=0)
    ids = [
        place
        for place in range(at + 9, width)
        if sum(place < len(cells) and UNIQUE_ID.fullmatch(cells[place]) is not None for cells in rows) * 2 > len(rows)
    ]
    if ids:
        places["uniqueid"], places["linkedid"] = ids[0], ids[min(1, len(ids) - 1)]
        places["peer"], places["extra"] = places["linkedid"] + 1, width - 1
    return places, ()


def _event(record: Record, reading: Reading) -> Event | None:
    at, what = reading.clock.read(record["eventtime"]), record["eventtype"].upper()
    if at is None or not (record["linkedid"] or record["uniqueid"]) or not what:
        reading.leave(Why.CUT_OFF if record.unfinished else Why.BROKEN, record.number)
        return None
    if what not in CHANNEL_EVENTS or what in _OF_THE_SYSTEM:
        reading.leave(Why.UNKNOWN_EVENT, record.number)
        return None
    if not reading.clock.plausible(at):
        reading.leave(Why.IMPOSSIBLE_TIME, record.number)
        return None
    return Event(
        record.number, what, at, record["linkedid"], record["uniqueid"], record["channame"], record["context"],
        record["exten"], record["num"] or record["ani"], record["appname"].lower(), record["appdata"], record["peer"],
        record["extra"], tuple(record.cells),
    )  # fmt: skip


def _tell(group: list[Event], reading: Reading) -> Iterator[Contact]:
    known, ids = reading.known_calls, {event.linkedid for event in group} | {event.uniqueid for event in group}
    if known is not None:
        if not known.isdisjoint(ids - {""}):
            reading.leave(Why.TOLD_ALREADY, group[0].number, len(group))
            return
        known |= ids
    seen: dict[tuple[str, ...], Event] = {}
    for event in group:
        if event.cells in seen:
            reading.leave(Why.DUPLICATE, event.number)
        else:
            seen[event.cells] = event
    events = sorted(seen.values(), key=lambda event: (event.at, event.number))
    call = _Call(events)
    if call.unfinished:
        reading.leave(Why.UNFINISHED, events[0].number, len(events))
    elif call.direction is Direction.INTERNAL:
        reading.leave(Why.INTERNAL, events[0].number, len(events))
    else:
        yield call.told()


class _Call:
    """One call's events, in the order of time."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events
        first = next((event for event in events if event.uniqueid == event.linkedid), events[0])
        self.main = first.uniqueid
        self.own = [event for event in events if event.uniqueid == self.main]
        self.first = first
        named = next((event for event in self.own if event.exten and event.exten != "s"), first)
        caller = next((event.caller for event in self.own if event.caller), "")
        self.caller = caller
        dialled = next((e.app_data.rpartition("/")[2] for e in self.own if e.app == "dial"), "")
        self.dialled = named.exten if any(map(str.isdigit, named.exten)) else dialled
        self.direction = direction_of(caller, named.exten, first.context, first.channel, dialled)

    @property
    def unfinished(self) -> bool:
        whats = {event.what for event in self.own}
        return whats.isdisjoint({"CHAN_END", "HANGUP"}) and all(e.what != "LINKEDID_END" for e in self.events)

    def told(self) -> Contact:
        talks = self._talks()
        arrival, rows, number = self.events[0].at, len(self.events), self.first.number
        if self.direction is Direction.OUTBOUND:
            spoken = tuple((agent_of(self.first.channel), seconds) for _, _, seconds in talks)
            return Contact(End.OUTBOUND, arrival, customer(self.dialled), talks=spoken, reached=bool(talks), rows=rows,
                           number=number)  # fmt: skip
        contact = Contact(End.ANSWERED, arrival, caller_of(self.caller), rows=rows, number=number)
        begins = next((e.at for e in self.own if e.what == "APP_START" and e.app in ("queue", "dial")), arrival)
        contact.queue = next((re.split(r"[,|]", e.app_data)[0] for e in self.own if e.app == "queue"), "")
        rings = self._unanswered(talks[0][0] if talks else self._given_up())
        contact.unanswered_rings, contact.vain_s = tuple(rang[0] for rang in rings), tuple(rang[1] for rang in rings)
        if begins > arrival:
            contact.to_line_s = round(begins - arrival, 3)
        if talks:
            contact.rang_s = self._rang(talks[0][0])
            contact.wait = max(0.0, round(talks[0][0] - begins, 3))
            contact.talks = tuple((agent, seconds) for _, agent, seconds in talks)
            return contact
        contact.wait = max(0.0, round(self._gone() - begins, 3))
        self._not_served(contact)
        return contact

    def _not_served(self, contact: Contact) -> None:
        apps = {event.app for event in self.own}
        rang = any(event.uniqueid != self.main and event.what == "CHAN_START" for event in self.events)
        if any(app.startswith(_LEAVES_A_MESSAGE) for app in apps):
            contact.end, contact.hole = End.MISSED, Hole.VOICEMAIL
        elif "queue" in apps:
            contact.end, contact.hole = End.ABANDONED, Hole.WAITING
        elif rang or "dial" in apps:
            left = self._hung_up_by_the_caller()
            contact.end, contact.hole = (End.ABANDONED, Hole.WAITING) if left else (End.MISSED, Hole.NO_ANSWER)
        else:
            contact.end, contact.hole, contact.wait = End.ANNOUNCEMENT_ONLY, Hole.ANNOUNCEMENT, None
            contact.step = next((event.context for event in reversed(self.own) if event.context), "")

    def _talks(self) -> list[tuple[float, str, float]]:
        """(begin, agent, seconds) of each stay in a bridge with somebody."""
        found, since, bridge, peer = [], None, "", ""
        for event in self.events:
            here = _bridge_of(event)
            if event.uniqueid != self.main:
                if event.what == "BRIDGE_ENTER" and since is not None and not peer and (here == bridge or not here):
                    peer = event.channel
                continue
            if event.what == "BRIDGE_ENTER" and since is None:
                since, bridge, peer = event.at, here, event.peer.partition(",")[0] or self._already_in(event, here)
            elif event.what in ("BRIDGE_EXIT", "HANGUP", "CHAN_END") and since is not None:
                if peer:
                    found.append((since, agent_of(peer), round(event.at - since, 3)))
                since = None
        if since is not None and peer:
            found.append((since, agent_of(peer), round(self.events[-1].at - since, 3)))
        return found

    def _already_in(self, entered: Event, bridge: str) -> str:
        """The channel that entered the bridge before and has not left it."""
        inside: dict[str, str] = {}
        for event in self.events:
            if event is entered:
                break
            if event.uniqueid != self.main and _bridge_of(event) == bridge:
                if event.what == "BRIDGE_ENTER":
                    inside[event.uniqueid] = event.channel
                elif event.what == "BRIDGE_EXIT":
                    inside.pop(event.uniqueid, None)
        return next(reversed(inside.values()), "")

    def _unanswered(self, until: float) -> list[tuple[str, float]]:
        """(agent, seconds) of telephones that were given up before anybody answered. Local/ legs ring nobody."""
        rang: dict[str, Event] = {}
        found = []
        for event in self.events:
            if event.uniqueid == self.main or event.channel[:6].lower() == "local/":
                continue
            if event.what == "CHAN_START":
                rang[event.uniqueid] = event
            elif event.what in ("ANSWER", "BRIDGE_ENTER"):
                rang.pop(event.uniqueid, None)
            elif event.what in ("HANGUP", "CHAN_END") and event.uniqueid in rang and event.at < until:
                began = rang.pop(event.uniqueid)
                found.append((agent_of(began.channel), round(event.at - began.at, 3)))
        return found

    def _rang(self, answered: float) -> float | None:
        """How long the telephone rang that was answered last before this moment."""
        began = {event.uniqueid: event.at for event in self.events
                 if event.uniqueid != self.main and event.what == "CHAN_START"}  # fmt: skip
        taken = [round(event.at - began[event.uniqueid], 3) for event in self.events
                 if event.what == "ANSWER" and event.uniqueid in began and event.at <= answered]  # fmt: skip
        return taken[-1] if taken else None

    def _given_up(self) -> float:
        """A telephone that fell silent as the caller hung up did not ring in vain. Infinite: he did not hang up."""
        return self._gone() - AT_ONCE_S if self._hung_up_by_the_caller() else float("inf")

    def _gone(self) -> float:
        return next((e.at for e in self.own if e.what in ("HANGUP", "CHAN_END")), self.events[-1].at)

    def _hung_up_by_the_caller(self) -> bool:
        hangup = next((event for event in self.own if event.what == "HANGUP"), None)
        return hangup is not None and bool(hangup.channel) and _extra(hangup).get("hangupsource") == hangup.channel


def _extra(event: Event) -> dict[str, object]:
    if not event.extra.startswith("{"):
        return {}
    try:
        told = json.loads(event.extra)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _bridge_of(event: Event) -> str:
    return str(_extra(event).get("bridge_id", "")) if event.what.startswith("BRIDGE_") else ""
