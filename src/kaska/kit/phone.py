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


_PAID = (phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST)
_LONGEST_HOME = 11


@lru_cache(maxsize=8192)
def is_costly(raw: str, region: str = "RU") -> bool:
    """A number abroad or a paid service, seen from ``region``: what whoever gets hold of an agent's telephone dials.

    Short numbers belong to the line and are not judged; long ones that nobody can read are taken for the worst.
    """
    number = normalise(raw, region)
    if not number:
        return len(re.sub(r"[^0-9]", "", raw)) > _LONGEST_HOME
    parsed = phonenumbers.parse(number)
    where = phonenumbers.region_code_for_number(parsed)
    home = parsed.country_code == phonenumbers.country_code_for_region(region) and where in (region, None)
    return not home or phonenumbers.number_type(parsed) in _PAID
