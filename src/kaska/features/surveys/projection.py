"""Keeps asked questions and their answers in step with the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.facts import QuestionAnswered, QuestionAsked
from kaska.features.calls.public import moment, plain
from kaska.features.surveys.tables import survey_answers
from kaska.ledger.reader import LedgerFact


class SurveysProjection:
    """One row per question that a contact was asked. There are few of them: a statement each."""

    name = "surveys"
    kinds = (QuestionAsked, QuestionAnswered)

    async def apply(self, connection: AsyncConnection, facts: Sequence[LedgerFact]) -> None:
        for entry in facts:
            await _apply(connection, entry)

    async def clear(self, connection: AsyncConnection) -> None:
        """Forget everything of the transaction's tenant, to be applied again from the first fact."""
        await connection.execute(delete(survey_answers))


async def _apply(connection: AsyncConnection, entry: LedgerFact) -> None:
    """Asked again keeps the moment of the first time; of two answers the later one counts."""
    fact = entry.fact
    assert isinstance(fact, QuestionAsked | QuestionAnswered)
    key = {
        "tenant": entry.tenant,
        "contact": plain(fact.contact),
        "survey": fact.survey,
        "question": fact.question,
        "agent": fact.agent,
    }
    if isinstance(fact, QuestionAsked):
        asked = insert(survey_answers).values(**key, queue=fact.queue, asked_at=moment(fact.at))
        await connection.execute(asked.on_conflict_do_nothing())
    else:
        c = survey_answers.c
        row = update(survey_answers).where(*(c[name] == value for name, value in key.items()))
        await connection.execute(row.values(answer=fact.answer))
