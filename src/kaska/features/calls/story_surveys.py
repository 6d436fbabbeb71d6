"""Sentences about what callers are asked by keys, after the talk or before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kaska.core import facts as f
from kaska.features.calls.story_teller import Teller


def _begun(t: Teller, x: f.SurveyBegun) -> str:
    who = t.agent(x.agent)
    return t.say(f"Остался на линии для опроса о разговоре с {who}", f"Stays on the line to be asked about {who}")


def _asked(t: Teller, x: f.QuestionAsked) -> str:
    again = t.say(" ещё раз", " again") if x.tries else ""
    question = t.question(x.question, x.survey)
    return t.say(f"Спросили{again}: «{question}»", f"Asked{again}: “{question}”")


def _answered(t: Teller, x: f.QuestionAnswered) -> str:
    question = t.question(x.question, x.survey)
    return t.say(f"Ответ на «{question}»: {x.answer}", f"Answer to “{question}”: {x.answer}")


def _over(t: Teller, x: f.SurveyOver) -> str:
    return t.say(f"Опрос окончен, ответов: {x.answered}", f"The survey is over, answers: {x.answered}")


SENTENCES: dict[type[Any], Callable[[Teller, Any], str]] = {
    f.SurveyBegun: _begun,
    f.QuestionAsked: _asked,
    f.QuestionAnswered: _answered,
    f.SurveyOver: _over,
}
