"""A table as it stands in a file: headings, cells as text, and the row a person counts."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl


@dataclass
class Sheet:
    """``cells`` has columns ``"0"``, ``"1"`` … as the headings stand, and ``row`` (Int64).

    ``merged`` holds (first row, last row, column) of merged cells. Cells as text are the largest
    thing in memory while a file is read, so ``cells`` is emptied once the columns are taken.
    """

    header: list[str]
    cells: pl.DataFrame
    header_row: int = 1
    merged: list[tuple[int, int, int]] = field(default_factory=list)
