"""How often chance brings a pair together: λ, in two ways."""

from __future__ import annotations

import numpy as np
import polars as pl

from rukun.talk.coordination.chance import Floats, Ints
from rukun.talk.coordination.counting import Counted
from rukun.talk.coordination.groups import common


def expected(counts: Counted) -> tuple[Floats, int]:
    """λ of each pair, and in how many ways it was reckoned (each is one more test).

    Each kind adds k_a k_b · 2C / M². Popular objects stand apart from that sum, for each pair
    can meet on one only once; with n sharers and m meetings, two of them meet with the chance
    q = 2m / n(n − 1). Reckoned by activity an object adds (1 − e^(−k_a n/M)) (1 − e^(−k_b n/M)) q;
    reckoned by presence it adds q where both acted on it and nothing elsewhere. The smaller sum
    is taken: the first finds large rings that make their own objects popular, the second is not
    dulled by crowds that the two have no part in.
    """
    a, b = (counts.pairs[c].to_numpy().astype(np.int64) for c in "ab")
    nodes = np.unique(np.concatenate([a, b]))
    ends = np.searchsorted(nodes, a), np.searchsorted(nodes, b)
    plain, by_activity = np.zeros(a.size), np.zeros(a.size)
    for kind, total, met in counts.kinds.select("kind", "total", "met").iter_rows():
        k = _held(counts.held.filter(pl.col("kind") == kind), nodes)
        plain += k[ends[0]] * k[ends[1]] * 2.0 * met / total**2
        objects = counts.popular.filter(pl.col("kind") == kind)
        if objects.height:
            by_activity += _by_activity(k, ends, objects, total)
    if not counts.popular.height:
        return plain, 1
    return plain + np.minimum(by_activity, _by_presence(counts, nodes, ends)), 2


def _held(held: pl.DataFrame, nodes: Ints) -> Floats:
    k = np.zeros(nodes.size)
    k[np.searchsorted(nodes, held["who"].to_numpy())] = held["k"].to_numpy()
    return k


def _meeting(objects: pl.DataFrame) -> Floats:
    """q of each popular object."""
    n = objects["sharers"].to_numpy().astype(float)
    q: Floats = np.minimum(2.0 * objects["met"].to_numpy() / (n * (n - 1.0)), 1.0)
    return q


def _by_activity(k: Floats, ends: tuple[Ints, Ints], objects: pl.DataFrame, total: float) -> Floats:
    """Worked out once for each two values of k, of which there are few."""
    values, at = np.unique(k, return_inverse=True)
    reach = 1.0 - np.exp(-np.outer(values, objects["sharers"].to_numpy() / total))
    table: Floats = (reach * _meeting(objects)) @ reach.T
    found: Floats = table[at[ends[0]], at[ends[1]]]
    return found


def _by_presence(counts: Counted, nodes: Ints, ends: tuple[Ints, Ints]) -> Floats:
    who = np.searchsorted(nodes, counts.taken["who"].to_numpy())
    what = np.searchsorted(counts.popular["what"].to_numpy(), counts.taken["what"].to_numpy())
    start = np.searchsorted(who, np.arange(nodes.size + 1))
    return common(ends[0], ends[1], start, what, _meeting(counts.popular))
