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
    stated = [pl.col(c).is_not_null().cast(pl.Int64).alias(f"{c}_in") for c in SUMMED]
    one = pl.lit(1, dtype=pl.Int64)
    complete = (
        standing.lazy()  # so that only the columns that are summed are copied
        .filter(full)
        .select("contest", "source", "place", *votes, *SUMMED, *stated, tps_in=one)
        .collect()
    )
    known = [pl.when(pl.col(f"{c}_in") > 0).then(pl.col(c)).alias(c) for c in SUMMED]
    return (
        up_the_tree(complete, frame.places, ["contest", "source"])
        .join(_totals(frame), on=["contest", "place"], how="inner")
        .with_columns(*known)
        .select("contest", "place", "kind", "source", "tps_total", "tps_in", *votes, *_pairs())
        .sort("contest", "place", "source")
    )


def up_the_tree(rows: pl.DataFrame, places: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """``rows`` (columns ``by``, ``place`` and figures) with a row for every place above them.

    A place above holds the sums of what lies below it; nulls add nothing. Works level by level,
    so that the long layer of stations is read once.
    """
    parents = places.filter(pl.col("parent").is_not_null()).select(place="code", parent="parent")
    layers, here = [rows.clear()], rows
    while not here.is_empty():
        here = (
            here.join(parents, on="place", how="inner")
            .drop("place")
            .group_by(*by, place=pl.col("parent"))
            .agg(pl.exclude("parent").sum())
        )
        layers.append(here.select(rows.columns))
    above = pl.concat(layers).group_by(*by, "place").agg(pl.all().sum())
    return pl.concat([rows, above.select(rows.columns)])


def _pairs() -> list[str]:
    return [name for c in SUMMED for name in (c, f"{c}_in")]


def _totals(frame: Frame) -> pl.DataFrame:
    """Stations under every place of each contest: ``contest, place, kind, tps_total``."""
    stations = frame.stations.select("contest", "place", tps_total=pl.lit(1, dtype=pl.Int64))
    counts = up_the_tree(stations, frame.places, ["contest"])
    return frame.scope.select("contest", "place", "kind").join(
        counts, on=["contest", "place"], how="inner"
    )
