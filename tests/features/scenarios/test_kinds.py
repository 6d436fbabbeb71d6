from __future__ import annotations

from typing import get_args

import pytest

from kaska.core.scenarios.graph import Node, kind_of
from kaska.features.scenarios.kind_words import FIELDS, GROUP_OF, KINDS, WAYS
from kaska.features.scenarios.kinds import catalogue, shapes
from kaska.ledger.codec import scenario_from_document


def test_every_kind_of_the_core_is_described_in_words() -> None:
    names = {kind_of(cls) for cls in get_args(Node)}
    assert set(KINDS) == set(GROUP_OF) == names
    for kind in catalogue("ru").kinds:
        for field in kind.fields:
            assert (kind.kind, field.name) in FIELDS or ("", field.name) in FIELDS, (kind.kind, field.name)
        for way in kind.ways:
            assert (kind.kind, way) in WAYS or ("", way) in WAYS, (kind.kind, way)


def test_what_a_field_holds_is_told_from_the_core() -> None:
    found = {kind_of(cls): {field.name: shape for field, shape in shapes(cls)} for cls in get_args(Node)}
    assert found["menu"] == {
        "prompts": "prompts",
        "choices": "ways",
        "otherwise": "way",
        "timeout": "number",
        "tries": "whole",
        "extensions": "flag",
        "extension_next": "way",
        "words": "words",
        "fax": "way",
    }
    assert found["enqueue"] == {"queue": "queue", "message": "way", "keys": "actions", "priority": "whole"}
    assert found["branch"] == {"choices": "conditions", "otherwise": "way"}
    assert found["assign"]["variables"] == "texts"
    assert (found["assign"]["tags"], found["ring_group"]["agents"]) == ("names", "agents")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_node_made_of_the_description_can_be_read(language: str) -> None:
    empty = {"way": "", "text": "", "number": 1, "whole": 1, "flag": True, "ways": {}, "texts": {}, "actions": {}}
    for kind in catalogue(language).kinds:
        node: dict[str, object] = {"kind": kind.kind}
        for field in kind.fields:
            if field.default is not None:
                node[field.name] = field.default
            elif field.needed:
                many = field.shape in ("prompts", "agents", "names", "conditions", "questions")
                node[field.name] = [] if many else empty.get(field.shape, "")
        scenario_from_document({"id": "x", "version": 0, "start": "a", "nodes": {"a": node}})
