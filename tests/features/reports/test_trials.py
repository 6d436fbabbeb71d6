"""Calls into drafts, to try them, stand in the journal and count in no report."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from kaska.core import events, facts
from support.books import Company, Web

pytestmark = pytest.mark.database


def tries(company: Company, number: str) -> str:
    play = company.play
    scenarios = {"direct": play.configuration.scenarios["direct"]}
    play.tell(events.TrialRequested(play.now, number, "boss", "direct", scenarios))
    return play.arrive("", number)


async def every_report(boss: httpx.AsyncClient, day: str) -> dict[str, Any]:
    period = {"first": day, "last": day, "zone": "Europe/Moscow"}
    told = {}
    for one in (await boss.get("/api/reports")).json()["reports"]:
        answer = await boss.get(f"/api/reports/{one['id']}", params=period)
        assert answer.status_code == 200, answer.text
        told[one["id"]] = {name: answer.json()[name] for name in ("rows", "total")}
    for path in ("surveys", "colander"):
        told[path] = (await boss.get(f"/api/{path}", params=period)).json()
    return told


async def test_a_trial_is_in_the_journal_and_in_no_report(company: Company, web: Web) -> None:
    play = company.play
    day = datetime.fromtimestamp(play.now, UTC).date().isoformat()
    play.ready("a301")
    play.talk("+79000000001", seconds=60)
    play.pass_time(60.0)
    play.leave("a301")
    play.lose("+79000000002")
    await company.write()
    async with await web.sign_in(company, "supervisor", "boss") as boss:
        before = await every_report(boss, day)
        assert before["minimal"]["total"]["figures"][0]["value"] == 2.0
        lost = tries(company, "trial-1")
        play.settle()
        play.pass_time(10.0)
        play.hang_up(lost)
        await company.write()
        await company.write_facts(
            [
                facts.QuestionAsked(play.now, lost, "after", "quality", 0, 0, "a301", "sales"),
                facts.QuestionAnswered(play.now, lost, "after", "quality", "1", "a301", "sales"),
            ]
        )
        assert await every_report(boss, day) == before
        tried = (await boss.get("/api/contacts", params={"direction": "trial"})).json()["items"]
        assert [(one["id"], one["outcome"]) for one in tried] == [(lost, "lost")]
        story = (await boss.get(f"/api/contacts/{lost}")).json()
        assert "Проверочный звонок в черновик" in str(story)
        assert lost not in str((await boss.get("/api/debts")).json())

        # an agent's time is worked and paid, whoever it was that he talked with
        play.ready("a301")
        answered = tries(company, "trial-2")
        play.settle()
        play.pass_time(100.0)
        play.hang_up(answered)
        await company.write()
        now = await every_report(boss, day)
        timeless = [name for name in before if name not in ("agents", "cost")]
        assert {name: now[name] for name in timeless} == {name: before[name] for name in timeless}
