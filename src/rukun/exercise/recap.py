"""The columns that recapitulation forms print for stations, villages, kecamatan and regency."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rukun.contests import Contest
from rukun.count.forms import D_HASIL, figure_columns
from rukun.exercise import clock
from rukun.frame import Frame
from rukun.places import KINDS

#: Printed on the form of the level above: the village's stations at the kecamatan, and so on.
LEVELS: Final = ("tps", "village", "kecamatan", "regency")


def recapitulated(
    rng: np.random.Generator, sheet: pl.DataFrame, frame: Frame, contest: Contest
) -> pl.DataFrame:
    """One row (source ``recap``) for every place below the contest's top, with its true sums.

    ``minute`` is local, after the midnight that begins the day of the vote: a village and its
    stations are read out together at the kecamatan.
    """
    villages = frame.places.filter(pl.col("kind") == "village").select("code").sort("code")
    read_out = villages.with_columns(minute=clock.meeting(rng, villages.height))
    top = KINDS.index(frame.kinds[contest.place])
    parts = [
        _level(sheet, frame, level).pipe(_timed, level, read_out)
        for level in LEVELS
        if KINDS.index(level) > top
    ]
    return pl.concat(parts, how="diagonal").with_columns(
        contest=pl.lit(contest.code),
        source=pl.lit("recap"),
        kind=pl.lit(D_HASIL),
        version=pl.lit(1, pl.Int64),
    )


def _level(sheet: pl.DataFrame, frame: Frame, level: str) -> pl.DataFrame:
    """The sums of every place of a level, with its village where it has one."""
    at = frame.ancestors.filter(pl.col("ancestor_kind") == level).select(
        place=pl.col("code"), at=pl.col("ancestor")
    )
    sums = (
        sheet.join(at, on="place", how="inner")
        .group_by(place=pl.col("at"))
        .agg(pl.col(figure_columns(sheet)).sum())
        .sort("place")
    )
    villages = frame.ancestors.filter(pl.col("ancestor_kind") == "village").select(
        place=pl.col("code"), village=pl.col("ancestor")
    )
    return sums.join(villages, on="place", how="left", maintain_order="left")


def _timed(rows: pl.DataFrame, level: str, read_out: pl.DataFrame) -> pl.DataFrame:
    fixed: dict[str, int] = {"kecamatan": clock.REGENCY, "regency": clock.PROVINCE}
    if level in fixed:
        return rows.drop("village").with_columns(minute=pl.lit(fixed[level], pl.Int64))
    return rows.join(
        read_out.rename({"code": "village"}), on="village", how="left", maintain_order="left"
    ).drop("village")
