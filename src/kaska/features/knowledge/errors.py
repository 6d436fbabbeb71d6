"""Refusals of the knowledge base."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class ArticleChangedMeanwhile(ProductError):
    status = 409
    code = "article_changed_meanwhile"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Статью тем временем изменил кто-то другой. Скопируйте своё, обновите страницу и внесите снова.",
        "en": "Somebody else has changed the article in the meantime. Copy what is yours, reload and put it in again.",
    }
