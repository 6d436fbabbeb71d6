"""Free CSV: columns as a person says, guessed, or kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.audit.asking import audited, figures, left_out, written

from kaska.audit.options import AuditProblem
from kaska.audit.readers.mapping import parse, profile_path

TABLE = """when,who,op,state,queue_s,talk_s
2024-03-01 10:00:00,89160000001,Anna,DONE,12,90
2024-03-01 10:05:00,89160000002,,GONE,30,
2024-03-01 10:06:00,89160000003,,VRU,,
2024-03-01 10:07:00,89160000004,,TEST,,
2024-03-02 10:05:00,89160000002,Boris,DONE,4,60
"""
MAP = (
    "arrival=when,wait=queue_s,talk=talk_s,agent=op,caller=who,"
    "outcome=state:DONE=answered,GONE=abandoned,VRU=announcement_only,TEST=ignore"
)


def test_columns_as_a_person_says(tmp_path: Path) -> None:
    found = figures(written(tmp_path, TABLE), mapping=MAP, format="csv")
    assert (found["answered"], found["abandoned"], found["announcement_only"], found["asa_s"]) == (2, 1, 1, 8.0)
    assert found["talk_s_by_agent"] == {"Anna": 90, "Boris": 60}
    assert found["lost_callers"]["later"] == 1
    assert left_out(found) == {"header": 1, "outcome that was mapped to be left out": 1}


def test_columns_by_number_without_a_header(tmp_path: Path) -> None:
    body = TABLE.partition("\n")[2]
    numbered = "arrival=1,caller=2,agent=3,wait=5,talk=6,outcome=4:DONE=answered,GONE=abandoned,VRU=announcement_only"
    found = figures(written(tmp_path, body), mapping=numbered, format="csv")
    assert (found["contacts"], left_out(found)) == (4, {"outcome that was not mapped": 1})


def test_what_is_written_is_read_again() -> None:
    mapping = parse(MAP)
    assert parse(mapping.written()) == mapping
    assert mapping.columns["outcome"] == ("state",)
    assert parse("arrival=Date+Time,answered=Answered (Y/N)").columns["arrival"] == ("Date", "Time")


@pytest.mark.parametrize(
    ("text", "said"),
    [("arrival", "FIELD=COLUMN"), ("who=1,arrival=2", "no field"), ("wait=1", "arrival=COLUMN"),
     ("arrival=1,outcome=2:X=happy", "no meaning"), ("arrival=nothing,talk=talk_s", "no column")],
)  # fmt: skip
def test_a_wrong_map_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(AuditProblem, match=said):
        audited(written(tmp_path, TABLE), mapping=text, format="csv")


def test_answered_may_be_a_word_or_a_time(tmp_path: Path) -> None:
    words = "Date,Time,Answered (Y/N),Speed of answer in seconds,AvgTalkDuration,Agent\n" \
            "01/31/2024,9:12:58,Y,109,00:02:23,Diana\n01/31/2024,9:20:00,N,,,Diana\n"  # fmt: skip
    found = figures(written(tmp_path, words), month_first=True)
    assert (found["answered"], found["missed"], found["asa_s"], found["aht_s"]) == (1, 1, 109.0, 143.0)
    times = "start,answer_time,talk\n2024-03-01 10:00:00,2024-03-01 10:00:07,5\n2024-03-01 10:01:00,,\n"
    found = figures(written(tmp_path, times, "times.csv"), format="csv")
    assert (found["answered"], found["missed"], found["asa_s"]) == (1, 1, 7.0)


def test_where_only_days_are_known_the_order_is_unknown(tmp_path: Path) -> None:
    days = "date,phone,result\n2024-03-01,89160000001,abandoned\n2024-03-01,89160000001,answered\n" \
           "2024-03-01,89160000002,abandoned\n2024-03-03,89160000002,answered\n"  # fmt: skip
    callers = figures(written(tmp_path, days))["lost_callers"]
    assert callers == {"total": 2, "never": 0, "later": 1, "same_day": 0, "unknown": 1, "earlier_only": 0}


def test_a_profile_keeps_the_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = written(tmp_path, TABLE)
    first = figures(file, mapping=MAP, format="csv", profile="beeline")
    assert profile_path("beeline") == tmp_path / "config/kaska/audit/beeline.json"
    assert figures(file, format="csv", profile="beeline") == first
    profile_path("beeline").write_text("[]")
    with pytest.raises(AuditProblem, match="no profile"):
        audited(file, format="csv", profile="beeline")


def test_a_guess_is_shown(tmp_path: Path) -> None:
    said = audited(written(tmp_path, "Начало;Телефон;Статус\n01.03.2024 10:00;89160000001;отвечен\n")).reading.said
    assert said[0] == "log: --map 'arrival=Начало,caller=Телефон,outcome=Статус'"
    assert "caller: 89160000001" in said[1]


def test_the_same_row_again_is_one_contact(tmp_path: Path) -> None:
    row = "2024-03-01 10:00:00,89160000001,answered\n"
    found = figures(written(tmp_path, "start,phone,result\n" + row + row))
    assert (found["contacts"], left_out(found)) == (1, {"header": 1, "the same row again": 1})
