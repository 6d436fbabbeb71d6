"""Ports that a component needs: are they free, who holds them, and which setting moves ours elsewhere."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Port:
    """``setting`` is the environment variable that changes ``number`` ("" when nothing does)."""

    number: int
    purpose: str
    setting: str
    host: str = "127.0.0.1"
    protocol: Literal["tcp", "udp"] = "tcp"

    def complaint(self) -> str:
        """Why it cannot be used and what to do, "" when it can."""
        problem = self._problem()
        if problem == errno.EADDRINUSE:
            holder = _holder(self.number, self.protocol)
            return (
                f"Port {self.number} ({self.protocol}), needed for {self.purpose}, is in use"
                + (f" by {holder}" if holder else "")
                + ". Stop that program"
                + (f", or choose another port: {self.setting}={self.number + 1}" if self.setting else ".")
            )
        if problem == errno.EADDRNOTAVAIL:
            setting = self.setting.replace("_PORT", "_HOST")
            return f"{self.host}, set for {self.purpose} by {setting}, is not an address of this machine."
        if problem == errno.EACCES:
            return (
                f"Port {self.number}, needed for {self.purpose}, is below 1024 and only root may use it. "
                f"Choose another: {self.setting}={self.number + 8000}"
            )
        return ""

    def _problem(self) -> int:
        """The error number that an attempt to listen meets, 0 when it succeeds."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        kind = socket.SOCK_STREAM if self.protocol == "tcp" else socket.SOCK_DGRAM
        with socket.socket(family, kind) as probe:
            if self.protocol == "tcp":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.number))
            except OSError as error:
                return error.errno or 0
        return 0


def complaints(ports: Iterable[Port]) -> list[str]:
    """One sentence for each port that cannot be used; empty when all can."""
    return [complaint for complaint in (port.complaint() for port in ports) if complaint]


def _holder(number: int, protocol: str) -> str:
    """ "name (process id)" of the program on that port, "" when it cannot be seen (another user's)."""
    inodes = set()
    for table in (f"/proc/net/{protocol}", f"/proc/net/{protocol}6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            local, state = fields[1], fields[3]
            if int(local.rpartition(":")[2], 16) == number and state in ("0A", "07"):
                inodes.add(f"socket:[{fields[9]}]")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(entry.readlink()) in inodes for entry in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:
            continue
    return ""
