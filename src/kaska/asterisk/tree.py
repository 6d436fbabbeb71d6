"""An own Asterisk, unpacked from the distribution's packages beside the host's: nothing of the host is touched.

Debian 12 and 13 carry no Asterisk; sid and forky do. The mirror is the one that the machine's own apt uses.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

Progress = Callable[[str], None]

SUITES = ("sid", "forky")
PACKAGES = (
    "asterisk",
    "asterisk-modules",
    "asterisk-core-sounds-ru-wav",
    "asterisk-core-sounds-en-wav",
    "asterisk-moh-opsound-wav",
)
BUILD_SECONDS = 600.0


class AsteriskUnusableError(Exception):
    """Asterisk is missing, too old or does not start; the message says why and what to do."""


def build(target: Path, progress: Progress) -> None:
    """Unpack Asterisk and everything it needs into ``target``; done in one step, so that half a tree is never used.

    :raises AsteriskUnusableError: when a tool is missing or no suite could be unpacked.
    """
    if shutil.which("mmdebstrap") is None:
        raise AsteriskUnusableError(
            "Asterisk is not installed and cannot be unpacked without mmdebstrap. "
            "Install it with: apt-get install mmdebstrap — or name an asterisk (20 or newer) in KASKA_ASTERISK."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    said = ""
    for suite in SUITES:
        draft = target.with_name(f".{target.name}.{suite}")
        shutil.rmtree(draft, ignore_errors=True)
        progress(f"unpacking Asterisk from Debian {suite} (about 90 MB to fetch, half a minute)")
        finished = subprocess.run(
            _command(suite, draft, mirror()), capture_output=True, text=True, timeout=BUILD_SECONDS, check=False
        )
        if finished.returncode == 0 and (draft / "usr/sbin/asterisk").exists():
            draft.rename(target)
            progress("Asterisk unpacked")
            return
        said = finished.stderr.strip()[-800:]
        shutil.rmtree(draft, ignore_errors=True)
    raise AsteriskUnusableError(f"Asterisk could not be unpacked (suites {', '.join(SUITES)}): {said}")


def _command(suite: str, target: Path, source: str) -> list[str]:
    return [
        "mmdebstrap",
        "--quiet",
        "--mode=chrootless",
        "--variant=extract",
        f"--include={','.join(PACKAGES)}",
        '--aptopt=Acquire::Check-Valid-Until "false"',
        '--aptopt=APT::Install-Recommends "false"',
        "--dpkgopt=path-exclude=/usr/share/doc/*",
        suite,
        str(target),
        source,
    ]


def mirror(etc_apt: Path = Path("/etc/apt")) -> str:
    """The Debian mirror that this machine's apt uses.

    :raises AsteriskUnusableError: when apt names none.
    """
    for uri, suites in _sources(etc_apt):
        if re.search(r"/debian/?$", uri) and not all("security" in suite for suite in suites):
            return uri
    raise AsteriskUnusableError(
        f"Asterisk is not installed and no Debian mirror is named under {etc_apt}. "
        "Name an asterisk (20 or newer) in KASKA_ASTERISK."
    )


def _sources(etc_apt: Path) -> Iterator[tuple[str, list[str]]]:
    """(address, suites) of every source that apt knows, in both ways of writing them."""
    for file in sorted((etc_apt / "sources.list.d").glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", file.read_text()):
            fields = dict(re.findall(r"(?m)^(URIs|Suites|Types):[ \t]*(.*)$", stanza))
            for uri in fields.get("URIs", "").split():
                yield uri, fields.get("Suites", "").split()
    for file in [etc_apt / "sources.list", *sorted((etc_apt / "sources.list.d").glob("*.list"))]:
        if file.exists():
            for found in re.finditer(r"(?m)^deb[ \t]+(?:\[[^\]]*\][ \t]+)?(\S+)[ \t]+(\S+)", file.read_text()):
                yield found[1], [found[2]]
