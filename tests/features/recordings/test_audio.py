"""Files are found by name only, and parts of them are sent as asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaska.features.recordings.audio import Part, locate, part_of
from kaska.features.recordings.errors import RangeNotSatisfiable

WHOLE = Part(0, 100, whole=True)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (None, WHOLE),
        ("", WHOLE),
        ("bytes=0-", Part(0, 100, whole=False)),
        ("bytes=10-19", Part(10, 20, whole=False)),
        ("bytes=99-", Part(99, 100, whole=False)),
        ("bytes=90-1000", Part(90, 100, whole=False)),
        ("bytes=-10", Part(90, 100, whole=False)),
        ("bytes=-1000", Part(0, 100, whole=False)),
        ("bytes=20-10", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=0-1,5-6", WHOLE),
        ("seconds=1-2", WHOLE),
        ("bytes=١-", WHOLE),
        ("bytes=" + "9" * 5000 + "-", WHOLE),
    ],
)
def test_parts(asked: str | None, part: Part) -> None:
    assert part_of(100, asked) == part


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=999999999-", "bytes=-0"])
def test_beyond_the_end(asked: str) -> None:
    with pytest.raises(RangeNotSatisfiable) as refused:
        part_of(100, asked)
    assert refused.value.headers() == {"Content-Range": "bytes */100"}


async def test_only_files_of_the_directory_are_found(tmp_path: Path) -> None:
    inside = tmp_path / "recordings"
    (inside / "sub").mkdir(parents=True)
    (inside / "a.wav").write_bytes(b"RIFF")
    (tmp_path / "secret.wav").write_bytes(b"RIFF")
    (inside / "link.wav").symlink_to(tmp_path / "secret.wav")
    (inside / "sub" / "b.wav").write_bytes(b"RIFF")
    for name in ("a.wav", "a"):
        found = await locate(inside, name)
        assert found is not None
        assert (found.path, found.size) == (inside / "a.wav", 4)
    outside = ["../secret.wav", "../secret", str(tmp_path / "secret.wav"), "link.wav", "link", "sub/b.wav"]
    for name in ["", ".", "..", "sub", *outside, "a.wav\x00", "x" * 5000, "missing"]:
        assert await locate(inside, name) is None, name
    assert await locate(tmp_path / "nowhere", "a.wav") is None
