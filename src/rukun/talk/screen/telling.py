"""Which words of a post weighed most: what is shown where no frame of the grammar says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rukun.talk.screen.features import LONGEST, neighbours, pieces
from rukun.talk.screen.lexicon import BIT
from rukun.talk.screen.text import Word

#: The most words that are shown.
SHOWN: Final = 6
_SIGN = BIT["stop"] | BIT["comma"] | BIT["quote"]


def loudest(words: Sequence[Word], adds: Mapping[int, float]) -> tuple[int, int]:
    """Start and end, in the text, of the words in one sentence that add most to the score.

    ``adds``: what each feature adds. The post must hold a word.
    """
    words = words[:LONGEST]
    heat = _heat([w.form for w in words], adds)
    best, first, last = -np.inf, 0, 0
    for i, word in enumerate(words):
        total = 0.0
        for j in range(i, min(i + SHOWN, len(words))):
            if words[j].bits & BIT["stop"] or word.bits & _SIGN:
                break
            total += heat[j]
            if total > best and not words[j].bits & _SIGN:
                best, first, last = total, i, j
    return words[first].start, words[last].end


def _heat(forms: Sequence[str], adds: Mapping[int, float]) -> NDArray[np.float64]:
    """What each word adds by itself, by its parts, and by its share of the rows it stands in."""
    heat = np.zeros(len(forms) + 2)
    for size in (1, 2, 3):
        for start, feature in enumerate(neighbours(forms, size).tolist()):
            heat[start : start + size] += adds.get(feature, 0.0) / size
    parts = [sum(adds.get(f, 0.0) for f in pieces(form).tolist()) for form in forms]
    result: NDArray[np.float64] = heat[1:-1] + np.array(parts)
    return result
