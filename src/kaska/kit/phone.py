"""Telephone numbers as one shape, whatever the line wrote."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

_NUMBER = re.compile(r"\+?[0-9][0-9 ().-]*", re.ASCII)
_RUSSIAN = re.compile(r"(?:\+?7|8)([3-9][0-9]{9})", re.ASCII)
LONGEST_RAW = 40
FEWEST_DIGITS = 7
MOST_DIGITS = 15


@lru_cache(maxsize=8192)
def normalise(raw: str, region: str = "RU") -> str:
    """E.164 ("+74950000101") of what a line or a person wrote; "" when it is hidden, garbage or no outside number.

    ``region`` (ISO 3166) is the country whose habits of writing apply, for instance a leading 8 in Russia.
    """
    text = raw.strip()
    if len(text) > LONGEST_RAW or _NUMBER.fullmatch(text) is None:
        return ""
    digits = re.sub(r"[^0-9]", "", text)
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return ""
    if region == "RU" and (russian := _RUSSIAN.fullmatch(text[:1] + digits if text[0] == "+" else digits)):
        return f"+7{russian[1]}"
    written = [(text, region)] if text[0] == "+" else [(digits, region), (f"+{digits}", None)]
    for attempt, country in written:
        try:
            number = phonenumbers.parse(attempt, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return ""
