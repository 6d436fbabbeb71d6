"""What would close the holes, found in foreign logs by the rules that the live books use."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.audit.asking import audited, written
from tests.audit.test_queue_log import AT, call

from kaska.audit.staffing import evidence_of, week_of
from kaska.core.counting.closing import Evidence, closings

HOUR = 3600
"""AT is 08:00 of a Friday in Moscow"""
EARLY = AT - 2 * HOUR
CDR = (
    '"","{caller}","s","{context}","","PJSIP/city-0{n}","","BackGround","menu","{at}","{at}","{at}",9,9,'
    '"ANSWERED","DOCUMENTATION","17092{n:05}.1",""'
)
CEL = (
    '"{what}","{at}","","89160000001","","","","600","{context}","{channel}","{app}","","3","",'
    '"{id}","1709269200.1","","","",""'
)


def evidence(file: Path) -> Evidence:
    found = audited(file)
    clock = found.reading.clock
    return evidence_of(found.figures, week_of(found.figures, clock), clock)


def rules(seen: Evidence) -> dict[str, str]:
    return {one.rule: one.text("en") for one in closings(seen)}


@pytest.mark.parametrize("usual", [True, False], ids=["usual rows", "a row more"])
def test_a_queue_log_tells_how_long_telephones_ring(tmp_path: Path, usual: bool) -> None:
    rows = []
    for number in range(4):
        events = [(6, "SIP/1", "RINGNOANSWER", "6000"), (20, "SIP/2", "CONNECT", "20|x|11")]
        events += [] if usual else [(20, "SIP/3", "RINGCANCELED", "100")]
        rows += call(
            AT + number, f"8916000000{number}", *events, (50, "SIP/2", "COMPLETEAGENT", "20|30|1"), number=number
        )
    seen = evidence(written(tmp_path, "\n".join(rows) + "\n"))
    assert seen.rings is not None
    assert (seen.rings.in_vain, seen.rings.vain_s, seen.rings.taken_s) == (4, 6, 11)
    assert rules(seen)["short_ring"].startswith("An agent's telephone rings for 6 s, but up to 11 s are needed")


def test_half_hours_in_which_nobody_ever_talks_are_closed(tmp_path: Path) -> None:
    rows = call(AT + HOUR, "1", (5, "SIP/1", "CONNECT", "5|x|2"), (65, "SIP/1", "COMPLETEAGENT", "5|60|1"))
    for number in range(4):
        rows += call(EARLY + number, f"8916000000{number}", (30, "NONE", "ABANDON", "1|1|30"), number=number)
        rows += call(AT + HOUR + number, f"8916000001{number}", (30, "NONE", "ABANDON", "1|1|30"), number=10 + number)
    seen = evidence(written(tmp_path, "\n".join(rows) + "\n"))
    assert dict(seen.closed) == {(4, 12): 4}
    told = rules(seen)
    assert told["closed_demand"].startswith("Fri 06:00–06:30: they call, and nobody is there: 4.")


def test_call_detail_records_tell_where_people_leave_the_menu(tmp_path: Path) -> None:
    rows = [
        CDR.format(caller=f"8916000000{n}", context="ivr-tariffs", n=n, at=f"2024-03-01 10:0{n}:00") for n in range(5)
    ]
    seen = evidence(written(tmp_path, "\n".join(rows) + "\n", "Master.csv"))
    assert list(seen.steps) == [("ivr-tariffs", 5)]
    assert "Step “ivr-tariffs”: hung up here: 5." in rules(seen)["menu_step"]


def test_channel_events_tell_what_comes_before_the_line(tmp_path: Path) -> None:
    told = [("CHAN_START", 0, "from-trunk", "PJSIP/city-1", "", "1709269200.1"),
            ("APP_START", 31, "queues", "PJSIP/city-1", "Queue", "1709269200.1"),
            ("CHAN_START", 32, "agents", "PJSIP/101-2", "", "1709269200.2"),
            ("HANGUP", 56, "agents", "PJSIP/101-2", "AppQueue", "1709269200.2"),
            ("HANGUP", 90, "queues", "PJSIP/city-1", "", "1709269200.1"),
            ("CHAN_END", 90, "queues", "PJSIP/city-1", "", "1709269200.1")]  # fmt: skip
    rows = [CEL.format(what=what, at=f"{AT + after}.000000", context=context, channel=channel, app=app, id=id)
            for what, after, context, channel, app, id in told]  # fmt: skip
    seen = evidence(written(tmp_path, "\n".join(rows) + "\n", "cel.csv"))
    assert seen.to_line_s == 31
    assert seen.rings is not None
    assert (seen.rings.in_vain, seen.rings.vain_s) == (1, 24)
    assert "long_greeting" in rules(seen)
