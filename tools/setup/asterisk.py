"""Unpack our own Asterisk into STATE/asterisk unless the machine has one: ``asterisk.py STATE``.

Needs only the standard library, so that it runs while the Python environment is still being made. Which Asterisk is
used is decided again, at every start, by kaska.asterisk.runtime.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from kaska.asterisk.tree import AsteriskUnusableError, build

OLDEST = 20


def main(state: Path) -> int:
    if os.environ.get("KASKA_ASTERISK") or installed() or (state / "asterisk/usr/sbin/asterisk").exists():
        return 0
    try:
        build((state / "asterisk").resolve(), lambda line: print(line, flush=True))
    except AsteriskUnusableError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def installed() -> bool:
    """Is a usable one on PATH?"""
    binary = shutil.which("asterisk")
    if binary is None:
        return False
    said = subprocess.run([binary, "-V"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", said)
    return found is not None and int(found[1]) >= OLDEST


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
