"""The command ``kaska`` on the whole product, running for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.plugins.installation import ROOT, Installation

from kaska.host.operation import supervisor
from kaska.host.processes import Identity, wait_until

pytestmark = [pytest.mark.telephony, pytest.mark.database]

PARTS = ("postgres", "asterisk", "engine", "page")


def identities(kaska: Installation) -> dict[str, Identity]:
    found = {part: Identity.of(kaska.pid(part)) for part in PARTS}
    return {part: identity for part, identity in found.items() if identity is not None}


def test_status_shows_every_part_and_the_health(kaska: Installation) -> None:
    said = kaska.command("status")
    for title in ("PostgreSQL", "Asterisk", "Kaska, what decides calls", "Kaska, page and books"):
        assert any(line.split()[-1:] and title in line and "ready" in line for line in said.splitlines()), said
    assert "Supervisor" in said
    assert "switch" in said


def test_a_second_up_is_told_that_it_runs_and_changes_nothing(kaska: Installation) -> None:
    before = identities(kaska)
    said = kaska.command("up")
    assert "runs already" in said
    assert kaska.url in said
    assert identities(kaska) == before


def test_the_engine_is_started_again_within_a_second(kaska: Installation) -> None:
    before = identities(kaska)
    began = time.monotonic()
    kaska.kill("engine")
    assert wait_until(lambda: not before["engine"].alive(), 5)
    assert wait_until(lambda: _other(kaska, "engine", before), 5)
    assert time.monotonic() - began < 1.5, "a second, and what looking costs"
    after = identities(kaska)
    assert (after["asterisk"], after["postgres"]) == (before["asterisk"], before["postgres"])


async def test_asterisk_is_started_again_within_five_seconds(kaska: Installation) -> None:
    await kaska.healthy()
    before = identities(kaska)
    began = time.monotonic()
    kaska.kill("asterisk")
    assert wait_until(lambda: _other(kaska, "asterisk", before), 10)
    assert time.monotonic() - began < 5
    await kaska.healthy()
    assert identities(kaska)["engine"] == before["engine"]


async def test_a_new_supervisor_adopts_what_lives(kaska: Installation) -> None:
    await kaska.healthy()
    before = identities(kaska)
    keeper = supervisor(kaska.settings)
    assert keeper is not None
    keeper.signal(signal.SIGKILL)
    assert wait_until(lambda: not keeper.alive(), 5)
    assert all(identity.alive() for identity in before.values())

    assert "ready" in kaska.command("up")
    assert identities(kaska) == before
    assert supervisor(kaska.settings) not in (None, keeper)


def _other(kaska: Installation, part: str, before: dict[str, Identity]) -> bool:
    try:
        return Identity.of(kaska.pid(part)) != before[part]
    except LookupError:
        return False


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """Another state directory, open to PostgreSQL's user."""
    with tempfile.TemporaryDirectory(prefix="kaska-") as directory:
        Path(directory).chmod(0o755)
        yield Path(directory)


def refused(kaska: Installation, state: Path, **settings: str) -> str:
    """What ``kaska up`` says when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "kaska.cli", "up"],
        env={**kaska.environment, "KASKA_STATE": str(state), **settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    return done.stderr


def test_another_installation_on_the_same_ports_is_told_which_and_how_to_change(
    kaska: Installation, elsewhere: Path
) -> None:
    said = refused(kaska, elsewhere)
    for name in ("web_port", "postgres_port", "sip_port", "asterisk_http_port"):
        assert str(getattr(kaska.settings, name)) in said
        assert f"KASKA_{name.upper()}=" in said
    assert "the web page" in said
    assert str(kaska.pid("postgres")) in said or os.geteuid() != 0


@pytest.mark.parametrize(
    ("setting", "value"),
    [("KASKA_WEB_PORT", "eighty"), ("KASKA_ROLES", "everything"), ("KASKA_WEB_HOST", "203.0.113.7")],
)
def test_wrong_settings_are_named_before_anything_is_started(
    kaska: Installation, elsewhere: Path, setting: str, value: str
) -> None:
    said = refused(kaska, elsewhere, **{setting: value})
    assert setting in said
    assert "Traceback" not in said
    assert not (elsewhere / "run" / "supervisor.pid").exists()
