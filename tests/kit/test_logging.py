"""What reaches the log: JSON, from every kind of logger, and no phone number or address in clear."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from kaska.kit.logging import configure, mask_text


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    out = io.StringIO()
    configure("INFO", stream=out)
    yield out
    root.handlers[:] = handlers
    root.setLevel(level)


def entries(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("clear", "masked"),
    [
        ("+74950001267", "+7495•••••67"),
        ("from +7 495 000-12-67 now", "from +7495•••••67 now"),
        ("8 (495) 000-12-67", "8495•••••67"),
        ("sip:74950001267@127.0.0.2", "sip:7495•••••67@127.0.0.2"),
        ("ivan.petrov@example.org", "i•••@example.org"),
        ("+442079460123", "+4420••••••23"),
    ],
)
def test_personal_data_is_masked(clear: str, masked: str) -> None:
    assert mask_text(clear) == masked


@pytest.mark.parametrize(
    "plain",
    ["kaska-1763769600.12", "kaska-1763769600.12-a1", "2026-11-22T00:00:00.123456Z", "127.0.0.1:5060", "1763769600123",
     "0b5d7a12-3c44-4b8e-9f60-85b2d1f7a9c3"],
)  # fmt: skip
def test_ids_times_and_addresses_are_not(plain: str) -> None:
    assert mask_text(plain) == plain


def test_every_logger_ends_in_the_same_json(log: io.StringIO) -> None:
    structlog.get_logger("ours").info("call arrived", contact="kaska-1763769600.12", caller="4950001267")
    logging.getLogger("uvicorn.error").warning("from %s", "+74950001267", extra={"peer": {"phone": "0001267"}})
    ours, theirs = entries(log)
    assert ours["event"] == "call arrived"
    assert ours["contact"] == "kaska-1763769600.12"
    assert ours["caller"] == "4950••••67"
    assert theirs["event"] == "from +7495•••••67"
    assert theirs["level"] == "warning"
    assert theirs["peer"] == {"phone": "0001•••67"}


def test_exceptions_are_masked_too(log: io.StringIO) -> None:
    try:
        raise ValueError("no route to +74950001267")
    except ValueError:
        structlog.get_logger().exception("dialling failed")
    (entry,) = entries(log)
    assert "+7495•••••67" in entry["exception"]
    assert "0001267" not in log.getvalue()
