"""What a card is found by. Pure.

Words are folded (lower case, ё = е, accents off). A telephone number is kept as all its endings of ``FEWEST_DIGITS`` or
more digits, each marked ``#``, so that any part of the number is the beginning of one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

FEWEST_DIGITS = 4
LONGEST_WORD = 40
MOST_WORDS = 60
"""of one card and of one query"""
SHORTEST_CORRECTED = 4
"""letters; shorter words differ from too many others by one mistake"""
END_OF_RANGE = "\U0010ffff"
"""sorts after everything that can follow in a word"""

_PHONE = re.compile(r"\+?[\d\s().\-]+", re.ASCII)
_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+", re.ASCII)
"""a part of an e-mail"""
_SEPARATORS = re.compile(r"[^\w@+#]+")


def fold(text: str) -> str:
    """One spelling for what people write in many: «Ёлкина» → "елкина", "MÜLLER" → "muller"."""
    lower = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(letter for letter in decomposed if not _is_accent(letter)).replace("\u0438\u0306", "й")


def _is_accent(letter: str) -> bool:
    # й falls apart into и and a breve, and is put together again by fold: it is a letter of its own
    return unicodedata.combining(letter) != 0 and letter != "\u0306"


def words_of(texts: Iterable[str]) -> list[str]:
    """The folded words of names and the like, sorted, each once."""
    found = {word[:LONGEST_WORD] for text in texts for word in _SEPARATORS.split(fold(text)) if word.strip("@+#_")}
    return sorted(found)[:MOST_WORDS]


def endings(digits: str) -> list[str]:
    """ "74950000101" → "#74950000101", "#4950000101", … "#0101"."""
    return [f"#{digits[start:]}" for start in range(len(digits) - FEWEST_DIGITS + 1)]


def card_words(texts: Iterable[str], phones: Iterable[str], mails: Iterable[str]) -> list[str]:
    """Everything a card is found by, sorted. ``phones`` are E.164."""
    found = set(words_of(texts))
    for phone in phones:
        found.update(endings(phone.lstrip("+")))
    for mail in mails:
        local, _, domain = fold(mail).partition("@")
        found.update({fold(mail)[:LONGEST_WORD], domain[:LONGEST_WORD], *words_of([local])} - {""})
    return sorted(found)


def asked_words(query: str) -> list[str]:
    """The words of what a person typed; a number in any writing becomes one word, a national 8 is dropped."""
    text = query.strip()
    if _PHONE.fullmatch(text):
        return _asked_number(text)
    found: list[str] = []
    for piece in text.split():
        if "@" in piece or _ADDRESS.fullmatch(piece):
            found.append(fold(piece)[:LONGEST_WORD])
        elif _PHONE.fullmatch(piece) and len(_digits(piece)) >= FEWEST_DIGITS:
            found += _asked_number(piece)
        else:
            found += words_of([piece])
    return list(dict.fromkeys(found))[:MOST_WORDS]


def _asked_number(text: str) -> list[str]:
    digits = _digits(text)
    if len(digits) < FEWEST_DIGITS:
        return []
    if digits.startswith("8") and len(digits) == 11 and not text.startswith("+"):
        digits = "7" + digits[1:]
    elif digits.startswith("8") and text[1:2] in (" ", "(", "-") and not text.startswith("+"):
        digits = digits[1:] if len(digits) > FEWEST_DIGITS else digits  # «8 (495) 00…», not yet whole
    return [f"#{digits}"]


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())


def spellings_of(word: str) -> set[str]:
    """The word and the word with any one letter left out; () for words that are not corrected."""
    if len(word) < SHORTEST_CORRECTED or word.startswith("#") or "@" in word:
        return set()
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def mistakes(written: str, meant: str) -> int:
    """Letters wrong, missing, too many or swapped with their neighbour: the restricted Damerau-Levenshtein distance."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(written, 1):
        earlier, before, row = before, row, [i] + [0] * len(meant)
        for j, other in enumerate(meant, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and written[i - 2] == other:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]


def beginning(word: str) -> tuple[str, str]:
    """[from, to) of everything that begins with ``word``."""
    return word, word + END_OF_RANGE
