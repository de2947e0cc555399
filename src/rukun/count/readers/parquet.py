"""Parquet: columns as they are typed."""

from __future__ import annotations

import io
from typing import Final

import polars as pl

from rukun.count.readers.problems import Refused
from rukun.files.sheet import Sheet

_MOST_CELLS: Final = 2_000_000_000


def read_parquet(data: bytes) -> Sheet:
    """The table of a Parquet file. Row 1 is the headings, as in every other file."""
    try:
        lazy = pl.scan_parquet(io.BytesIO(data))
        rows = int(lazy.select(pl.len()).collect().item())
        if rows * len(lazy.collect_schema()) > _MOST_CELLS:
            raise Refused("file-broken", error=f"{rows} rows")
        table = pl.read_parquet(io.BytesIO(data))
    except (OSError, ValueError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as err:
        raise Refused("file-broken", error=str(err)[:120].replace("\n", " ")) from err
    header = table.columns
    cells = table.rename({name: str(i) for i, name in enumerate(header)})
    plain = [c for c, t in cells.schema.items() if isinstance(t, (pl.Categorical, pl.Enum))]
    cells = cells.with_columns(pl.col(plain).cast(pl.String))
    return Sheet(
        header, cells.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias("row"))
    )
