"""The same form twice in one file: the same figures are taken once, different ones not at all."""

from __future__ import annotations

import polars as pl

from rukun.count.forms import KEY, figure_columns
from rukun.count.readers.problems import LISTED, Notes


def take_once(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """``table`` with one row per form and statement.

    Rows that state version or entered_at differently are versions of one form and stay.
    """
    key = [*KEY, *(c for c in ("version", "entered_at") if c in table.columns)]
    twice = table.select(pl.struct(key).is_duplicated()).to_series()
    if not twice.any():
        return table
    names = figure_columns(table)
    groups = (
        table.filter(twice)
        .group_by(key, maintain_order=True)
        .agg("row", pl.struct(names).n_unique().alias("contents"))
    )
    same = groups.filter(pl.col("contents") == 1)
    differ = groups.filter(pl.col("contents") > 1)
    for rows, place in same.select("row", "place").head(LISTED).rows():
        for row in rows[1:]:
            notes.add("row-same", row, "place", place, first=rows[0])
    for rows, place in differ.select("row", "place").head(LISTED).rows():
        stated = ", ".join(str(r) for r in rows)
        for row in rows:
            notes.add("row-conflict", row, "place", place, rows=stated)
    repeats = same.get_column("row").list.slice(1).explode()
    out = pl.concat([repeats, differ.get_column("row").explode()]).drop_nulls()
    return table.filter(~pl.col("row").is_in(out.implode()))
