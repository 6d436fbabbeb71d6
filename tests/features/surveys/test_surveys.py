"""What was answered by keys, as shares, and who gave each answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kaska.core import facts
from kaska.features.scenarios.public import put_draft
from kaska.features.surveys.projection import SurveysProjection
from kaska.ledger.projector import rewind
from support.books import Company, Web, project

pytestmark = pytest.mark.database
ANN, BOB = "a301", "a303"


def asked(company: Company, contact: str, agent: str, *answers: str) -> list[facts.Fact]:
    """``contact`` is asked for a mark after talking with ``agent``; answers in the order in which they came."""
    at, of = company.play.now, (contact, "after", "quality")
    given = [facts.QuestionAnswered(at, *of, answer, agent, "sales") for answer in answers]
    return [facts.QuestionAsked(at, *of, 0, 0, agent, "sales"), *given]


class Boss:
    """What a supervisor is told."""

    def __init__(self, company: Company, web: Web) -> None:
        self.company, self.web = company, web
        today = datetime.fromtimestamp(company.play.now, UTC).date().isoformat()
        self.period = {"first": today, "last": today, "zone": "UTC"}

    async def get(self, path: str, **query: str) -> Any:
        async with await self.web.sign_in(self.company, "supervisor", "boss") as boss:
            answer = await boss.get(path, params=self.period | query)
            assert answer.status_code == 200, answer.text
            return answer.json()

    async def shares(self, **query: str) -> list[tuple[str, int, int, list[tuple[str, int]]]]:
        rows = (await self.get("/api/surveys", **query))["rows"]
        return [
            (row["key"], row["asked"], row["answered"], [(one["answer"], one["count"]) for one in row["answers"]])
            for row in rows
        ]

    async def behind(self, answer: str, **query: str) -> set[str]:
        whole = {"survey": "after", "question": "quality", "answer": answer} | query
        return {row["id"] for row in await self.get("/api/surveys/contacts", **whole)}


async def test_each_figure_opens_its_own_contacts(company: Company, neighbour: Company, web: Web) -> None:
    play = company.play
    play.ready(ANN)
    first, second, third, before = (play.talk(f"+7495000010{n}") for n in range(4))
    await company.write()
    await company.write_facts(
        asked(company, first, ANN, "5")
        + asked(company, second, ANN)
        + asked(company, third, BOB, "2", "5")
        + asked(company, before, "", "5")
    )
    boss = Boss(company, web)
    assert await boss.shares() == [("", 4, 3, [("5", 3)])], "of two answers the later one counts"
    by_agent = [("", 1, 1, [("5", 1)]), (ANN, 2, 1, [("5", 1)]), (BOB, 1, 1, [("5", 1)])]
    assert await boss.shares(by="agent") == by_agent

    assert await boss.behind("5") == {first, third, before}
    assert await boss.behind("5", by="agent", key=BOB) == {third}
    assert await boss.behind("5", by="agent", key="") == {before}, "nobody in particular is not everybody"
    assert await boss.behind("", by="agent", key=ANN) == {second}
    assert await boss.behind("5", by="queue", key="sales", agent=ANN) == {first}

    assert await Boss(neighbour, web).shares() == []
    async with company.transaction() as connection:
        await rewind(connection, SurveysProjection(), company.tenant)
    assert await boss.shares() == []
    await project(company.database, company.tenant)
    assert await boss.shares(by="agent") == by_agent, "made again from the first fact it is the same"


async def test_a_question_is_called_what_the_scenario_calls_it_now(company: Company, web: Web) -> None:
    company.play.ready(ANN)
    contact = company.play.talk("+74950000107")
    await company.write()
    await company.write_facts(asked(company, contact, ANN, "4"))

    async def rows() -> list[tuple[str, str]]:
        told = await Boss(company, web).get("/api/surveys")
        return [(row["question"], row["question_name"]) for row in told["rows"]]

    async def card() -> tuple[dict[str, str], list[str]]:
        async with await web.sign_in(company, "supervisor", "chief") as chief:
            found = (await chief.get(f"/api/contacts/{contact}")).json()
        return found["questions"], [line["text"]["ru"] for line in found["story"] if "4" in line["text"]["ru"]]

    assert await rows() == [("quality", "quality")], "nobody named it"
    question = {"answer": "quality", "name": "Оценка разговора", "prompts": ["ru/survey-quality"]}
    draft = {"start": "s", "nodes": {"s": {"kind": "survey", "questions": [question, 7]}, "x": "nonsense"}}
    async with company.transaction() as connection:
        await put_draft(connection, company.tenant, "after", name="После разговора", draft=draft)
    assert await rows() == [("quality", "Оценка разговора")]
    questions, told = await card()
    assert questions == {"quality": "Оценка разговора"}
    assert "Ответ на «Оценка разговора»: 4" in told
