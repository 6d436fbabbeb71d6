"""Refusals of publishing."""

from __future__ import annotations

from typing import ClassVar

from kaska.features.publishing.problem import Problem
from kaska.kit.errors import ProductError


class ConfigurationProblems(ProductError):
    """Nothing was published; ``fields`` lists every place to mend."""

    status = 409
    code = "configuration_problems"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Настройки не опубликованы. Исправьте: {count}.",
        "en": "Nothing was published. To mend: {count}.",
    }

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(count=len(problems))
        self.problems = problems

    def field_texts(self, language: str) -> dict[str, str] | None:
        texts: dict[str, str] = {}
        for problem in self.problems:
            before = texts.get(problem.place)
            texts[problem.place] = f"{before} {problem.text(language)}" if before else problem.text(language)
        return texts


class DraftProblems(ConfigurationProblems):
    """A draft cannot be called before what would strand the caller is mended."""

    texts: ClassVar[dict[str, str]] = {
        "ru": "Позвонить в черновик пока нельзя. Исправьте: {count}.",
        "en": "The draft cannot be called yet. To mend: {count}.",
    }


class NothingPublished(ProductError):
    """The switch knows no agents and no queues yet."""

    status = 409
    code = "nothing_published"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Сначала опубликуйте настройки хотя бы раз: пока станция не знает ни очередей, ни операторов.",
        "en": "Publish the configuration once first: the switch knows neither queues nor agents yet.",
    }
