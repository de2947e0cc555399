"""The election body's quick publication as it grows over the evening, with one bad hour."""

from __future__ import annotations

from typing import Final

import polars as pl

from rukun.contests import Contest
from rukun.count.forms import D_HASIL
from rukun.exercise.clock import DAY
from rukun.exercise.draws import Ints
from rukun.frame import Frame

#: Minutes after the midnight that begins the day of the vote, local time.
SNAPSHOTS: Final = (*range(16 * 60, 24 * 60, 60), DAY + 8 * 60, DAY + 10 * 60 + 45, DAY + 12 * 60)
#: At 10:45 on 28 November 2024 the real publication read 0 for everyone, everywhere.
ZEROED: Final = DAY + 10 * 60 + 45


def published(sheet: pl.DataFrame, entered: Ints, frame: Frame, contest: Contest) -> pl.DataFrame:
    """One row (source ``feed``) per snapshot for every kecamatan and the regency.

    States the true votes of the stations whose official form was ``entered`` (minutes) by then,
    ``tps_in`` and ``tps_total``; the votes of places without any station in are not stated. The
    snapshot ``ZEROED`` reads 0 with the stations in.
    """
    above = frame.ancestors.filter(pl.col("ancestor_kind").is_in(["kecamatan", "regency"]))
    stations = sheet.with_columns(entered=pl.Series(entered)).join(
        above.select(place=pl.col("code"), at=pl.col("ancestor")), on="place", how="inner"
    )
    rows = [
        _snapshot(stations, contest, minute).with_columns(
            minute=pl.lit(minute, pl.Int64), version=pl.lit(version, pl.Int64)
        )
        for version, minute in enumerate(SNAPSHOTS, start=1)
    ]
    return pl.concat(rows).with_columns(
        contest=pl.lit(contest.code), source=pl.lit("feed"), kind=pl.lit(D_HASIL)
    )


def _snapshot(stations: pl.DataFrame, contest: Contest, minute: int) -> pl.DataFrame:
    arrived = pl.col("entered") <= minute
    kept = pl.lit(0 if minute == ZEROED else 1, pl.Int64)
    votes = [
        pl.when(arrived.any()).then(pl.col(f).filter(arrived).sum() * kept).alias(f)
        for f in contest.vote_fields
    ]
    counts = [
        arrived.sum().cast(pl.Int64).alias("tps_in"),
        pl.len().cast(pl.Int64).alias("tps_total"),
    ]
    return stations.group_by(place=pl.col("at")).agg(*votes, *counts).sort("place")
