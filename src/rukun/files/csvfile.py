"""CSV: bytes to cells, with every row that is not whole listed and the others kept."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

import polars as pl

from rukun.files.problems import Notes, Refused
from rukun.files.records import Records, split
from rukun.files.sheet import Layout, Sheet

_MARKS: Final = {
    ",": ("a comma", "koma"),
    ";": ("a semicolon", "titik koma"),
    "\t": ("a tab", "tab"),
}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(data: bytes, layout: Layout, notes: Notes) -> Sheet:
    """The table of a CSV file. Rows that are cut, ragged or not UTF-8 become problems."""
    text = as_utf8(data, layout.encoding)
    del data
    top, end, first = _heading(text, layout.skip_rows)
    text = text[end:]
    heading = _decoded(top, first)
    mark = layout.delimiter or _delimiter(heading, layout)
    if not layout.delimiter and mark != ",":
        notes.add("file-separator", first, mark=_MARKS[mark][0], mark_id=_MARKS[mark][1])
    header = [h.strip() for h in next(csv.reader([heading], delimiter=mark), [])]
    records = split(text, mark, len(header), first + 1)
    del text
    _list(records, len(header), notes)
    return Sheet(header, _cells(records, mark, len(header)), first)


def as_utf8(data: bytes, encoding: str) -> bytes:
    """The text as UTF-8 with ``\\n`` line ends. Byte order marks decide; nothing is guessed."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            encoding = name
            data = data[len(bom) :] if name == "utf-8" else data
            break
    if encoding and encoding != "utf-8":
        try:
            data = data.decode(encoding).encode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError) as err:
            raise Refused("file-encoding", encoding=encoding.upper()) from err
    elif data[:4096].count(0) > len(data[:4096]) // 4:
        raise Refused("file-encoding", encoding="UTF-8")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _heading(text: bytes, skip: int) -> tuple[bytes, int, int]:
    """The line of headings, where it ends, and its row; blank lines before it are passed."""
    start, row = 0, 1
    while start < len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if row > skip and line.strip():
            return line, end + 1, row
        start, row = end + 1, row + 1
    raise Refused("file-empty")


def _decoded(line: bytes, row: int) -> str:
    try:
        return line.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as err:
        raise Refused("file-encoding", row=row, encoding="UTF-8") from err


def _delimiter(heading: str, layout: Layout) -> str:
    """The mark that splits the row of headings into the most known names, then cells."""

    def score(mark: str) -> tuple[int, int]:
        names = next(csv.reader([heading], delimiter=mark), [])
        return layout.score(names), len(names)

    return max(_MARKS, key=score)


def _list(records: Records, wanted: int, notes: Notes) -> None:
    for cells in sorted({c for _, c in records.ragged}):
        rows = [row for row, c in records.ragged if c == cells]
        notes.add_all("row-cells", rows, cells=cells, wanted=wanted)
    notes.add_all("row-quote", records.quotes)
    notes.add_all("row-encoding", records.undecoded)
    if records.cut:
        row, cells = records.cut
        notes.add("row-cut", row, cells=cells, wanted=wanted)


def _cells(records: Records, mark: str, width: int) -> pl.DataFrame:
    schema = {str(i): pl.String for i in range(width)}
    rows = pl.Series("row", records.rows, dtype=pl.Int64)
    if rows.is_empty():
        return pl.DataFrame(schema=schema).with_columns(rows)
    try:
        cells = pl.read_csv(
            io.BytesIO(records.data) if records.data else b"",
            has_header=False,
            schema=schema,
            separator=mark,
            quote_char='"' if records.quoted else None,
        )
    except pl.exceptions.PolarsError as err:
        raise Refused("file-broken", error=str(err)[:120].replace("\n", " ")) from err
    if cells.height != rows.len():
        raise Refused("file-broken", error=f"{rows.len()} rows counted, {cells.height} read")
    return cells.with_columns(rows)
