"""What an operator's browser fetches before the workplace can be used, measured on the built page."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

DIST = Path(__file__).parents[2] / "web" / "dist"
MOST = 350 * 1000
"""bytes, compressed by gzip"""
_STATIC = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")


def _with_imports(names: set[str]) -> set[str]:
    """The scripts and everything that they import before they run."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(_STATIC.findall((DIST / "assets" / name).read_text())) - found
    return found


def test_the_operators_route_is_light() -> None:
    page = (DIST / "index.html").read_text()
    begun = set(re.findall(r"/assets/([\w.-]+\.js)", page))
    (workplace,) = (path.name for path in (DIST / "assets").glob("Workplace-*.js"))
    scripts = _with_imports({*begun, workplace})
    styles = set(re.findall(r"/assets/([\w.-]+\.css)", page)) | {p.name for p in (DIST / "assets").glob("*.css")}
    assert len(scripts) > 3
    sizes = {name: len(gzip.compress((DIST / "assets" / name).read_bytes(), 6)) for name in scripts | styles}
    assert sum(sizes.values()) < MOST, sorted(sizes.items(), key=lambda one: -one[1])[:10]
