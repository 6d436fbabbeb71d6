"""Where everything of the switch lives, and the names that Asterisk, its dialplan and we agree on."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kaska.kit.config import UNFINISHED, Settings

APP = "kaska"
"""name of the Stasis application and of the ARI user"""

TRUNK_PREFIX = "trunk-"
FROM_TRUNK = "from-trunk"
FROM_AGENTS = "from-agents"
"""where a call comes in that a telephone of ours makes by itself"""
SAID = "said"
"""where such a call goes whose user only hears something before it ends"""
FAX = "fax-receive"
"""where a machine's leg goes that sends a fax"""
FAXED, FAX_TONE = "faxed", "fax-tone"
"""what a line comes back with: after a fax; where a machine's tone was listened for"""
DIALLED_RECORDED = "dialled-recorded"
"""where a person's leg goes that we dialled"""

_LEG = re.compile(r"^(?P<contact>.+)-[ac]\d+$")
_MIXED = "-mixed"
_HEARD = ".heard"
_DEVICE = re.compile(r"^PJSIP/(?P<endpoint>.+)-[0-9a-f]{8,}$")


@lru_cache(maxsize=4096)
def contact_of(leg: str) -> str:
    """The contact that a leg belongs to: "x-a1" → "x", "x-c2" → "x", and "x" itself is a contact's first leg."""
    match = _LEG.match(leg)
    return match["contact"] if match else leg


def mixed_bridge(contact: str) -> str:
    """The bridge of a contact that always mixes; the plain one is named by the contact itself."""
    return contact + _MIXED


def contact_of_bridge(bridge: str) -> str:
    """The contact whose conversation a bridge carries."""
    return bridge.removesuffix(_MIXED)


def heard_at(ear: str) -> str:
    """The channel by which a recogniser's ear hears its caller."""
    return ear + _HEARD


def is_heard(channel: str) -> bool:
    """Is it a recogniser's ear at a caller's line (and not a supervisor's)?"""
    return channel.endswith(_HEARD)


@lru_cache(maxsize=4096)
def is_dialled(leg: str) -> bool:
    """Did we dial it (its name is ours), or did it arrive (its name is Asterisk's)?"""
    return _LEG.match(leg) is not None


def endpoint_of(channel_name: str) -> str:
    """ "PJSIP/demo-101-web-0000002a" → "demo-101-web"; "" when it is not a telephone's channel."""
    match = _DEVICE.match(channel_name)
    return match["endpoint"] if match else ""


def trunk_of(channel_name: str) -> str:
    """ "PJSIP/trunk-main-0000002a" → "main"; "" when it is not a trunk's channel."""
    endpoint = endpoint_of(channel_name)
    return endpoint.removeprefix(TRUNK_PREFIX) if endpoint.startswith(TRUNK_PREFIX) else ""


@dataclass(frozen=True)
class Places:
    """Directories and files of one installation's switch; all absolute."""

    root: Path
    etc: Path
    run: Path
    var: Path
    share: Path
    spool: Path
    log: Path
    recordings: Path
    messages: Path
    faxes: Path
    prompts: Path
    secrets: Path

    @staticmethod
    def of(settings: Settings) -> Places:
        return _places(settings.state)

    @staticmethod
    def under(root: Path) -> Places:
        home = root / "run" / "asterisk"
        return Places(
            root=root,
            etc=home / "etc",
            run=_socket_directory(home / "run"),
            var=home / "var",
            share=home / "share",
            spool=root / "spool",
            log=root / "log" / "asterisk",
            recordings=root / "recordings",
            messages=root / "messages",
            faxes=root / "faxes",
            prompts=root / "prompts",
            secrets=root / "secrets",
        )

    @property
    def unfinished(self) -> Path:
        """What is written while people talk."""
        return self.recordings / UNFINISHED

    @property
    def fallback_spool(self) -> Path:
        """Messages that were taken while the application was away, named by contact."""
        return self.spool / "fallback"

    @property
    def cdr(self) -> Path:
        return self.log / "cdr-custom" / "cdr.csv"

    @property
    def cel(self) -> Path:
        return self.log / "cel-custom" / "cel.csv"

    @property
    def security_log(self) -> Path:
        return self.log / "security.log"

    @property
    def people(self) -> Path:
        """One file per tenant: its people and trunks, for an Asterisk that starts while the application is away."""
        return self.etc / "people"

    @property
    def application_lock(self) -> Path:
        """Held by the one application of this installation that speaks with the switch."""
        return self.root / "run" / "asterisk" / "application.lock"

    @property
    def globals(self) -> Path:
        return self.etc / "globals_people.conf"

    @property
    def fallback_prompt(self) -> Path:
        """Without its ending; said before a message is taken when the application is away."""
        return self.prompts / "ru" / "fallback-message"


@lru_cache(maxsize=64)
def _places(state: Path) -> Places:
    """Made once: finding out where a directory really is asks the disk for every part of its name."""
    return Places.under(state.resolve())


def _socket_directory(wanted: Path) -> Path:
    """Asterisk's control socket must have a path of at most 107 bytes."""
    if len(os.fsencode(wanted / "asterisk.ctl")) < 100:
        return wanted
    name = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"kaska-{os.geteuid()}-{name}"


def ari_password(settings: Settings) -> str:
    """Made at the first need; readable by its owner only."""
    directory = settings.secrets_dir
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = directory / "ari"
    if not file.exists():
        write_private(file, secrets.token_urlsafe(32))
    return file.read_text().strip()


def write_private(file: Path, text: str) -> None:
    """Replace ``file`` at once by one with mode 0600 and this text."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
    draft.replace(file)
