"""Finds an Asterisk, gives it its configuration, says how to start it and when it is ready.

Who starts it and keeps it alive is another's business (kaska.host): it must outlive the application.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kaska.asterisk import configure
from kaska.asterisk.places import APP, Places, ari_password
from kaska.asterisk.tree import AsteriskUnusableError, Progress, build
from kaska.kit.config import Settings

OLDEST = 20
NEEDED = frozenset({"chan_pjsip.so", "pbx_config.so", "app_stasis.so", "app_record.so", "res_ari_events.so"})


@dataclass(frozen=True)
class Installation:
    """An Asterisk on this machine. ``command`` starts it, options are to be appended."""

    command: tuple[str, ...]
    modules: Path
    data: Path
    """with sounds, moh, documentation and rest-api"""


def _silent(_: str) -> None:
    return


def find(settings: Settings, progress: Progress = _silent) -> Installation:
    """The Asterisk to use: the configured one, else ≥ 20 on PATH, else our own tree (unpacked when there is none yet).

    :raises AsteriskUnusableError: when there is none to be had; the message says what to do.
    """
    if settings.asterisk:
        binary = Path(settings.asterisk)
        if not binary.exists():
            raise AsteriskUnusableError(f"KASKA_ASTERISK names {binary}, which does not exist")
        return _installed(binary)
    on_path = shutil.which("asterisk")
    if on_path and _version([on_path]) >= OLDEST:
        return _installed(Path(on_path))
    tree = settings.root / "asterisk"
    if not (tree / "usr/sbin/asterisk").exists():
        build(tree.resolve() if tree.is_symlink() else tree, progress)
    return _unpacked(tree.resolve())


def _version(command: Sequence[str]) -> int:
    try:
        said = subprocess.run([*command, "-V"], capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def _installed(binary: Path) -> Installation:
    prefixes = [Path("/usr"), Path("/usr/local"), binary.resolve().parents[1]]
    modules = [m for p in prefixes for m in sorted(p.glob("lib*/**/asterisk/modules")) if (m / "res_ari.so").exists()]
    data = [d for d in (*(p / "share/asterisk" for p in prefixes), Path("/var/lib/asterisk")) if (d / "moh").exists()]
    if not modules or not data:
        raise AsteriskUnusableError(f"{binary}: its modules (res_ari.so) or its data (moh) were not found")
    return Installation(
        (str(binary),), modules[-1] if binary.resolve().is_relative_to("/usr/local") else modules[0], data[0]
    )


def _unpacked(root: Path) -> Installation:
    loaders = sorted(root.glob("usr/lib*/ld-linux*.so.*"))
    libraries = sorted({file.parent for file in root.glob("usr/lib/*/libc.so.6")})
    if not loaders or not libraries:
        raise AsteriskUnusableError(f"{root} is not a whole tree: remove it, and it will be unpacked again")
    search = ":".join(str(part) for library in libraries for part in (library, root / "lib" / library.name))
    return Installation(
        (str(loaders[0]), "--library-path", search, str(root / "usr/sbin/asterisk")),
        libraries[0] / "asterisk/modules",
        root / "usr/share/asterisk",
    )


def prepare(settings: Settings, progress: Progress = _silent) -> None:
    """Find or unpack Asterisk and write its whole configuration under STATE/run/asterisk.

    May be repeated; what was last pushed for people and trunks stays.

    :raises AsteriskUnusableError: when there is no Asterisk or the state directory's name cannot be written into it.
    """
    found = find(settings, progress)
    configure.write(settings, modules=found.modules, data=found.data, version=_version(found.command))


def command_line(settings: Settings) -> list[str]:
    """How to start it, in the foreground. ``prepare`` comes first."""
    return [*find(settings).command, "-C", str(Places.of(settings).etc / "asterisk.conf"), "-f", "-n"]


def remote_command(settings: Settings, said: str) -> list[str]:
    """How to say something to the running one on its own console, for instance "core stop now"."""
    return [*find(settings).command, "-C", str(Places.of(settings).etc / "asterisk.conf"), "-rx", said]


async def await_ready(settings: Settings, seconds: float = 30.0) -> None:
    """Return when it answers ARI requests and can take calls.

    :raises AsteriskUnusableError: after ``seconds``; the message names the log.
    """
    deadline = time.monotonic() + seconds
    pause = 0.05
    while not await _answers(settings):
        if time.monotonic() > deadline:
            log = Places.of(settings).log / "messages.log"
            raise AsteriskUnusableError(
                f"Asterisk does not answer on port {settings.asterisk_http_port} after {seconds:.0f} s; see {log}"
            )
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, 0.5)


async def _answers(settings: Settings) -> bool:
    token = base64.b64encode(f"{APP}:{ari_password(settings)}".encode()).decode()
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", settings.asterisk_http_port)
            writer.write(
                f"GET /ari/asterisk/modules HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Authorization: Basic {token}\r\nConnection: close\r\n\r\n".encode()
            )
            head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
            return b" 200 " in head[:20] and _running(body)
    except (OSError, TimeoutError, msgspec.DecodeError, msgspec.ValidationError):
        return False
    finally:
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


class _Module(msgspec.Struct):
    name: str
    status: str


def _running(body: bytes) -> bool:
    """ARI answers before everything is loaded; calls can be taken only when these run."""
    modules = msgspec.json.decode(body, type=list[_Module])
    return {module.name for module in modules if module.status == "Running"} >= NEEDED
