"""The colander as a document of plain values: what the picture on the screen is drawn from, whatever was counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from kaska.core.counting.closing import Advice
from kaska.core.counting.colander import Colander, Leak
from kaska.core.counting.hole_words import HOLES, PLACES, Texts
from kaska.core.counting.holes import PLACE_OF, Hole, Place


def document(
    found: Colander,
    advice: Sequence[Advice],
    *,
    currency: str,
    unknown: Collection[Place] = (),
) -> dict[str, Any]:
    """``unknown``: places that the records do not show."""
    places = found.places()
    return {
        "arrived": found.arrived,
        "reached": found.reached,
        "self_served": found.self_served,
        "blocked": found.blocked,
        "under_way": found.under_way,
        "currency": currency,
        "whole": _leak(found.whole),
        "places": [
            {
                "place": place.value,
                "text": _texts(PLACES[place]),
                "told": place not in unknown,
                **_leak(leak),
                "holes": [
                    {"hole": hole.value, "text": _texts(HOLES[hole]), **_leak(found.leaks[hole])}
                    for hole in Hole
                    if PLACE_OF[hole] is place and hole in found.leaks and found.leaks[hole].contacts
                ],
            }
            for place, leak in places.items()
        ],
        "advice": [
            {
                "rule": one.rule,
                "place": one.place.value,
                "text": {"ru": one.text("ru"), "en": one.text("en")},
                "saves": round(one.saves, 1),
                "money": _promised(one, places[one.place]),
            }
            for one in advice
        ],
    }


def _promised(one: Advice, leak: Leak) -> float | None:
    """Money of what it would save, never more than its place costs: some of those who left there were recovered."""
    alike = leak.contacts - leak.recovered if one.owed else leak.contacts
    if leak.money is None or not one.saves or not alike:
        return None
    return round(one.saves * leak.money / alike, 2)


def _leak(leak: Leak) -> dict[str, Any]:
    money = None if leak.money is None else round(leak.money, 2)
    return {"contacts": leak.contacts, "recovered": leak.recovered, "owed": leak.owed, "money": money}


def _texts(texts: Texts) -> dict[str, str]:
    return {"ru": texts[0], "en": texts[1]}
