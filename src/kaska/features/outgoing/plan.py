"""The home country's plan of numbers, made for the core of what phonenumbers knows."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

from kaska.core.outgoing.numbering import INTERNATIONAL, LOCAL, MOBILE, PAID, NumberPlan

_KINDS = {
    PhoneNumberType.MOBILE: MOBILE,
    PhoneNumberType.PREMIUM_RATE: PAID,
    PhoneNumberType.SHARED_COST: PAID,
    PhoneNumberType.TOLL_FREE: LOCAL,
}
_SUBSCRIBERS = ("0000123", "2000123", "5551234", "9123456")
"""ends that make a code of three digits a whole number: which ones are in use differs from code to code"""


@lru_cache(maxsize=64)
def plan_of(region: str = "RU", local: tuple[str, ...] = (), emergency: tuple[str, ...] = ()) -> NumberPlan:
    """``local``: codes of the company's own area; ``emergency``: numbers that are called always, beside the usual."""
    plan = replace(NumberPlan(), local=local)
    kinds = {**plan.kinds, **_codes(region)}
    return replace(plan, kinds=kinds, emergency=(*plan.emergency, *emergency))


@lru_cache(maxsize=4)
def _codes(region: str) -> dict[str, str]:
    """Code of three digits → direction, for those that phonenumbers knows to be something else than a city."""
    country = phonenumbers.country_code_for_region(region)
    found: dict[str, str] = {}
    for code in range(200, 1000):
        for subscriber in _SUBSCRIBERS:
            number = phonenumbers.parse(f"+{country}{code}{subscriber}")
            abroad = phonenumbers.region_code_for_number(number) not in (region, None)
            kind = INTERNATIONAL if abroad else _KINDS.get(phonenumbers.number_type(number), "")
            if kind and (kind == PAID or str(code) not in found):
                found[str(code)] = kind
    return found
