"""Disguised spellings as they are used to get words past a filter."""

from __future__ import annotations

import random
import re
from typing import Final

SPELLINGS: Final = ("leet", "dotted", "spaced", "elongated", "shortened", "vowelless")
_LEET = {"a": "4", "i": "1", "e": "3", "o": "0", "s": "5"}
_SHORT = {
    "kita": "qta",
    "yang": "yg",
    "malam": "mlm",
    "besok": "bsk",
    "rumah": "rmh",
    "kantor": "ktr",
    "sekarang": "skrg",
    "pendukung": "pndukung",
    "jangan": "jgn",
    "semua": "smua",
    "harus": "hrs",
    "petugas": "ptgs",
    "kalau": "klo",
    "sudah": "udh",
    "saja": "aja",
    "tidak": "gak",
}
_WORD = re.compile(r"[A-Za-z]{4,}")


def disguise(text: str, spelling: str, dice: random.Random) -> str:
    """``text`` with one or two of its longer words (every one it can, if shortened) disguised."""
    if spelling == "shortened":
        return _WORD.sub(lambda m: _SHORT.get(m.group().lower(), m.group()), text)
    spots = list(_WORD.finditer(text))
    for spot in sorted(dice.sample(spots, min(2, len(spots))), key=lambda m: -m.start()):
        word = _changed(spot.group(), spelling, dice)
        text = text[: spot.start()] + word + text[spot.end() :]
    return text


def _changed(word: str, spelling: str, dice: random.Random) -> str:
    if spelling == "leet":
        return "".join(_LEET.get(c, c) for c in word)
    if spelling == "dotted":
        return ".".join(word)
    if spelling == "spaced":
        return " ".join(word)
    at = next((i for i in range(1, len(word)) if word[i] in "aeiou"), len(word) - 1)
    if spelling == "elongated":
        return word[: at + 1] + word[at] * dice.randint(2, 5) + word[at + 1 :]
    return word[:at] + word[at + 1 :]
