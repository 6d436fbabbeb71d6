"""Who gets which message: laws, whatever the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from kaska.features.voicemail.due import Left, Rule, addresses_since, wanted

START = datetime(2026, 11, 26, 12, tzinfo=UTC)
moments = some.integers(0, 5).map(lambda hour: START + timedelta(hours=hour))
owners = some.sampled_from(["agent:a301", "agent:a302", "queue:sales"])
emails = some.sampled_from(["a@kaska.test", "A@kaska.test", "b@kaska.test"])
rules = some.lists(
    some.builds(
        Rule,
        some.sampled_from("xyz"),
        some.one_of(owners, some.just("project:windows")),
        some.dictionaries(emails, moments, max_size=3),
    ),
    max_size=4,
)
messages = some.lists(
    some.builds(Left, some.sampled_from(["c1", "c2", "c3"]), owners, some.sampled_from(["windows", "doors"]), moments),
    max_size=4,
)


@given(rules, messages)
def test_each_address_gets_each_message_once_and_never_again(rules: list[Rule], messages: list[Left]) -> None:
    found = wanted(rules, messages, [])
    keys = [(one.contact, one.email.lower()) for one in found]
    assert len(keys) == len(set(keys))
    assert wanted(rules, messages, [(one.contact, one.email) for one in found]) == []


@given(rules, messages)
def test_whoever_is_named_gets_it_and_nobody_else(rules: list[Rule], messages: list[Left]) -> None:
    due = {
        (message.contact, email.lower())
        for message in messages
        for rule in rules
        for email, since in rule.addresses.items()
        if since <= message.ended_at and rule.owner in (message.owner, f"project:{message.project}")
    }
    assert {(one.contact, one.email.lower()) for one in wanted(rules, messages, [])} == due


def test_whoever_stays_on_the_list_misses_nothing_and_whoever_is_new_gets_nothing_old() -> None:
    before = {"old@kaska.test": START, "gone@kaska.test": START}
    now = START + timedelta(days=1)
    after = addresses_since(before, ["OLD@kaska.test", "new@kaska.test", "New@kaska.test"], now)
    assert after == {"OLD@kaska.test": START, "new@kaska.test": now}
