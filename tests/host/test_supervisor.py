"""Supervising, for real: processes are killed, the supervisor too."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.host import supervised
from tests.plugins.postgres import free_port

from kaska.host.component import LOG_BYTES, Component
from kaska.host.ports import Port, complaints
from kaska.host.processes import Identity, wait_until
from kaska.host.supervisor import Ending, keep, only_one, pause_before_start

SCRIPT = Path(supervised.__file__)


class Supervised:
    """A running supervisor over two parts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.parts = supervised.components(root)
        self.supervisor = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, str(SCRIPT), str(self.root)])

    def await_ready(self) -> dict[str, Identity]:
        assert wait_until(lambda: all(part.find() and part.ready() for part in self.parts), 10)
        return {part.name: identity for part in self.parts if (identity := part.find())}

    def end(self) -> None:
        self.supervisor.kill()
        self.supervisor.wait(10)
        for part in self.parts:
            part.stop()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Supervised]:
    one = Supervised(tmp_path)
    try:
        yield one
    finally:
        one.end()


def test_a_killed_part_is_back_within_a_second_and_the_other_is_left_alone(running: Supervised) -> None:
    before = running.await_ready()
    began = time.monotonic()
    before["first"].signal(signal.SIGKILL)
    assert wait_until(lambda: running.parts[0].find() not in (None, before["first"]), 5)
    assert time.monotonic() - began < 1
    assert running.await_ready()["second"] == before["second"]


def test_parts_outlive_the_supervisor_and_the_next_one_adopts_them(running: Supervised) -> None:
    before = running.await_ready()
    running.supervisor.kill()
    running.supervisor.wait(10)
    assert all(identity.alive() for identity in before.values())
    (running.root / "run" / "second.pid").unlink()  # as if it had been killed before it could write it

    running.supervisor = running.start()
    assert wait_until((running.root / "run" / "second.pid").exists, 10)
    assert running.await_ready() == before

    before["first"].signal(signal.SIGKILL)
    assert wait_until(lambda: running.parts[0].find() not in (None, before["first"]), 5), "adopted ones are kept too"


def test_a_supervisor_that_ends_leaves_the_parts_running(running: Supervised) -> None:
    before = running.await_ready()
    running.supervisor.terminate()
    assert running.supervisor.wait(10) == 0
    assert all(identity.alive() for identity in before.values())


def test_there_is_one_supervisor_for_one_installation(running: Supervised) -> None:
    running.await_ready()
    second = subprocess.run(
        [sys.executable, str(SCRIPT), str(running.root)], capture_output=True, text=True, check=False
    )
    assert second.returncode != 0
    assert "keeps" in second.stderr


def test_stopping_asks_first_and_kills_at_last(tmp_path: Path) -> None:
    deaf = (
        "import signal, sys, pathlib, time; signal.signal(15, signal.SIG_IGN); "
        "pathlib.Path(sys.argv[1]).touch(); time.sleep(600)"
    )
    up = tmp_path / "up"
    part = part_of(tmp_path, [sys.executable, "-c", deaf, str(up)], patience=0.3)
    identity = part.start()
    assert wait_until(up.exists, 10)
    assert part.stop()
    assert not identity.alive()
    assert part.find() is None
    assert not part.stop()


def test_an_old_pid_file_never_points_at_somebody_else(tmp_path: Path) -> None:
    part = part_of(tmp_path, ["sleep", "600"])
    part.pid_file.parent.mkdir()
    own = Identity.of(os.getpid())
    assert own
    part.pid_file.write_text(f"{own.pid} {own.started - 1}\n")
    assert part.find() is None
    part.pid_file.write_text("nonsense")
    assert part.find() is None


def test_a_part_that_cannot_start_is_tried_again_with_pauses(tmp_path: Path) -> None:
    starts: list[float] = []

    def prepare() -> None:
        starts.append(time.monotonic())
        raise RuntimeError("not yet")

    with kept(part_of(tmp_path, ["sleep", "600"], prepare=prepare, longest_pause=0.3)):
        assert wait_until(lambda: len(starts) >= 5, 10)
    pauses = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert pauses[0] < 0.2
    assert all(pause >= 0.25 for pause in pauses[1:])


def test_pauses_grow_to_their_limit() -> None:
    assert [pause_before_start(failures, 4) for failures in range(8)] == [0, 0, 0.25, 0.5, 1, 2, 4, 4]


def test_logs_are_emptied_when_large(tmp_path: Path) -> None:
    part = part_of(tmp_path, ["sleep", "600"])
    part.log.parent.mkdir()
    with part.log.open("wb") as log:
        log.truncate(LOG_BYTES + 1)
    part.rotate()
    assert part.log.stat().st_size == 0
    assert part.log.with_suffix(".log.1").stat().st_size == LOG_BYTES + 1


def test_a_port_in_use_is_named_with_its_purpose_and_setting() -> None:

    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        ports = [
            Port(number, "the web page", "KASKA_WEB_PORT"),
            Port(free_port(), "the private PostgreSQL", "KASKA_POSTGRES_PORT"),
        ]
        (complaint,) = complaints(ports)
    assert str(number) in complaint
    assert "the web page" in complaint
    assert f"KASKA_WEB_PORT={number + 1}" in complaint
    assert f"(process {os.getpid()})" in complaint
    assert complaints(ports) == []


def test_only_one_lets_go(tmp_path: Path) -> None:
    for _ in range(2):
        with only_one(tmp_path):
            assert (tmp_path / "run" / "supervisor.pid").exists()
    assert not (tmp_path / "run" / "supervisor.pid").exists()


def part_of(
    root: Path,
    command: list[str],
    *,
    prepare: Callable[[], None] = lambda: None,
    patience: float = 5,
    longest_pause: float = 1,
) -> Component:
    return Component(
        name="part",
        title="part",
        root=root,
        command=lambda: command,
        ready=lambda: True,
        prepare=prepare,
        patience=patience,
        longest_pause=longest_pause,
    )


@contextmanager
def kept(part: Component) -> Iterator[None]:
    ending = Ending()
    thread = threading.Thread(target=keep, args=(part, ending))
    thread.start()
    try:
        yield
    finally:
        ending.wish()
        thread.join(10)
        part.stop()
