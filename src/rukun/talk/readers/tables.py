"""CSV and XLSX as rows: a dictionary of headings and cells each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from rukun.files.csvfile import as_utf8, read_csv
from rukun.files.sheet import Layout, Sheet
from rukun.files.xlsx import read_xlsx
from rukun.talk.readers.jsonfile import Raw
from rukun.talk.readers.mapping import PostMapping
from rukun.talk.readers.notes import PostNotes
from rukun.talk.readers.take import digest_of

#: Rows above the headings in which some tools describe their search.
_MOST_ABOVE: Final = 20
_FEWEST: Final = 3
_CELL: Final = re.compile(r'"?[,;\t|]"?')


def read_table(
    data: bytes, packed: bool, mapping: PostMapping, known: Callable[[str], bool], notes: PostNotes
) -> Sheet:
    """The table of a CSV (or, ``packed``, an XLSX) file; bad rows in ``notes``."""
    above = mapping.skip_rows
    if not packed and not above and not mapping.columns:
        above = _above(data, known)
    layout = Layout(
        lambda heading: heading in mapping.columns or known(heading),
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        sheet=mapping.sheet,
        skip_rows=above,
    )
    sheet = (read_xlsx if packed else read_csv)(data, layout, notes)
    for heading in sorted({h for h in sheet.header if h and sheet.header.count(h) > 1}):
        at = sheet.header.index(heading)
        column = heading if known(heading) else f"#{at + 1}"
        notes.add("column-twice", sheet.header_row, column)
    return sheet


def _above(data: bytes, known: Callable[[str], bool]) -> int:
    """How many lines stand above the headings, where those are known and not in the first line."""
    head = as_utf8(data[: 1 << 16], "")
    for n, line in enumerate(head.split(b"\n")[: _MOST_ABOVE + 1]):
        cells = _CELL.split(line.decode("utf-8", "replace"))
        if sum(known(c.strip('"\ufeff \r')) for c in cells) >= _FEWEST:
            return n
    return 0


def rows(sheet: Sheet, notes: PostNotes) -> Iterator[Raw]:
    """Each row that has a cell and does not repeat the headings (as in tables put together).

    Of columns with the same heading, the first is taken.
    """
    first: dict[str, int] = {}
    for at, heading in enumerate(sheet.header):
        if heading:
            first.setdefault(heading, at)
    names, places = list(first), list(first.values())
    for cells in sheet.cells.iter_rows():
        row = cells[-1]
        if list(cells[:-1]) == sheet.header:
            notes.leave("row-header", row, digest_of(cells[:-1]))
        elif any(cells[:-1]):
            record = {n: cells[p] for n, p in zip(names, places, strict=True)}
            yield Raw(row, digest_of(cells[:-1]), record, {})
