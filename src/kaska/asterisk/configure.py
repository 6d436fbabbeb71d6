"""Writes Asterisk's whole configuration from the templates in deploy/asterisk."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import shutil
import socket
from pathlib import Path
from string import Template

from kaska.asterisk.places import APP, Places, ari_password, write_private
from kaska.asterisk.tree import AsteriskUnusableError
from kaska.asterisk.witness_fields import CDR_COLUMNS, CEL_COLUMNS
from kaska.kit.config import Settings

SOUNDS = {"ru": "ru_RU_f_IvrvoiceRU", "en": "en_US_f_Allison"}
LINKED = ("documentation", "rest-api", "moh")


def templates() -> Path:
    """The templates' directory: in a checkout deploy/asterisk, in an installed package beside this file."""
    here = Path(__file__).resolve()
    for place in (here.parents[3] / "deploy" / "asterisk", here.parent / "templates"):
        if (place / "asterisk.conf").exists():
            return place
    raise AsteriskUnusableError(
        "Asterisk's configuration templates (deploy/asterisk) are missing from this installation"
    )


def write(settings: Settings, *, modules: Path, data: Path, version: int) -> None:
    """Make every directory and file that Asterisk needs; people and trunks pushed before are kept."""
    places = Places.of(settings)
    if not re.fullmatch(r"[\w./+@:=~-]+", str(places.root), re.ASCII):
        raise AsteriskUnusableError(
            f"Asterisk's dialplan cannot name the directory {places.root}: use one with "
            "plain letters, digits and . _ - only (KASKA_STATE)"
        )
    written = (places.run, places.var, places.var / "keys", places.share, places.cdr.parent, places.cel.parent)
    beside_finished = not places.unfinished.exists()
    for directory in (
        places.etc,
        places.people,
        *written,
        places.unfinished,
        places.messages,
        places.faxes,
        places.fallback_spool,
        places.prompts,
    ):
        directory.mkdir(parents=True, exist_ok=True)
    if beside_finished:
        _move_unfinished(places)
    places.etc.chmod(0o700)
    _link(places.spool / "recording", places.messages)  # where ARI's recordings of messages go
    _link_data(places, data)
    values = _values(settings, places, modules, version)
    for template in sorted(templates().glob("*.conf")):
        write_private(places.etc / template.name, Template(template.read_text()).substitute(values))
    for kept in (places.people / "nobody.conf", places.globals):
        if not kept.exists():
            write_private(kept, "; so that there is something to include before anybody was pushed\n")


def _values(settings: Settings, places: Places, modules: Path, version: int) -> dict[str, object]:
    return {
        "app": APP,
        "ari_user": APP,
        "ari_password": ari_password(settings),
        "cdr_fields": ",".join(CDR_COLUMNS.values()),
        "cdr_file": places.cdr.name,
        "cel_fields": ",".join(CEL_COLUMNS.values()),
        "cel_file": places.cel.name,
        "etc": places.etc,
        "faxes": places.faxes,
        "fallback_prompt": places.fallback_prompt,
        "fallback_spool": places.fallback_spool,
        "http_port": settings.asterisk_http_port,
        "ice_host_candidates": "\n".join(_ice_candidates(settings.sip_host)),
        "log": places.log,
        "modules": modules,
        "music": places.share / "moh",
        "node": settings.node,
        "unfinished": places.unfinished,
        "rtp_end": settings.rtp_end,
        "rtp_start": settings.rtp_start,
        "run": places.run,
        "share": places.share,
        "sip_bind": f"{settings.sip_host}:{settings.sip_port}",
        "spool": places.spool,
        # keeps both sides of a recording in step; since 22 always so, and asking for it is remarked on in every call
        "sync": "" if version >= 22 else "S",
        "var": places.var,
    }


def _move_unfinished(places: Places) -> None:
    """At first the sides lay beside the finished recordings. One that is being written is moved as well: the
    switch has its file open."""
    for kind in ("*.in.wav", "*.out.wav", "*.gap"):
        for file in list(places.recordings.glob(kind)):
            file.rename(places.unfinished / file.name)


def _link_data(places: Places, data: Path) -> None:
    """An own data directory: the packages' links inside ``sounds`` are absolute and break in an unpacked tree."""
    for name in LINKED:
        if (data / name).exists():
            _link(places.share / name, data / name)
    sounds = places.share / "sounds"
    sounds.mkdir(exist_ok=True)
    for language, packaged in SOUNDS.items():
        for candidate in (data / "sounds" / packaged, data / "sounds" / language):
            if candidate.is_dir():
                _link(sounds / language, candidate)
                break


def _link(link: Path, target: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_symlink():
        if link.readlink() == target:
            return
        link.unlink()
    elif link.is_dir():
        shutil.rmtree(link)
    link.symlink_to(target)


def _ice_candidates(sip_host: str) -> list[str]:
    """On a loopback installation browsers on this machine must be offered loopback; elsewhere nothing is changed."""
    if not ipaddress.ip_address(sip_host).is_loopback:
        return []
    return [f"{address} => 127.0.0.1,include_local_address" for address in _own_addresses()]


def _own_addresses() -> list[str]:
    """This machine's IPv4 addresses other than loopback, as far as its routes tell (nothing is sent)."""
    found: set[str] = set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        found.add(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found.update(str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    return sorted(address for address in found if not ipaddress.ip_address(address).is_loopback)
