"""Random whole numbers that come out the same everywhere.

Only the uniform stream of a seeded PCG64 is used, with additions and square roots: no logarithm
or exponential whose last bit differs between machines, so a seed gives the same bytes anywhere.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def generator(seed: int) -> np.random.Generator:
    """The stream of this seed."""
    return np.random.Generator(np.random.PCG64(seed))


def bell(rng: np.random.Generator, n: int) -> Floats:
    """``n`` values of mean 0 and variance 1, never beyond ±6 (Irwin–Hall, 12 terms)."""
    total = np.zeros(n)
    for _ in range(12):
        total += rng.random(n)
    return total - 6.0


def rare(rng: np.random.Generator, n: int, mean: float) -> Ints:
    """``n`` counts of a rare thing: 16 chances of ``mean``/16 each."""
    count = np.zeros(n, dtype=np.int64)
    for _ in range(16):
        count += rng.random(n) < mean / 16
    return count


def part(rng: np.random.Generator, whole: Ints, share: Floats | float) -> Ints:
    """About ``share`` of each whole, spread as a binomial count is; within 0 and the whole."""
    spread = np.sqrt(whole * share * (1 - np.asarray(share)))
    drawn: Floats = np.rint(whole * share + spread * bell(rng, whole.size))
    clipped: Ints = np.clip(drawn, 0, whole).astype(np.int64)
    return clipped


def uniform(rng: np.random.Generator, n: int, low: int, high: int) -> Ints:
    """``n`` whole numbers from ``low`` to ``high``, the latter left out."""
    return low + (rng.random(n) * (high - low)).astype(np.int64)


def order(rng: np.random.Generator, n: int) -> Ints:
    """The numbers 0 … n−1 in a random order."""
    return np.argsort(rng.random(n), kind="stable")


def apportion(weights: Floats, total: int, most: Ints) -> Ints:
    """Whole numbers in proportion to ``weights`` that sum to ``total``, none above ``most``.

    Largest remainders. Raises ``ValueError`` where ``most`` leaves no room for the total.
    """
    if total < 0 or total > int(most.sum()):
        raise ValueError(f"{total} does not fit into {int(most.sum())}")
    exact = _filled(np.maximum(weights, 1e-9), total, most)
    whole = np.minimum(np.floor(exact), most).astype(np.int64)
    while (short := total - int(whole.sum())) > 0:
        room = np.flatnonzero(whole < most)
        first = room[np.argsort(whole[room] - exact[room], kind="stable")][:short]
        whole[first] += 1
    return whole


def _filled(weights: Floats, total: int, most: Ints) -> Floats:
    """Proportional shares, where those that would pass their limit stop at it."""
    full = np.zeros(weights.size, dtype=bool)
    while True:
        left = total - int(most[full].sum())
        free = weights[~full].sum()
        exact = np.where(full, most, weights * (left / free if free else 0.0))
        over = ~full & (exact > most)
        if not over.any():
            return exact
        full |= over
