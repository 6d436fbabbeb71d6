"""Every test, in two halves side by side: ``run_tests.py PYTEST [ARGUMENTS…]``.

Tests with telephones and browsers mostly wait, the others mostly compute: together they take as long as the longer
half. What computes stands back (nice), as a telephone that is served late is a test that fails. The telephones are
shown as they go, the others when they have ended; the exit code is that of the first half that failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

WAITING = "telephony or browser or faults"
NICE = 10
NOTHING_CHOSEN = 5
"""pytest's exit code when ``ARGUMENTS`` choose no test of a half"""


def main() -> int:
    pytest = sys.argv[1:]
    with tempfile.TemporaryFile("w+") as told:
        computing = subprocess.Popen(
            ["nice", "-n", str(NICE), *pytest, "-m", f"not ({WAITING})"], stdout=told, stderr=subprocess.STDOUT
        )
        try:
            waiting = subprocess.run([*pytest, "-m", WAITING], check=False).returncode
            print("\nThe tests that need neither a telephone nor a browser:\n", flush=True)
            computed = computing.wait()
        except KeyboardInterrupt:
            computing.terminate()
            computing.wait()
            raise
        told.seek(0)
        sys.stdout.write(told.read())
    codes = [0 if code == NOTHING_CHOSEN else code for code in (waiting, computed)]
    if waiting == computed == NOTHING_CHOSEN:
        return NOTHING_CHOSEN
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    raise SystemExit(main())
