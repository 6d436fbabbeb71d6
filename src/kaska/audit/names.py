"""One spelling for a person, however the log writes them."""

from __future__ import annotations

import re
from functools import lru_cache

_TECHNOLOGY = re.compile(r"(?:PJ)?SIP|IAX2?|DAHDI|ZAP|SCCP|SKINNY|H323|OOH323|MGCP|USER|SOFIA|WEBRTC|VERTO", re.I)
_CHANNEL_SERIAL = re.compile(r"-[0-9a-f]{4,}(?:;[12])?$|;[12]$", re.I)
_QUOTES = "\"'«»“”„ \t\r\n"
_HIDDEN = frozenset({"", "anonymous", "unknown", "unavailable", "restricted", "private", "withheld", "none", "null",
                     "<unknown>", "s", "asterisk", "0000000000", "ukn", "\\n"})  # fmt: skip
_NATIONAL = 10
_WITH_PREFIX = 11
EXTENSION_DIGITS = 5
"""so many digits or fewer are an internal number"""


@lru_cache(maxsize=16_384)
def agent_of(written: str) -> str:
    """``101`` for SIP/101, PJSIP/101-0000002a, Local/101@from-queue/n, agent/101, sofia/internal/101@pbx; a name keeps
    its letters without quotation marks. "" for nobody."""
    text = written.strip(_QUOTES)
    if text.upper() in ("", "NONE", "NULL", "\\N", "<NULL>"):
        return ""
    technology, slash, rest = text.partition("/")
    if slash and (technology.upper() in ("LOCAL", "AGENT") or _TECHNOLOGY.fullmatch(technology)):
        if technology.upper() in ("SOFIA", "VERTO", "VERTO.RTC"):
            rest = rest.rpartition("/")[2]
        text = rest
    return _bare(text)


def _bare(text: str) -> str:
    text = text.partition("@")[0].partition("/")[0]
    return _CHANNEL_SERIAL.sub("", text).strip(_QUOTES) or ""


@lru_cache(maxsize=16_384)
def caller_of(written: str) -> str:
    """A key by which two calls of one person are recognised; "" when the number is hidden.

    Russian habits: 8XXXXXXXXXX, 7XXXXXXXXXX, +7… and ten digits are the same number.
    """
    text = written.strip(_QUOTES)
    if "<" in text:
        text = text.rpartition("<")[2].partition(">")[0]
    if text.lower() in _HIDDEN:
        return ""
    digits = "".join(filter(str.isdigit, text)) if not text.isdigit() else text
    if not digits:
        return text.lower()
    if digits.startswith("00") and len(digits) > _WITH_PREFIX:
        digits = digits[2:]
    if len(digits) == _WITH_PREFIX and digits[0] in "78":
        return "+7" + digits[1:]
    if len(digits) == _NATIONAL:
        return "+7" + digits
    return "+" + digits if len(digits) > _WITH_PREFIX else digits


@lru_cache(maxsize=16_384)
def is_extension(number: str) -> bool:
    """Whether the number is one of the company's own."""
    text = number.strip(_QUOTES)
    return text.isdigit() and len(text) <= EXTENSION_DIGITS
