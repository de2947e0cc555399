"""What an engine does for a method, and the steps all engines share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import ibis
import polars as pl
import pyarrow as pa

from rukun.errors import UserError
from rukun.tables import UTC_TIME

Paths: TypeAlias = str | Path | Iterable[str | Path]
#: A pure function: it may run at once or later, in another process, and more than once.
BatchFunction: TypeAlias = Callable[[pa.RecordBatch], pa.RecordBatch]


class Engine(Protocol):
    """Reads, works and hands back tables; see ``local`` and ``rukun.engine.spark``.

    Tables have no order of their own. Whoever needs one names the sort keys: in ``collect``, or
    by ``order_by`` in the expression, and the rows are then the same on every engine.
    """

    @property
    def name(self) -> str:
        """``local`` or ``spark``."""
        ...

    def read(self, paths: Paths) -> ibis.Table:
        """The rows of these Parquet files and folders; columns are matched by name.

        Raises ``UserError`` (``engine-read``) where one is missing or is not Parquet.
        """
        ...

    def load(self, rows: pl.DataFrame) -> ibis.Table:
        """A frame of this process as a table of the engine."""
        ...

    def write(self, table: ibis.Table, path: str | Path) -> None:
        """Keep the table as Parquet: one file on ``local``, a folder of parts on ``spark``.

        What stood at ``path`` is replaced.
        """
        ...

    def keep(self, table: ibis.Table) -> ibis.Table:
        """The same rows, worked out once: later steps read them until the engine is closed."""
        ...

    def map_batches(self, table: ibis.Table, fn: BatchFunction, schema: pa.Schema) -> ibis.Table:
        """The rows that ``fn`` makes of each Arrow batch of the table.

        ``fn`` must return batches of ``schema``; it can rely on no size and no order of batches.
        """
        ...

    def collect(self, table: ibis.Table, by: Sequence[str] = ()) -> pl.DataFrame:
        """The rows in this process, sorted by the columns ``by`` (nulls last)."""
        ...

    def close(self) -> None:
        """Give back memory and temporary files; tables of this engine are gone afterwards."""
        ...


def as_list(paths: Paths) -> list[str]:
    """One or more paths as texts; ``UserError`` where there is none."""
    listed = [str(paths)] if isinstance(paths, str | Path) else [str(p) for p in paths]
    if not listed:
        raise UserError("engine-read", "there is no file to read.", "Name at least one.")
    return listed


def unreadable(paths: list[str], err: Exception) -> UserError:
    """What is said where Parquet cannot be read."""
    reason = (str(err).splitlines() or [type(err).__name__])[0]
    return UserError(
        "engine-read",
        f"the table cannot be read ({reason}).",
        "Check that every file is there, is whole, and has the same columns.",
        ", ".join(paths),
    )


def checked(fn: BatchFunction, schema: pa.Schema, batch: pa.RecordBatch) -> pa.RecordBatch:
    """``fn(batch)``; ``TypeError`` where its columns are not those of ``schema``."""
    out = fn(batch)
    if not out.schema.equals(schema):
        raise TypeError(f"{fn} returned {out.schema}, and {schema} was declared")
    return out


def framed(rows: pa.Table, by: Sequence[str]) -> pl.DataFrame:
    """Arrow rows as a sorted frame. Every time is in microseconds of UTC.

    Engines differ in whether a truncated time keeps its zone; inside Rukun it is always UTC.
    """
    frame = pl.DataFrame(rows)
    frame = frame.with_columns(_in_utc(n, t) for n, t in frame.schema.items() if t == pl.Datetime)
    return frame.sort(*by, nulls_last=True, maintain_order=True) if by else frame


def _in_utc(name: str, dtype: pl.DataType) -> pl.Expr:
    zoned = isinstance(dtype, pl.Datetime) and dtype.time_zone is not None
    return (pl.col(name) if zoned else pl.col(name).dt.replace_time_zone("UTC")).cast(UTC_TIME)
