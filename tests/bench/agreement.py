"""Whether two tools found the same: pairs of texts, and edges between accounts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Pairs = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs that are right in truth, candidates that were named, and how many of them are right."""

    true: int
    named: int
    right: int


def found(truth: Pairs, named: Pairs) -> Found:
    """How the pairs that a tool named stand to the true ones, whichever end comes first."""
    a, b = _keys(truth), _keys(named)
    return Found(a.size, b.size, np.intersect1d(a, b, assume_unique=True).size)


def _keys(pairs: Pairs) -> NDArray[np.int64]:
    ends = np.sort(pairs.astype(np.int64), axis=1)
    keys: NDArray[np.int64] = np.unique((ends[:, 0] << 32) | ends[:, 1])
    return keys


@dataclass(frozen=True, slots=True)
class Edges:
    """Directed edges of both tools: in all, the same with the same weight, and those that differ
    (user_1, user_2)."""

    ours: int
    theirs: int
    same: int
    differing: pl.DataFrame


def edges(ours: pl.DataFrame, theirs: pl.DataFrame) -> Edges:
    """How two tables of edges (user_1, user_2, weight) agree."""
    both = ours.join(theirs, on=["user_1", "user_2"], how="full", coalesce=True, suffix="_theirs")
    same = (pl.col("weight") == pl.col("weight_theirs")).fill_null(False)
    differing = both.filter(~same).select("user_1", "user_2")
    return Edges(ours.height, theirs.height, both.height - differing.height, differing)


def at_the_edge(acts: pl.DataFrame, pairs: pl.DataFrame, window: float) -> pl.DataFrame:
    """The pairs of which two acts on one object lie apart by the window to the millisecond, where
    the rounding of a floating-point sum decides. ``acts``: account, object, at (milliseconds)."""
    own = acts.select(user_1="account", object="object", at="at")
    other = acts.select(user_2="account", object="object", at_other="at")
    met = pairs.join(own, on="user_1").join(other, on=["user_2", "object"])
    gap = (pl.col("at") - pl.col("at_other")).abs()
    return met.filter((gap - round(window * 1000)).abs() <= 1).select("user_1", "user_2").unique()
