"""Schemas of the tables that pass between rooms, and the check on the way in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from rukun.errors import UserError

UTC_TIME = pl.Datetime("us", "UTC")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a public table: name, Polars type, unit, whether it may be null, meaning."""

    name: str
    dtype: pl.DataType | type[pl.DataType]
    unit: str
    nullable: bool
    meaning: str


def empty(columns: Iterable[Column]) -> pl.DataFrame:
    """A table of this schema without rows."""
    return pl.DataFrame(schema={c.name: c.dtype for c in columns})


def conform(table: pl.DataFrame, columns: Iterable[Column], name: str) -> pl.DataFrame:
    """``table`` with every declared column cast and in order; further columns stay behind them.

    A nullable column that is absent is added as null. Raises ``UserError`` (``table-schema``)
    naming the column where one is missing, of another type, or null where it may not be.
    """
    declared = list(columns)
    extra = [c for c in table.columns if c not in {d.name for d in declared}]
    out = table.select(*[_column(table, c, name) for c in declared], *extra)
    for c in declared:
        if not c.nullable and out.get_column(c.name).null_count():
            raise UserError(
                "table-schema", f"column {c.name} must not be empty.", c.meaning, f"table {name}"
            )
    return out


def keep(table: pl.DataFrame, rows: pl.Expr) -> pl.DataFrame:
    """``table`` filtered; the very same table, not a copy, where nothing falls away."""
    mask = table.select(rows.fill_null(False)).to_series()
    return table if mask.all() else table.filter(mask)


def _column(table: pl.DataFrame, column: Column, name: str) -> pl.Expr:
    if column.name in table.columns:
        have = table.schema[column.name]
        if have in (column.dtype, pl.Null) or (have.is_integer() and column.dtype == pl.Int64):
            return pl.col(column.name).cast(column.dtype)
        raise UserError(
            "table-schema",
            f"column {column.name} is {have}, not {column.dtype}.",
            column.meaning,
            f"table {name}",
        )
    if column.nullable:
        return pl.lit(None, dtype=column.dtype).alias(column.name)
    raise UserError(
        "table-schema", f"column {column.name} is missing.", column.meaning, f"table {name}"
    )
