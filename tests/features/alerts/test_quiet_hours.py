"""Quiet hours are a rule's own, on the clock of its project; what outlasts them is told then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.features.alerts.test_alerts import RULE, Floor, Letters, floor, letters

from kaska.core.configuration import Calendar, Configuration, Number, Project
from kaska.core.events import ConfigurationPublished
from support.company import ALWAYS, DIRECT
from support.play import START

__all__ = ["floor", "letters"]

pytestmark = pytest.mark.database

FAR = ZoneInfo("Asia/Vladivostok")
FAR_NUMBER = "+74950000107"


def with_a_far_project(configuration: Configuration) -> Configuration:
    """One more project, seven hours ahead of Moscow, with a number and a queue of its own."""
    graph = configuration.scenarios["direct"]
    far = replace(graph.nodes[graph.start], queue="far")  # type: ignore[type-var]
    return replace(
        configuration,
        version=configuration.version + 1,
        calendars={**configuration.calendars, "far": Calendar("far", FAR.key, ALWAYS)},
        projects={**configuration.projects, "far": Project("far", "Far", "far")},
        queues={**configuration.queues, "far": replace(configuration.queues["service"], id="far", project="far")},
        scenarios={**configuration.scenarios, "far": replace(graph, id="far", nodes={**graph.nodes, graph.start: far})},
        numbers={**configuration.numbers, FAR_NUMBER: Number(FAR_NUMBER, "far", "far")},
    )


async def set_up(floor: Floor) -> Any:
    """The far project is known to the books as well: a rule names it."""
    floor.play.tell(ConfigurationPublished(floor.play.now, with_a_far_project(floor.play.configuration)))
    boss = await floor.site.signed_in(floor.company)
    calendar: dict[str, Any] = {"timezone": FAR.key, "week": [[[0, 1440]]] * 7}
    (await boss.put("/api/calendars/far", json=calendar)).raise_for_status()
    for project in ("windows", "far"):
        (await boss.put(f"/api/projects/{project}", json={"name": project, "calendar": "far"})).raise_for_status()
    return boss


def around(zone: ZoneInfo, minutes: int) -> list[list[int]]:
    """Quiet from a while ago until so many minutes from now."""
    now = datetime.fromtimestamp(START, zone)
    minute = now.hour * 60 + now.minute
    return [[minute - 30, minute + minutes]]


async def told(floor: Floor, letters: tuple[Letters, int]) -> list[str]:
    """To whom letters went since it was asked last, in order."""
    await floor.alerting.send(floor.company.tenant)
    received, letters[0].received[:] = [one.rcpt_tos[0] for one in letters[0].received], []
    return sorted(received)


async def test_one_project_is_quiet_in_its_hours_and_the_other_is_not(
    floor: Floor, letters: tuple[Letters, int]
) -> None:
    boss = await set_up(floor)
    there, here = around(FAR, 30), around(ZoneInfo("Europe/Moscow"), 30)
    for id, project, quiet in (
        ("far-quiet", "far", there),
        ("far-by-moscow", "far", here),  # those hours are another time of the day there
        ("near-by-far", "windows", there),
        ("near-quiet", "windows", here),
        ("all", "", []),
    ):
        rule = RULE | {"webhooks": [], "project": project, "quiet": quiet, "emails": [f"{id}@kaska.test"]}
        answer = await boss.put(f"/api/alerts/rules/{id}", json=rule)
        assert answer.status_code == 200, answer.text
    floor.play.arrive("+79000000871", FAR_NUMBER)
    floor.play.arrive("+79000000872", DIRECT)
    floor.play.settle()
    await floor.passes(20)
    assert await told(floor, letters) == ["all@kaska.test", "far-by-moscow@kaska.test", "near-by-far@kaska.test"]
    situations = (await boss.get("/api/alerts/situations")).json()
    assert {one["rule"] for one in situations} == {"far-quiet", "far-by-moscow", "near-by-far", "near-quiet", "all"}


async def test_what_outlasts_the_quiet_hours_is_told_once_when_they_are_over(
    floor: Floor, letters: tuple[Letters, int]
) -> None:
    boss = await set_up(floor)
    rule = RULE | {"webhooks": [], "project": "far", "quiet": around(FAR, 2)}
    assert (await boss.put("/api/alerts/rules/long", json=rule)).status_code == 200
    contact = floor.play.arrive("+79000000873", FAR_NUMBER)
    floor.play.settle()
    await floor.passes(40)
    assert await told(floor, letters) == []
    await floor.passes(120)
    assert await told(floor, letters) == ["boss@kaska.test"]
    floor.begin()  # the application was restarted
    await floor.passes(20)
    assert await told(floor, letters) == []
    floor.play.hang_up(contact)
    await floor.passes(20)
    assert await told(floor, letters) == ["boss@kaska.test"], "and that it is over"
