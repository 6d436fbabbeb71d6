"""Which processes an installation consists of, and which of them go first."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaska.host.parts import parts
from kaska.kit.config import Settings


@pytest.mark.parametrize(
    ("roles", "processes"),
    [
        ("engine;web,jobs", {"engine": True, "page": False}),
        ("engine,web,jobs", {"application": False}),
        ("engine ; web ; jobs", {"engine": True, "page": False, "jobs": False}),
        ("engine,jobs;web", {"engine": False, "page": False}),
    ],
)
def test_only_what_decides_and_nothing_else_is_in_real_time(
    tmp_path: Path, roles: str, processes: dict[str, bool]
) -> None:
    found = parts(Settings(_env_file=None, state=tmp_path, roles=roles))
    assert [part.name for part in found] == ["postgres", "asterisk", *processes]
    assert {part.name: part.real_time > 0 for part in found[2:]} == processes
    assert found[1].real_time > 0
    assert found[0].real_time == 0
