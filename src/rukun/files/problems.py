"""The list of problems that grows while a file is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

import polars as pl

from rukun.errors import Problem
from rukun.files.words import WORDS, Words

#: Problems of one kind and column that are listed one by one; the rest is counted.
LISTED: Final = 1000
_SHOWN: Final = 80


class Refused(Exception):
    """The file as a whole cannot be read; the problem says why."""

    def __init__(self, code: str, value: str = "", row: int = 0, **slots: object) -> None:
        super().__init__(code)
        self.code, self.value, self.row, self.slots = code, value, row, slots


def shown(value: object) -> str:
    """A value as a list of problems prints it: short, on one line, nothing invisible."""
    text = "" if value is None else str(value)
    plain = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: _SHOWN + 1])
    return plain if len(text) <= _SHOWN else f"{plain[:_SHOWN]}…"


@dataclass
class Notes:
    """The problems of one file, and the rows they keep out; ``words`` by code."""

    words: ClassVar[Mapping[str, Words]] = WORDS

    file: str
    sheet: str = ""
    found: list[Problem] = field(default_factory=list)
    refused: list[pl.Series] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.file, self.sheet = shown(self.file), shown(self.sheet)

    def add(
        self, code: str, row: int = 0, column: str = "", value: object = "", **slots: object
    ) -> None:
        """List one problem; a blocking one with a row keeps the row out."""
        words = self.words[code]
        if words.blocking and row:
            self.refused.append(pl.Series([row], dtype=pl.Int64))
        self._list(code, row, column, value, words.blocking, slots)

    def add_rows(
        self, code: str, rows: pl.Series, column: str, values: pl.Series, **slots: object
    ) -> None:
        """List the same problem for many rows, ``LISTED`` of them one by one."""
        if rows.is_empty():
            return
        blocking = self.words[code].blocking
        if blocking:
            self.refused.append(rows.cast(pl.Int64))
        for row, value in zip(rows.head(LISTED), values.head(LISTED), strict=True):
            self._list(code, row, column, value, blocking, slots)
        if (more := rows.len() - LISTED) > 0:
            last = {"count": more, "code": code, "last": rows[-1]}
            self._list("more-alike", int(rows[LISTED]), column, "", blocking, last)

    def add_all(self, code: str, rows: list[int], column: str = "", **slots: object) -> None:
        """List the same problem for rows as a whole."""
        numbers = pl.Series(rows, dtype=pl.Int64)
        self.add_rows(code, numbers, column, pl.repeat("", numbers.len(), eager=True), **slots)

    def refuse(self, err: Refused) -> None:
        """List why the file as a whole cannot be read."""
        self._list(err.code, err.row, "", err.value, True, err.slots)

    def kept_out(self) -> pl.Series:
        """The rows that a blocking problem keeps out."""
        return pl.concat(self.refused) if self.refused else pl.Series([], dtype=pl.Int64)

    def _list(
        self, code: str, row: int, column: str, value: object, blocking: bool, slots: object
    ) -> None:
        words = self.words[code]._replace(blocking=blocking)
        self.found.append(problem(words, code, self.file, row, column, value, self.sheet, slots))


def problem(
    words: Words,
    code: str,
    file: str,
    row: int,
    column: str,
    value: object,
    sheet: str,
    slots: object,
) -> Problem:
    """One problem with its words filled in."""
    fill = slots if isinstance(slots, dict) else {}
    return Problem(
        code,
        file,
        row,
        shown(column),
        shown(value),
        words.why.format(**fill),
        words.hint.format(**fill).strip(),
        sheet=sheet,
        blocking=words.blocking,
        why_id=words.why_id.format(**fill),
        hint_id=words.hint_id.format(**fill).strip(),
    )
