"""The black list through the routes: put on, seen, taken off; in force at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kaska.core.ports import Refused
from kaska.features.black_list.endpoints import pattern_of
from support.books import Company, Web

CALLER = "+79000000863"


@pytest.mark.parametrize(
    ("written", "beginning", "pattern"),
    [
        ("8 (900) 000-08-63", False, CALLER),
        ("101", False, "101"),
        ("8 495 000", True, "+7495000*"),
        ("+7 495 000*", True, "+7495000*"),
        ("8 10 44 20", True, "+4420*"),
    ],
)
def test_numbers_are_taken_in_any_spelling(written: str, beginning: bool, pattern: str) -> None:
    assert pattern_of(written, beginning=beginning) == pattern


@pytest.mark.parametrize("written", ["nobody", "+", "12;34"])
@pytest.mark.parametrize("beginning", [False, True])
def test_what_is_no_number_is_refused(written: str, beginning: bool) -> None:
    with pytest.raises(Refused):
        pattern_of(written, beginning=beginning)


@pytest.mark.database
async def test_a_number_is_blocked_and_let_in_again(company: Company, web: Web) -> None:
    play = company.play
    async with await web.sign_in(company, "supervisor", "boss") as boss:
        until = (datetime.now(UTC) + timedelta(days=7)).isoformat()
        given = {"number": "8 900 000-08-63", "reason": "ругается", "until": until}
        entry = await boss.post("/api/black-list", json=given)
        assert entry.status_code == 200, entry.text
        assert (entry.json()["number"], entry.json()["by_name"], entry.json()["holds"]) == (CALLER, "Boss", True)
        assert (await boss.get("/api/black-list")).status_code == 503  # no picture of the engine yet
        contact = play.arrive(CALLER)
        play.settle()
        await company.write()
        web.app.state.feed.reset(company.tenant, 0, play.core.state)
        (row,) = (await boss.get("/api/black-list")).json()
        assert (row["number"], row["reason"], row["by"], row["holds"], row["calls"]) == (
            CALLER,
            "ругается",
            "boss",
            True,
            1,
        )
        card = (await boss.get(f"/api/contacts/{contact}")).json()
        assert (card["outcome"], card["cause"], card["debt"]) == ("blocked", "black_list", "")
        wide = await boss.post("/api/black-list", json={"number": "+7", "beginning": True, "reason": "все"})
        assert wide.status_code == 409
        assert wide.json()["code"] == "beginning_too_short"
        assert (await boss.delete(f"/api/black-list/{CALLER}")).status_code == 204
        web.app.state.feed.reset(company.tenant, 0, play.core.state)
        assert (await boss.get("/api/black-list")).json() == []
        assert (await boss.delete(f"/api/black-list/{CALLER}")).json()["code"] == "not_blocked"
    async with await web.sign_in(company, "operator", "a301") as operator:
        assert (await operator.post("/api/black-list", json=given)).status_code == 403
        assert (await operator.get("/api/black-list")).status_code == 403
    assert [row.object for row in await company.audit("black_list.block")] == [CALLER]
