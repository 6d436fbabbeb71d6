"""A real PostgreSQL for tests: one private cluster per test run, on a free port, gone afterwards.

Use: ``postgres.owner`` and ``postgres.app`` are URLs of an empty database (no schema yet).
``postgres_cluster`` is the cluster itself, to stop, crash and start it.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kaska.host.postgres import Cluster, DatabaseUrls


def free_port() -> int:
    """A TCP port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running_cluster() -> Iterator[Cluster]:
    # Not tmp_path_factory: its directories are closed to PostgreSQL's own user when the tests run as root.
    home = Path(tempfile.mkdtemp(prefix="kaska-postgres-"))
    home.chmod(0o755)
    cluster = Cluster(
        home=home / "cluster",
        port=free_port(),
        secrets=home / "secrets",
        log=home / "postgres.log",
        durable=False,
    )
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop("immediate")
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    with _running_cluster() as cluster:
        yield cluster


@pytest.fixture
def untouched_postgres() -> Iterator[DatabaseUrls]:
    """A database of the test's own, which nobody has written into."""
    with _running_cluster() as cluster:
        yield cluster.urls


@pytest.fixture(scope="session")
def postgres(postgres_cluster: Cluster) -> DatabaseUrls:
    return postgres_cluster.urls
