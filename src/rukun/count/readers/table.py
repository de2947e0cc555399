"""From a table as it stands in a file to forms: columns, identity, figures, times, doubles."""

from __future__ import annotations

from typing import Final

import polars as pl

from rukun.count.forms import (
    C_RECOUNT,
    C_REVOTE,
    IDENTITY,
    KEY,
    PROVENANCE,
    figure_columns,
    form_columns,
)
from rukun.count.readers.codes import check_codes
from rukun.count.readers.columns import fields_of
from rukun.count.readers.doubles import take_once
from rukun.count.readers.mapping import WITHIN, TableMapping
from rukun.count.readers.numbers import figures
from rukun.count.readers.problems import Notes
from rukun.count.readers.text import clean_texts
from rukun.count.readers.times import check_times
from rukun.files.sheet import Sheet
from rukun.frame import Frame
from rukun.tables import Column, conform, empty

_TOTAL: Final = r"(?i)^\s*(sub[ -]?total|grand total|total|jumlah|jml|sum)\b"
_TEXTS: Final = (*KEY, WITHIN, "entered_at", "evidence", "basis", "cited")


def widest(frame: Frame) -> int:
    """The highest ballot number of the frame's contests."""
    return max((max(c.numbers) for c in frame.contests.values()), default=2)


def forms_of(
    sheet: Sheet, frame: Frame, mapping: TableMapping, notes: Notes, sha256: str
) -> pl.DataFrame:
    """The good rows of a table as forms; everything else in ``notes``."""
    schema = form_columns(widest(frame))
    if sheet.cells.is_empty():
        if not notes.found:
            notes.add("file-header-only")
        return empty(schema)
    table = fields_of(sheet, mapping, notes)
    sheet.cells = sheet.cells.clear()
    if table is None:
        return empty(schema)
    table = _without_unfilled(_without_extras(table, notes), notes)
    table = check_codes(table, sheet, frame, notes)
    numbers = [c for c in [*figure_columns(table), "version"] if c in table.columns]
    table = figures(table, numbers, notes, mapping.thousands)
    table = _votes_on_ballot(table, frame, notes)
    table = check_times(table, frame, mapping.zone, notes)
    table = clean_texts(table, notes)
    table = _stating(_kept(table, notes), notes)
    table = take_once(table, notes)
    return _as_forms(table, schema, sha256)


def _without_extras(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """Rows without empty ones, rows of totals and repeated headings; the last two are said."""
    texts = [c for c in _TEXTS if c in table.columns and table.schema[c] == pl.String]
    filled = [c for c in table.columns if c not in ("row", "_constant")]
    table = table.filter(pl.any_horizontal(_filled(c, table.schema[c]) for c in filled))
    head = pl.any_horizontal(pl.col(c).str.strip_chars().str.to_lowercase() == c for c in texts)
    total = pl.any_horizontal(pl.col(c).str.contains(_TOTAL) for c in texts if c != "cited")
    for code, expr in (("row-header", head), ("row-total", total)):
        mask = table.select(expr.fill_null(value=False)).to_series()
        if mask.any():
            out = table.filter(mask)
            notes.add_rows(code, out.get_column("row"), texts[0], out.get_column(texts[0]))
            table = table.filter(~mask)
    return table


def _without_unfilled(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """Rows of the template that nobody has filled in yet are said once, all together."""
    names = ["source", *figure_columns(table)]
    stated = pl.any_horizontal(_filled(c, table.schema[c]) for c in names)
    blank = table.select(~stated & _filled("kind", table.schema["kind"])).to_series()
    if blank.any():
        rows = table.filter(blank).get_column("row")
        notes.add("rows-unfilled", int(rows[0]), count=rows.len())
    return table.filter(~blank)


def _filled(column: str, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.String:
        return pl.col(column).str.strip_chars().fill_null("") != ""
    return pl.col(column).is_not_null()


def _votes_on_ballot(table: pl.DataFrame, frame: Frame, notes: Notes) -> pl.DataFrame:
    """Votes for a choice that the row's contest does not have are a problem."""
    votes = [c for c in table.columns if c.startswith("votes_")]
    for contest in frame.contests.values():
        known = ", ".join(str(n) for n in contest.numbers)
        for column in (v for v in votes if v not in contest.vote_fields):
            wrong = table.filter((pl.col("contest") == contest.code) & pl.col(column).is_not_null())
            notes.add_rows(
                "votes-no-choice",
                wrong.get_column("row"),
                column,
                wrong.get_column(column),
                contest=contest.code,
                numbers=known,
            )
    most = widest(frame)
    return table.drop(v for v in votes if int(v[6:]) > most)


def _kept(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    out = notes.kept_out()
    return table if out.is_empty() else table.filter(~pl.col("row").is_in(out.implode()))


def _stating(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """Rows that state a figure; the others are said, and no form.

    A recount or a repeated vote may stand without figures: it has been ordered.
    """
    names = figure_columns(table)
    ordered = pl.col("kind").is_in([C_RECOUNT, C_REVOTE])
    none = table.select(
        ~ordered & pl.all_horizontal(pl.col(n).is_null() for n in names)
    ).to_series()
    out = table.filter(none)
    notes.add_rows("nothing-stated", out.get_column("row"), "", out.get_column("place"))
    return table.filter(~none) if none.any() else table


def _as_forms(table: pl.DataFrame, schema: tuple[Column, ...], sha256: str) -> pl.DataFrame:
    version = pl.col("version").fill_null(1) if "version" in table.columns else pl.lit(1)
    table = table.with_columns(
        version.cast(pl.Int64).alias("version"),
        origin=pl.lit(sha256),
        origin_row=pl.col("row"),
    )
    names = {c.name for c in (*IDENTITY, *PROVENANCE)} | set(figure_columns(table))
    kept = table.select(c for c in table.columns if c in names)
    return conform(kept, schema, "forms")
