"""Errors planted on sheets, with the truth kept beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl

from rukun.exercise.draws import Ints
from rukun.exercise.misread import SHEET, misread
from rukun.tables import Column

#: One row per figure that a source states wrongly, and per form it never states.
TRUTH: Final[tuple[Column, ...]] = (
    Column("contest", pl.String, "code", False, "Contest."),
    Column("place", pl.String, "code", False, "Station."),
    Column("source", pl.String, "code", False, "Who states it."),
    Column("field", pl.String, "field", True, "The figure; null where the whole form is missing."),
    Column("version", pl.Int64, "count", True, "Version that holds the error."),
    Column("true", pl.Int64, "field's", True, "What happened."),
    Column("stated", pl.Int64, "field's", True, "What the form says; null where it says nothing."),
    Column(
        "kind_of_error",
        pl.String,
        "word",
        False,
        "digit, length, digits, swap, sheet, or missing.",
    ),
    Column("corrected_by", pl.Int64, "count", True, "Version that puts it right, if one does."),
)
MISSING: Final = "missing"

#: A wrong cell: row of the table, field, what is true, what is stated, kind of error.
Cell = tuple[int, str, int, int, str]
CELL: Final[Mapping[str, type[pl.DataType]]] = {
    "row": pl.Int64,
    "field": pl.String,
    "true": pl.Int64,
    "stated": pl.Int64,
    "kind_of_error": pl.String,
}


def one_cell(
    rng: np.random.Generator, table: pl.DataFrame, row: int, field: str, kind: str
) -> Cell:
    """The cell of this row misread in this way."""
    value = int(table.item(row, field))
    stated, seen = misread(rng, value, kind)
    return row, field, value, stated, seen


def other_sheet(table: pl.DataFrame, row: int, neighbour: int, fields: Sequence[str]) -> list[Cell]:
    """The sheet of another station in place of this one's: every figure in which they differ."""
    mine, other = (table.select(fields).row(r) for r in (row, neighbour))
    return [(row, f, a, b, SHEET) for f, a, b in zip(fields, mine, other, strict=True) if a != b]


def cells(found: Sequence[Cell]) -> pl.DataFrame:
    """The wrong cells as a table (schema ``CELL``)."""
    return pl.DataFrame(found, schema=dict(CELL), orient="row")


def stated(table: pl.DataFrame, wrong: pl.DataFrame) -> pl.DataFrame:
    """``table`` as it is stated with these wrong cells (schema ``CELL``)."""
    columns = []
    for (field,), part in wrong.partition_by("field", as_dict=True).items():
        values: Ints = table.get_column(str(field)).to_numpy().copy()
        values[part.get_column("row").to_numpy()] = part.get_column("stated").to_numpy()
        columns.append(pl.Series(str(field), values))
    return table.with_columns(columns)
