"""``kaska audit`` as a person types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.audit.asking import SAMPLES
from typer.testing import CliRunner, Result

from kaska.cli import app

KEYS = [
    "rows", "contacts", "offered", "answered", "abandoned", "short_abandoned", "announcement_only", "missed",
    "outbound",
    "asa_s", "aht_s", "sl_answered", "sl_offered", "sl_early_abandons_good", "sl_early_abandons_excluded", "target_s",
    "talk_s_by_agent", "ring_no_answer_by_agent", "lost_callers", "left_out",
]  # fmt: skip


def kaska(*said: str) -> Result:
    return CliRunner().invoke(app, ["audit", *said, "--timezone", "Europe/Moscow"])


def test_json_has_exactly_these_keys() -> None:
    answer = kaska(str(SAMPLES / "queue_log"), "--json")
    found = json.loads(answer.stdout)
    assert list(found) == KEYS
    assert list(found["lost_callers"]) == ["total", "never", "later", "same_day", "unknown", "earlier_only"]
    assert set(found["left_out"][0]) == {"reason", "rows"}


def test_period_target_and_names() -> None:
    log = str(SAMPLES / "queue_log")
    whole = json.loads(kaska(log, "--json", "--target", "30", "--agent", "101=Петров").stdout)
    assert (whole["target_s"], whole["talk_s_by_agent"]["Петров"]) == (30, 60)
    second_day = json.loads(kaska(log, "--json", "--since", "2024-03-02").stdout)
    first_day = json.loads(kaska(log, "--json", "--until", "2024-03-02 00:00").stdout)
    assert second_day["contacts"] == 1
    assert first_day["contacts"] + second_day["contacts"] == whole["contacts"]


def test_a_table_with_its_columns_named_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    table = tmp_path / "calls.csv"
    table.write_text("when,how,held,spoke,who,phone\n03/04/2024 10:00:00,TALK,4,60,Anna,89160000001\n"
                     "03/04/2024 10:05:00,GONE,3,,,89160000002\n03/04/2024 10:06:00,NOISE,,,,\n")  # fmt: skip
    columns = "arrival=when,wait=held,talk=spoke,agent=who,caller=phone,outcome=how:TALK=answered,GONE=abandoned"
    said = kaska(str(table), "--format", "csv", "--map", columns + ",NOISE=ignore", "--profile", "ours", "--json",
                 "--month-first", "--short", "2", "--until", "2024-03-05")  # fmt: skip
    found = json.loads(said.stdout)
    assert (found["contacts"], found["answered"], found["abandoned"], found["short_abandoned"]) == (2, 1, 1, 0)
    assert (found["talk_s_by_agent"], found["asa_s"]) == ({"Anna": 60}, 4.0)
    again = kaska(str(table), "--format", "csv", "--profile", "ours", "--json", "--month-first", "--short", "5")
    assert json.loads(again.stdout) == found | {"short_abandoned": 1, "sl_early_abandons_excluded": 1.0}


def test_as_words_with_money() -> None:
    said = kaska(str(SAMPLES / "queue_log"), "--language", "en", "--price-per-lost", "1500", "--currency", "EUR")
    assert said.exit_code == 0
    assert "6,000\u00a0EUR  price of the losses" in said.stdout


def test_page_and_document(tmp_path: Path) -> None:
    page, document = tmp_path / "a.html", tmp_path / "a.pdf"
    answer = kaska(str(SAMPLES / "Master.csv"), "--html", str(page), "--pdf", str(document), "--conversion", "0.37",
                   "--margin", "4000")  # fmt: skip
    assert answer.exit_code == 0
    assert "маржа 4\u00a0000 = 1\u00a0480" in page.read_text()
    assert document.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("said", "expected"),
    [(["--format", "excel"], "--format"), (["--timezone", "Mars/Base"], "Mars/Base"), (["--since", "soon"], "soon"),
     (["--conversion", "0.5"], "--margin"), (["--language", "fr"], "--language"), (["--agent", "x"], "WRITTEN=NAME"),
     (["--html", "/nowhere/at/all.html"], "/nowhere")],
)  # fmt: skip
def test_what_cannot_be_done_is_said(said: list[str], expected: str) -> None:
    answer = CliRunner().invoke(app, ["audit", str(SAMPLES / "Master.csv"), *said])
    assert answer.exit_code == 1
    assert expected in answer.stderr


def test_it_needs_neither_database_nor_telephony() -> None:
    loaded = "import sys, kaska.cli_audit, kaska.audit.telling.report; print(' '.join(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout.split()
    assert {"sqlalchemy", "asyncpg", "fastapi", "kaska.asterisk", "kaska.engine"}.isdisjoint(modules)
