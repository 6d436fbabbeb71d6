"""The byte form that is hashed: the same for the same values however they are written, another for any other."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaska.ledger.canonical import Row, canonical_json, line_of

ROW = Row(17, datetime(2026, 11, 24, 9, 30, 0, 250_001, UTC), "kaska-1.1", "leg_up", '{"at": 1.50}', "0a1b2c3d-0000", 3)

QUICK = settings(max_examples=40, deadline=None)

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
documents = st.recursive(
    st.none() | st.booleans() | numbers | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=6,
)


def shuffled(document: Any, seed: random.Random) -> Any:
    if isinstance(document, dict):
        keys = list(document)
        seed.shuffle(keys)
        return {key: shuffled(document[key], seed) for key in keys}
    return [shuffled(item, seed) for item in document] if isinstance(document, list) else document


def exact(text: str) -> Any:
    """A document with its numbers exact, so that == compares values and not spellings."""
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


@QUICK
@given(documents, st.randoms(use_true_random=False))
def test_the_form_does_not_depend_on_how_json_is_written(document: Any, seed: random.Random) -> None:
    one = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    other = json.dumps(shuffled(document, seed), ensure_ascii=True, indent=1)
    assert canonical_json(one) == canonical_json(other)


@QUICK
@given(documents)
def test_the_form_keeps_every_value_and_is_its_own_form(document: Any) -> None:
    text = json.dumps(document)
    form = canonical_json(text)
    assert exact(form) == exact(text)
    assert canonical_json(form) == form


@QUICK
@given(documents, documents)
def test_different_documents_have_different_forms(one: Any, other: Any) -> None:
    first, second = json.dumps(one, sort_keys=True), json.dumps(other, sort_keys=True)
    alike = canonical_json(first) == canonical_json(second)
    assert alike == (_typed(exact(first)) == _typed(exact(second)))


def _typed(value: Any) -> Any:
    """true is not 1 here, as it is in Python."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, list):
        return [_typed(item) for item in value]
    return {key: _typed(item) for key, item in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("1.0", "1"),
        ("-0.0", "0"),
        ("100", "100"),
        ("0.10", "0.1"),
        ("1e3", "1000"),
        ("1.5E-7", "0.00000015"),
        ("10.00000000000000000001", "10.00000000000000000001"),
        ('{"b": 1, "a": [true, null]}', '{"a":[true,null],"b":1}'),
        ('"\\u0001\\n\\u00e9\\/\\""', '"\\u0001\\né/\\""'),
    ],
)
def test_written_forms(written: str, form: str) -> None:
    assert canonical_json(written) == form


@pytest.mark.parametrize("text", ["", "{", "NaN", "Infinity", '{"a": 1, "a": 1}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_json(text)


def test_the_line_of_a_fact() -> None:
    written = b'[17,1795512600250001,"kaska-1.1","leg_up",{"at":1.5},"0a1b2c3d-0000",3]\n'
    assert line_of(ROW) == written
    moscow = ROW.at.astimezone(timezone(timedelta(hours=3)))
    assert line_of(replace(ROW, at=moscow)) == written


@pytest.mark.parametrize(
    "change",
    [
        {"position": 18},
        {"at": ROW.at + timedelta(microseconds=1)},
        {"contact": "kaska-1.2"},
        {"type": "leg_over"},
        {"body": '{"at": 1.51}'},
        {"journal": "0a1b2c3d-0001"},
        {"seq": 4},
    ],
)
def test_every_column_counts(change: dict[str, Any]) -> None:
    assert line_of(replace(ROW, **change)) != line_of(ROW)
