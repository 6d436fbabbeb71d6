"""Tells the running switch about people and trunks, without a reload; only what changed travels.

The same is written to a file per tenant that an Asterisk reads which starts while the application is away. In the
switch, what was pushed (memory) goes before what was read (file).
"""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import msgspec
import structlog

from kaska.asterisk.connection import Connection, Reply, SwitchAwayError
from kaska.asterisk.people import FALLBACK_GROUP, Fields, Key, as_config, fallback_groups, objects
from kaska.asterisk.places import TRUNK_PREFIX, Places, write_private
from kaska.asterisk.signals import moment
from kaska.core.configuration import Configuration

log = structlog.get_logger(__name__)

AT_ONCE = 64
_GONE = 404
_MODULE = "asterisk/modules/res_pjsip.so"


class _Manifest(msgspec.Struct):
    """What a switch that started at ``startup_time`` was told: "type/id" → digest of the fields."""

    startup_time: str = ""
    told: dict[str, str] = {}


class _Status(msgspec.Struct):
    startup_time: str


class _Info(msgspec.Struct):
    status: _Status


async def push(connection: Connection, configuration: Configuration, secrets: Mapping[str, str]) -> int:
    """Make the switch know exactly these people and trunks of the tenant; returns how many objects had to be told.

    ``secrets`` are the devices' passwords (endpoint → password). To be called after every connect and after every
    published configuration; costs next to nothing when the switch knows everything already.

    :raises SwitchAwayError: the switch went away meanwhile; what is on disk is new all the same.
    """
    places = Places.of(connection.settings)
    manifest_file = places.people / f"{configuration.tenant}.told.json"
    distant = not ipaddress.ip_address(connection.settings.sip_host).is_loopback
    wanted = objects(configuration, secrets, distant=distant)
    groups = fallback_groups(configuration, secrets)
    info = await connection.ask("GET", "asterisk/info", {"only": "status"})
    startup_time = msgspec.json.decode(info.body, type=_Info).status.startup_time
    config_file = places.people / f"{configuration.tenant}.conf"
    known = _known(manifest_file, config_file, startup_time)
    _write(config_file, as_config(wanted.items()))
    _write(places.globals, _with_groups(places.globals, groups))
    names = {_name(key) for key in wanted}
    changed = {key: fields for key, fields in wanted.items() if known.get(_name(key)) != _digest(fields)}
    gone = [name for name in known if name not in names]
    # until everything arrived it is not known what did: after a loss everything is told again
    write_private(manifest_file, "{}")
    await _tell(connection, changed)
    await _remove(connection, gone)
    for variable, group in groups.items():
        await connection.ask("POST", "asterisk/variable", {"variable": variable, "value": group})
    told = _Manifest(startup_time, {_name(key): _digest(fields) for key, fields in wanted.items()})
    write_private(manifest_file, msgspec.json.encode(told).decode())
    if changed or gone:
        log.info("the switch was told of people and trunks", changed=len(changed), removed=len(gone))
    return len(changed) + len(gone)


async def _tell(connection: Connection, told: dict[Key, Fields]) -> None:
    waiting = list(told.items())
    for start in range(0, len(waiting), AT_ONCE):
        batch = waiting[start : start + AT_ONCE]
        replies = await asyncio.gather(*(_put(connection, key, fields) for key, fields in batch))
        for (key, _), reply in zip(batch, replies, strict=True):
            if not reply.ok:
                log.error("the switch refused a device or trunk", id=key.id, type=key.type, reason=reply.body[:300])


async def _put(connection: Connection, key: Key, fields: Fields) -> Reply:
    if key.id.startswith(TRUNK_PREFIX):
        # The switch changes an object by writing into a copy. Lists of a trunk (addresses that are let in, contacts
        # that are dialled) only grow by that, and an endpoint without a number shows every caller as "unknown" from
        # then on. So what belongs to a trunk is made anew, or read again from the file it came from.
        gone = await connection.request("DELETE", _uri(key))
        if not gone.ok and gone.status != _GONE:
            return await connection.request("PUT", _MODULE)
    body = {"fields": [{"attribute": name, "value": value} for name, value in fields.items()]}
    return await connection.request("PUT", _uri(key), body=body)


async def _remove(connection: Connection, names: list[str]) -> None:
    """What the switch read from the file can only be forgotten by reading the file again."""
    keys = [Key(*name.split("/", 1)) for name in reversed(names)]
    from_file = False
    for key in keys:
        reply = await connection.request("DELETE", _uri(key))
        if reply.status == _GONE:
            continue
        from_file = from_file or not reply.ok or (await connection.request("GET", _uri(key))).ok
    if from_file:
        reply = await connection.request("PUT", _MODULE)
        if not reply.ok:
            raise SwitchAwayError(f"the switch did not read its configuration again: {reply.status}")


def _known(manifest_file: Path, config_file: Path, startup_time: str) -> dict[str, str]:
    """What this very switch knows already: told by us, or read from our file when it started."""
    try:
        manifest = msgspec.json.decode(manifest_file.read_bytes(), type=_Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return {}
    if manifest.startup_time == startup_time:
        return manifest.told
    read_it = config_file.exists() and config_file.stat().st_mtime < moment(startup_time)
    return manifest.told if read_it else {}


def _with_groups(file: Path, groups: Fields) -> str:
    """The file that all companies share, with ``groups`` in it; those of other trunks stay."""
    written = file.read_text().splitlines() if file.exists() else []
    kept = dict(line.split(" = ", 1) for line in written if line.startswith(FALLBACK_GROUP) and " = " in line)
    return "".join(f"{variable} = {group}\n" for variable, group in sorted((kept | groups).items()))


def _write(file: Path, text: str) -> None:
    if not file.exists() or file.read_text() != text:
        write_private(file, text)


def _uri(key: Key) -> str:
    return f"asterisk/config/dynamic/res_pjsip/{key.type}/{quote(key.id, safe='')}"


def _name(key: Key) -> str:
    return "/".join(key)


def _digest(fields: Fields) -> str:
    """Of secrets too, so that a changed password is noticed without being written down."""
    return hashlib.sha256(msgspec.json.encode(sorted(fields.items()))).hexdigest()
