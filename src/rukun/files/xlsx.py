"""XLSX: the first visible sheet that has known headings, cell values as text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Final

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from rukun.files.archive import open_workbook
from rukun.files.problems import Notes, Refused
from rukun.files.sheet import Layout, Sheet
from rukun.files.sheetxml import odd_cells

#: A sheet that shows at least so many known headings is one to read.
_FEWEST: Final = 2


def read_xlsx(data: bytes, layout: Layout, notes: Notes) -> Sheet:
    """The table of a workbook. Stored results of formulas are used; the others are problems."""
    with open_workbook(data) as archive:
        if any(n.startswith("xl/externalLinks/") for n in archive.namelist()):
            notes.add("sheet-links")
        try:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
            name = _choose(workbook, layout, notes)
            notes.sheet = name
            sheet = workbook.get_sheet_by_name(name)
            return _sheet(sheet, archive, name, layout, notes)
        except CalamineError as err:
            raise Refused("file-broken", error=str(err)[:120]) from err


def _choose(workbook: CalamineWorkbook, layout: Layout, notes: Notes) -> str:
    """The sheet to read; what the other sheets are is said."""
    sheets = workbook.sheets_metadata
    names = [s.name for s in sheets]
    visible = [s.name for s in sheets if s.visible == SheetVisibleEnum.Visible]
    if layout.sheet and layout.sheet not in names:
        raise Refused("sheet-missing", sheet=layout.sheet, known=", ".join(names))
    scores = {n: layout.score(_first_row(workbook, n, layout)) for n in names}
    good = [n for n in visible if scores[n] >= _FEWEST]
    chosen = layout.sheet or next(iter(good), "")
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


def _first_row(workbook: CalamineWorkbook, name: str, layout: Layout) -> list[str]:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except CalamineError:
        return []
    rows = _rows(sheet)
    found = next((r for n, r in rows if n > layout.skip_rows and any(r)), [])
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
    layout: Layout,
    notes: Notes,
) -> Sheet:
    rows = _rows(sheet)
    at = next(i for i, (n, r) in enumerate(rows) if n > layout.skip_rows and any(r))
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
