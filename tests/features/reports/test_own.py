"""An agent's own figures: his row, and of the others the middle without names."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kaska.features.reports.own import days_of
from support.books import Company, Web
from support.play import START

DAY = datetime.fromtimestamp(START, UTC).date()


def test_a_week_begins_on_monday_and_a_month_on_its_first() -> None:
    thursday = date(2025, 10, 9)
    assert days_of("day", thursday) == (thursday, thursday)
    assert days_of("week", thursday) == (date(2025, 10, 6), thursday)
    assert days_of("month", thursday) == (date(2025, 10, 1), thursday)


@pytest.mark.database
async def test_mine_beside_the_middle_of_the_others(company: Company, web: Web) -> None:
    play, talks = company.play, {"a301": 3, "a302": 1, "a303": 0}
    for agent, count in talks.items():
        play.ready(agent)
        play.pass_time(300.0)
        for n in range(count):
            play.talk(f"+7900000{agent[1:]}{n}", seconds=60)
            play.pass_time(300.0)
        play.leave(agent)
    await company.write()
    asked = {"span": "day", "last": DAY.isoformat()}
    async with await web.sign_in(company, "operator", "a301") as browser:
        told = (await browser.get("/api/reports/own", params=asked)).json()
        contacts = next(one for one in told["figures"] if one["id"] == "contacts")
        assert (contacts["mine"], contacts["peers"], told["peers"]) == (3, 0.5, 2)
        assert "a302" not in str(told)
        assert "a303" not in str(told)
        week = (await browser.get("/api/reports/own", params={**asked, "span": "week"})).json()
        assert (week["first"], week["last"]) == ("2025-10-06", "2025-10-09")
        refused = await browser.get("/api/reports/agents", params={"first": DAY.isoformat(), "last": DAY.isoformat()})
        assert refused.status_code == 403
    async with await web.sign_in(company, "operator", "a399") as browser:
        nothing = (await browser.get("/api/reports/own", params=asked)).json()
        assert {one["mine"] for one in nothing["figures"]} == {None}


@pytest.mark.database
async def test_one_other_is_not_told_of(company: Company, web: Web) -> None:
    company.play.ready("a302")
    company.play.talk("+79000000001", seconds=60)
    await company.write()
    async with await web.sign_in(company, "operator", "a301") as browser:
        told = (await browser.get("/api/reports/own", params={"last": DAY.isoformat()})).json()
    assert {one["peers"] for one in told["figures"]} == {None}
