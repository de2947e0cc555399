"""The problems of a file of posts: counted as they come, never a name or an id in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import ClassVar, Final

from rukun.files import problems
from rukun.files.problems import LISTED
from rukun.files.words import Words
from rukun.talk.aliases import reaches
from rukun.talk.readers.words import WORDS

#: Characters of which times and counts are written, and names of months and days.
_PLAIN: Final = re.compile(
    r"(?:[\s:+\-./,]|(?:\d{1,5}|(?:19|20)\d{6})(?!\d)|[TZ](?![A-Za-z])|(?<=\d)[eE]\+?(?=\d)"
    r"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|UTC|GMT|WIB|WITA|WIT|NaN|Infinity|true|True|TRUE|false|False|FALSE)\b){1,60}"
)
_WHOLE_FILE: Final = {"record-service", "record-ad", "record-private", "record-gone"}


def harmless(value: object) -> str:
    """A time or a figure as it stands; of anything else only how long it is.

    A column may be shifted: what stands where a time should be can be a name, the number of an
    account or of a telephone.
    """
    text = "" if value is None else str(value)
    if not text or (_PLAIN.fullmatch(text) and not reaches(text)):
        return text
    return f"{'•' * min(len(text), 8)} ({len(text)})"


class PostNotes(problems.Notes):
    """The problems of one file. What a value was is said only where it names nobody."""

    words: ClassVar[Mapping[str, Words]] = WORDS

    def __post_init__(self) -> None:
        super().__post_init__()
        self.counts: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], int] = {}
        #: Records that were not kept: row, reason, hash of the raw record.
        self.left_out: list[tuple[int, str, str]] = []

    def add(
        self, code: str, row: int = 0, column: str = "", value: object = "", **slots: object
    ) -> None:
        """List one problem, ``LISTED`` of a kind and column one by one, the others counted."""
        key = (code, column)
        self.counts[key] += 1
        if self.counts[key] <= LISTED:
            self._list(code, row, column, harmless(value), self.words[code].blocking, slots)
        else:
            self._last[key] = row

    def leave(self, code: str, row: int, raw: str, **slots: object) -> None:
        """Keep a record out, counted and named; list why, once where it is no fault."""
        self.left_out.append((row, code, raw))
        if code not in _WHOLE_FILE:
            self.add(code, row, "", "", **slots)

    def reasons(self) -> dict[str, int]:
        """How many records were not kept, by reason."""
        return dict(Counter(code for _, code, _ in self.left_out).most_common())

    def finish(self) -> None:
        """List how many more there are of each kind, and in what order they stand."""
        for (code, column), last in self._last.items():
            more = {"count": self.counts[code, column] - LISTED, "code": code, "last": last}
            self._list("more-alike", last, column, "", self.words[code].blocking, more)
        for code, count in self.reasons().items():
            if code in _WHOLE_FILE:
                self._list(code, 0, "", "", False, {"count": count})
        self.found.sort(key=lambda p: p.row)
