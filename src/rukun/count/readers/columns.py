"""From headings to fields: which column is which, and what to say about the others."""

from __future__ import annotations

from typing import Final

import polars as pl

from rukun.count.forms import IDENTITY, KEY, PROVENANCE, figure_columns
from rukun.count.readers.mapping import (
    WITHIN,
    TableMapping,
    field_names,
    known_field,
)
from rukun.count.readers.problems import Notes
from rukun.files.mapping import nearest
from rukun.files.sheet import Layout, Sheet

_TEXT_COLUMNS: Final = {c.name for c in (*IDENTITY, *PROVENANCE)} - {"version"} | {WITHIN}
#: Known in our own exports, and worked out anew for every file.
_OURS: Final = ("origin", "origin_row", "held")


def fields_of(sheet: Sheet, mapping: TableMapping, notes: Notes) -> pl.DataFrame | None:
    """``row`` and one column per field; None (and a problem) where a needed one is missing."""
    places = _assigned(sheet, mapping, notes)
    table = sheet.cells
    columns = {name: _one_column(table, name, at, notes, sheet) for name, at in places.items()}
    found = pl.DataFrame([table.get_column("row"), *(c for c in columns.values())])
    found = _joined_place(found, sheet, mapping, notes)
    for name, value in mapping.constants.items():
        stated = pl.col(name) if name in found.columns else pl.lit(None, dtype=pl.String)
        found = found.with_columns(pl.coalesce(stated, pl.lit(value)).alias(name))
    missing = [k for k in KEY if k not in found.columns]
    if missing:
        notes.add("column-missing", sheet.header_row, names=", ".join(missing))
        return None
    if not figure_columns(found):
        notes.add("no-figures", sheet.header_row)
        return None
    return _translated(found, mapping)


def layout_of(mapping: TableMapping) -> Layout:
    """How a table of this mapping is written, and which headings lead to a field."""
    return Layout(
        lambda heading: _field_of(heading, mapping) is not None,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        sheet=mapping.sheet,
        skip_rows=mapping.skip_rows,
    )


def _field_of(heading: str, mapping: TableMapping) -> str | None:
    if heading in mapping.columns:
        return mapping.columns[heading]
    name = heading.strip().lower()
    return name if known_field(name) else None


def _assigned(sheet: Sheet, mapping: TableMapping, notes: Notes) -> dict[str, list[int]]:
    """Field → positions of its columns. Unknown headings are said, misspelt ones are refused."""
    out: dict[str, list[int]] = {}
    for at, heading in enumerate(sheet.header):
        name = _field_of(heading, mapping)
        if name in _OURS or heading in mapping.ignore or heading in mapping.place_columns:
            continue
        if name is not None:
            out.setdefault(name, []).append(at)
        elif heading.strip():
            _unknown(heading, sheet, mapping, notes)
        elif sheet.cells.get_column(str(at)).drop_nulls().len():
            notes.add("column-untitled", sheet.header_row, f"#{at + 1}")
    mapped = {f for h, f in mapping.columns.items() if h in sheet.header}
    for heading, name in mapping.columns.items():
        if name not in mapped and name not in out:
            notes.add("column-missing", sheet.header_row, heading, names=f"“{heading}”")
    return out


def _unknown(heading: str, sheet: Sheet, mapping: TableMapping, notes: Notes) -> None:
    near = "" if mapping.columns else nearest(heading, field_names(9))
    present = {_field_of(h, mapping) for h in sheet.header}
    if near and near not in present:
        notes.add("column-misspelt", sheet.header_row, heading, near=near)
    else:
        notes.add("column-unknown", sheet.header_row, heading)


def _one_column(
    table: pl.DataFrame, name: str, at: list[int], notes: Notes, sheet: Sheet
) -> pl.Series:
    """The column of a field. Where it stands twice, rows in which the two differ are refused."""
    series = [_typed(table.get_column(str(i)), name) for i in at]
    if len(series) > 1:
        notes.add("column-twice", sheet.header_row, name)
        both = pl.DataFrame([s.alias(str(i)) for i, s in enumerate(series)])
        differs = both.select(
            pl.any_horizontal(pl.col("0").ne_missing(pl.col(c)) for c in both.columns[1:])
        ).to_series()
        rows = table.get_column("row").filter(differs)
        for row, values in zip(rows.head(100), both.filter(differs).head(100).rows(), strict=True):
            stated = " / ".join("" if v is None else str(v) for v in values)
            notes.add("column-differs", row, name, values=stated)
        notes.refused.append(rows)
    return series[0].alias(name)


def _typed(column: pl.Series, name: str) -> pl.Series:
    """Typed columns (Parquet) as the field needs them: whole numbers stay, the rest is text."""
    if column.dtype == pl.String or (column.dtype.is_integer() and name not in _TEXT_COLUMNS):
        return column
    if name in ("entered_at", "evidence") and (
        column.dtype == pl.List(pl.String) or isinstance(column.dtype, pl.Datetime)
    ):
        return column
    if column.dtype == pl.Null:
        return column.cast(pl.String)
    if column.dtype.is_float():
        whole = column.is_finite() & (column == column.round()) & (column.abs() < 1e15)
        text = column.cast(pl.String)
        return text.zip_with(~whole.fill_null(value=False), _whole_text(column, whole))
    if column.dtype == pl.Boolean:
        return column.cast(pl.String).str.to_uppercase()
    return column.cast(pl.String, strict=False)


def _whole_text(column: pl.Series, whole: pl.Series) -> pl.Series:
    plain = pl.Series([None] * column.len(), dtype=pl.Float64)
    return (
        column.cast(pl.Float64)
        .zip_with(whole.fill_null(value=False), plain)
        .cast(pl.Int64)
        .cast(pl.String)
    )


def _joined_place(
    found: pl.DataFrame, sheet: Sheet, mapping: TableMapping, notes: Notes
) -> pl.DataFrame:
    """``place`` put together from several columns, each filled up with zeros to its width."""
    if not mapping.place_columns:
        return found
    missing = [c for c in mapping.place_columns if c not in sheet.header]
    if missing:
        notes.add("column-missing", sheet.header_row, names=", ".join(f"“{m}”" for m in missing))
        return found
    parts = [
        _typed(sheet.cells.get_column(str(sheet.header.index(c))), "place").str.strip_chars()
        for c in mapping.place_columns
    ]
    widths = mapping.place_widths or (0,) * len(parts)
    filled = [p.str.zfill(w) if w else p for p, w in zip(parts, widths, strict=True)]
    table = pl.DataFrame([p.alias(str(i)) for i, p in enumerate(filled)])
    return found.with_columns(table.select(pl.concat_str(pl.all())).to_series().alias("place"))


def _translated(found: pl.DataFrame, mapping: TableMapping) -> pl.DataFrame:
    """Values as the mapping translates them; an empty translation means *not stated*."""
    for name, table in mapping.values.items():
        if name in found.columns:
            new = {old: value or None for old, value in table.items()}
            text = found.get_column(name).cast(pl.String).str.strip_chars()
            found = found.with_columns(text.replace(new).alias(name))
    return found
