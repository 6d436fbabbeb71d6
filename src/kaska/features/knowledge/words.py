"""Words without their endings, how well an article answers a question, and the place to show of it. Pure.

The endings are cut off roughly, by a list: Russian forms of one word must meet, different words may now and then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kaska.features.customers.public import fold, words_of

SHORTEST_STEM = 3
LONGEST = 200
"""letters shown of an article under its title"""
TITLE, TAG, FOLDER, TEXT = 8, 6, 3, 1
"""what a word weighs by where it stands"""
MOST_TIMES = 3
"""a word in the text counts so often at most"""
MOST_ASKED = 12

_REFLEXIVE = ("ся", "сь")
_ENDINGS = sorted(
    [
        *("иями", "ями", "ами", "ыми", "ими", "ого", "его", "ому", "ему", "ая", "яя", "ое", "ее", "ые", "ие", "ый"),
        *("ий", "ой", "ей", "ую", "юю", "ых", "их", "ым", "им", "ом", "ем", "ам", "ям", "ах", "ях", "ов", "ев", "иям"),
        *("иях", "ием", "ией", "ия", "ию", "ии", "ью", "ать", "ять", "ить", "еть", "уть", "ешь", "ишь", "ете", "ите"),
        *("ают", "яют", "уют", "ует", "ает", "яет", "еет", "ало", "ала", "али", "ила", "или", "ыла", "ыли"),
        *("а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й"),
    ],
    key=len,
    reverse=True,
)
_CUT_AGAIN = ("енн", "анн", "ийн", "альн", "н", "к")
"""what makes an adjective or a diminutive of a noun, cut when enough is left"""
_ENGLISH = ("ing", "ies", "es", "ed", "s")
_CYRILLIC = re.compile("[а-я]")
_MARKS = re.compile(r"[#*_`>|~]+|!?\[([^\]]*)\]\([^)]*\)|^\s*[-+]\s+", re.MULTILINE)


def stem(word: str) -> str:
    """A folded word without its ending; at least SHORTEST_STEM letters of it."""
    if not _CYRILLIC.search(word):
        return _without(word, _ENGLISH)
    for ending in _REFLEXIVE:
        if word.endswith(ending) and len(word) - 2 > SHORTEST_STEM:
            word = word[:-2]
            break
    bare = _without(word, _ENDINGS)
    return _without(bare, _CUT_AGAIN, least=5) if bare != word else bare


def _without(word: str, endings: Iterable[str], least: int = SHORTEST_STEM) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


def stems(text: str) -> list[str]:
    """Of every word of ``text``, in its order, with repetitions."""
    return [stem(word) for piece in text.split() for word in words_of([piece])]


def asked(question: str) -> list[str]:
    """The stems of what a person typed, each once."""
    return list(dict.fromkeys(stems(question)))[:MOST_ASKED]


def weights(title: str, tags: Iterable[str], folder: str, text: str) -> dict[str, int]:
    """Stem → how much it says of the article."""
    found: dict[str, int] = {}
    for part, weight in ((title, TITLE), (" ".join(tags), TAG), (folder.replace("/", " "), FOLDER)):
        for word in set(stems(part)):
            found[word] = found.get(word, 0) + weight
    times: dict[str, int] = {}
    for word in stems(plain_text(text)):
        times[word] = times.get(word, 0) + 1
    for word, often in times.items():
        found[word] = found.get(word, 0) + TEXT * min(often, MOST_TIMES)
    return found


@dataclass(frozen=True, slots=True)
class Ranked:
    """``words``: how many of the asked words the article has."""

    article: str
    words: int
    score: int


def ranked(matches: Sequence[Mapping[str, int]], liked: Mapping[str, int]) -> list[Ranked]:
    """Articles by how well they answer. ``matches``: for each asked word, article → weight of its best match;
    ``liked``: article → votes for less votes against. Only those with the most of the asked words are left.
    """
    every = {article for one in matches for article in one}
    found = [
        Ranked(
            article,
            sum(article in one for one in matches),
            sum(one.get(article, 0) for one in matches) * 4 + max(-3, min(3, liked.get(article, 0))),
        )
        for article in every
    ]
    most = max((one.words for one in found), default=0)
    kept = [one for one in found if one.words == most]
    return sorted(kept, key=lambda one: (-one.score, one.article))


def plain_text(markdown: str) -> str:
    """The words of a Markdown text without its marks."""
    return _MARKS.sub(lambda mark: f" {mark.group(1) or ''} ", markdown)


def excerpt(text: str, wanted: Sequence[str]) -> str:
    """At most LONGEST letters of the text, around the first word that was asked for, or its beginning."""
    flat = " ".join(plain_text(text).split())
    start = 0
    for match in re.finditer(r"\S+", flat):
        folded = fold(match.group())
        if any(folded.strip("«»\"'(),.:;!?").startswith(word) for word in wanted if len(word) >= SHORTEST_STEM):
            start = max(0, match.start() - LONGEST // 3)
            break
    if start:
        start = flat.find(" ", start) + 1
    cut = flat[start : start + LONGEST]
    return ("… " if start else "") + cut.strip() + (" …" if start + LONGEST < len(flat) else "")
