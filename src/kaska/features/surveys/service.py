"""The report of surveys: shares of answers, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.features.calls.public import ContactSummary, local_zone, names_of, summaries
from kaska.features.scenarios.public import read_names, read_questions
from kaska.features.surveys import repository
from kaska.features.surveys.errors import WrongSurveyPeriod
from kaska.features.surveys.schemas import AnsweredQuery, AnswerShare, SurveyQuery, SurveyReport, SurveyRow

LONGEST = timedelta(days=366)


def _period(query: SurveyQuery) -> tuple[datetime, datetime]:
    """:raises WrongSurveyPeriod, UnknownTimezone:"""
    if not timedelta(0) <= query.last - query.first <= LONGEST:
        raise WrongSurveyPeriod
    zone = local_zone(query.zone)
    return datetime.combine(query.first, time(), zone), datetime.combine(query.last + timedelta(days=1), time(), zone)


async def report(connection: AsyncConnection, tenant: str, query: SurveyQuery) -> SurveyReport:
    """:raises WrongSurveyPeriod, UnknownTimezone:"""
    rows = await repository.counts(connection, tenant, query, *_period(query))
    names = await names_of(connection, tenant, {row["key"] for row in rows})
    titles = await read_names(connection, tenant)
    questions = await read_questions(connection, tenant)
    found = []
    for (survey, question, key), given in groupby(rows, lambda row: (row["survey"], row["question"], row["key"])):
        named = {
            "survey_name": titles.get(survey, survey),
            "question_name": questions.get(f"{survey} {question}", question),
            "key_name": names.get((query.by, key), key),
        }
        found.append(SurveyRow(survey=survey, question=question, key=key, **named, **counted(given)))
    return SurveyReport(rows=found)


def counted(given: Iterable[Any]) -> dict[str, Any]:
    """asked, answered, mean, answers of rows with ``answer`` and ``count``."""
    counts = {row["answer"]: row["count"] for row in given}
    asked, answered = sum(counts.values()), sum(count for answer, count in counts.items() if answer)
    digits = [(int(answer), count) for answer, count in counts.items() if answer.isdigit()]
    whole = sum(count for _, count in digits)
    return {
        "asked": asked,
        "answered": answered,
        "mean": sum(digit * count for digit, count in digits) / whole if whole else None,
        "answers": [
            AnswerShare(answer=answer, count=count, share=count / answered)
            for answer, count in sorted(counts.items())
            if answer
        ],
    }


async def contacts_of(connection: AsyncConnection, tenant: str, query: AnsweredQuery) -> list[ContactSummary]:
    """:raises WrongSurveyPeriod, UnknownTimezone:"""
    rows = await repository.answered(connection, tenant, query, *_period(query))
    return await summaries(connection, tenant, rows)
