"""An application that leaves hands over what the switch still gives it: nobody rings at who is gone."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import pytest

from kaska.asterisk import leaving
from kaska.asterisk.connection import Reply
from kaska.asterisk.leaving import FALLBACK, hand_over


def channel(name: str, context: str = "from-trunk", application: str = "Stasis") -> dict[str, object]:
    return {"id": name, "name": f"PJSIP/{name}", "dialplan": {"context": context, "app_name": application}}


@dataclass
class Switch:
    """``looks``: what is there at each look; the switch has noticed at the last. ``busy``: cannot be sent on yet."""

    looks: list[list[dict[str, object]]]
    busy: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    async def __call__(self, method: str, uri: str, query: dict[str, str] | None = None) -> Reply:
        if uri == "applications/kaska":
            return Reply(200 if len(self.looks) > 1 else 404, "", "")
        if uri == "channels":
            seen = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
            return Reply(200, "", msgspec.json.encode(seen).decode())
        name = uri.split("/")[1]
        assert (method, uri, query) == ("POST", f"channels/{name}/continue", FALLBACK)
        if name in self.busy:
            self.busy.remove(name)
            return Reply(409, "", "")
        self.sent.append(name)
        return Reply(204, "", "")


async def test_who_came_unheard_goes_on_without_us_and_who_was_heard_waits_for_us() -> None:
    switch = Switch([[channel("known"), channel("1")], [channel("known"), channel("1"), channel("2")]])
    await hand_over(switch, lambda name: name == "known")
    assert switch.sent == ["1", "2"], "each once"


async def test_telephones_of_ours_and_who_is_in_the_fallback_already_are_left_alone() -> None:
    switch = Switch(
        [[channel("3", "from-agents"), channel("4", "fallback", "Dial"), channel("5", "from-trunk", "Wait")]]
    )
    await hand_over(switch, lambda _: False)
    assert switch.sent == []


async def test_who_entered_this_very_moment_is_tried_again() -> None:
    switch = Switch([[channel("6")]], busy=["6"])
    await hand_over(switch, lambda _: False)
    assert switch.sent == ["6"]


async def test_a_switch_that_never_notices_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "LOOKED_FOR_SECONDS", 0.0)
    switch = Switch([[], [], []])
    with pytest.raises(TimeoutError):
        await hand_over(switch, lambda _: False)
