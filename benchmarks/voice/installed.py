"""What both sides have in common: where they live, which ports they take, the telephones of their agents."""

from __future__ import annotations

import itertools
import shutil
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

from kaska.host.processes import put_first
from kaska.kit.config import Settings
from sipp.driver import Sipp, agents, register

FIRST_PORT = 29_000
RTP = (12_000, 17_999)
"""for thousands of legs; both sides may use the same, as only one is called at a time"""
TRAFFIC_PRIORITY = 20
"""real-time, above both sides: a SIPp that waits for the processor would measure itself"""


def _free() -> Iterator[int]:
    """Ports that nobody has, TCP and UDP."""
    for port in itertools.count(FIRST_PORT):
        try:
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with socket.socket(socket.AF_INET, kind) as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        yield port


free_ports = _free()


def settings(name: str) -> Settings:
    """A new state directory STATE/bench/voice/``name`` which borrows this installation's Asterisk and prompts."""
    ours = Settings()
    home = ours.root / "bench" / "voice" / name
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for made in ("asterisk", "prompts"):
        if (ours.root / made).exists():
            (home / made).symlink_to((ours.root / made).resolve())
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it
        state=home,
        asterisk=ours.asterisk,
        web_port=next(free_ports),
        postgres_port=next(free_ports),
        sip_port=next(free_ports),
        asterisk_http_port=next(free_ports),
        rtp_start=RTP[0],
        rtp_end=RTP[1],
        log_level="INFO",
        node=f"bench-{name}".replace("_", ""),
    )


async def telephones(chosen: Settings, passwords: Mapping[str, str], folder: Path) -> Sipp:
    """Register every telephone; what is returned answers all of them at once, until it is stopped."""
    port = next(free_ports)
    people = sorted(passwords.items())
    registrar = f"127.0.0.1:{chosen.sip_port}"
    for attempt in range(10):  # the switch may still be being told of its people
        # it calls back where a registration came from: the same port registers first and answers then
        registering = register(people, registrar, folder / f"register{attempt}", agents_port=port, rate=300)
        registering.command += ["-p", str(port)]
        if (await (await registering.start()).wait(60)).successful == len(people):
            answering = await agents(folder / "agents", port=port).start()
            put_first(answering.pid, TRAFFIC_PRIORITY)
            return answering
    raise RuntimeError(f"the telephones could not be registered; see {folder}")
