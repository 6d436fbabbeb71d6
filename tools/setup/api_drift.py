"""Is web/openapi.json what the application says of itself? With --write it is made so.

The web page's client is generated from that file (``npm run api``), and ``npm run api:check`` compares those two.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

FILE = Path(__file__).parents[2] / "web" / "openapi.json"


def main(write: bool) -> int:
    with tempfile.TemporaryDirectory() as directory:
        fresh = Path(directory) / "openapi.json"
        subprocess.run([sys.executable, "-m", "kaska.web", "--openapi", str(fresh)], check=True)
        now = fresh.read_text()
    written = FILE.read_text() if FILE.exists() else ""
    if now == written:
        return 0
    if write:
        FILE.write_text(now)
        return 0
    changes = difflib.unified_diff(written.splitlines(), now.splitlines(), "web/openapi.json", "the application", n=1)
    print("\n".join(list(changes)[:60]))
    print("\nweb/openapi.json is not what the application says now. Make it so: make api", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
