"""From acts to the figures of each pair: what was seen, and what chance would give.

The relational part is Ibis; what comes back are columns of numbers, one row per pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import polars as pl

from rukun.engine import Engine
from rukun.talk.coordination.acts import MICRO
from rukun.talk.coordination.chance import Floats, Ints
from rukun.talk.coordination.settings import KINDS, Settings
from rukun.talk.coordination.together import PAIR, inside, lively, meetings, once, pairs_of

#: Meetings of the usual kind that a source's own share of close ones is weighed against.
PRIOR = 20.0
#: However quick the readers of a source are, more than this share of close meetings is not usual.
QUICKEST = 0.5


@dataclass(frozen=True, slots=True)
class Kindly:
    """One kind's totals: objects over accounts (M), meetings inside the window (C), and the
    popular objects: their sharers and meetings."""

    total: float
    met: float
    sharers: Floats
    meetings: Floats


@dataclass(frozen=True, slots=True)
class Counted:
    """``pairs``: one row per pair that shares enough objects; ``each``: one row per such pair and
    object. ``objects``: who, kind, k: distinct objects of each account in these pairs. ``kinds``:
    the totals. ``accounts``: how many in all."""

    each: ir.Table
    pairs: pl.DataFrame
    objects: pl.DataFrame
    kinds: tuple[Kindly, ...]
    accounts: int


def counted(engine: Engine, acts: ir.Table, settings: Settings) -> Counted:
    """Everything the tests need, from numbered acts."""
    sources, objects = _crowds(engine, acts, settings)
    held = engine.keep(acts.group_by("who", "kind").agg(k=acts.what.nunique()))
    totals = engine.collect(held.group_by("kind").agg(total=held.k.sum()), by=["kind"])
    each, pairs = _pairs(engine, acts, sources, settings)
    busy = np.unique(np.concatenate([pairs["a"].to_numpy(), pairs["b"].to_numpy()]))
    known = engine.collect(held, by=["who", "kind"])
    number = engine.collect(acts.agg(n=acts.who.nunique()))
    return Counted(
        each=each,
        pairs=pairs,
        objects=known.filter(pl.col("who").is_in(busy.tolist())),
        kinds=_kinds(totals, objects, settings.popular),
        accounts=int(number.item()),
    )


def expected(counts: Counted) -> Floats:
    """λ of each pair: k_a k_b · 2C / M², summed over the kinds.

    A popular object stands apart from that sum, for each pair can meet on it only once: with n
    sharers and m meetings it adds (1 − e^(−k_a n/M)) (1 − e^(−k_b n/M)) · 2m / n(n − 1).
    """
    a, b = (counts.pairs[c].to_numpy() for c in "ab")
    total = np.zeros(a.size)
    nodes = np.unique(np.concatenate([a, b]))
    at_a, at_b = np.searchsorted(nodes, a), np.searchsorted(nodes, b)
    for number, kind in enumerate(counts.kinds):
        if kind.total:
            k = _held(counts.objects.filter(pl.col("kind") == number), nodes)
            rest = max(kind.met - float(kind.meetings.sum()), 0.0)
            total += k[at_a] * k[at_b] * 2.0 * rest / kind.total**2
            for n, m in zip(kind.sharers, kind.meetings, strict=True):
                reach = 1.0 - np.exp(-k * n / kind.total)
                total += reach[at_a] * reach[at_b] * min(2.0 * m / (n * (n - 1.0)), 1.0)
    return total


def _held(objects: pl.DataFrame, nodes: Ints) -> Floats:
    k = np.zeros(nodes.size)
    k[np.searchsorted(nodes, objects["who"].to_numpy())] = objects["k"].to_numpy()
    return k


def _crowds(engine: Engine, acts: ir.Table, settings: Settings) -> tuple[ir.Table, pl.DataFrame]:
    """Per source the usual share of close meetings; per popular object its kind, sharers and
    meetings, and the other meetings of each kind in one row (``popular`` false)."""
    met = inside(acts, settings.window).rename(met="others")
    crowd = inside(met, settings.close).rename(close="others")
    figures = crowd.group_by("what").agg(
        kind=crowd.kind.min(),
        source=crowd.source.min(),
        sharers=crowd.who.nunique(),
        met=crowd.met.sum(),
        close=crowd.close.sum(),
    )
    each = engine.keep(figures)
    sources = each.group_by("source").agg(met=each.met.sum(), close=each.close.sum())
    sources = sources.filter(sources.met > 0)
    marked = each.mutate(popular=each.sharers >= settings.popular)
    summed = marked.group_by("kind", "popular").agg(met=marked.met.sum())
    top = marked.filter(marked.popular).select("kind", "sharers", "met", "popular")
    rest = summed.filter(~summed.popular).mutate(sharers=ibis.literal(0, "int64"))
    columns = ("kind", "sharers", "met", "popular")
    objects = engine.collect(top.select(*columns).union(rest.select(*columns)))
    return _usual(engine, engine.keep(sources)), objects


def _kinds(totals: pl.DataFrame, objects: pl.DataFrame, popular: int) -> tuple[Kindly, ...]:
    held = dict(totals.iter_rows())
    out = []
    for number in range(len(KINDS)):
        rows = objects.filter(pl.col("kind") == number)
        top = rows.filter("popular").sort("sharers", "met")
        out.append(
            Kindly(
                total=float(held.get(number, 0)),
                met=float(rows["met"].sum()),
                sharers=top["sharers"].to_numpy().astype(float),
                meetings=top["met"].to_numpy().astype(float),
            )
        )
    return tuple(out)


def _pairs(
    engine: Engine, acts: ir.Table, usual: ir.Table, settings: Settings
) -> tuple[ir.Table, pl.DataFrame]:
    """Each shared object of the pairs with at least ``fewest``, and one row per pair, in order."""
    fewest = settings.fewest
    near = engine.keep(lively(acts, settings.window, fewest))
    near = engine.keep(lively(near, settings.window, fewest))
    met = meetings(near, settings.window)
    keys = engine.keep(pairs_of(met, fewest))
    each = engine.keep(once(met.filter(met.pair.isin(keys.pair))))
    posts = each.group_by("pair").agg(posts_a=each.post_a.nunique(), posts_b=each.post_b.nunique())
    joined = engine.collect(_figures(each, usual, settings).join(posts, "pair"), by=["pair"])
    seen = pl.min_horizontal("objects", "posts_a", "posts_b")
    pairs = joined.with_columns(
        seen.alias("seen"), a=pl.col("pair") // PAIR, b=pl.col("pair") % PAIR
    )
    return each, pairs.filter(pl.col("seen") >= fewest)


def _figures(each: ir.Table, usual: ir.Table, settings: Settings) -> ir.Table:
    """Per pair: objects in all, by kind and close in time; sources, and the share of the largest;
    the share of close meetings that is usual with these sources."""
    rows = each.left_join(usual, each.source == usual.known)
    count = {k: (rows.kind == i).cast("int64").sum() for i, k in enumerate(KINDS)}
    by_source = rows.group_by("pair", "source").agg(
        objects=rows.count(),
        close=(rows.gap <= round(settings.close * MICRO)).cast("int64").sum(),
        usual=rows.usual.sum(),
        **count,
    )
    sums = {c: by_source[c].sum() for c in ("objects", "close", *KINDS)}
    return by_source.group_by("pair").agg(
        **sums,
        usual=by_source.usual.sum() / by_source.objects.sum(),
        sources=by_source.count(),
        top=by_source.objects.max(),
    )


def _usual(engine: Engine, sources: ir.Table) -> ir.Table:
    """The share of close meetings of each source, drawn towards that of all, never above
    ``QUICKEST``: a ring that has a source to itself must not become its own measure."""
    sums = sources.agg(c=sources.close.sum(), m=sources.met.sum())
    close, met = engine.collect(sums).row(0)
    everywhere = ((close or 0.0) + 1.0) / ((met or 0.0) + 2.0)
    share = (sources.close + PRIOR * everywhere) / (sources.met + PRIOR)
    floor = min(everywhere, QUICKEST)
    return sources.select(known=sources.source, usual=share.clip(floor, QUICKEST))
