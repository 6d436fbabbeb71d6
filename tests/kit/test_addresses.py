from __future__ import annotations

from kaska.kit.addresses import contested


def test_who_claims_the_same_address() -> None:
    assert contested({"a": ["192.0.2.1"], "b": ["192.0.2.2", "2001:db8::1"]}) == []
    assert contested({"a": ["192.0.2.1"], "b": ["192.0.2.1/32"]}) == [("a", "b", "192.0.2.1")]
    assert contested({"a": ["192.0.2.0/24"], "b": ["192.0.2.128/25"]}) == [("a", "b", "192.0.2.128/25")]
    assert contested({"a": ["192.0.2.1", "192.0.2.1"], "b": ["nonsense", ""]}) == []
    three = {name: ["2001:db8::1"] for name in "abc"}
    assert [pair[:2] for pair in contested(three)] == [("a", "b"), ("a", "c"), ("b", "c")]
