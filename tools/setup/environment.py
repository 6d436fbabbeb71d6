"""Make the Python environment: ``environment.py VENV REQUIREMENTS``.

Everything is installed by uv from a hash-locked file; uv itself comes by pip. Where packages come from is whatever pip
is told on this machine (its configuration files and variables), which uv does not read by itself: it is passed on.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DISTRIBUTIONS = "/usr/bin/python3"

LAUNCHER = """#!{python}
import sys

from kaska.cli import app

sys.exit(app())
"""


def main(venv: Path, requirements: Path) -> None:
    python = venv / "bin" / "python"
    if not python.exists() or not works(python):
        subprocess.run([interpreter(), "-m", "venv", "--clear", str(venv)], check=True)
    uv = venv / "bin" / "uv"
    if not uv.exists():
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(HERE / "uv.txt")], check=True)
    install(python, requirements)
    link_project(venv, python)


def interpreter() -> str:
    """Which Python carries the calls: the distribution's, when it will do, before the one that runs this.

    Distributions build theirs optimised by profiles. One made by hand (pyenv does so by default) took a third more
    processor time for the same work.
    """
    if chosen := os.environ.get("KASKA_PYTHON"):
        return chosen
    able = [DISTRIBUTIONS, "-c", "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))"]
    if Path(DISTRIBUTIONS).exists() and subprocess.run(able, capture_output=True, check=False).returncode == 0:
        return DISTRIBUTIONS
    return sys.executable


def works(python: Path) -> bool:
    """False after the machine's Python went away under an old environment."""
    return subprocess.run([str(python), "-c", "import pip"], capture_output=True, check=False).returncode == 0


def install(python: Path, requirements: Path, *more: str) -> None:
    """By uv; when that fails (a configuration of pip that it cannot follow), by pip, slower."""
    locked = ["--require-hashes", "-r", str(requirements), *more]
    uv = [str(python.parent / "uv"), "pip", "install", "--python", str(python), *locked]
    if subprocess.run(uv, env={**os.environ, **uv_settings(python)}, check=False).returncode == 0:
        return
    print("uv could not; trying pip", flush=True)
    subprocess.run([str(python), "-m", "pip", "install", "--disable-pip-version-check", *locked], check=True)


def uv_settings(python: Path) -> dict[str, str]:
    """pip's settings in uv's words, without touching what is set for uv already."""
    pip = pip_settings(python)
    extra = [url for url in pip.get("extra-index-url", "").split() if reachable(url)]
    wanted = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INDEX": " ".join(extra),
        "UV_FIND_LINKS": ",".join(place for place in pip.get("find-links", "").split() if reachable(place)),
        "UV_NO_INDEX": "1" if pip.get("no-index", "") in ("1", "true", "True") else "",
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": pip.get("default-timeout", "") or pip.get("timeout", ""),
        "SSL_CERT_FILE": pip.get("cert", ""),
        "ALL_PROXY": pip.get("proxy", ""),
        "UV_INDEX_STRATEGY": "unsafe-best-match",  # as pip does; the hashes decide what may be installed
        "UV_LINK_MODE": "hardlink" if same_disk() else "copy",
    }
    return {name: value for name, value in wanted.items() if value and name not in os.environ}


def pip_settings(python: Path) -> dict[str, str]:
    """What ``pip config list`` says, later sources over earlier ones: global, user, site, environment."""
    said = subprocess.run([str(python), "-m", "pip", "config", "list"], capture_output=True, text=True, check=True)
    found: dict[tuple[int, str], str] = {}
    for line in said.stdout.splitlines():
        key, separator, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if separator and section in ("global", "install", ":env:"):
            found[("global", "install", ":env:").index(section), name] = str(ast.literal_eval(value))
    return {name: value for (_, name), value in sorted(found.items())}


def reachable(place: str) -> bool:
    """Local directories may be named and not be there; pip passes over them, uv does not."""
    parts = urlsplit(place)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).is_dir()
    return bool(parts.scheme) or Path(place).is_dir()


def same_disk() -> bool:
    """Hard links into uv's cache work only on one file system."""
    cache = Path(os.environ.get("UV_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    while not cache.exists():
        cache = cache.parent
    return cache.stat().st_dev == ROOT.stat().st_dev


def link_project(venv: Path, python: Path) -> None:
    """``import kaska`` and the command ``kaska`` work, straight from this tree; no build tool is needed for that."""
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    Path(packages, "kaska.pth").write_text(f"{ROOT / 'src'}\n")
    launcher = venv / "bin" / "kaska"
    launcher.write_text(LAUNCHER.format(python=venv.resolve() / "bin" / python.name))
    launcher.chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
