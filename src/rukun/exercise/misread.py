"""How a number is misread or mistyped, in the proportions seen in real entries.

From 2,720 cells in which two independent entries of one form of 2019 differ: one digit for
another 72 %, a digit dropped or added 15 %, several digits 7 %, neighbours swapped 4.5 %; the
rest here is the sheet of another station of the village.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from rukun.exercise.draws import apportion, order

DIGIT, LENGTH, DIGITS, SWAP, SHEET = "digit", "length", "digits", "swap", "sheet"
SHARES: Final[Mapping[str, float]] = {
    DIGIT: 0.72,
    LENGTH: 0.15,
    DIGITS: 0.07,
    SWAP: 0.045,
    SHEET: 0.015,
}


def kinds(rng: np.random.Generator, n: int) -> list[str]:
    """``n`` kinds of error in the seen proportions (largest remainders), in random order."""
    names = list(SHARES)
    counts = apportion(np.array(list(SHARES.values())), n, np.full(len(names), n))
    listed = [name for name, count in zip(names, counts, strict=True) for _ in range(int(count))]
    return [listed[i] for i in order(rng, n)]


def misread(rng: np.random.Generator, value: int, kind: str) -> tuple[int, str]:
    """What was written for ``value``, and the kind of error it is.

    The result differs from ``value`` and fits three boxes. Where the value has no room for the
    kind (no two different neighbours to swap, a single digit to change twice) one digit changes.
    """
    written = _HOW[kind](rng, str(value))
    if written is None or int(written) == value:
        return int(_other_digit(rng, str(value), _any(rng, len(str(value))))), DIGIT
    return int(written), kind


def _any(rng: np.random.Generator, n: int) -> int:
    return int(rng.random() * n)


def _other_digit(rng: np.random.Generator, text: str, at: int) -> str:
    """Another digit at this place; a longer number does not come to begin with 0."""
    free = [d for d in "0123456789" if d != text[at] and (d != "0" or at or len(text) == 1)]
    return text[:at] + free[_any(rng, len(free))] + text[at + 1 :]


def _digit(rng: np.random.Generator, text: str) -> str | None:
    return _other_digit(rng, text, _any(rng, len(text)))


def _length(rng: np.random.Generator, text: str) -> str | None:
    at = _any(rng, len(text))
    if len(text) > 2:
        return text[:at] + text[at + 1 :]
    return text[: at + 1] + str(_any(rng, 10)) + text[at + 1 :]


def _digits(rng: np.random.Generator, text: str) -> str | None:
    if len(text) < 2:
        return None
    for at in order(rng, len(text))[:2]:
        text = _other_digit(rng, text, int(at))
    return text


def _swap(rng: np.random.Generator, text: str) -> str | None:
    places = [
        i
        for i in range(len(text) - 1)
        if text[i] != text[i + 1] and not (i == 0 and text[1] == "0")
    ]
    if not places:
        return None
    at = places[_any(rng, len(places))]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


_HOW: Final[Mapping[str, Callable[[np.random.Generator, str], str | None]]] = {
    DIGIT: _digit,
    LENGTH: _length,
    DIGITS: _digits,
    SWAP: _swap,
}
