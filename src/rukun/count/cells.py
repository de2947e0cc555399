"""The sources of every station side by side, one cell after the other.

Exact and lean: each source's rows are found once per station, then one column at a time is laid
beside the others. At national size this is several times faster than grouping whole rows, and
holds no second copy of the forms.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from rukun.count.standing import votes_stated
from rukun.frame import Frame

_KEY: Final = ["contest", "place"]


def side_by_side(own: pl.DataFrame, cells: list[str], frame: Frame) -> pl.DataFrame:
    """One row per station of the frame, from the forms of independent sources, one a source.

    ``contest, place, sources`` (sorted; null where nobody states a form), ``any_full`` and
    ``official`` (all votes stated by someone, by the election body), ``official_row``, ``sides``
    (opposed witnesses with all votes), ``full_sources``, and ``cells_compared``,
    ``cells_differing``, ``votes_touched`` (highest less lowest, over all choices).
    """
    stations = frame.stations.select(_KEY)
    rows = _rows(own, stations)
    full = own.select(votes_stated(frame.contests, own.columns)).to_series()
    who = _who(stations, rows, full, [c.code for c in frame.contests.values() if c.single])
    agreement = _agreement(own, cells, rows, stations.height)
    return pl.concat([stations, who, agreement], how="horizontal")


def _rows(own: pl.DataFrame, stations: pl.DataFrame) -> dict[str, pl.Series]:
    """Per source, sorted: the row of its form for each station, null where it has none."""
    numbered = own.select(*_KEY, "source").with_row_index("row")
    found = {}
    for (source,), part in sorted(numbered.partition_by("source", as_dict=True).items()):
        joined = stations.join(part, on=_KEY, how="left", maintain_order="left")
        found[str(source)] = joined.get_column("row")
    return found


def _who(
    stations: pl.DataFrame, rows: dict[str, pl.Series], full: pl.Series, boxes: list[str]
) -> pl.DataFrame:
    """Who states a form, and who of them all votes."""
    table = stations.select("contest").with_columns(
        *(r.is_not_null().alias(f"here {s}") for s, r in rows.items()),
        *(full.gather(r).fill_null(value=False).alias(f"full {s}") for s, r in rows.items()),
    )
    official = [s for s in rows if s == "official"]
    names = [pl.when(f"here {s}").then(pl.lit(s)) for s in rows]
    listed = pl.concat_list(names).list.drop_nulls() if names else pl.lit([], pl.List(pl.String))
    found = table.with_columns(
        sources=pl.when(_any([f"here {s}" for s in rows])).then(listed),
        any_full=_any([f"full {s}" for s in rows]),
        official=_any([f"full {s}" for s in official]),
        official_row=_any([f"here {s}" for s in official]),
        sides=_number([_side(s, boxes) for s in rows if _may_side(s)]),
        full_sources=_number([pl.col(f"full {s}") for s in rows]),
    )
    return found.drop(table.columns)


def _may_side(source: str) -> bool:
    return source == "observer" or source.startswith("witness:")


def _side(source: str, boxes: list[str]) -> pl.Expr:
    """A single pair has no opposing witness: an accredited observer stands for the empty box."""
    stated = pl.col(f"full {source}")
    return stated & pl.col("contest").is_in(boxes) if source == "observer" else stated


def _any(columns: list[str]) -> pl.Expr:
    return pl.any_horizontal(columns) if columns else pl.lit(value=False)


def _number(flags: list[pl.Expr]) -> pl.Expr:
    zero = pl.lit(0, dtype=pl.Int64)
    return pl.sum_horizontal(zero, *(f.cast(pl.Int64) for f in flags))


def _agreement(
    own: pl.DataFrame, cells: list[str], rows: dict[str, pl.Series], height: int
) -> pl.DataFrame:
    """How many cells two sources or more state, in how many they differ, and by how many votes."""
    names = ("cells_compared", "cells_differing", "votes_touched")
    sums = {name: pl.zeros(height, dtype=pl.Int64, eager=True) for name in names}
    for cell in cells:
        column = own.get_column(cell)
        beside = pl.DataFrame([column.gather(r).alias(s) for s, r in rows.items()])
        spread = pl.max_horizontal(pl.all()) - pl.min_horizontal(pl.all())
        stated = pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int8))
        one = beside.select((stated > 1).alias(names[0]), spread.fill_null(0).alias(names[2]))
        sums[names[0]] += one.get_column(names[0]).cast(pl.Int64)
        sums[names[1]] += (one.get_column(names[2]) > 0).cast(pl.Int64)
        if cell.startswith("votes_"):
            sums[names[2]] += one.get_column(names[2])
    return pl.DataFrame(sums)
