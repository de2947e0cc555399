"""One key for the spellings of a name: Blimbingsari and Belimbingsari, Air Kuning and Airkuning.

By rule: case, accents, spaces and hyphens fall away, old spelling becomes new, the schwa *e*
between consonants is dropped and doubled letters become one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_SCHWA: Final = re.compile(r"(?<=[bcdfghjklmnpqrstvwxyz])e(?=[bcdfghjklmnpqrstvwxyz])")
_DOUBLED: Final = re.compile(r"(.)\1+")
_OLD: Final = (("oe", "u"), ("dj", "j"), ("tj", "c"))
_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_BREAK: Final = re.compile(r"[^\s\-–./'’]")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


class Token(NamedTuple):
    """One word of a text: in small letters, its place, and whether it begins with a capital.

    ``joined``: nothing but a space, a hyphen or a point stands between it and the word before.
    """

    form: str
    start: int
    end: int
    capital: bool
    joined: bool


@lru_cache(100_000)
def fold(name: str) -> str:
    """The key of a name, the same for all spellings that the rules join."""
    plain = unicodedata.normalize("NFKD", name.lower())
    letters = "".join(c for c in plain if c.isalnum())
    for old, new in _OLD:
        letters = letters.replace(old, new)
    return _DOUBLED.sub(r"\1", _SCHWA.sub("", letters))


def tokens(text: str) -> list[Token]:
    """The words of a text in order."""
    found: list[Token] = []
    before = -1
    for match in _WORD.finditer(text):
        start, end = match.span()
        gap = text[before:start] if before >= 0 else "|"
        joined = len(gap) <= 3 and not _BREAK.search(gap) and "\n" not in gap
        form = match.group()
        found.append(Token(form.lower(), start, end, form[0].isupper(), joined))
        before = end
    return found


def visible(text: str) -> str:
    """The text with each sign that cannot be seen as a space, so that places in it stay."""
    return _INVISIBLE.sub(" ", text)
