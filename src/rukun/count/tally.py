"""Sums up the chain, for every source, with the coverage beside every sum."""

from __future__ import annotations

from typing import Final

import polars as pl

from rukun.count.forms import vote_columns
from rukun.count.standing import station_forms, votes_stated
from rukun.frame import Frame

#: Fields summed beside the votes; each has ``<field>_in``, the number of stations that state it.
SUMMED: Final = (
    "valid",
    "invalid",
    "cast",
    "voters_j",
    "registered_tetap_j",
    "ballots_received",
    "ballots_used",
)


def tally(forms: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Sum the station forms of each source at every place of each contest.

    Returns one row per contest, place and source with any station in: ``kind``, ``tps_total``,
    ``tps_in`` (stations whose form states the votes of every choice: only these are summed into
    ``votes_n``), ``votes_n``, and for each of ``SUMMED`` the sum and ``<field>_in``. A sum that no
    station states is null, not 0.
    """
    standing = station_forms(forms)
    full = votes_stated(frame.contests, standing.columns)
    votes = vote_columns(standing)
    complete = standing.filter(full).select("contest", "place", "source", *votes, *SUMMED)
    above = frame.ancestors.select(place=pl.col("code"), at=pl.col("ancestor"))
    sums = (
        complete.join(above, on="place", how="inner")
        .group_by("contest", "source", place=pl.col("at"))
        .agg(
            pl.len().cast(pl.Int64).alias("tps_in"),
            *(_sum(c) for c in votes),
            *(_sum(c) for c in SUMMED),
            *(pl.col(c).count().cast(pl.Int64).alias(f"{c}_in") for c in SUMMED),
        )
    )
    return (
        sums.join(_totals(frame), on=["contest", "place"], how="inner")
        .select("contest", "place", "kind", "source", "tps_total", "tps_in", *votes, *_pairs())
        .sort("contest", "place", "source")
    )


def _sum(column: str) -> pl.Expr:
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column)


def _pairs() -> list[str]:
    return [name for c in SUMMED for name in (c, f"{c}_in")]


def _totals(frame: Frame) -> pl.DataFrame:
    """Stations under every place of each contest: ``contest, place, kind, tps_total``."""
    above = frame.ancestors.select(place=pl.col("code"), at=pl.col("ancestor"))
    counts = (
        frame.stations.select("contest", "place")
        .join(above, on="place", how="inner")
        .group_by("contest", place=pl.col("at"))
        .agg(pl.len().cast(pl.Int64).alias("tps_total"))
    )
    return frame.scope.select("contest", "place", "kind").join(
        counts, on=["contest", "place"], how="inner"
    )
