"""Rings: the connected parts of the pairs of one verdict, with what they share."""

from __future__ import annotations

from collections.abc import Mapping

import ibis.expr.types as ir
import numpy as np
import polars as pl

from rukun.engine import Engine
from rukun.tables import conform
from rukun.talk.coordination.groups import parts
from rukun.talk.coordination.schema import RINGS
from rukun.talk.coordination.settings import Settings

VERDICTS = ("strong", "look", "known")


def with_rings(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with ``ring``: connected parts of the strong pairs and of those to look at, and
    one part for each known group; numbered by verdict and size."""
    told = []
    for verdict in VERDICTS:
        own = pairs.filter(pl.col("verdict") == verdict)
        if verdict == "known":
            own = own.with_columns(part=pl.col("known").rank("dense").cast(pl.Int64))
        else:
            a, b = (own[c].to_numpy().astype(np.int64) for c in "ab")
            own = own.with_columns(part=pl.Series(parts(a, b), dtype=pl.Int64))
        told.append(_numbered(own, verdict))
    return pl.concat(told).sort("a", "b")


def _numbered(pairs: pl.DataFrame, verdict: str) -> pl.DataFrame:
    """``part`` replaced by a code: the ring with the most pairs is number 1."""
    size = pairs.group_by("part").len().sort("len", "part", descending=[True, False])
    code = pl.format("{}-{}", pl.lit(verdict), pl.int_range(1, pl.len() + 1)).alias("ring")
    named = size.select("part", code)
    return pairs.join(named, on="part", how="left", maintain_order="left").drop("part")


def rings_of(
    engine: Engine, each: ir.Table, edges: pl.DataFrame, settings: Settings
) -> pl.DataFrame:
    """One row per ring (see ``RINGS``) from the pairs with ``ring``, ``pair`` and names."""
    acts = _acts_of(engine, each, edges)
    names = pl.concat([edges.select("ring", account=edges[f"name_{c}"]) for c in "ab"])
    members = names.unique().group_by("ring").agg(pl.col("account").sort().alias("accounts"))
    figures = edges.group_by("ring").agg(
        pl.col("verdict").first(),
        pl.col("known").first(),
        pl.len().cast(pl.Int64).alias("pairs"),
        (pl.col("close").sum() / pl.col("objects").sum()).alias("close_share"),
        pl.col("expected", "seen").mean(),
    )
    size = pl.col("accounts").list.len().cast(pl.Int64)
    table = (
        figures.join(members, on="ring")
        .join(acts, on="ring")
        .with_columns(
            members=size,
            density=2 * pl.col("pairs") / (size * (size - 1)),
            window=pl.lit(settings.window),
            reason=pl.col("known").replace_strict(
                _reasons(settings), default=None, return_dtype=pl.String
            ),
        )
    )
    order = {v: i for i, v in enumerate(VERDICTS)}
    rank = pl.col("verdict").replace_strict(order, return_dtype=pl.Int64)
    number = pl.col("ring").str.split("-").list.last().cast(pl.Int64)
    columns = [c.name for c in RINGS]
    return conform(table.sort(rank, number).select(columns), RINGS, "rings")


def _reasons(settings: Settings) -> Mapping[str, str]:
    return {k.name: k.reason for k in settings.known}


def _acts_of(engine: Engine, each: ir.Table, edges: pl.DataFrame) -> pl.DataFrame:
    """Objects, sources and span of time of each ring."""
    ring = engine.load(edges.select("pair", "ring"))
    rows = each.join(ring, "pair")
    told = rows.group_by("ring").agg(
        objects=rows.what.nunique(),
        sources=rows.source.nunique(),
        first_at=rows.at.min(),
        last_at=rows.at.max(),
    )
    moments = [
        pl.from_epoch(c, time_unit="ms").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
        for c in _SPAN
    ]
    return engine.collect(told, by=["ring"]).with_columns(moments)


_SPAN = ("first_at", "last_at")
