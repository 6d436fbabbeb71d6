"""Install the system packages of one or more groups of packages.txt, as far as they are missing.

Use: packages.py GROUP…  As root it installs by apt-get; otherwise it prints the one line that does, and fails.
PostgreSQL is installed without the cluster that Debian would make and start: Kaska has its own.
"""

from __future__ import annotations

import contextlib
import glob
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LIST = Path(__file__).with_name("packages.txt")
CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")
INSTALL = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]


def main(groups: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - it runs with whatever python3 the machine has
        return complain(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    missing = [package for group, package, signs in entries() if group in groups and not any(map(present, signs))]
    missing = list(dict.fromkeys(missing))
    if not missing:
        return 0
    if shutil.which("apt-get") is None:
        return complain(f"Please install what Debian calls: {' '.join(missing)} — then run make again.")
    if os.geteuid() != 0:
        line = f"sudo apt-get install --no-install-recommends {' '.join(everything_missing())}"
        return complain(f"These system packages are missing. Please run this, then make again:\n\n    {line}\n")
    return install(missing)


def entries() -> Iterator[tuple[str, str, list[str]]]:
    for line in LIST.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            group, package, *signs = line.split()
            yield group, package, signs


def present(sign: str) -> bool:
    kind, _, name = sign.partition(":")
    if kind == "command":
        return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") is not None
    if kind == "file":
        return bool(glob.glob(name))
    return importlib.util.find_spec(name) is not None


def everything_missing() -> list[str]:
    """Of all groups, so that a person is asked once. The packages for tests are left out unless asked for."""
    wanted = set(sys.argv[1:]) | {"first", "speech", "run"}
    found = [package for group, package, signs in entries() if group in wanted and not any(map(present, signs))]
    return list(dict.fromkeys(found))


def install(packages: list[str]) -> int:
    print("installing:", *packages, flush=True)
    with no_cluster():
        if knows(packages) and apt(*INSTALL, *packages) == 0:
            return 0
        # Lists that are absent or older than the archive: only then is an update worth its seconds.
        if apt("apt-get", "update", "-q") != 0:
            print("apt-get update complained; trying to install all the same", flush=True)
        return apt(*INSTALL, *packages)


def knows(packages: list[str]) -> bool:
    """Does apt have a candidate for each?"""
    command = ["apt-get", "install", "--simulate", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def apt(*command: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_MODE": "l"}
    environment.setdefault("LC_ALL", "C.UTF-8")
    return subprocess.run(command, env=environment, check=False).returncode


@contextlib.contextmanager
def no_cluster() -> Iterator[None]:
    """While PostgreSQL is installed, tell Debian not to make a cluster; then put its settings back as they were."""
    if not CLUSTERS.exists():
        yield  # postgresql-common itself comes first, and makes no cluster
        return
    before = CLUSTERS.stat()
    content = CLUSTERS.read_bytes()
    try:
        CLUSTERS.write_bytes(content + b"\ncreate_main_cluster = false\n")
        yield
    finally:
        CLUSTERS.write_bytes(content)
        os.utime(CLUSTERS, ns=(before.st_atime_ns, before.st_mtime_ns))


def complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
