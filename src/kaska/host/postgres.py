"""A private PostgreSQL cluster for one installation, made and run with the system's binaries.

Nobody can enter it as superuser: roles and the database are made in single-user mode before the server starts, and
only two roles have passwords. ``kaska_owner`` owns the database and runs migrations; ``kaska_app`` is what the
application uses, and it may neither bypass row-level security nor change the ledger.

With a ``DATABASE_URL`` that server is used instead, for both purposes; whoever runs it decides about roles.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from kaska.host.processes import Identity, RunAs, wait_until
from kaska.host.secrets import secret
from kaska.host.whereabouts import PostgresUnusableError, find_postgres, place_cluster, system_user
from kaska.kit.config import Settings

OWNER = "kaska_owner"
APPLICATION = "kaska_app"
DATABASE = "kaska"

StopMode = Literal["smart", "fast", "immediate"]
_SIGNALS: dict[StopMode, signal.Signals] = {
    "smart": signal.SIGTERM,
    "fast": signal.SIGINT,
    "immediate": signal.SIGQUIT,
}

_SETTINGS = """\
# Written by Kaska for a small machine that also carries calls; rewritten at every start.
listen_addresses = '127.0.0.1'
unix_socket_directories = '../socket'
max_connections = 60
shared_buffers = 128MB
work_mem = 8MB
maintenance_work_mem = 64MB
effective_cache_size = 512MB
random_page_cost = 1.1
jit = off
max_wal_size = 512MB
min_wal_size = 64MB
checkpoint_completion_target = 0.9
wal_compression = on
password_encryption = scram-sha-256
idle_in_transaction_session_timeout = 60s
log_min_duration_statement = 500ms
log_line_prefix = '%m [%p] %u '
log_timezone = UTC
timezone = UTC
lc_messages = C
"""

_ACCESS = """\
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
"""


@dataclass(frozen=True)
class DatabaseUrls:
    """``postgresql://…`` of the role that owns the schema and of the role that the application uses."""

    owner: str
    app: str


