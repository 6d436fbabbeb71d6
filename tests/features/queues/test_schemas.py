"""What the API takes for a queue is what the core decides by."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from pydantic import ValidationError

from kaska.core.configuration import Queue
from kaska.core.routing.rules import OverflowStep, Policy, Promotion, Relaxation
from kaska.features.queues.public import queue_of, row_of
from kaska.features.queues.schemas import QueueGiven, QueueRow
from kaska.features.queues.tables import queues
from support.company import company
from support.rules import ruled

FULL = Queue(
    "sales",
    "Sales",
    "windows",
    {"sales": 3},
    policy=Policy("last_agent", 15.0, then="best_performer", product="doors"),
    prefers={"english": 2},
    relax=(Relaxation(20.0, "sales", 2), Relaxation(60.0, "sales")),
    priority_seconds=120.0,
    size_limit=20,
    full_queue="operators",
    chain=(
        OverflowStep("queue", 15.0, "operators"),
        OverflowStep("mobile", 40.0, trunk="city", number="+74950000199", calendar="office", closed=True),
        OverflowStep("message", 90.0),
    ),
    promotions=(Promotion(("ru/greeting",), "office"),),
    callback_first="customer",
    callback_tries=3,
)


def test_every_rule_of_a_queue_can_be_given_and_is_kept() -> None:
    names = {field.name for field in fields(Queue)}
    assert names | {"revision"} == set(QueueGiven.model_fields) | {"id"} == set(QueueRow.model_fields)
    assert names | {"tenant"} == {column.name for column in queues.columns}


def test_what_is_not_given_is_as_the_core_has_it() -> None:
    sent = QueueGiven(name="Sales", project="windows")
    assert queue_of({"id": "sales", **sent.model_dump()}) == Queue("sales", "Sales", "windows")


def test_a_whole_queue_goes_through_the_api_and_the_table() -> None:
    document = {name: value for name, value in row_of(FULL).items() if name != "id"}
    sent = QueueGiven.model_validate(document)
    assert queue_of({"id": "sales", **sent.model_dump()}) == FULL
    assert QueueRow.model_validate(row_of(FULL)).model_dump() == {"id": "sales", **sent.model_dump(), "revision": ""}


@given(ruled(company().queues["sales"]))
def test_any_rules_survive_the_table(queue: Queue) -> None:
    assert queue_of(row_of(queue)) == queue


@pytest.mark.parametrize(
    "wrong",
    [
        {"policy": {"name": "dance"}},
        {"policy": {"name": "last_agent", "then": "last_agent"}},
        {"policy": {"nmae": "ring_all"}},
        {"chain": [{"to": "moon"}]},
        {"chain": [{"to": "mobile", "trunk": "city", "number": "+7 (495) 1&PJSIP/x"}]},
        {"relax": [{"after": -1, "skill": "sales"}]},
        {"promotions": [{"prompts": ["../../etc/passwd"]}]},
        {"callback_tries": 0},
    ],
)
def test_malformed_rules_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        QueueGiven.model_validate({"name": "Sales", "project": "windows", **wrong})
