"""How far reviewers agree when they read the same case without knowing of each other.

Raw agreement; Cohen's kappa (Cohen 1960), for two readers; Krippendorff's alpha for nominal
answers (Krippendorff, *Content Analysis*, 2004, ch. 11), for any number of readers with gaps.
Intervals are percentile bootstraps over cases with a given seed. Which cases are read twice is
drawn by a keyed hash of the case, so that nobody chooses and nobody can foresee.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import digest
from typing import Final

import numpy as np

#: Cases read twice below which no figure is shown.
FEWEST: Final = 20
RESAMPLES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's answer to one case: an action, or a label."""

    case: str
    reader: str
    answer: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its interval; all three are None where it is not defined, and the interval
    where it cannot be worked out. ``cases``: how many were read by two or more."""

    value: float | None
    low: float | None
    high: float | None
    cases: int


#: The answers to one case, in the order of their readers' names.
Unit = tuple[str, ...]
Measure = Callable[[Sequence[Unit]], float | None]


def twice(case: str, key: bytes, part: float) -> bool:
    """Whether this case is read by two people blind; of many, a ``part`` is.

    HMAC-SHA256 of the case's id, its first 64 bits below ``part`` of their range. The same key
    gives the same answer always; without the key nobody can foresee it.
    """
    number = int.from_bytes(digest(key, case.encode("utf-8", "surrogatepass"), sha256)[:8], "big")
    return number < part * 2**64


def units(readings: Iterable[Reading]) -> list[Unit]:
    """The answers of cases that two or more people read. Of a reader's several readings of a case
    the last one counts."""
    cases: dict[str, dict[str, str]] = {}
    for r in readings:
        cases.setdefault(r.case, {})[r.reader] = r.answer
    return [
        tuple(answers[reader] for reader in sorted(answers))
        for _, answers in sorted(cases.items())
        if len(answers) > 1
    ]


def raw(cases: Sequence[Unit]) -> float | None:
    """The part of all pairs of answers to one case that are equal, each case with one vote."""
    return sum(map(_equal, cases)) / len(cases) if cases else None


def _equal(answers: Unit) -> float:
    pairs = len(answers) * (len(answers) - 1)
    return sum(n * (n - 1) for n in Counter(answers).values()) / pairs


def kappa(cases: Sequence[Unit]) -> float | None:
    """Cohen's kappa of the first against the second answer. None without cases, where a case has
    other than two answers, or where both gave one and the same answer to everything."""
    if not cases or any(len(u) != 2 for u in cases):
        return None
    total = len(cases)
    first, second = (Counter(u[i] for u in cases) for i in (0, 1))
    seen = sum(a == b for a, b in cases) / total
    chance = sum(first[a] * second[a] for a in first) / total**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def alpha(cases: Sequence[Unit]) -> float | None:
    """Krippendorff's alpha, nominal: 1 − observed over expected disagreement. None without pairs,
    or where only one answer occurs (then nothing could have disagreed)."""
    paired = [u for u in cases if len(u) > 1]
    totals = Counter(answer for u in paired for answer in u)
    n = sum(totals.values())
    expected = n * n - sum(c * c for c in totals.values())
    if not expected:
        return None
    observed = sum(
        (len(u) ** 2 - sum(c * c for c in Counter(u).values())) / (len(u) - 1) for u in paired
    )
    return 1 - (n - 1) * observed / expected


def figure(
    measure: Measure, cases: Sequence[Unit], seed: int, resamples: int = RESAMPLES
) -> Figure:
    """A measure with its 95 % interval: whole cases are drawn again, with replacement.

    Resamples in which the measure is not defined are left out; where that is most of them, there
    is no interval.
    """
    value = measure(cases)
    if value is None:
        return Figure(None, None, None, len(cases))
    chance = np.random.default_rng(seed)
    drawn = chance.integers(0, len(cases), (resamples, len(cases)))
    again = [measure([cases[i] for i in row]) for row in drawn]
    known = [a for a in again if a is not None]
    if 2 * len(known) < resamples:
        return Figure(value, None, None, len(cases))
    low, high = np.quantile(known, (0.025, 0.975))
    return Figure(value, float(low), float(high), len(cases))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is shown of the readers' agreement. ``missing``: cases to be read twice before any
    figure is worth showing; where it is not 0, the figures are there but should not be shown."""

    raw: Figure
    kappa: Figure
    alpha: Figure
    missing: int
    differ: tuple[tuple[str, str, int], ...]


def agreement(readings: Iterable[Reading], seed: int, resamples: int = RESAMPLES) -> Agreement:
    """All three measures, and the pairs of answers that were confused most."""
    cases = units(readings)
    first, second, third = (figure(m, cases, seed, resamples) for m in (raw, kappa, alpha))
    return Agreement(first, second, third, max(0, FEWEST - len(cases)), _confused(cases))


def _confused(cases: Sequence[Unit]) -> tuple[tuple[str, str, int], ...]:
    pairs: Counter[tuple[str, str]] = Counter()
    for answers in cases:
        different = sorted(set(answers))
        pairs.update((a, b) for i, a in enumerate(different) for b in different[i + 1 :])
    ordered = sorted(pairs.items(), key=lambda p: (-p[1], p[0]))
    return tuple((a, b, n) for (a, b), n in ordered)
