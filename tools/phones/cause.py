"""Why a call is over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from phones.message import Message


@dataclass(frozen=True, slots=True)
class EndCause:
    """Why a call is over. ``by`` is "us", "them" or "network"; ``status`` a SIP status (0 = BYE or CANCEL)."""

    by: str
    status: int = 0
    text: str = ""
    q850: int | None = None
    """from the Reason header"""
    elsewhere: bool = False
    """withdrawn because somebody else answered"""

    @staticmethod
    def of(message: Message, by: str = "them") -> EndCause:
        q850, text, elsewhere = None, message.reason, False
        for reason in message.headers.listed("Reason"):
            number = re.search(r"cause\s*=\s*(\d+)", reason)
            words = re.search(r'text\s*=\s*"([^"]*)"', reason)
            text = words[1] if words else text
            if number and reason.upper().startswith("Q.850"):
                q850, elsewhere = int(number[1]), elsewhere or number[1] == "26"
            elsewhere = elsewhere or bool(number and reason.upper().startswith("SIP") and number[1] == "200")
        return EndCause(by, message.status, text, q850, elsewhere)


class CallError(Exception):
    """The call ended before it was answered (or a request in it was refused)."""

    def __init__(self, cause: EndCause) -> None:
        super().__init__(f"{cause.status} {cause.text} (by {cause.by}, Q.850 {cause.q850})")
        self.cause = cause
