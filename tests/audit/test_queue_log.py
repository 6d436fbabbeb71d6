"""The queue log as it is in practice: out of order, with spellings, restarts, ids used again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.audit.asking import audited, figures, left_out, written

from kaska.audit.names import agent_of, caller_of
from kaska.audit.readers import queue_log

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
AT = 1_709_269_200


def call(at: int, caller: str, *events: tuple[int, str, str, str], number: int = 1, queue: str = "sales") -> list[str]:
    """``events``: (seconds after the arrival, agent, event, data)."""
    rows = [f"{at}|{at}.{number}|{queue}|NONE|ENTERQUEUE||{caller}|1"]
    return rows + [f"{at + after}|{at}.{number}|{queue}|{agent}|{event}|{data}" for after, agent, event, data in events]


@pytest.mark.parametrize(
    "spelling",
    ["SIP/101", "PJSIP/101-0000000a", "PJSIP/101-0000a", "Local/101@from-queue/n", "Local/101@from-queue-00000001;1",
     "agent/101", "Agent/101", " 101 ", "IAX2/101-1234", "sofia/internal/101@pbx.example", "user/101@pbx.example"],
)  # fmt: skip
def test_an_agent_has_one_name(spelling: str) -> None:
    assert agent_of(spelling) == "101"


def test_names_stay_names() -> None:
    assert agent_of("«Иванова»") == agent_of('"Иванова"') == agent_of("Иванова") == "Иванова"
    assert agent_of("NONE") == agent_of("") == ""
    assert agent_of("SIP/anna-maria") == "anna-maria"


@pytest.mark.parametrize("spelling", ["89160000001", "+7 916 000-00-01", "79160000001", "9160000001", "8(916)0000001",
                                      '"Клиент" <89160000001>'])  # fmt: skip
def test_a_caller_has_one_number(spelling: str) -> None:
    assert caller_of(spelling) == "+79160000001"


def test_hidden_callers_are_nobody_in_particular(tmp_path: Path) -> None:
    rows = call(AT, "anonymous", (30, "NONE", "ABANDON", "1|1|30")) + call(AT + 60, "", (5, "NONE", "ABANDON", "1|1|5"))
    found = audited(written(tmp_path, "\n".join(rows)))
    assert (found.figures.abandoned, found.recovered.callers.total, found.recovered.hidden) == (2, 0, 2)


def test_going_on_into_another_queue_is_one_contact_that_waited_from_the_first(tmp_path: Path) -> None:
    rows = call(AT, "89160000001", (60, "NONE", "EXITWITHTIMEOUT", "1|1|60"))
    rows += [
        f"{AT + 62}|{AT}.1|support|NONE|ENTERQUEUE||89160000001|1",
        f"{AT + 70}|{AT}.1|support|SIP/7|CONNECT|8|x.2|3",
        f"{AT + 90}|{AT}.1|support|SIP/7|COMPLETEAGENT|8|20|1",
    ]  # fmt: skip
    found = figures(written(tmp_path, "\n".join(rows)))
    assert (found["contacts"], found["answered"], found["missed"], found["asa_s"]) == (1, 1, 0, 70.0)


def test_ids_are_used_again_after_a_restart(tmp_path: Path) -> None:
    rows = ["100|1.1", *call(AT, "89160000001", (40, "NONE", "ABANDON", "1|1|40"))]
    again = call(AT, "89160000002", (9, "SIP/1", "CONNECT", "9|x|2"), (29, "SIP/1", "COMPLETEAGENT", "9|20|1"))
    rows += [row.replace(str(AT), str(AT + 100), 1) for row in again[:1]]
    rows += [row.replace(str(AT + 9), str(AT + 109), 1).replace(str(AT + 29), str(AT + 129), 1) for row in again[1:]]
    found = figures(written(tmp_path, "\n".join(rows)))
    assert (found["contacts"], found["abandoned"], found["answered"], found["asa_s"]) == (2, 1, 1, 9.0)


def test_a_restart_ends_who_waited_but_not_who_talked(tmp_path: Path) -> None:
    rows = call(AT, "89160000001") + call(AT + 5, "89160000002", (5, "SIP/1", "CONNECT", "5|x|2"), number=2)
    rows += [f"{AT + 60}|NONE|NONE|NONE|QUEUESTART|", *call(AT + 90, "89160000003", number=3)]
    found = audited(written(tmp_path, "\n".join(rows)))
    assert (found.figures.missed, found.figures.answered) == (1, 1)
    assert {why.value: reason.lines for why, reason in found.reading.left_out.reasons.items()} == {
        "agent or system event, not a call": ["log:4"],
        "call without an end in the log": ["log:5"],
    }


def test_a_transfer_gives_each_his_talk(tmp_path: Path) -> None:
    rows = call(AT, "89160000001", (10, "SIP/1", "CONNECT", "10|x|2"),
                (40, "SIP/1", "ATTENDEDTRANSFER", "BRIDGE|b-1|10|30|1"))  # fmt: skip
    rows += [f"{AT + 41}|{AT}.1|second|NONE|ENTERQUEUE||89160000001|1", f"{AT + 46}|{AT}.1|second|SIP/2|CONNECT|5|x|3",
             f"{AT + 106}|{AT}.1|second|SIP/2|COMPLETECALLER|5|60|1"]  # fmt: skip
    found = figures(written(tmp_path, "\n".join(rows)))
    assert (found["contacts"], found["talk_s_by_agent"], found["asa_s"]) == (1, {"1": 30, "2": 60}, 10.0)
    assert found["aht_s"] == 90.0


def test_half_a_line_in_the_middle_names_its_line(tmp_path: Path) -> None:
    rows = [*call(AT, "1", (5, "NONE", "ABANDON", "1|1|5")), "17092|half"]
    found = audited(written(tmp_path, "\n".join(rows) + "\n"))
    assert found.reading.left_out.reasons[next(iter(found.reading.left_out.reasons))].lines == ["log:3"]


def test_midnight_belongs_to_the_arrival(tmp_path: Path) -> None:
    midnight = 1_709_240_400  # 2024-03-01 00:00 in Moscow
    rows = call(midnight - 10, "1", (30, "SIP/1", "CONNECT", "30|x|2"), (60, "SIP/1", "COMPLETEAGENT", "30|30|1"))
    file = written(tmp_path, "\n".join(rows))
    assert figures(file, until=midnight)["answered"] == 1
    assert left_out(figures(file, since=midnight)) == {"outside the period": 3}


CALLS = st.lists(
    st.tuples(st.integers(0, 86_400), st.integers(0, 30), st.integers(0, 90), st.integers(0, 300),
              st.sampled_from(["answered", "abandoned", "timeout"]), st.integers(0, 3)),
    min_size=1, max_size=25,
)  # fmt: skip


def told(calls: list[tuple[int, int, int, int, str, int]]) -> list[str]:
    rows: list[str] = []
    for number, (after, caller, wait, talk, end, rings) in enumerate(calls):
        events = [(wait, f"SIP/{ring}", "RINGNOANSWER", "1000") for ring in range(rings)]
        if end == "answered":
            events += [(wait, f"PJSIP/9-000{number:05x}", "CONNECT", f"{wait}|x|1"),
                       (wait + talk, "agent/9", "COMPLETECALLER", f"{wait}|{talk}|1")]  # fmt: skip
        else:
            word = "ABANDON" if end == "abandoned" else "EXITWITHTIMEOUT"
            events.append((wait, "NONE", word, f"1|1|{wait}"))
        rows += call(AT + after, f"8916{caller:07d}", *events, number=number)
    return rows


@QUICK
@given(CALLS, st.integers(0, 2**32))
def test_the_figures_are_those_of_the_calls_in_whatever_order(
    tmp_path: Path, calls: list[tuple[int, int, int, int, str, int]], seed: int
) -> None:
    rows = told(calls)
    random.Random(seed).shuffle(rows)
    found = figures(written(tmp_path, "\n".join(rows) + "\n"))
    answered = [one for one in calls if one[4] == "answered"]
    abandoned = [one for one in calls if one[4] == "abandoned"]
    assert (found["rows"], found["contacts"], found["left_out"]) == (len(rows), len(calls), [])
    assert (found["answered"], found["abandoned"]) == (len(answered), len(abandoned))
    assert found["missed"] == len(calls) - len(answered) - len(abandoned)
    assert found["short_abandoned"] == sum(one[2] <= 5 for one in abandoned)
    assert found["talk_s_by_agent"] == ({"9": sum(one[3] for one in answered)} if answered else {})
    assert sum(found["ring_no_answer_by_agent"].values()) == sum(one[5] for one in calls)
    if answered:
        within = sum(one[2] <= 20 for one in answered)
        assert found["sl_offered"] == pytest.approx(within / len(calls), abs=1e-6)
        assert found["asa_s"] == pytest.approx(sum(one[2] for one in answered) / len(answered), abs=1e-5)
    callers = found["lost_callers"]
    assert callers["total"] == len({one[1] for one in calls if one[4] != "answered"})
    assert callers["total"] == sum(count for name, count in callers.items() if name != "total")


@QUICK
@given(CALLS, st.integers(1, 40))
def test_windows_and_temporary_files_change_nothing(
    tmp_path: Path, calls: list[tuple[int, int, int, int, str, int]], window: int
) -> None:
    ordered = sorted(told(calls), key=lambda row: int(row.partition("|")[0]))
    file = written(tmp_path, "\n".join(ordered) + "\n")
    whole = figures(file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queue_log, "WINDOW", max(window, len(ordered)))
        patch.setattr("kaska.audit.source.PIECE", 37)
        patch.setattr("kaska.audit.people.MOST_IN_MEMORY", 2)
        assert figures(file) == whole


def test_exports_of_the_table_say_the_same(tmp_path: Path) -> None:
    rows = call(AT, "89160000001", (10, "SIP/1", "CONNECT", "10|x|2"), (40, "SIP/1", "COMPLETEAGENT", "10|30|1"))
    rows += call(AT + 60, "89160000002", (3, "NONE", "ABANDON", "1|1|3"), number=2)
    plain = figures(written(tmp_path, "\n".join(rows) + "\n"))
    cells = [(row.split("|") + [""] * 5)[:10] for row in rows]
    names = ["time", "callid", "queuename", "agent", "event", "data1", "data2", "data3", "data4", "data5"]
    for name, mark, header in (("a.csv", ",", True), ("b.tsv", "\t", False), ("c.csv", ";", True)):
        table = [names] if header else []
        for at, *rest in cells:
            seconds = int(at) - AT
            stamp = f"2024-03-01 08:{seconds // 60:02d}:{seconds % 60:02d}.250000"
            table.append([at if mark == "," else stamp, *rest])
        text = "\n".join(mark.join(f'"{cell}"' for cell in row) for row in table) + "\n"
        found = figures(written(tmp_path, text, name))
        assert left_out(found) == ({"header": 1} if header else {}), name
        assert {key: found[key] for key in found if key not in ("rows", "left_out")} == {
            key: plain[key] for key in plain if key not in ("rows", "left_out")
        }, name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r"])
def test_any_encoding(tmp_path: Path, encoding: str) -> None:
    name = "Иванова Анна"
    rows = call(AT, "89160000001", (10, name, "CONNECT", "10|x|2"), (40, name, "COMPLETEAGENT", "10|30|1"))
    found = figures(written(tmp_path, ("\r\n".join(rows) + "\r\n").encode(encoding)))
    assert found["talk_s_by_agent"] == {name: 30}
    assert found["left_out"] == []
