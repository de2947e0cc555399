"""The problems of a file of forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rukun.count.readers.words_files import WORDS
from rukun.errors import Problem
from rukun.files import problems
from rukun.files.problems import LISTED, Refused, shown
from rukun.files.words import Words

__all__ = ["LISTED", "Notes", "Refused", "problem", "shown"]


class Notes(problems.Notes):
    """The problems of one file of forms, and the rows they keep out."""

    words: ClassVar[Mapping[str, Words]] = WORDS


def problem(
    code: str, file: str, row: int, column: str, value: object, sheet: str, slots: object
) -> Problem:
    """One problem with its words filled in."""
    return problems.problem(WORDS[code], code, file, row, column, value, sheet, slots)
