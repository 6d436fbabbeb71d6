"""What kind of call a dialled number is, from the home country's plan of numbers. Pure: the plan is data.

The plan is filled outside the core (kit/numbering.py) and published with the rest, so that a replay judges every
number as it was judged then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

INTERNAL, LOCAL, LONG_DISTANCE, MOBILE = "internal", "local", "long_distance", "mobile"
INTERNATIONAL, PAID, EMERGENCY = "international", "paid", "emergency"
DIRECTIONS = (INTERNAL, LOCAL, LONG_DISTANCE, MOBILE, INTERNATIONAL, PAID, EMERGENCY)
LONGEST_SHORT = 6
"""digits of what a line itself understands: extensions of partners, services"""
_WRITTEN = re.compile(r"[\s().-]", re.ASCII)
_DIALLED = re.compile(r"\+?[0-9]+", re.ASCII)
PAID_WORLD = ("878", "881", "882", "883", "888", "979")
"""satellite, shared networks and premium numbers without a country: what stolen lines are made to call"""


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """The home country, as its telephones write numbers. ``kinds``: beginning of a national number → direction; the
    longest that fits counts, else LONG_DISTANCE. ``local``: beginnings of the company's own area ("495")."""

    country: str = "7"
    trunk_prefix: str = "8"
    international: tuple[str, ...] = ("810", "00")
    national_digits: int = 10
    kinds: dict[str, str] = field(
        default_factory=lambda: {
            "9": MOBILE, "800": LOCAL, "803": PAID, "805": PAID, "806": PAID, "807": PAID, "808": PAID, "809": PAID,
            "6": INTERNATIONAL, "7": INTERNATIONAL,
        }
    )  # fmt: skip
    local: tuple[str, ...] = ()
    emergency: tuple[str, ...] = ("112", "101", "102", "103", "104", "01", "02", "03", "04")

    def direction(self, dialled: str) -> str:
        """One of DIRECTIONS. What nobody can read is PAID: the worst that it may be."""
        number = _WRITTEN.sub("", dialled)
        if number in self.emergency:
            return EMERGENCY
        if not _DIALLED.fullmatch(number):
            return PAID
        if len(number) <= LONGEST_SHORT and not number.startswith("+"):
            return INTERNAL
        whole = self.whole(number)
        if not whole:
            return LOCAL if len(number) <= self.national_digits - 3 else PAID
        if whole.startswith(self.country):
            return self._national(whole[len(self.country) :])
        return PAID if whole.startswith(PAID_WORLD) else INTERNATIONAL

    def whole(self, number: str) -> str:
        """Digits with the country's code; "" when it is only a part of a number, or none."""
        if number.startswith("+"):
            return number[1:]
        for prefix in self.international:
            if number.startswith(prefix) and len(number) > self.national_digits + 1:
                return number[len(prefix) :]
        if len(number) == self.national_digits:
            return self.country + number
        if len(number) == self.national_digits + 1:
            for prefix in (self.trunk_prefix, self.country):
                if prefix and number.startswith(prefix):
                    return self.country + number[len(prefix) :]
        # as some lines want numbers abroad: bare, with the country's code
        return number if len(number) > self.national_digits else ""

    def _national(self, national: str) -> str:
        if len(national) != self.national_digits:
            return PAID
        for length in range(len(national), 0, -1):
            kind = self.kinds.get(national[:length])
            if kind is not None:
                return kind
        return LOCAL if self.local and national.startswith(self.local) else LONG_DISTANCE
