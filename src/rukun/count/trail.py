"""The vote trail: one choice's votes from the station to the top, and the step where one moved.

Two kinds of step. *Copy*: the total on a place's own form against the column that the form of the
level above prints for it (rule A4). *Sum*: the figures of the places below against the total that
is printed for them (rule A1). Where every step is known, the sum of what moved equals the
difference between the stations' own total and the result at the top.
"""

from __future__ import annotations

import polars as pl

from rukun.count.forms import D_HASIL
from rukun.count.standing import station_forms
from rukun.frame import Frame
from rukun.places import KINDS


def trail(forms: pl.DataFrame, frame: Frame, contest: str, choice: int) -> pl.DataFrame:
    """Every step from the stations to the contest's top place, lowest level first.

    Returns ``place, kind, step`` (``copy`` or ``sum``), ``below`` (what arrives), ``above`` (what
    is printed), ``moved`` (``above − below``) and ``parts`` (places below, 1 for a copy). A step
    of which one side is not stated has ``moved`` null. Uses the official forms, one version each
    (``versions.in_force``).
    """
    column = f"votes_{choice}"
    frame.contest(contest).choice(choice)
    scope = _stated(forms, frame, contest, column)
    copies = scope.filter(pl.col("own").is_not_null() | pl.col("printed").is_not_null()).select(
        "place", "kind", step=pl.lit("copy"), below="own", above="printed", parts=pl.lit(1)
    )
    copies = copies.filter((pl.col("kind") != "village") & pl.col("above").is_not_null())
    children = (
        scope.filter(pl.col("parent").is_not_null())
        .group_by(place=pl.col("parent"))
        .agg(
            pl.when(pl.col("upper").is_null().any())
            .then(None)
            .otherwise(pl.col("upper").sum())
            .alias("below"),
            pl.len().alias("parts"),
        )
    )
    sums = (
        scope.filter(pl.col("kind") != "tps")
        .join(children, on="place", how="inner")
        .select(
            "place",
            "kind",
            step=pl.lit("sum"),
            below="below",
            above=pl.coalesce("own", "printed"),
            parts=pl.col("parts").cast(pl.Int32),
        )
        .filter(pl.col("above").is_not_null())
    )
    rank = pl.col("kind").replace_strict({k: i for i, k in enumerate(KINDS)}, return_dtype=pl.Int64)
    return (
        pl.concat([copies, sums])
        .with_columns(moved=pl.col("above") - pl.col("below"))
        .select("place", "kind", "step", "parts", "below", "above", "moved")
        .sort(-rank, pl.col("step") == "copy", "place")
    )


def _stated(forms: pl.DataFrame, frame: Frame, contest: str, column: str) -> pl.DataFrame:
    """Per place: ``own`` (its own form), ``printed`` (its column above), ``upper`` (what the level
    above is taken to add up). A village, or any place without figures of its own, takes the sum of
    what lies below it where all of that is known."""
    rows = forms.filter(pl.col("contest") == contest)
    official = pl.concat([station_forms(rows), rows.filter(pl.col("kind") == D_HASIL)]).filter(
        pl.col("source") == "official"
    )
    printed = rows.filter(pl.col("source") == "recap")
    table = (
        frame.scope.filter(pl.col("contest") == contest)
        .select("place", "kind", "parent")
        .join(official.select("place", own=pl.col(column)), on="place", how="left")
        .join(printed.select("place", printed=pl.col(column)), on="place", how="left")
        .with_columns(upper=pl.coalesce("printed", "own"))
    )
    for kind in reversed(KINDS[:-1]):
        below = table.group_by(place=pl.col("parent")).agg(
            pl.when(pl.col("upper").is_not_null().all()).then(pl.col("upper").sum()).alias("added")
        )
        table = (
            table.join(below, on="place", how="left")
            .with_columns(
                upper=pl.when(pl.col("kind") == kind)
                .then(pl.coalesce("upper", "added"))
                .otherwise("upper")
            )
            .drop("added")
        )
    return table
