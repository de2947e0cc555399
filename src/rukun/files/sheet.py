"""A table as it stands in a file: headings, cells as text, and the row a person counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True)
class Layout:
    """How a table is written, as far as that is stated, and which headings are ``known``."""

    known: Callable[[str], bool]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    skip_rows: int = 0

    def score(self, header: list[str]) -> int:
        """How many headings are known."""
        return sum(self.known(h.strip()) for h in header)


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
