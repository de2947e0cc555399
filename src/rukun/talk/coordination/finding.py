"""Coordination in a table of posts: pairs, rings and their shared acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import polars as pl

from rukun.engine import Engine
from rukun.tables import conform, empty
from rukun.talk.coordination.acts import SECOND, acts
from rukun.talk.coordination.counting import counted
from rukun.talk.coordination.rings import rings_of, with_rings
from rukun.talk.coordination.schema import EDGES, RINGS, SHARED
from rukun.talk.coordination.settings import KINDS, Settings
from rukun.talk.coordination.together import meetings, numbered
from rukun.talk.coordination.verdicts import judged, tested


@dataclass(frozen=True, slots=True)
class Coordination:
    """``edges`` (see ``EDGES``) and ``rings`` (see ``RINGS``), sorted; ``accounts``: how many
    accounts were compared; ``settings``: with what. The engine and its acts stay at hand so that
    ``shared`` can list what lies behind an edge."""

    edges: pl.DataFrame
    rings: pl.DataFrame
    accounts: int
    settings: Settings
    engine: Engine
    acts: ir.Table

    def shared(self, accounts: Sequence[str]) -> pl.DataFrame:
        """Every act that these accounts share inside the window (see ``SHARED``), in order of
        pair and time; of several meetings on one object, the closest."""
        chosen = self.acts.filter(self.acts.account.isin(list(accounts)))
        met = meetings(chosen, self.settings.window)
        first = ibis.window(
            group_by=[met.pair, met.what], order_by=[met.gap, met.at_a, met.post_a, met.post_b]
        )
        closest = met.mutate(place=ibis.row_number().over(first)).filter(ibis._.place == 0)
        return _listed(self.engine.collect(closest, by=["pair", "at_a", "kind", "object"]))


def find(
    engine: Engine,
    posts: ir.Table,
    settings: Settings | None = None,
    clusters: ir.Table | None = None,
) -> Coordination:
    """Which accounts act together beyond chance in ``posts`` (columns of the post table).

    ``clusters`` (post_id, cluster) says which posts carry the same text; without it, texts count
    as the same that differ in case and punctuation only. The rows are the same on every engine.
    """
    using = settings or Settings()
    table = engine.keep(numbered(acts(posts, clusters, using.words)))
    counts = counted(engine, table, using)
    edges, rings = empty(EDGES), empty(RINGS)
    if counts.pairs.height:
        pairs = _named(engine, table, tested(counts, using), using)
        told = with_rings(judged(pairs, using))
        if told.height:
            rings = rings_of(engine, counts.each, told, using)
            edges = _dressed(told, _wide(engine, table, told, using))
    return Coordination(edges, rings, counts.accounts, using, engine, table)


def _named(
    engine: Engine, table: ir.Table, pairs: pl.DataFrame, settings: Settings
) -> pl.DataFrame:
    """The pairs with both aliases, and the known group that holds both."""
    names = engine.collect(table.select("who", "account").distinct(), by=["who"])
    group = {a: k.name for k in settings.known for a in k.accounts}
    for c in "ab":
        own = names.select(pl.col("who").alias(c), pl.col("account").alias(f"name_{c}"))
        pairs = pairs.join(own, on=c, how="left", maintain_order="left")
    known = [
        pl.col(f"name_{c}").replace_strict(group, default=None, return_dtype=pl.String)
        for c in "ab"
    ]
    return pairs.with_columns(known=pl.when(known[0] == known[1]).then(known[0]))


def _wide(engine: Engine, table: ir.Table, pairs: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Objects that each of the pairs shares inside the wide window."""
    accounts = pl.concat([pairs["a"], pairs["b"]]).unique()
    busy = engine.load(accounts.alias("who").to_frame())
    asked = engine.load(pairs.select("pair"))
    met = meetings(table.semi_join(busy, "who"), settings.wide)
    held = met.filter(met.pair.isin(asked.pair))
    counted_ = held.group_by("pair").agg(wide=held.what.nunique())
    return engine.collect(counted_, by=["pair"])


def _dressed(pairs: pl.DataFrame, wide: pl.DataFrame) -> pl.DataFrame:
    table = pairs.join(wide, on="pair", how="left", maintain_order="left")
    named = table.with_columns(a=pl.col("name_a"), b=pl.col("name_b"))
    return conform(named.select([c.name for c in EDGES]), EDGES, "edges").sort("a", "b")


def _listed(rows: pl.DataFrame) -> pl.DataFrame:
    moments = [
        pl.from_epoch(c, time_unit="ms").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
        for c in ("at_a", "at_b")
    ]
    kinds = dict(enumerate(KINDS))
    told = rows.with_columns(
        *moments,
        pl.col("kind").replace_strict(kinds, return_dtype=pl.String),
        gap=pl.col("gap") / SECOND,
    )
    return conform(told.select([c.name for c in SHARED]), SHARED, "shared")