@dataclass(frozen=True)
class Cluster:
    """A private cluster. ``home`` gets ``data`` and ``socket``; ``durable=False`` is for tests (no fsync)."""

    home: Path
    port: int
    secrets: Path
    log: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def urls(self) -> DatabaseUrls:
        return DatabaseUrls(owner=self._url(OWNER), app=self._url(APPLICATION))

    def _url(self, role: str) -> str:
        return f"postgresql://{role}:{quote(secret(self.secrets, role))}@127.0.0.1:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """Make the cluster when there is none, and set what may have changed: settings, access, passwords."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.running() is not None:
            return
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
            self._initdb()
        self._write_settings()
        lost = [role for role in (OWNER, APPLICATION) if not (self.secrets / role).exists()]
        passwords = [f"ALTER ROLE {role} PASSWORD '{secret(self.secrets, role)}'" for role in lost]
        if not (self.home / "roles-made").exists():
            self._make_roles()
        elif passwords:
            self._single_user("postgres", passwords)

    def command(self) -> list[str]:
        return [str(self._program("postgres")), "-D", str(self.data), "-p", str(self.port)]

    def run_as(self) -> RunAs:
        """PostgreSQL refuses to be root: then it runs as its own system user. Arguments for ``subprocess.Popen``."""
        if os.geteuid() != 0:
            return {}
        user = system_user()
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def running(self) -> Identity | None:
        """The server's process when it lives."""
        lines = self._pid_file()
        if not lines:
            return None
        identity = Identity.of(int(lines[0]))
        return identity if identity is not None and self._is_ours(identity.pid) else None

    def _is_ours(self, pid: int) -> bool:
        """A server stays in its data directory for life; the pid of a dead one may have gone to somebody else."""
        try:
            return Path(f"/proc/{pid}/cwd").resolve() == self.data.resolve()
        except OSError:
            return False

    def ready(self) -> bool:
        """True when connections are accepted."""
        lines = self._pid_file()
        return len(lines) >= 8 and lines[7].strip() == "ready" and self.running() is not None

    def start(self, seconds: float = 60) -> None:
        """Start the server in a session of its own and wait until it accepts connections; no-op when it runs."""
        self.prepare()
        if self.running() is None:
            with self.log.open("ab") as log:
                process = subprocess.Popen(
                    self.command(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    start_new_session=True,
                    **self.run_as(),
                )
            wait_until(lambda: self.ready() or process.poll() is not None, seconds)
        if not wait_until(self.ready, seconds if self.running() else 0):
            raise PostgresUnusableError(f"PostgreSQL does not start on port {self.port}:\n{tail(self.log)}")

    def ask_to_stop(self, mode: StopMode) -> Identity | None:
        """``fast`` rolls back what is open, ``immediate`` is a crash, ``smart`` waits for all to leave."""
        identity = self.running()
        if identity is not None:
            identity.signal(_SIGNALS[mode])
        return identity

    def stop(self, mode: StopMode = "fast", seconds: float = 60) -> None:
        """Ask it and wait until it is gone; no-op when it does not run."""
        identity = self.ask_to_stop(mode)
        if identity is None:
            return
        if not wait_until(lambda: not identity.alive(), seconds):
            raise PostgresUnusableError(f"PostgreSQL (process {identity.pid}) does not stop within {seconds:.0f} s")

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _program(self, name: str) -> Path:
        return find_postgres() / name

    def _initdb(self) -> None:
        owner = self.run_as()
        for directory in (self.home, self.data, self.home / "socket"):
            directory.mkdir(mode=0o755 if directory == self.home else 0o700, parents=True, exist_ok=True)
            if owner:
                os.chown(directory, owner["user"], owner["group"])
        (self.home / "socket").chmod(0o755)
        self._run(
            [
                str(self._program("initdb")),
                f"--pgdata={self.data}",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--auth=reject",
                *([] if self.durable else ["--no-sync"]),
            ]
        )

    def _write_settings(self) -> None:
        extra = "" if self.durable else "fsync = off\nfull_page_writes = off\n"
        self._write("kaska.conf", _SETTINGS + extra)
        self._write("pg_hba.conf", _ACCESS)
        main = self.data / "postgresql.conf"
        line = "include = 'kaska.conf'\n"
        if line not in main.read_text():
            with main.open("a") as out:
                out.write(line)

    def _write(self, name: str, content: str) -> None:
        file = self.data / name
        file.write_text(content)
        file.chmod(0o600)
        if owner := self.run_as():
            os.chown(file, owner["user"], owner["group"])

    def _make_roles(self) -> None:
        roles = [
            f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS "
            f"PASSWORD '{secret(self.secrets, role)}'"
            for role in (OWNER, APPLICATION)
        ]
        self._single_user("postgres", [*roles, f"CREATE DATABASE {DATABASE} OWNER {OWNER}"])
        self._single_user("postgres", [f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC"])
        self._single_user("postgres", [f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APPLICATION}"])
        (self.home / "roles-made").touch()

    def _single_user(self, database: str, statements: list[str]) -> None:
        """Run SQL with nobody else around; statements travel by stdin, so passwords show up in no process list."""
        command = [str(self._program("postgres")), "--single", "-j", "-D", str(self.data), database]
        self._run(command, "".join(f"{statement};\n\n" for statement in statements))

    def _run(self, command: list[str], given: str = "") -> None:
        done = subprocess.run(
            command, input=given, text=True, capture_output=True, cwd="/", check=False, **self.run_as()
        )
        said = done.stdout + done.stderr
        if done.returncode != 0 or re.search(r"^.*(ERROR|FATAL|PANIC): ", done.stderr, re.MULTILINE):
            raise PostgresUnusableError(f"{Path(command[0]).name} failed:\n{said[-2000:]}")


def external_url(settings: Settings) -> str:
    """The server that somebody else runs, "" when we run our own."""
    return settings.database_url or os.environ.get("DATABASE_URL", "")


def private_cluster(settings: Settings) -> Cluster:
    """The cluster of this installation; its socket can be reached as ``STATE/run/postgres``."""
    root = settings.root
    home = place_cluster(root / "postgres")
    link = root / "run" / "postgres"
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(home / "socket")
    return Cluster(home, settings.postgres_port, settings.secrets_dir, root / "log" / "postgres.log")


def urls(settings: Settings) -> DatabaseUrls:
    """How to reach the database; does not start anything."""
    if url := external_url(settings):
        return DatabaseUrls(owner=url, app=url)
    return private_cluster(settings).urls


def ensure(settings: Settings) -> DatabaseUrls:
    """Make sure that the database can be used: makes and starts the private cluster unless there is a DATABASE_URL.

    :raises PostgresUnusableError: says why not.
    """
    if not external_url(settings):
        private_cluster(settings).start()
    return urls(settings)


def start(settings: Settings) -> None:
    private_cluster(settings).start()


def stop(settings: Settings, mode: StopMode = "fast") -> None:
    private_cluster(settings).stop(mode)


def remember(settings: Settings, what: str, value: str) -> None:
    """Note, beside our own cluster, something that is true of what is in it; somebody else's may change under us."""
    if not external_url(settings):
        (private_cluster(settings).home / what).write_text(value)


def remembered(settings: Settings, what: str) -> str:
    """What was noted last, "" when nothing was."""
    file = private_cluster(settings).home / what if not external_url(settings) else None
    return file.read_text() if file is not None and file.exists() else ""


def tail(file: Path, lines: int = 15) -> str:
    """The last lines of a log, for a person to read."""
    try:
        return "\n".join(file.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""
