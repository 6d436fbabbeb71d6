"""What messages by mail refuse."""

from __future__ import annotations

from typing import ClassVar

from kaska.kit.errors import ProductError


class NobodysMessages(ProductError):
    status = 400
    code = "nobodys_messages"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Такого оператора, такой очереди или проекта нет. Выберите, чьи сообщения отправлять.",
        "en": "There is no such agent, queue or project. Choose whose messages are sent.",
    }


class NotAPage(ProductError):
    status = 400
    code = "not_a_page"
    texts: ClassVar[dict[str, str]] = {
        "ru": "Адрес Каски начинается с https:// или http://, без имени, пароля и знака вопроса.",
        "en": "The address of Kaska begins with https:// or http://, without a name, password or question mark.",
    }
