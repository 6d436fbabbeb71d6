"""A small log of each kind, with everything in it that goes wrong in practice, counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.audit.asking import SAMPLES, audited, figures, left_out, written

EXPECTED: dict[str, dict[str, Any]] = {
    "queue_log": {
        "rows": 33, "contacts": 9, "offered": 9, "answered": 5, "abandoned": 2, "short_abandoned": 1, "missed": 2,
        "announcement_only": None, "outbound": None, "asa_s": 23.6, "aht_s": 60.0,
        "talk_s_by_agent": {"101": 60, "102": 30, "103": 100, "Иванова": 50}, "ring_no_answer_by_agent": {"102": 1},
        "lost_callers": {"total": 4, "never": 2, "later": 1, "same_day": 1, "unknown": 0, "earlier_only": 0},
        "left_out": {"agent or system event, not a call": 3, "broken row": 1, "half a row at the end of the file": 1,
                     "impossible time": 1, "non-standard event": 1, "the same row again": 1},
    },
    "Master.csv": {
        "rows": 9, "contacts": 7, "offered": 5, "answered": 3, "abandoned": 1, "missed": 1, "announcement_only": 1,
        "outbound": 1, "talk_s_by_agent": {"101": 120, "102": 30}, "ring_no_answer_by_agent": {"101": 1},
        "lost_callers": {"total": 2, "never": 1, "later": 1, "same_day": 0, "unknown": 0, "earlier_only": 0},
        "left_out": {"half a row at the end of the file": 1, "internal call": 1},
    },
    "cdr_freepbx.csv": {
        "rows": 10, "contacts": 5, "offered": 3, "answered": 1, "abandoned": 1, "missed": 1, "announcement_only": 1,
        "outbound": 1, "asa_s": 25.0, "aht_s": 90.0, "talk_s_by_agent": {"101": 60, "102": 90},
        "ring_no_answer_by_agent": {"101": 1},
        "lost_callers": {"total": 2, "never": 1, "later": 0, "same_day": 1, "unknown": 0, "earlier_only": 0},
        "left_out": {"Local/ leg: the same call once more": 2, "header": 1, "the same row again": 1},
    },
    "cel.csv": {
        "rows": 20, "contacts": 3, "offered": 2, "answered": 1, "abandoned": 1, "short_abandoned": 1, "missed": 0,
        "announcement_only": 1, "outbound": 0, "asa_s": 20.0, "aht_s": 60.0, "talk_s_by_agent": {"102": 60},
        "ring_no_answer_by_agent": {"101": 1}, "left_out": {"non-standard event": 1},
    },
    "freeswitch.csv": {
        "rows": 8, "contacts": 5, "offered": 3, "answered": 1, "abandoned": 1, "short_abandoned": 1, "missed": 1,
        "announcement_only": 1, "outbound": 1, "asa_s": 9.0, "aht_s": 60.0, "talk_s_by_agent": {"101": 120},
        "lost_callers": {"total": 2, "never": 1, "later": 0, "same_day": 1, "unknown": 0, "earlier_only": 0},
        "left_out": {"another leg of the same call": 1, "internal call": 1, "the same row again": 1},
    },
    "calls.csv": {
        "rows": 8, "contacts": 6, "offered": 5, "answered": 3, "abandoned": 1, "short_abandoned": 1, "missed": 1,
        "announcement_only": 1, "asa_s": 8.5, "aht_s": 80.0, "talk_s_by_agent": {"Иванова": 120, "Петров": 120},
        "lost_callers": {"total": 2, "never": 1, "later": 0, "same_day": 1, "unknown": 0, "earlier_only": 0},
        "left_out": {"header": 1, "outcome that was not mapped": 1},
    },
}  # fmt: skip
FORMATS = {"queue_log": "queue-log", "Master.csv": "asterisk-cdr", "cdr_freepbx.csv": "asterisk-cdr",
           "cel.csv": "asterisk-cel", "freeswitch.csv": "freeswitch-cdr", "calls.csv": "csv"}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_each_sample_counted_by_hand(name: str) -> None:
    found = figures(SAMPLES / name)
    expected = EXPECTED[name]
    assert {key: found[key] for key in expected if key != "left_out"} == {
        key: value for key, value in expected.items() if key != "left_out"
    }
    assert left_out(found) == expected["left_out"]


@pytest.mark.parametrize(("name", "expected"), FORMATS.items())
def test_the_format_is_recognised(name: str, expected: str) -> None:
    assert [one for _, one in audited(SAMPLES / name).sources] == [expected]
    assert figures(SAMPLES / name) == figures(SAMPLES / name, format=expected)


def test_what_a_log_cannot_tell_is_null() -> None:
    for name, unknown in (
        ("queue_log", {"announcement_only", "outbound"}), ("freeswitch.csv", {"ring_no_answer_by_agent"}),
        ("calls.csv", {"ring_no_answer_by_agent"}), ("cel.csv", set()),
    ):  # fmt: skip
        assert {key for key, value in figures(SAMPLES / name).items() if value is None} == unknown, name


def test_a_log_without_people_or_numbers(tmp_path: Path) -> None:
    found = figures(written(tmp_path, "start,result\n2024-03-01 10:00:00,answered\n2024-03-01 10:01:00,abandoned\n"))
    assert (found["answered"], found["abandoned"], found["talk_s_by_agent"]) == (1, 1, None)
    assert set(found["lost_callers"].values()) == {None}


def test_several_files_are_one_audit() -> None:
    both = figures(SAMPLES / "cel.csv", SAMPLES / "queue_log", SAMPLES / "queue_log")
    assert both["offered"] == EXPECTED["queue_log"]["offered"] + EXPECTED["cel.csv"]["offered"]
    assert left_out(both)["the same file again"] == 33
    assert both["outbound"] == 0


def test_of_one_call_one_file_tells() -> None:
    both = figures(SAMPLES / "cel.csv", SAMPLES / "cdr_freepbx.csv")
    assert left_out(both)["call told by another file"] == 6
    assert both["contacts"] == 3 + 2, "the calls of 10:00, 11:00 and 12:00 are in both"
