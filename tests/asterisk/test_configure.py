"""The configuration's templates are where they are looked for, in a checkout and in an installed package."""

from __future__ import annotations

import tomllib
from pathlib import Path

from kaska.asterisk import configure

ROOT = Path(__file__).parents[2]


def test_an_installed_package_has_the_templates() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    (source, target), *_ = wheel["force-include"].items()
    assert (ROOT / source / "asterisk.conf").exists()
    assert configure.templates() == ROOT / source
    assert Path(target) == Path("kaska/asterisk/templates")
