"""How likely an observation is by chance: Poisson and binomial tails, two corrections.

All arrays are one-dimensional and of equal length unless said otherwise; p-values below the
smallest float come out as 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_SMALL = 1e-17


def poisson_tail(seen: Ints, expected: Floats) -> Floats:
    """P(X ≥ ``seen``) for a Poisson count of mean ``expected``."""
    rate = np.maximum(expected, np.finfo(float).tiny)
    logs = -rate + seen * np.log(rate) - _log_factorial(int(seen.max(initial=0)))[seen]
    term: Floats = np.exp(logs)
    above = _series(term, seen, rate)
    below = seen < rate
    if below.any():
        above[below] = _poisson_from_below(seen[below], rate[below])
    return np.where(seen <= 0, 1.0, np.minimum(above, 1.0))


def binomial_tail(hits: Ints, trials: Ints, chance: Floats) -> Floats:
    """P(X ≥ ``hits``) of ``trials`` that each hit with ``chance`` (strictly between 0 and 1)."""
    logs = _log_factorial(int(trials.max(initial=0)))
    odds = chance / (1.0 - chance)
    first: Floats = np.exp(
        logs[trials]
        - logs[hits]
        - logs[trials - hits]
        + hits * np.log(chance)
        + (trials - hits) * np.log1p(-chance)
    )
    total, term = first.copy(), first
    for j in range(int((trials - hits).max(initial=0))):
        left = np.maximum(trials - hits - j, 0)
        term = term * left / (hits + j + 1) * odds
        total += term
    return np.where(hits <= 0, 1.0, np.minimum(total, 1.0))


def bonferroni(p: Floats, tests: float) -> Floats:
    """p-values corrected for ``tests`` tests, of which these may be a few."""
    return np.minimum(p * tests, 1.0)


def benjamini_hochberg(p: Floats, tests: float) -> Floats:
    """q-values among ``tests`` tests, those not given counting as p = 1 (Benjamini and Hochberg
    1995): the smallest p · tests / rank of this and every larger p."""
    falling = np.argsort(p, kind="stable")[::-1]
    rank = np.arange(p.size, 0, -1)
    q = np.empty(p.size)
    q[falling] = np.minimum.accumulate(p[falling] * tests / np.maximum(rank, 1))
    return np.minimum(q, 1.0)


def _log_factorial(most: int) -> Floats:
    """ln 0!, ln 1!, … ln most!"""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1, dtype=float)))])


def _series(first: Floats, seen: Ints, rate: Floats) -> Floats:
    """The sum of a Poisson tail from its first term; terms fall once they are past the mean."""
    total, term, j = first.copy(), first, 1
    far = int(np.ceil(np.max(rate, initial=0.0) * 2)) + 60
    while j < far and np.any(term > total * _SMALL):
        term = term * rate / (seen + j)
        total += term
        j += 1
    return total


def _poisson_from_below(seen: Ints, rate: Floats) -> Floats:
    """1 − P(X < seen), for counts below their mean."""
    term = np.exp(-rate)
    total = np.zeros(rate.size)
    for i in range(int(seen.max(initial=0))):
        total += np.where(i < seen, term, 0.0)
        term = term * rate / (i + 1)
    return 1.0 - total
