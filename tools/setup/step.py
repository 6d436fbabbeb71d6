"""Run one step of the setup quietly: a line when it starts, a line with its seconds when it is done.

Use: step.py NAME LOGFILE COMMAND…  What the command prints goes to the log; its end is shown when it fails.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

SHOWN = 25


def main() -> int:
    name, log, command = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    log.parent.mkdir(parents=True, exist_ok=True)
    show(f"  … {name}")
    began = time.monotonic()
    plain = {**os.environ, "NO_COLOR": "1"}
    with log.open("wb") as out:
        code = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=plain, check=False
        ).returncode
    took = f"{time.monotonic() - began:.1f} s"
    if code == 0:
        show(f"  ✓ {name:<34}{took:>8}")
        return 0
    said = re.sub(r"\x1b\[[\d;]*m", "", log.read_text(errors="replace")).splitlines()
    show("\n".join([f"  ✗ {name:<34}{took:>8}", *(f"    {line}" for line in said[-SHOWN:]), f"    (all of it: {log})"]))
    return code


def show(text: str) -> None:
    """In one write, so that lines of parallel steps do not mix; readable whatever the locale."""
    os.write(1, (text + "\n").encode())


if __name__ == "__main__":
    sys.exit(main())
