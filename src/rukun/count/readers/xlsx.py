"""XLSX: the first visible sheet that has the headings of a form, cell values as text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Final

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from rukun.count.readers.archive import open_workbook
from rukun.count.readers.columns import heading_score
from rukun.count.readers.mapping import TableMapping
from rukun.count.readers.problems import Notes, Refused
from rukun.count.readers.sheet import Sheet
from rukun.count.readers.sheetxml import odd_cells

#: A sheet that shows at least so many headings of a form is one.
_FEWEST: Final = 2


def read_xlsx(data: bytes, mapping: TableMapping, notes: Notes) -> Sheet:
    """The table of a workbook. Stored results of formulas are used; the others are problems."""
    with open_workbook(data) as archive:
        if any(n.startswith("xl/externalLinks/") for n in archive.namelist()):
            notes.add("sheet-links")
        try:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
            name = _choose(workbook, mapping, notes)
            notes.sheet = name
            sheet = workbook.get_sheet_by_name(name)
            return _sheet(sheet, archive, name, mapping, notes)
        except CalamineError as err:
            raise Refused("file-broken", error=str(err)[:120]) from err


def _choose(workbook: CalamineWorkbook, mapping: TableMapping, notes: Notes) -> str:
    """The sheet to read; what the other sheets are is said."""
    sheets = workbook.sheets_metadata
    names = [s.name for s in sheets]
    visible = [s.name for s in sheets if s.visible == SheetVisibleEnum.Visible]
    if mapping.sheet and mapping.sheet not in names:
        raise Refused("sheet-missing", sheet=mapping.sheet, known=", ".join(names))
    scores = {n: heading_score(_first_row(workbook, n, mapping), mapping) for n in names}
    good = [n for n in visible if scores[n] >= _FEWEST]
    chosen = mapping.sheet or next(iter(good), "")
    for name in names:
        if name != chosen and (name not in visible or scores[name] >= _FEWEST):
            hidden = name not in visible
            notes.sheet = name
            notes.add(
                "sheet-unread",
                hidden=" (it is hidden)" if hidden else "",
                hidden_id=" (tersembunyi)" if hidden else "",
            )
    notes.sheet = ""
    if not chosen:
        raise Refused("sheet-none")
    return chosen


def _first_row(workbook: CalamineWorkbook, name: str, mapping: TableMapping) -> list[str]:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except CalamineError:
        return []
    rows = _rows(sheet)
    found = next((r for n, r in rows if n > mapping.skip_rows and any(r)), [])
    return [c.strip() for c in found]


def _rows(sheet: CalamineSheet) -> list[tuple[int, list[str]]]:
    """Every row as (row as a person counts, cells as text), empty leading columns put back."""
    if sheet.start is None:
        return []
    top, left = sheet.start
    grid = sheet.to_python(skip_empty_area=True)
    pad = [""] * left
    return [(top + i + 1, pad + [_text(c) for c in row]) for i, row in enumerate(grid)]


def _text(cell: object) -> str:
    """A cell as a person would type it: whole numbers without a point, times in ISO form."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.replace(microsecond=0).isoformat(" ")
    return str(cell)


def _sheet(
    sheet: CalamineSheet,
    archive: zipfile.ZipFile,
    name: str,
    mapping: TableMapping,
    notes: Notes,
) -> Sheet:
    rows = _rows(sheet)
    at = next(i for i, (n, r) in enumerate(rows) if n > mapping.skip_rows and any(r))
    header_row, top = rows[at]
    header = [c.strip() for c in top]
    body = rows[at + 1 :]
    schema = {str(i): pl.String for i in range(len(header))}
    cells = pl.DataFrame([r for _, r in body], schema=schema, orient="row")
    cells = cells.with_columns(pl.all().replace("", None))
    numbers = pl.Series("row", [n for n, _ in body], dtype=pl.Int64)
    for code, row, column in odd_cells(archive, name):
        if row > header_row and column < len(header) and header[column]:
            notes.add(code, row, header[column])
    merged = [(a[0] + 1, b[0] + 1, a[1]) for a, b in sheet.merged_cell_ranges or []]
    return Sheet(header, cells.with_columns(numbers), header_row, merged)
