"""The report as text, page and document."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.audit.asking import SAMPLES, audited, written

from kaska.audit.left_out import Why
from kaska.audit.options import AuditProblem, Price
from kaska.audit.telling import html, pdf, text, wording
from kaska.audit.telling.report import report


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_everything_has_words(language: str) -> None:
    assert all(wording.reason(why, language) for why in Why)


def test_a_manager_reads_what_leaked_and_what_it_costs() -> None:
    told = text.painted(report(audited(SAMPLES / "cdr_freepbx.csv"), "ru", Price(1500.0, "₽", "КПД × маржа")))
    for line in ("К людям пришли 3 обращения: отвечено 1, не дождались 1, не приняты 1.", "не дождались ответа",
                 "Прочитано 10 строк: 6 стали 5 обращениями, 4 не вошли.", "cdr_freepbx.csv:1"):  # fmt: skip
        assert line in told
    assert re.search(r"3\s000\s₽ +цена потерь", told)
    assert "1 later" not in told


def test_in_english() -> None:
    told = text.painted(report(audited(SAMPLES / "queue_log"), "en", Price()))
    assert "9 contacts reached out for a person: 5 answered, 2 abandoned, 2 missed." in told
    assert not re.search("[а-яё]", told.replace("Иванова", ""))


def test_the_page_stands_alone_and_its_pictures_are_sound(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    rows = f"1709269200|1.1|q|NONE|ENTERQUEUE||1|1\n1709269205|1.1|q|{hostile}|CONNECT|5|x|1\n" \
           f"1709269215|1.1|q|{hostile}|COMPLETEAGENT|5|10|1\n1709269216|1.2|q|NONE|ENTERQUEUE||2|1\n" \
           "1709269299|1.2|q|NONE|ABANDON|1|1|83\n"  # fmt: skip
    page = html.painted(report(audited(written(tmp_path, rows)), "ru", Price(10.0)))
    assert "<script" not in page
    assert "http" not in page
    pictures = re.findall(r"<svg.*?</svg>", page)
    assert len(pictures) == 2
    labels = [node.text for node in ElementTree.fromstring(pictures[0]).iter("text")]
    assert {"2", "с линии", "1", "не дождались"} <= set(labels)


def test_the_document_is_a_pdf(tmp_path: Path) -> None:
    file = tmp_path / "audit.pdf"
    pdf.written(report(audited(SAMPLES / "calls.csv"), "ru", Price(10.0)), file)
    assert file.read_bytes().startswith(b"%PDF-")


def test_without_a_font_it_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "FONTS", (("/nowhere/a.ttf", "/nowhere/b.ttf"),))
    with pytest.raises(AuditProblem, match="fonts-dejavu-core"):
        pdf.written(report(audited(SAMPLES / "calls.csv"), "ru", Price()), tmp_path / "audit.pdf")


@pytest.mark.parametrize(("count", "form"), [(1, "a"), (2, "b"), (5, "c"), (11, "c"), (12, "c"), (21, "a"), (102, "b")])
def test_russian_numbers_have_three_forms(count: int, form: str) -> None:
    assert wording.plural(count, "a", "b", "c") == form
