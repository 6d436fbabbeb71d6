"""The parts of an installation on one machine, in the order of their start: PostgreSQL, Asterisk, the application."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import socket
import subprocess
import sys
from pathlib import Path
from typing import Literal

import kaska
from kaska.asterisk import runtime
from kaska.host import postgres
from kaska.host.component import Component
from kaska.host.ports import Port
from kaska.host.processes import Identity
from kaska.kit.config import Settings

APPLICATION = "application"
NAMES = {"engine": "engine", "web": "page", "jobs": "jobs"}
"""what a process is called when the application runs as several: by the first of these roles that it has"""
TITLES = {
    APPLICATION: "Kaska itself",
    "engine": "Kaska, what decides calls",
    "page": "Kaska, page and books",
    "jobs": "Kaska, books",
}
ENGINE_PRIORITY, SWITCH_PRIORITY = 15, 10
"""the engine's work on a call is short, and all the switch's threads wait for it"""


def parts(settings: Settings) -> list[Component]:
    """PostgreSQL is not among them when somebody else runs it (KASKA_DATABASE_URL)."""
    own_database = [] if postgres.external_url(settings) else [postgres_part(settings)]
    recogniser = [speech_part(settings)] if settings.speech else []
    return [*own_database, asterisk_part(settings), *application_parts(settings), *recogniser]


def postgres_part(settings: Settings) -> Component:
    cluster = postgres.private_cluster(settings)
    return Component(
        name="postgres",
        title="PostgreSQL",
        root=settings.root,
        command=cluster.command,
        prepare=cluster.prepare,
        ready=cluster.ready,
        locate=cluster.running,
        ask_to_stop=lambda _: cluster.ask_to_stop("fast"),
        patience=60,
        run_as=cluster.run_as,
        directory=Path("/"),
        ports=(Port(settings.postgres_port, "the private PostgreSQL", "KASKA_POSTGRES_PORT"),),
    )


def asterisk_part(settings: Settings) -> Component:
    return Component(
        name="asterisk",
        title="Asterisk",
        root=settings.root,
        command=lambda: runtime.command_line(settings),
        prepare=lambda: runtime.prepare(settings),
        ready=lambda: asterisk_ready(settings),
        ask_to_stop=lambda _: stop_asterisk(settings, "now"),
        patience=15,
        longest_pause=4,
        first=True,
        real_time=SWITCH_PRIORITY,
        ports=(
            Port(settings.sip_port, "SIP telephones and trunks", "KASKA_SIP_PORT", settings.sip_host, "udp"),
            Port(settings.sip_port, "SIP telephones and trunks", "KASKA_SIP_PORT", settings.sip_host, "tcp"),
            Port(settings.asterisk_http_port, "talking to Asterisk", "KASKA_ASTERISK_HTTP_PORT"),
        ),
    )


def application_parts(settings: Settings) -> list[Component]:
    """One process for each group of roles; the first one brings the tables up to date before it starts."""
    if len(settings.processes) == 1:
        return [_application(settings, APPLICATION, settings.processes[0], first=True)]
    return [
        _application(settings, next(name for role, name in NAMES.items() if role in roles), roles, first=number == 0)
        for number, roles in enumerate(settings.processes)
    ]


def _application(settings: Settings, name: str, roles: str, *, first: bool) -> Component:
    serves = "web" in roles
    page = Port(settings.web_port, "the web page", "KASKA_WEB_PORT", settings.web_host)
    return Component(
        name=name,
        title=TITLES[name],
        root=settings.root,
        command=lambda: [sys.executable, "-m", "kaska.main"],
        ready=lambda: health(settings) is not None if serves else _ready_without_page(settings, roles, name),
        before_first=(lambda: migrate_when_possible(settings)) if first else _nothing,
        patience=30,
        longest_pause=3,
        environment={"PYTHONUNBUFFERED": "1", "KASKA_ROLES": roles},
        ports=(page,) if serves else (),
        first="engine" in roles,
        real_time=ENGINE_PRIORITY if roles == "engine" else 0,
    )


def speech_part(settings: Settings) -> Component:
    """Nobody waits for it: loading a model takes long, and without it callers use keys."""
    return Component(
        name="speech",
        title="Recogniser of speech",
        root=settings.root,
        command=lambda: [sys.executable, "-m", "kaska.speech"],
        ready=lambda: True,
        patience=5,
        longest_pause=60,
        environment={"PYTHONUNBUFFERED": "1"},
    )


def _nothing() -> None:
    return


def _ready_without_page(settings: Settings, roles: str, name: str) -> bool:
    """The engine opens a door; whoever does jobs alone cannot be asked and has to live for a while."""
    if "engine" not in roles:
        return _lives_since(settings, name, 3.0)
    with socket.socket(socket.AF_UNIX) as door:
        door.settimeout(1.0)
        return door.connect_ex(str(settings.engine_door)) == 0


def _lives_since(settings: Settings, name: str, seconds: float) -> bool:
    identity = Identity.load(settings.root / "run" / f"{name}.pid")
    return identity is not None and identity.age() >= seconds


def asterisk_ready(settings: Settings) -> bool:
    try:
        asyncio.run(runtime.await_ready(settings, 0))
    except Exception:  # whatever it is, it is not ready
        return False
    return True


def say_to_asterisk(settings: Settings, command: str) -> str:
    """Its answer on its console; "" when it cannot be reached."""
    try:
        done = subprocess.run(
            runtime.remote_command(settings, command), capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def stop_asterisk(settings: Settings, how: Literal["now", "gracefully"]) -> None:
    """``gracefully``: no new calls from now on, and the end when the last one has ended."""
    say_to_asterisk(settings, f"core stop {how}")


def calls_in_progress(settings: Settings) -> int:
    """Channels that Asterisk has now; 0 when it does not answer."""
    said = say_to_asterisk(settings, "core show channels count")
    return next((int(line.split()[0]) for line in said.splitlines() if "active channel" in line), 0)


def health(settings: Settings) -> tuple[int, bytes] | None:
    """HTTP status and body of the application's /health; None when it does not answer."""
    host = "127.0.0.1" if settings.web_host in ("0.0.0.0", "::") else settings.web_host  # noqa: S104 - it is compared
    connection = http.client.HTTPConnection(host, settings.web_port, timeout=3)
    try:
        connection.request("GET", "/health", headers={"Accept": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def migrate_when_possible(settings: Settings) -> None:
    """Bring the tables up to date if the database answers soon; telephones do not wait for it longer than that.

    Runs as a program of its own, with a log of its own. Our own database, once brought to
    this version, is not asked again.
    """
    versions = _versions()
    if postgres.remembered(settings, "migrated") == versions:
        return
    log = settings.root / "log" / "migrations.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "kaska.cli", "migrate"]
    with log.open("ab") as out:
        done = subprocess.run(command, stdout=out, stderr=out, timeout=120, check=False)
    if done.returncode == 0:
        postgres.remember(settings, "migrated", versions)


def _versions() -> str:
    """What the migrations of this version are, by name and content."""
    versions = Path(kaska.__file__).parent / "migrations" / "versions"
    found = sorted(file for file in versions.iterdir() if file.suffix in (".py", ".sql"))
    return "".join(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n" for file in found)
