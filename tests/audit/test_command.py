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
