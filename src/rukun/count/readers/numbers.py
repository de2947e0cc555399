"""The one strict parser of whole numbers. Nothing is sniffed; what is not plain is refused."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from rukun.count.readers.problems import Notes

#: No form, not even of the whole country, holds a larger figure.
LARGEST: Final = 2**31 - 1
_PLAIN: Final = re.compile(r"[0-9]+\Z")
#: Ordinary, non-breaking, narrow non-breaking and thin space.
_SPACES: Final = "\u0020\u00a0\u202f\u2009"
_THOUSANDS: Final = {
    ".": re.compile(r"[0-9]{1,3}(\.[0-9]{3})+\Z"),
    ",": re.compile(r"[0-9]{1,3}(,[0-9]{3})+\Z"),
    " ": re.compile(f"[0-9]{{1,3}}([{_SPACES}][0-9]{{3}})+\\Z"),
}
#: Marks that a mapping may state under ``[numbers] thousands``.
MARKS: Final = tuple(_THOUSANDS)
_REASONS: Final = (
    (re.compile(r"[-−][0-9]"), "number-negative"),
    (re.compile(r"[0-9][0-9.,]*[eE][+-]?[0-9]+\Z"), "number-exponent"),
    (re.compile(r"[0-9]+([.,'’][0-9]+)+\Z"), "number-separator"),
    (re.compile(r"[0-9]+(\s+[0-9]+)*\s*\Z"), "number-space"),
    (re.compile(r"\s*[0-9]+(\s+[0-9]+)*\s*\Z"), "number-space"),
)


class NotWhole(ValueError):
    """The text is not a whole number; ``code`` is that of the problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_integer(text: str, thousands: str = "") -> int:
    """The whole number from 0 to ``LARGEST`` that ``text`` states, or ``NotWhole``.

    Plain digits, with ordinary spaces around them at most; groups of three only where the
    reader was told the mark.
    """
    bare = text.strip(" ")
    if thousands and _THOUSANDS[thousands].match(bare):
        bare = re.sub(rf"[{_SPACES}.,]", "", bare)
    if not _PLAIN.match(bare):
        raise NotWhole(next((code for p, code in _REASONS if p.match(bare)), "number-word"))
    digits = bare.lstrip("0")
    if len(digits) > 10 or int(digits or "0") > LARGEST:
        raise NotWhole("number-large")
    return int(digits or "0")


def figures(
    table: pl.DataFrame, columns: list[str], notes: Notes, thousands: str = ""
) -> pl.DataFrame:
    """``table`` with these columns as Int64; ``row`` names the rows of what is refused.

    Empty cells are null. Plain digits are read by the table engine at once; every other cell
    goes through ``parse_integer``.
    """
    text = [c for c in columns if table.schema[c] == pl.String]
    typed = [c for c in columns if table.schema[c].is_integer()]
    plain = table.with_columns(
        *(_plain(c).alias(c) for c in text),
        *(
            pl.when(pl.col(c).is_between(0, LARGEST)).then(pl.col(c).cast(pl.Int64, strict=False))
            for c in typed
        ),
    )
    stated = table.select(_stated(c, table.schema[c]).sum().alias(c) for c in columns).row(0)
    read = plain.select(pl.col(c).count() for c in columns).row(0)
    odd = [c for c, a, b in zip(columns, stated, read, strict=True) if a != b]
    repaired = [_odd_cells(table, plain, c, notes, thousands) for c in odd]
    return plain.with_columns(repaired) if repaired else plain


def _plain(column: str) -> pl.Expr:
    value = pl.col(column).cast(pl.Int64, strict=False)
    signed = pl.col(column).str.starts_with("+") | pl.col(column).str.starts_with("-")
    return pl.when(value.is_between(0, LARGEST) & ~signed).then(value)


def _stated(column: str, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.String:
        return pl.col(column).is_not_null() & (pl.col(column) != "")
    return pl.col(column).is_not_null()


def _odd_cells(
    table: pl.DataFrame, plain: pl.DataFrame, column: str, notes: Notes, thousands: str
) -> pl.Series:
    """The column with every odd cell parsed or, with a problem, null."""
    mask = table.select(_stated(column, table.schema[column])).to_series()
    mask = mask & plain.get_column(column).is_null()
    cells = table.filter(mask).select("row", text=pl.col(column).cast(pl.String))
    values, reasons = _judge(cells.get_column("text").unique().to_list(), thousands)
    for code in sorted(set(reasons.values())):
        bad = cells.filter(pl.col("text").is_in([t for t, c in reasons.items() if c == code]))
        notes.add_rows(code, bad.get_column("row"), column, bad.get_column("text"))
    if not values:
        return plain.get_column(column)
    read = table.get_column(column).cast(pl.String)
    known = read.replace_strict(values, default=None, return_dtype=pl.Int64)
    return plain.get_column(column).fill_null(known)


def _judge(texts: list[str], thousands: str) -> tuple[dict[str, int], dict[str, str]]:
    values: dict[str, int] = {}
    reasons: dict[str, str] = {}
    for text in texts:
        if not text.strip(" "):
            continue
        try:
            values[text] = parse_integer(text, thousands)
        except NotWhole as err:
            reasons[text] = err.code
    return values, reasons
