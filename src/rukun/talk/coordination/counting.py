"""From acts to the figures of each pair: what was seen, and what chance would give.

The relational part is Ibis; what comes back are columns of numbers, one row per pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import polars as pl

from rukun.engine import Engine
from rukun.talk.coordination.acts import SECOND
from rukun.talk.coordination.settings import KINDS, QUICK, QUICKEST, Settings
from rukun.talk.coordination.together import PAIR, inside, lively, meetings, once, pairs_of

#: Meetings of the usual kind that a source's own share of close ones is weighed against.
PRIOR = 20.0


@dataclass(frozen=True, slots=True)
class Counted:
    """What the tests need.

    ``pairs``: one row per pair that shares enough objects; ``each``: one row per such pair and
    object. ``held``: who, kind, k: distinct objects of each account in these pairs. ``kinds``:
    kind, total, met: objects over all accounts (M), and meetings (C) on objects that are not
    popular. ``popular``: what, kind, sharers, met: popular objects, in order; ``taken``: who,
    what: who of these accounts acted on which of them. ``accounts``: how many in all.
    """

    each: ir.Table
    pairs: pl.DataFrame
    held: pl.DataFrame
    kinds: pl.DataFrame
    popular: pl.DataFrame
    taken: pl.DataFrame
    accounts: int


def counted(engine: Engine, acts: ir.Table, settings: Settings) -> Counted:
    """Everything the tests need, from numbered acts."""
    objects = _objects(engine, acts, settings)
    each, pairs = _pairs(engine, acts, _usual(engine, objects, settings), settings)
    busy = engine.load(pl.concat([pairs["a"], pairs["b"]]).unique().alias("who").to_frame())
    held = engine.keep(acts.group_by("who", "kind").agg(k=acts.what.nunique()))
    totals = held.group_by("kind").agg(total=held.k.sum())
    top = objects.filter(objects.popular).select("what", "kind", "sharers", "met")
    rest = objects.filter(~objects.popular)
    plain = rest.group_by("kind").agg(met=rest.met.sum())
    taken = acts.semi_join(top, "what").select("who", "what").distinct()
    kinds = engine.collect(totals, by=["kind"])
    return Counted(
        each=each,
        pairs=pairs,
        held=engine.collect(held.semi_join(busy, "who"), by=["who", "kind"]),
        kinds=kinds.join(engine.collect(plain), on="kind", how="left").fill_null(0.0).sort("kind"),
        popular=engine.collect(top, by=["what"]),
        taken=engine.collect(taken.semi_join(busy, "who"), by=["who", "what"]),
        accounts=int(engine.collect(acts.agg(n=acts.who.nunique())).item()),
    )


def _objects(engine: Engine, acts: ir.Table, settings: Settings) -> ir.Table:
    """Per object its kind, source, sharers, meetings, close ones, and whether it is popular."""
    met = inside(acts, settings.window).rename(met="others")
    crowd = inside(met, settings.close).rename(close="others")
    figures = crowd.group_by("what").agg(
        kind=crowd.kind.min(),
        source=crowd.source.min(),
        sharers=crowd.who.nunique(),
        met=crowd.met.sum(),
        close=crowd.close.sum(),
    )
    return engine.keep(figures.mutate(popular=figures.sharers >= settings.popular))


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
    habits = near.select("who").distinct()
    regular = _regulars(acts.semi_join(habits, "who"), settings.regular)
    figures = _figures(each, usual, regular, settings)
    joined = engine.collect(figures.join(posts, "pair"), by=["pair"])
    seen = pl.min_horizontal("objects", "posts_a", "posts_b")
    pairs = joined.with_columns(
        seen.alias("seen"), a=pl.col("pair") // PAIR, b=pl.col("pair") % PAIR
    )
    return each, pairs.filter(pl.col("seen") >= fewest)


def _regulars(acts: ir.Table, number: int) -> ir.Table:
    """Whom each account usually picks up: sources it acted on so many objects of."""
    held = acts.group_by("who", "source").agg(k=acts.what.nunique())
    return held.filter(held.k >= number).select("who", "source")


def _figures(each: ir.Table, usual: ir.Table, regulars: ir.Table, settings: Settings) -> ir.Table:
    """Per pair: objects in all, by kind and close in time; sources, those not both are regulars
    of, and the share of the largest; the share of close meetings usual with these sources."""
    rows = each.left_join(usual, each.source == usual.known)
    count = {k: (rows.kind == i).cast("int64").sum() for i, k in enumerate(KINDS)}
    by_source = rows.group_by("pair", "source").agg(
        objects=rows.count(),
        close=(rows.gap <= round(settings.close * SECOND)).cast("int64").sum(),
        usual=rows.usual.sum(),
        **count,
    )
    sums = {c: by_source[c].sum() for c in ("objects", "close", *KINDS)}
    told = by_source.group_by("pair").agg(
        **sums,
        usual=by_source.usual.sum() / by_source.objects.sum(),
        sources=by_source.count(),
        top=by_source.objects.max(),
    )
    favourites = _favourites(by_source, regulars)
    joined = told.left_join(favourites, told.pair == favourites.known).drop("known")
    return joined.mutate(fresh=joined.sources - joined.favourites.fill_null(0))


def _favourites(by_source: ir.Table, regulars: ir.Table) -> ir.Table:
    """Per pair (``known``), how many of its sources both are regulars of."""
    a = regulars.select(who_a="who", source_a="source")
    b = regulars.select(who_b="who", source_b="source")
    ends = by_source.select("pair", "source", a=by_source.pair // PAIR, b=by_source.pair % PAIR)
    first = ends.join(a, [ends.a == a.who_a, ends.source == a.source_a])
    both = first.join(b, [first.b == b.who_b, first.source == b.source_b])
    return both.group_by(known=both.pair).agg(favourites=both.count())


def _usual(engine: Engine, objects: ir.Table, settings: Settings) -> ir.Table:
    """The share of close meetings of each source, drawn towards that of all; between that of quick
    readers and that of the quickest, for neither may a slow crowd make quick readers look like a ring, nor a ring
    that has a source to itself become its own measure."""
    sources = objects.group_by("source").agg(met=objects.met.sum(), close=objects.close.sum())
    sources = engine.keep(sources.filter(sources.met > 0))
    close, met = engine.collect(sources.agg(c=sources.close.sum(), m=sources.met.sum())).row(0)
    everywhere = ((close or 0.0) + 1.0) / ((met or 0.0) + 2.0)
    low, high = settings.usual(QUICK), settings.usual(QUICKEST)
    share = (sources.close + PRIOR * everywhere) / (sources.met + PRIOR)
    return sources.select(known=sources.source, usual=ibis.least(ibis.greatest(share, low), high))
