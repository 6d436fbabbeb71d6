"""What the routes of surveys take and give."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from kaska.kit.given import Given

Word = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]


class SurveyQuery(Given):
    """``first`` and ``last`` are local days of ``zone`` and belong to the period: questions asked in it."""

    first: date
    last: date
    zone: Annotated[str, Field(max_length=100)] = "Europe/Moscow"
    by: Literal["", "queue", "agent"] = ""
    queue: Word = ""
    agent: Word = ""


class AnsweredQuery(SurveyQuery):
    survey: Word
    question: Word
    key: Annotated[Word | None, Field(description='of the row, with ``by``: "" = nobody in particular')] = None
    answer: Annotated[str, Field(max_length=1, description='"" = asked and not answered')] = ""


class AnswerShare(BaseModel):
    answer: str
    count: int
    share: float = Field(description="of those who answered, 0 to 1")


class SurveyRow(BaseModel):
    """``key`` is a queue or an agent by what was asked for; "" = all together, or nobody in particular."""

    survey: str
    survey_name: str
    question: str
    question_name: str
    key: str
    key_name: str
    asked: int
    answered: int
    mean: float | None = Field(description="of the digits; null when nobody answered")
    answers: list[AnswerShare]


class SurveyReport(BaseModel):
    rows: list[SurveyRow]
