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


def side_by_side(
    own: pl.DataFrame, cells: list[str], frame: Frame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The stations of the frame, and the cells that differ, from the forms of independent sources.

    Stations, one row each: ``contest, place, sources`` (sorted; null where nobody states a form),
    ``any_full`` and ``official`` (all votes stated by someone, by the election body),
    ``official_row``, ``sides`` (opposed witnesses with all votes), ``full_sources``, and
    ``cells_compared``, ``cells_differing``, ``votes_touched`` (highest less lowest, over all
    choices). Differing cells, one row per source: ``contest, place, field, source, stated``.
    """
    stations = frame.stations.select(_KEY)
    rows = _rows(own, stations)
    full = own.select(votes_stated(frame.contests, own.columns)).to_series()
    who = _who(stations, rows, full, [c.code for c in frame.contests.values() if c.single])
    tally = _Agreement(stations)
    for cell in cells:
        column = own.get_column(cell)
        tally.add(cell, pl.DataFrame([column.gather(r).alias(s) for s, r in rows.items()]))
    return pl.concat([stations, who, tally.sums], how="horizontal"), tally.differences()


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


class _Agreement:
    """How many cells two sources or more state, in how many they differ, and by how many votes."""

    def __init__(self, stations: pl.DataFrame) -> None:
        zero = pl.zeros(stations.height, dtype=pl.Int64, eager=True)
        names = ("cells_compared", "cells_differing", "votes_touched")
        self.sums = pl.DataFrame(dict.fromkeys(names, zero))
        self._stations = stations
        self._parts: list[pl.DataFrame] = []

    def add(self, cell: str, beside: pl.DataFrame) -> None:
        """One cell: a column per source, a row per station."""
        spread = pl.max_horizontal(pl.all()) - pl.min_horizontal(pl.all())
        stated = pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int8))
        one = beside.select(several=stated > 1, spread=spread.fill_null(0)).with_columns(
            differs=pl.col("spread") > 0
        )
        several, apart, differs = one.get_columns()
        votes = apart if cell.startswith("votes_") else apart * 0
        self.sums = self.sums.select(
            pl.col("cells_compared") + several.cast(pl.Int64),
            pl.col("cells_differing") + differs.cast(pl.Int64),
            pl.col("votes_touched") + votes,
        )
        wide = pl.concat([self._stations, beside], how="horizontal").filter(differs)
        self._parts.append(
            wide.unpivot(beside.columns, index=_KEY, variable_name="source", value_name="stated")
            .drop_nulls("stated")
            .select(*_KEY, pl.lit(cell).alias("field"), "source", "stated")
        )

    def differences(self) -> pl.DataFrame:
        """Every source's statement of each cell in which the sources of a station differ."""
        schema = dict.fromkeys((*_KEY, "field", "source"), pl.String) | {"stated": pl.Int64}
        rows = pl.concat([pl.DataFrame(schema=schema), *self._parts])
        return rows.sort(*_KEY, "field", "source")
