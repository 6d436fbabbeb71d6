"""Speech besides keys: when a recogniser listens to the caller, and which choice what it understood stands for.

Keys always work. Without a recogniser, or with one that understands nothing, a menu is what it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kaska.core import facts
from kaska.core.commands import Listen, StopListening
from kaska.core.contacts.contact import Contact
from kaska.core.turn import Desk

LONGEST = 200
"""characters of what was understood that the ledger keeps"""

STEM = 4
"""two words that begin with so many of the same letters may be one word"""
ENDING = 3
"""when what follows is no longer than this …"""
ENDINGS = frozenset("аеиоуыэюяйьмхвгs")
"""… and made of letters that endings are made of: «продажи», «продаж», «продажами»; but not «сервис», «сервер»"""

_WORD = re.compile(r"[^\W_]+")


def start(desk: Desk, contact: Contact, language: str, words: Mapping[str, Sequence[str]]) -> None:
    ear = f"{contact.id}-e{contact.ears + 1}"
    desk.write(facts.ListeningStarted(desk.at, contact.id, ear))
    expected = tuple(phrase for phrases in words.values() for phrase in phrases)
    desk.order(Listen(contact.id, contact.customer_leg, ear, language, expected))


def stop(desk: Desk, contact: Contact) -> None:
    """Listen no longer; nothing to do when nobody does."""
    if contact.ear:
        ear = contact.ear
        desk.write(facts.ListeningOver(desk.at, contact.id, ear))
        desk.order(StopListening(contact.id, contact.customer_leg, ear))


def understood(words: Mapping[str, Sequence[str]], text: str) -> str:
    """The choice one of whose phrases is in ``text``, the longest phrase first; "" for none, or when two of the same
    length name different choices: nobody is sent anywhere by a guess."""
    said = split(text)
    longest, found = 0, set[str]()
    for choice, phrases in words.items():
        for phrase in phrases:
            wanted = split(phrase)
            if len(wanted) >= longest and wanted and _within(wanted, said):
                found = {choice} if len(wanted) > longest else found | {choice}
                longest = len(wanted)
    return next(iter(found)) if len(found) == 1 else ""


def split(text: str) -> list[str]:
    """The words of a text: small letters, ё as е, nothing else."""
    return _WORD.findall(text.lower().replace("ё", "е"))


def _within(wanted: Sequence[str], said: Sequence[str]) -> bool:
    last = len(said) - len(wanted)
    return any(all(map(_same, wanted, said[start : start + len(wanted)])) for start in range(last + 1))


def _same(one: str, other: str) -> bool:
    """The same word, or the same with another ending."""
    same = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), None)
    stem = min(len(one), len(other)) if same is None else same
    return one == other or (stem >= STEM and all(_is_ending(word[stem:]) for word in (one, other)))


def _is_ending(letters: str) -> bool:
    return len(letters) <= ENDING and ENDINGS.issuperset(letters)
