"""A line's live check tells every state apart, in words of the reader's language."""

from __future__ import annotations

import pytest

from kaska.features.numbers.checking import state_of

TRUNK = {"id": "city", "endpoint": "trunk-city", "contact_uri": "sip:127.0.0.2:5060", "secret": ""}


@pytest.mark.parametrize(
    ("seen", "state", "words"),
    [
        (None, "away", "does not answer now"),
        ({}, "unpublished", "publish the settings"),
        ({"trunk-city": "offline"}, "offline", "Check address and port"),
        ({"trunk-city": "online"}, "online", "answers"),
        ({"trunk-city": "unasked"}, "unasked", "Only takes calls"),
    ],
)
def test_every_state_has_its_words(seen: dict[str, str] | None, state: str, words: str) -> None:
    told = state_of(TRUNK, seen, None, "en")
    assert (told.state, words in told.text, told.last_at) == (state, True, None)


def test_the_pages_own_line_is_no_trunk_without_an_address() -> None:
    told = state_of(TRUNK | {"secret": "x", "contact_uri": ""}, {"trunk-city": "unasked"}, None, "ru")
    assert "готова" in told.text
