"""Refusals of topics."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class UnknownTopic(ProductError):
    status = 400
    code = "unknown_topic"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такой тематики нет в списке. Обновите страницу и выберите другую.",
        "en": "The list has no such topic. Reload the page and choose another.",
    }


class UnknownResult(ProductError):
    status = 400
    code = "unknown_result"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого результата нет в списке. Обновите страницу и выберите другой.",
        "en": "The list has no such result. Reload the page and choose another.",
    }


class UnknownChoice(ProductError):
    status = 400
    code = "unknown_choice"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого источника или причины отказа нет в списке. Обновите страницу и выберите из списка.",
        "en": "The list has no such source or reason of refusal. Reload the page and choose from the list.",
    }


class ResultIncomplete(ProductError):
    """``fields`` names what is missing."""

    status = 400
    code = "result_incomplete"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Результат не полон: с этой тематикой и этим результатом нужны ещё выделенные поля.",
        "en": "The result is not complete: this topic and this result need the marked fields too.",
    }


class ChangedMeanwhile(ProductError):
    status = 409
    code = "changed_meanwhile"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Списки тем временем изменил кто-то другой. Обновите страницу и внесите свои изменения заново.",
        "en": "Somebody else has changed the lists in the meantime. Reload the page and make your changes again.",
    }


class WrongTree(ProductError):
    """``why``: {"ru", "en"}."""

    status = 400
    code = "wrong_tree"

    def message(self, language: str) -> str:
        return str(self.details["why"][language])
