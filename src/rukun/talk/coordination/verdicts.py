"""The tests upon pairs, and the verdicts that follow."""

from __future__ import annotations

import numpy as np
import polars as pl

from rukun.talk.coordination.chance import (
    Bools,
    Floats,
    Ints,
    benjamini_hochberg,
    binomial_tail,
    bonferroni,
    poisson_tail,
)
from rukun.talk.coordination.counting import Counted
from rukun.talk.coordination.expecting import expected
from rukun.talk.coordination.groups import triangles, truss
from rukun.talk.coordination.settings import FRESH, QUICKEST, Settings


def tested(counts: Counted, settings: Settings) -> pl.DataFrame:
    """The pairs with every test.

    ``beyond``: more objects together than the activity of the two gives by chance. Three ways lead
    past the everyday explanation, that both follow a favourite: ``closer`` (this pair's meetings
    are closer in time than is usual with these sources), ``pooled`` (so are all meetings of each
    of the two, against the quickest readers), ``spans`` (nearly every object comes from another
    source that not both are regulars of: each source counted once, still more than chance).
    """
    pairs = counts.pairs
    seen, objects, close, fresh = (
        pairs[c].to_numpy().astype(np.int64) for c in ("seen", "objects", "close", "fresh")
    )
    tests = counts.accounts * (counts.accounts - 1) / 2
    rate, ways = expected(counts)
    p, p_sources = (np.minimum(ways * poisson_tail(n, rate), 1.0) for n in (seen, fresh))
    beyond = bonferroni(p, tests) <= settings.family
    p_close = binomial_tail(close, objects, pairs["usual"].to_numpy().astype(float))
    q_close = np.ones(p.size)
    q_close[beyond] = benjamini_hochberg(p_close[beyond], float(beyond.sum()))
    enough = np.maximum(settings.spans, FRESH * objects)
    spans = (fresh >= enough) & (bonferroni(p_sources, tests) <= settings.family)
    return pairs.with_columns(
        expected=rate,
        p=p,
        p_all=bonferroni(p, tests),
        q=benjamini_hochberg(p, tests),
        p_close=p_close,
        q_close=q_close,
        p_sources=p_sources,
        top_share=pl.col("top") / pl.col("objects"),
        beyond=beyond,
        closer=beyond & (q_close <= settings.false),
        pooled=beyond & _pooled(pairs, beyond, settings),
        spans=beyond & spans,
    )


def _pooled(pairs: pl.DataFrame, beyond: Bools, settings: Settings) -> Bools:
    """Whether a pair is close, and both are to all those they act with beyond chance.

    Given when an account acts, those who react to the same thing for themselves come close to it
    independently of each other, each with at most the chance of the quickest among those inside the
    window. So over all its pairs an account's close meetings are at most binomial.
    """
    usual = settings.usual(QUICKEST)
    a, b, objects, close = (
        pairs[c].to_numpy().astype(np.int64) for c in ("a", "b", "objects", "close")
    )
    nodes, ends = np.unique(np.concatenate([a, b]), return_inverse=True)
    trials, hits = (_sums(ends, np.where(beyond, x, 0), nodes.size) for x in (objects, close))
    p: Floats = binomial_tail(hits, trials, np.full(nodes.size, usual))
    tight = bonferroni(p, float((trials > 0).sum())) <= settings.family
    found: Bools = tight[ends[: a.size]] & tight[ends[a.size :]] & (close > usual * objects)
    return found


def _sums(ends: Ints, values: Ints, nodes: int) -> Ints:
    return np.bincount(ends, np.concatenate([values, values]), nodes).astype(np.int64)


def judged(pairs: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """The pairs worth reporting, with ``verdict`` and ``triangles``.

    known: both in one known group, and beyond chance at either level. strong: beyond chance and
    past the explanation of a favourite, closing a triangle of such pairs. look: the other pairs
    of the 4-truss among those at the false-discovery rate.
    """
    named = pairs["known"].is_not_null().to_numpy()
    flag = {c: pairs[c].to_numpy() for c in ("beyond", "closer", "pooled", "spans")}
    better = flag["closer"] | flag["pooled"] | flag["spans"]
    looked = (pairs["q"].to_numpy() <= settings.false) | flag["beyond"]
    closing = _within(pairs, flag["beyond"] & better & ~named)
    strong = closing > 0
    in_truss = np.zeros(pairs.height, dtype=bool)
    rows = np.flatnonzero(looked & ~named)
    in_truss[rows] = truss(*_ends(pairs, rows), 4)
    look = in_truss & ~strong
    third = np.where(strong, closing, _within(pairs, in_truss))
    words = np.select([named & looked, strong, look], ["known", "strong", "look"], "")
    told = pairs.with_columns(verdict=pl.Series(words, dtype=pl.String), triangles=third)
    return told.filter(pl.col("verdict") != "")


def _within(pairs: pl.DataFrame, chosen: Bools) -> Ints:
    """Triangles of each pair among the chosen ones; 0 for the others."""
    out = np.zeros(pairs.height, dtype=np.int64)
    rows = np.flatnonzero(chosen)
    out[rows] = triangles(*_ends(pairs, rows))
    return out


def _ends(pairs: pl.DataFrame, rows: Ints) -> tuple[Ints, Ints]:
    """The two accounts of these rows, renumbered without gaps."""
    both = [pairs[c].to_numpy()[rows] for c in "ab"]
    ends = np.unique(np.concatenate(both), return_inverse=True)[1]
    return ends[: rows.size].astype(np.int64), ends[rows.size :].astype(np.int64)
