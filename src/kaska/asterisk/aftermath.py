"""What the switch wrote down about calls while nobody listened: who met whom, and when each left.

Read when the connection comes back, from the end of the same records that the witness reads: without it a talk that
ended meanwhile would seem to have lasted until now, and one that began meanwhile would never have been.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from kaska.asterisk import records
from kaska.asterisk.places import Places, contact_of, contact_of_bridge, is_dialled
from kaska.asterisk.witness import Row, bridge_of, parse
from kaska.asterisk.witness_fields import CEL_BEGINS
from kaska.kit.config import Settings

LOOKED_BACK = 4 * 1024 * 1024
"""bytes of records: some thousand calls"""


@dataclass
class Aftermath:
    """Times are seconds since the epoch."""

    ended: dict[str, float] = field(default_factory=dict)
    """leg → when it was gone"""
    joined: dict[str, tuple[str, float]] = field(default_factory=dict)
    """contact → (the leg that we dialled, since when it and the other party were in the contact's bridge)"""
    _present: dict[str, dict[str, float]] = field(default_factory=dict)

    def take(self, row: Row, contact: str) -> None:
        present = self._present.setdefault(contact, {})
        if row.event == "BRIDGE_ENTER" and contact_of_bridge(bridge_of(row)) == contact:
            present[row.uniqueid] = row.at
            agents = [leg for leg in present if leg.startswith(f"{contact}-a")]
            if agents and len(present) > 1:
                self.joined[contact] = (agents[-1], row.at)
        elif row.event == "BRIDGE_EXIT":
            present.pop(row.uniqueid, None)
        elif row.event == "HANGUP":
            self.ended[row.uniqueid] = row.at


def read(settings: Settings, contacts: Collection[str]) -> Aftermath:
    """Of these contacts, as far as the last records tell. Blocks for the disk."""
    found = Aftermath()
    wanted = frozenset(contacts)
    for _, _, fields in records.newest(Places.of(settings).cel, LOOKED_BACK, CEL_BEGINS):
        row = parse(fields)
        if row is not None:
            contact = contact_of(row.uniqueid) if is_dialled(row.uniqueid) else row.uniqueid
            if contact in wanted:
                found.take(row, contact)
    return found
