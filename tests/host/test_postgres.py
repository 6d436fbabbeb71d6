"""The private cluster, for real: made, entered, stopped, crashed, started again."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from tests.plugins.postgres import free_port

from kaska.host.postgres import Cluster, DatabaseUrls
from kaska.host.whereabouts import place_cluster

pytestmark = pytest.mark.database


async def query(url: str, sql: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        return await connection.fetch(sql)
    finally:
        await connection.close()


async def test_roles_have_no_more_rights_than_they_need(postgres: DatabaseUrls) -> None:
    roles = await query(
        postgres.owner,
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname ~ '^kaska'",
    )
    assert {row["rolname"] for row in roles} == {"kaska_owner", "kaska_app"}
    assert not any(row[right] for row in roles for right in ("rolsuper", "rolbypassrls", "rolcreaterole"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await query(postgres.app, "CREATE SCHEMA mine")


async def test_nobody_enters_without_the_password(postgres_cluster: Cluster) -> None:
    for user in ("postgres", "kaska_owner", "kaska_app"):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await query(f"postgresql://{user}:postgres@127.0.0.1:{postgres_cluster.port}/kaska", "SELECT 1")


def test_secrets_are_readable_by_their_owner_only(postgres_cluster: Cluster, postgres: DatabaseUrls) -> None:
    for file in postgres_cluster.secrets.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text() in postgres.owner + postgres.app


@pytest.fixture
def own(postgres_cluster: Cluster) -> Iterator[Cluster]:
    """A second cluster beside the shared one, not started; in the shared one's directory, which is open to its user."""
    home = postgres_cluster.home.parent / f"own-{free_port()}"
    home.mkdir()
    cluster = Cluster(home / "cluster", free_port(), home / "secrets", home / "log", durable=False)
    yield cluster
    cluster.stop("immediate")


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_what_was_written_is_there_after_stop_and_start(own: Cluster, mode: str) -> None:
    own.start()
    await query(own.urls.owner, "CREATE TABLE kept AS SELECT 42 AS answer")
    before = own.running()
    own.start()
    assert own.running() == before, "starting what runs changes nothing"

    own.stop(mode)
    assert own.running() is None
    own.start()
    assert [row["answer"] for row in await query(own.urls.owner, "SELECT answer FROM kept")] == [42]


async def test_a_lost_password_is_made_anew(own: Cluster) -> None:
    own.start()
    old = own.urls.app
    own.stop()
    (own.secrets / "kaska_app").unlink()
    own.start()
    assert own.urls.app != old
    assert await query(own.urls.app, "SELECT 1")


def test_a_foreign_process_with_the_old_pid_is_not_taken_for_the_server(own: Cluster) -> None:
    own.start()
    server = own.running()
    assert server is not None
    lines = (own.data / "postmaster.pid").read_text().splitlines()
    own.stop("immediate")
    assert not server.alive()
    (own.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert own.running() is None
    assert not own.ready()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_a_cluster_of_root_under_a_closed_directory_is_placed_elsewhere(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    wanted = tmp_path / "postgres"
    place = place_cluster(wanted)
    aside = []
    try:
        assert wanted.is_symlink()
        assert wanted.resolve() == place == place_cluster(wanted)

        (place / "old").touch()
        wanted.unlink()
        assert place_cluster(wanted) == place
        aside = [one for one in place.parent.glob(f"{place.name}.*") if (one / "old").exists()]
        assert len(aside) == 1, "what an earlier installation left is put aside, not mixed in"
        assert list(place.iterdir()) == []
    finally:
        for directory in (place, *aside):
            shutil.rmtree(directory)


def test_a_cluster_stays_where_it_is_wanted_when_that_is_open() -> None:
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        wanted = Path(directory) / "postgres"
        assert place_cluster(wanted) == wanted.resolve()
        assert not wanted.is_symlink()
