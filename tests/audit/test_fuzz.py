"""Broken logs: whatever stands in a file, the audit does not fall, rows add up, and messages name lines."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.audit.asking import SAMPLES, audited, written

from kaska.audit.as_json import document
from kaska.audit.options import FORMATS, AuditProblem, Price
from kaska.audit.telling import html, text
from kaska.audit.telling.report import report

NAMES = ["queue_log", "Master.csv", "cdr_freepbx.csv", "cel.csv", "freeswitch.csv", "calls.csv"]
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = [b"|", b'"', b",", b"\n", b"\r\n", b"\x00", b"\xff", b"-1", b"99999999999999999999", b"NaN", b"inf", b"1e400",
          b"\xd0", b"0000-00-00 00:00:00", b"2024-02-30 25:61:00", b"ENTERQUEUE", b"CONNECT", b"NONE", b"ANSWERED",
          b"{", b"\xef\xbb\xbf", b"\\N", "\u202e\u0660".encode(), b"9" * 5000]  # fmt: skip


def broken(data: bytes, chance: random.Random) -> bytes:
    """The log with some bytes lost, doubled, moved or replaced."""
    for _ in range(chance.randint(1, 12)):
        at, end = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            data = data[:at] + chance.choice(PIECES) + data[at:]
        elif kind == 1:
            data = data[:at] + data[at + chance.randint(1, 30) :]
        elif kind == 2 and data:
            at = min(at, len(data) - 1)
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif kind == 3:
            lines = data.split(b"\n")
            chance.shuffle(lines)
            data = b"\n".join(lines)
        else:
            data = data[: max(at, end)] + data[min(at, end) : max(at, end)]
    return data


def survives(file: Path, name: str, file_name: str = "log") -> None:
    try:
        found = audited(file, format=name)
    except AuditProblem:
        return  # said that it cannot be read at all
    shown = document(found)
    assert shown["rows"] == found.figures.rows + sum(one["rows"] for one in shown["left_out"])
    assert shown["offered"] == shown["answered"] + shown["abandoned"] + shown["missed"]
    for reason in found.reading.left_out.reasons.values():
        assert reason.lines
        assert all(re.fullmatch(re.escape(file_name) + r":[1-9]\d*", line) for line in reason.lines)
    told = report(found, "ru", Price(100.0))
    assert text.painted(told)
    assert html.painted(told).endswith("</html>\n")


@pytest.mark.parametrize("name", NAMES)
@QUICK
@given(seed=st.integers(0, 2**40))
def test_mutated_logs(tmp_path: Path, name: str, seed: int) -> None:
    chance = random.Random(seed)
    survives(written(tmp_path, broken((SAMPLES / name).read_bytes(), chance)), "auto")


@pytest.mark.parametrize("name", [one for one in FORMATS if one != "auto"])
@QUICK
@given(st.one_of(st.binary(max_size=400), st.text(st.characters(codec="utf-8"), max_size=300).map(str.encode)))
def test_garbage_read_as_each_format(tmp_path: Path, name: str, data: bytes) -> None:
    survives(written(tmp_path, data), name)


@pytest.mark.parametrize("name", [one for one in FORMATS if one != "auto"])
def test_each_format_read_as_each_other(name: str) -> None:
    for sample in NAMES:
        survives(SAMPLES / sample, name, sample)


WORDS = (
    "1709269200 1709269230 1 a.1 NONE sales SIP/1 ENTERQUEUE CONNECT COMPLETEAGENT ABANDON RINGNOANSWER QUEUESTART "
    "TRANSFER EXITEMPTY 5 -5 x"
)


@QUICK
@given(st.lists(st.lists(st.sampled_from(["", *WORDS.split()]), max_size=8), max_size=30))
def test_any_sequence_of_events(tmp_path: Path, rows: list[list[str]]) -> None:
    survives(written(tmp_path, "\n".join("|".join(row) for row in rows)), "queue-log")


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(AuditProblem, match="nowhere"):
        audited(Path("/nowhere/queue_log"))


def test_a_packed_file_that_is_cut_off(tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress((SAMPLES / "queue_log").read_bytes())
    assert audited(written(tmp_path, packed, "log.gz")).figures.contacts == 9
    with pytest.raises(AuditProblem, match=r"log\.gz"):
        audited(written(tmp_path, packed[:-20], "log.gz"))


def test_no_line_at_all(tmp_path: Path) -> None:
    found = audited(written(tmp_path, ""), format="queue-log")
    assert (found.reading.rows, found.figures.contacts) == (0, 0)
