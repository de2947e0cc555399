"""Words beside the figures: evidence, basis and citation, cleaned or refused."""

from __future__ import annotations

from typing import Final

import polars as pl

from rukun.count.readers.problems import Notes

#: Characters kept of a citation.
LONGEST: Final = 300
#: Controls, direction changes, zero-width and private-use characters.
_HIDDEN: Final = r"[\p{Cc}\p{Cf}\p{Co}]"
_BREAKS: Final = r"[\r\n\t\x{2028}\x{2029}]+"
_HASHES: Final = r"^[0-9a-f]{64}([;, ]+[0-9a-f]{64})*$"


def clean_texts(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    """``table`` with ``evidence`` as lists, ``basis`` checked and ``cited`` on one plain line."""
    if "basis" in table.columns:
        table = _basis(table, notes)
    if "cited" in table.columns:
        table = _cited(table, notes)
    if "evidence" in table.columns and table.schema["evidence"] == pl.String:
        table = _evidence(table, notes)
    return table


def _list(rows: pl.DataFrame, code: str, column: str, notes: Notes) -> None:
    notes.add_rows(code, rows.get_column("row"), column, rows.get_column(column))


def _basis(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    table = table.with_columns(pl.col("basis").str.strip_chars().replace("", None))
    _list(table.filter(pl.col("basis") != "exercise"), "basis-unknown", "basis", notes)
    return table


def _cited(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    line = pl.col("cited").str.replace_all(_BREAKS, " ")
    hidden = line.str.contains(_HIDDEN)
    _list(table.filter(hidden), "text-cleaned", "cited", notes)
    plain = line.str.replace_all(_HIDDEN, "").str.strip_chars().replace("", None)
    table = table.with_columns(plain.alias("cited"))
    long = table.filter(pl.col("cited").str.len_chars() > LONGEST)
    for row, text in long.select("row", "cited").head(100).rows():
        notes.add("text-long", row, "cited", text, length=len(text), most=LONGEST)
    return table.with_columns(pl.col("cited").str.slice(0, LONGEST))


def _evidence(table: pl.DataFrame, notes: Notes) -> pl.DataFrame:
    text = pl.col("evidence").str.strip_chars().str.to_lowercase().replace("", None)
    table = table.with_columns(text.alias("evidence"))
    _list(
        table.filter(~pl.col("evidence").str.contains(_HASHES)), "evidence-hash", "evidence", notes
    )
    return table.with_columns(pl.col("evidence").str.extract_all(r"[0-9a-f]{64}"))
