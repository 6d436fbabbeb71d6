"""What the switch has to know of people and trunks, as PJSIP objects. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kaska.asterisk.places import FROM_AGENTS, FROM_TRUNK
from kaska.core.configuration import AgentProfile, Configuration, Device, Door, Trunk

PHONE_QUALIFY_SECONDS = 30
"""how often a telephone beyond this machine is asked whether it is there (which also keeps a router's way open)"""
PHONE_EXPIRATION_SECONDS = 300
LONGEST_EXPIRATION_SECONDS = 7200
SILENCE_SECONDS = 55
"""a leg that sends no sound at all this long has lost its end: its BYE never came"""
HELD_SILENCE_SECONDS = 1800
FALLBACK_GROUP = "FALLBACK_GROUP_"
"""before a trunk's endpoint: the dialplan's variable"""
_SAFE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
BROWSER_CALLER = '"Проверочный звонок" <000>'
"""who calls from the page: a number that nobody can have, so that no customer's card is touched"""
FALLBACK_PHONES = 10
"""so many ring when the application is away"""

Fields = dict[str, str]


class Key(NamedTuple):
    """``type`` as PJSIP names it: auth, aor, endpoint or identify."""

    type: str
    id: str


_MEDIA = {
    "allow": "!all,alaw,ulaw",
    "direct_media": "no",
    "dtmf_mode": "rfc4733",
    "rtp_symmetric": "yes",
    "force_rport": "yes",
    "allow_transfer": "no",
    "allow_subscribe": "no",
    "language": "ru",
    "rtp_timeout": str(SILENCE_SECONDS),
    "rtp_timeout_hold": str(HELD_SILENCE_SECONDS),
}


def objects(configuration: Configuration, passwords: Mapping[str, str], *, distant: bool = True) -> dict[Key, Fields]:
    """Everything that the switch should know, in an order in which it can be created.

    A device without a password in ``passwords`` (endpoint → password) is left out: nobody could register it.
    ``distant``: telephones are on a network, where they may vanish without a word, not all on this machine.
    """
    found: dict[Key, Fields] = {}
    for agent in configuration.agents.values():
        for device in agent.devices:
            if passwords.get(device.endpoint):
                found |= _device(device, passwords[device.endpoint], agent, distant)
    for door in configuration.doors.values():
        if passwords.get(door.endpoint):
            found |= _door(door, passwords[door.endpoint], distant)
    for trunk in configuration.trunks.values():
        found |= _browser_line(trunk, passwords[trunk.endpoint]) if passwords.get(trunk.endpoint) else _trunk(trunk)
    return found


def _device(device: Device, password: str, agent: AgentProfile, distant: bool) -> dict[Key, Fields]:
    browser = device.kind == "web"
    return _telephone(device.endpoint, password, (agent.name, agent.extension), distant, browser=browser)


def _door(door: Door, password: str, distant: bool) -> dict[Key, Fields]:
    """It may call and be called as a telephone of ours, and send nobody on."""
    found = _telephone(door.endpoint, password, (door.name, door.extension), distant)
    found[Key("endpoint", door.endpoint)]["allow_transfer"] = "no"
    return found


def _telephone(
    endpoint: str, password: str, owner: tuple[str, str], distant: bool, *, browser: bool = False
) -> dict[Key, Fields]:
    """``owner``: name and extension."""
    name, extension = owner
    # a browser's line is its WebSocket: when that closes the switch sees it at once
    watched = distant and not browser
    # every field is always told: one that is left out keeps the value it had in the switch
    aor = {
        "max_contacts": "1",
        "remove_existing": "yes",
        "qualify_frequency": str(PHONE_QUALIFY_SECONDS if watched else 0),
        "maximum_expiration": str(PHONE_EXPIRATION_SECONDS if watched else LONGEST_EXPIRATION_SECONDS),
    }
    shown = "".join(letter for letter in name if letter.isprintable() and letter not in '"<>\\;')
    return {
        Key("auth", endpoint): {"auth_type": "digest", "username": endpoint, "password": password},
        Key("aor", endpoint): aor,
        Key("endpoint", endpoint): {
            **_MEDIA,
            # a transfer by the telephone is told to the application, which makes it
            "allow_transfer": "yes",
            "context": FROM_AGENTS,
            "auth": endpoint,
            "aors": endpoint,
            "identify_by": "username",
            "callerid": f'"{shown}" <{extension}>',
            "rewrite_contact": "yes",
            "webrtc": "yes" if browser else "no",
        },
    }


def _browser_line(trunk: Trunk, password: str) -> dict[Key, Fields]:
    """A line by which the page calls in, as a customer would: it has a password instead of an address, and it can
    reach what any trunk can reach, which is the company's own numbers."""
    endpoint = trunk.endpoint
    return {
        Key("auth", endpoint): {"auth_type": "digest", "username": endpoint, "password": password},
        Key("endpoint", endpoint): {
            **_MEDIA,
            "context": FROM_TRUNK,
            "auth": endpoint,
            "identify_by": "username",
            "callerid": BROWSER_CALLER,
            "webrtc": "yes",
        },
    }


def _trunk(trunk: Trunk) -> dict[Key, Fields]:
    endpoint = trunk.endpoint
    found: dict[Key, Fields] = {}
    if trunk.contact_uri:
        found[Key("aor", endpoint)] = {"contact": trunk.contact_uri}
    found[Key("endpoint", endpoint)] = {
        **_MEDIA,
        "context": FROM_TRUNK,
        "aors": endpoint if trunk.contact_uri else "",
        "identify_by": "ip",
        "trust_id_inbound": "yes",
        "rewrite_contact": "no",
    }
    if trunk.addresses:
        addresses = {"endpoint": endpoint, "match": ",".join(trunk.addresses)}
        found[Key("identify", endpoint)] = addresses
    return found


def fallback_groups(configuration: Configuration, passwords: Mapping[str, str]) -> Fields:
    """Whom the dialplan rings by itself for calls from each trunk when the application is away: variable → the first
    telephones as a dial string, "" when there are none. By trunk, so that no call rings another company's people."""
    group = _fallback_group(configuration, passwords)
    endpoints = sorted(trunk.endpoint for trunk in configuration.trunks.values())
    return {f"{FALLBACK_GROUP}{endpoint}": group for endpoint in endpoints if _SAFE.fullmatch(endpoint)}


def _fallback_group(configuration: Configuration, passwords: Mapping[str, str]) -> str:
    phones = [
        device.endpoint
        for agent in sorted(configuration.agents.values(), key=lambda one: (one.extension, one.id))
        for device in agent.devices
        if device.kind == "phone" and passwords.get(device.endpoint)
    ]
    return "&".join(f"PJSIP/{endpoint}" for endpoint in phones[:FALLBACK_PHONES])


def as_config(found: Iterable[tuple[Key, Fields]]) -> str:
    """The same as text for pjsip.conf."""
    lines = ["; Written by kaska at every push; read by an Asterisk that starts while kaska is away.", ""]
    for key, fields in found:
        lines += [f"[{key.id}]", f"type = {key.type}"]
        lines += [f"{name} = {_escaped(value)}" for name, value in fields.items()]
        lines.append("")
    return "\n".join(lines)


def _escaped(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise ValueError("a value of several lines cannot be configured")
    return value.replace(";", "\\;")
