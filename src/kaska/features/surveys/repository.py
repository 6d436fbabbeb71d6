"""Queries of surveys. Inside ``Database.tenant(…)``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, literal, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from kaska.core.scenarios.trials import TRIAL
from kaska.features.calls.public import contacts
from kaska.features.surveys.schemas import AnsweredQuery, SurveyQuery
from kaska.features.surveys.tables import survey_answers

MOST_CONTACTS = 200
c = survey_answers.c


def _asked(tenant: str, query: SurveyQuery, since: datetime, until: datetime) -> list[ColumnElement[bool]]:
    tried = select(literal(1)).where(
        contacts.c.tenant == tenant, contacts.c.id == c.contact, contacts.c.direction == TRIAL
    )
    wanted = [c.tenant == tenant, c.asked_at >= since, c.asked_at < until, ~tried.exists()]
    wanted += [c.queue == query.queue] if query.queue else []
    wanted += [c.agent == query.agent] if query.agent else []
    return wanted


async def counts(
    connection: AsyncConnection, tenant: str, query: SurveyQuery, since: datetime, until: datetime
) -> Sequence[RowMapping]:
    """survey, question, key, answer ("" = none), count; in this order."""
    by = [c[query.by]] if query.by else []
    told = [c.survey, c.question, *by, c.answer]
    counted = select(*told, (by[0] if by else literal("")).label("key"), func.count().label("count"))
    grouped = counted.where(*_asked(tenant, query, since, until)).group_by(*told).order_by(*told)
    return (await connection.execute(grouped)).mappings().all()


async def answered(
    connection: AsyncConnection, tenant: str, query: AnsweredQuery, since: datetime, until: datetime
) -> Sequence[Row[Any]]:
    """The contacts that gave this answer, newest first, MOST_CONTACTS at most."""
    of_row = [c[query.by] == query.key] if query.by and query.key is not None else []
    gave = select(c.contact).where(
        *_asked(tenant, query, since, until),
        *of_row,
        c.survey == query.survey,
        c.question == query.question,
        c.answer == query.answer,
    )
    found = select(contacts).where(contacts.c.tenant == tenant, contacts.c.id.in_(gave))
    newest = found.order_by(contacts.c.arrived_at.desc(), contacts.c.id.desc()).limit(MOST_CONTACTS)
    return (await connection.execute(newest)).all()
