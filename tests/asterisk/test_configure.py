"""The configuration's templates are where they are looked for, in a checkout and in an installed package."""

from __future__ import annotations

import tomllib
from pathlib import Path

from kaska.asterisk import configure
from kaska.kit.config import Settings

ROOT = Path(__file__).parents[2]


def test_an_installed_package_has_the_templates() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    (source, target), *_ = wheel["force-include"].items()
    assert (ROOT / source / "asterisk.conf").exists()
    assert configure.templates() == ROOT / source
    assert Path(target) == Path("kaska/asterisk/templates")


def test_sides_that_lie_beside_the_finished_recordings_are_moved_once(tmp_path: Path) -> None:
    settings = Settings(state=tmp_path)
    settings.recordings_dir.mkdir()
    for name in ("k.in.wav", "k.out.wav", "k.p2.gap", "done.wav"):
        (settings.recordings_dir / name).write_bytes(b"RIFF")
    for _ in range(2):
        configure.write(settings, modules=tmp_path / "modules", data=tmp_path / "data", version=22)
    assert sorted(file.name for file in settings.unfinished_dir.iterdir()) == ["k.in.wav", "k.out.wav", "k.p2.gap"]
    assert [file.name for file in settings.recordings_dir.glob("*.*")] == ["done.wav"]
