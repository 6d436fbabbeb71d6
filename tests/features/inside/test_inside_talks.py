"""Calls among ourselves in the books: one row each, with who was asked in, found by everybody who took part."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kaska.core import events
from kaska.core.configuration import Door
from kaska.features.inside.projection import InsideProjection
from kaska.ledger.projector import rewind
from support.books import Company, Web, project

pytestmark = pytest.mark.database
ANN, BOB, EVE, DAN = "a301", "a303", "a302", "a304"


async def talks(company: Company, web: Web, agent: str = "") -> list[dict[str, object]]:
    """As the supervisor is shown them."""
    at = datetime.fromtimestamp(company.play.now, UTC)
    period = {"since": (at - timedelta(days=1)).isoformat(), "until": (at + timedelta(days=1)).isoformat()}
    async with await web.sign_in(company, "supervisor", "boss") as boss:
        answer = await boss.get("/api/inside-talks", params={**period, "agent": agent})
        assert answer.status_code == 200, answer.text
        return list(answer.json())


async def test_a_talk_of_three_is_one_row_and_each_of_them_finds_it(
    company: Company, neighbour: Company, web: Web
) -> None:
    play = company.play
    play.ready(ANN, BOB, EVE)
    play.tell(events.CallRequested(play.now, ANN, "303", "talk"))
    play.settle()
    play.tell(events.ConsultRequested(play.now, ANN, "talk", "agent", EVE))
    play.settle()
    await company.write()
    (row,) = await talks(company, web)
    assert (row["by"], row["to"], row["number"], row["others"]) == (ANN, BOB, "303", [EVE])
    assert (row["result"], row["ended_at"], row["connected_at"] is None) == ("", None, False)

    play.tell(events.ConsultSteered(play.now, ANN, "talk", "join"))
    play.settle()
    play.pass_time(60)
    for leg in ("talk-a1", "talk-a2"):
        play.tell(events.LegEnded(play.now, "talk", leg, 16))
        play.settle()
    await company.write()
    (row,) = await talks(company, web, EVE)
    assert (row["result"], row["seconds"]) == ("talked", 60.0)
    assert await talks(company, web, DAN) == []
    assert await talks(neighbour, web) == [], "another company sees nothing of it"

    async with company.transaction() as connection:
        await rewind(connection, InsideProjection(), company.tenant)
    assert await talks(company, web) == []
    await project(company.database, company.tenant)
    assert await talks(company, web) == [row], "made again from the first fact it is the same"


async def test_a_door_that_nobody_answers_is_in_the_list_and_among_the_critical_situations(
    company: Company, web: Web
) -> None:
    play = company.play
    gate = Door("gate", "Gate", "demo-gate-door", "700", (ANN, BOB), opens="*9")
    play.tell(events.ConfigurationPublished(play.now, replace(play.configuration, doors={"gate": gate}, version=2)))
    play.ready(ANN, BOB)
    play.tell(events.PhoneDialled(play.now, "door-1", "demo-gate-door", "1"))
    play.tell(events.LegEnded(play.now, "door-1", "door-1", 16))
    play.settle()
    play.tell(events.PhoneDialled(play.now, "door-2", "demo-gate-door", "1"))
    play.settle()
    opener = next(one.to.agent for one in play.core.state.inside.values())
    play.tell(events.DoorOpenRequested(play.now, opener, "door-2"))
    play.tell(events.CommandFailed(play.now, "door-2", "door-2", "SendDigits", "gone"))
    play.tell(events.LegEnded(play.now, "door-2", "door-2", 16))
    play.settle()
    await company.write()
    rows = {str(row["talk"]): row for row in await talks(company, web)}
    assert (rows["door-1"]["door"], rows["door-1"]["result"], rows["door-1"]["to"]) == ("Gate", "gave_up", "")
    assert (rows["door-2"]["door"], rows["door-2"]["result"], rows["door-2"]["to"]) == ("Gate", "talked", opener)
    assert rows["door-2"]["opened"] == [{"at": play.now, "agent": opener, "way": "screen"}]
    async with await web.sign_in(company, "administrator", "root") as root:
        situations = (await root.get("/api/alerts/situations")).json()
        assert [(one["figure"], one["name"]) for one in situations] == [("door_missed", "Gate")]
        lines = (await root.get("/api/audit", params={"area": "doors"})).json()
        assert [line["action"] for line in lines] == ["doors.stuck", "doors.open"]
    async with company.transaction() as connection:
        await rewind(connection, InsideProjection(), company.tenant)
    await project(company.database, company.tenant)
    assert {str(row["talk"]): row for row in await talks(company, web)} == rows, "made again it is the same"
    async with await web.sign_in(company, "administrator", "root") as root:
        assert (await root.get("/api/audit", params={"area": "doors"})).json() == lines
