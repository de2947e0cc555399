"""A reading as hashed features: its words, pairs, parts of words, word classes and frames.

The hashing trick after Weinberger et al. (2009), with CRC-32 so that every machine agrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rukun.talk.screen.lexicon import ACT, BIT, TARGET, listed
from rukun.talk.screen.text import Word

#: Buckets of the hashed space.
BUCKETS: Final = 1 << 15
_CLASSES = {
    name: BIT[name]
    for name in listed(
        "weapon carry call gather deontic cond future self you neg neglong nonneg condemn speech "
        "report past lawful peace joke threat incite dox insult dehuman claim ballot time where "
        "metaphor sport food ritual game everyday benign support camp official group person house "
        "place property"
    )
}


@lru_cache(200_000)
def bucket(feature: str) -> int:
    """The bucket of a feature."""
    return crc32(feature.encode("utf-8", "replace")) % BUCKETS


@lru_cache(100_000)
def _of_word(form: str) -> tuple[int, ...]:
    padded = f"<{form}>"
    parts = [padded[i : i + 4] for i in range(len(padded) - 3)] if len(form) > 4 else []
    return (bucket(f"w:{form}"), *(bucket(f"c:{p}") for p in parts))


@lru_cache(20_000)
def symbol(bits: int) -> str:
    """The telling classes of a word as one sign; empty where it has none."""
    if bits & ACT:
        form = next(
            (f for f in ("bare", "active", "passive", "noun", "selfact") if bits & BIT[f]), ""
        )
        return f"act-{'hard' if bits & BIT['hard'] else 'soft'}-{form}"
    names = [n for n, bit in _CLASSES.items() if bits & bit]
    return "+".join(names[:2]) if names else ("target" if bits & TARGET else "")


def text_features(words: Sequence[Word]) -> NDArray[np.int64]:
    """Buckets of the words, pairs of words, parts of words and pairs of classes."""
    found: list[int] = []
    previous, sign = "<s>", "<s>"
    for word in words:
        found += _of_word(word.form)
        found.append(bucket(f"p:{previous} {word.form}"))
        mark = symbol(word.bits)
        if mark:
            found.append(bucket(f"k:{mark}"))
            found.append(bucket(f"q:{sign} {mark}"))
            sign = mark
        previous = word.form
    return np.unique(np.array(found, dtype=np.int64))


def frame_features(names: Sequence[str]) -> NDArray[np.int64]:
    """Buckets of the frames and scopes that hold."""
    return np.unique(np.array([bucket(f"f:{n}") for n in names], dtype=np.int64))
