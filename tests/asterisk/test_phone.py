"""Numbers as lines and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaska.kit.phone import normalise


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("+74950000101", "+74950000101"),
        ("84950000101", "+74950000101"),
        ("74950000101", "+74950000101"),
        ("+7 (495) 000-01-01", "+74950000101"),
        ("8-495-000-01-01", "+74950000101"),
        ("4950000101", "+74950000101"),
        ("+380440000101", "+380440000101"),
        ("380440000101", "+380440000101"),
        ("810380440000101", "+380440000101"),
        ("+44 20 7946 0000", "+442079460000"),
        ("88000000101", "+78000000101"),
    ],
)
def test_numbers(raw: str, expected: str) -> None:
    assert normalise(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "101",
        "anonymous",
        "Anonymous",
        "unknown",
        "+",
        "++74950000101",
        "1&PJSIP/demo-101",
        "84950000101&PJSIP/demo-101",
        "'; DROP TABLE contacts; --",
        '"84950000101"',
        "<b>84950000101</b>",
        "84950000101\n",
        "84950000101;ext=1",
        "sip:84950000101@example.com",
        "٨٤٩٥٠٠٠٠١٠١",
        "8" * 41,
        "0000000000000000",
        "\x0084950000101",
    ],
)
def test_hidden_and_hostile(raw: str) -> None:
    assert normalise(raw) == ("+74950000101" if raw.strip() == "84950000101" else "")


@given(st.text(max_size=60))
def test_never_fails_and_is_stable(raw: str) -> None:
    once = normalise(raw)
    assert once == "" or (once[0] == "+" and once[1:].isdigit() and once.isascii())
    assert once == "" or normalise(once) == once
