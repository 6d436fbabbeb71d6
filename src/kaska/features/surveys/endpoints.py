"""Routes of surveys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kaska.features.calls.public import ContactSummary
from kaska.features.identity.public import CurrentUser, Permission, require
from kaska.features.surveys import service
from kaska.features.surveys.schemas import AnsweredQuery, SurveyQuery, SurveyReport
from kaska.kit.http import DatabaseDep

router = APIRouter(prefix="/api/surveys", tags=["surveys"])

Reader = Annotated[CurrentUser, require(Permission.READ_REPORTS)]


@router.get("")
async def survey_report(user: Reader, database: DatabaseDep, query: Annotated[SurveyQuery, Query()]) -> SurveyReport:
    """How often each answer was given to each question, of those asked in the period."""
    async with database.tenant(user.tenant) as connection:
        return await service.report(connection, user.tenant, query)


@router.get("/contacts")
async def survey_contacts(
    user: Reader, database: DatabaseDep, query: Annotated[AnsweredQuery, Query()]
) -> list[ContactSummary]:
    """Whose answer it was, newest first; two hundred at most."""
    async with database.tenant(user.tenant) as connection:
        return await service.contacts_of(connection, user.tenant, query)
