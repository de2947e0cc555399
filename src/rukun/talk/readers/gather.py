"""Posts as they are taken, put into tables piece by piece, their identities still in clear.

These tables never leave this package: ``aliased`` turns them into posts and secrets.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from rukun.tables import UTC_TIME
from rukun.talk.readers.format import Found

#: Posts that are held as Python objects at a time.
PIECE: Final = 20_000
_COUNTS: Final = ("likes", "comments", "shares", "views")
CLEAR: Final[dict[str, Any]] = {
    **dict.fromkeys(("platform", "id", "account_id", "handle", "name"), pl.String),
    **dict.fromkeys(("space_id", "space_name"), pl.String),
    "posted_at": UTC_TIME,
    "text": pl.String,
    "links": pl.List(pl.String),
    **dict.fromkeys(("reply_to", "repost_of", "repost_from", "quote_of", "kind"), pl.String),
    **dict.fromkeys(_COUNTS, pl.Int64),
    "place": pl.String,
    "collected_at": UTC_TIME,
    "url": pl.String,
    "row": pl.Int64,
    "raw": pl.String,
    "weak": pl.Boolean,
}
_FLAT: Final = {**CLEAR, "links": pl.String}
#: Never part of a link: what is not printed is taken out of it.
_BETWEEN: Final = "\n"


@dataclass
class Gathered:
    """Posts taken so far, the handles whose stable ids the file states (by platform), and what its
    records state of its coverage."""

    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    count: int = 0
    _pieces: list[pl.DataFrame] = field(default_factory=list)
    _found: list[Found] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Keep one post."""
        known = found.pop("known", None)
        if known:
            self.known.setdefault(found["platform"], {}).update(known)
        counted = found.pop("counted", None)
        if counted:
            self.counted.update(counted)
        found["links"] = _BETWEEN.join(found["links"])
        self.count += 1
        self._found.append(found)
        if len(self._found) >= PIECE:
            self._flush()

    def table(self) -> pl.DataFrame:
        """All posts; the pieces are given up."""
        self._flush()
        pieces, self._pieces = self._pieces, []
        return pl.concat(pieces) if pieces else pl.DataFrame(schema=CLEAR)

    def _flush(self) -> None:
        if self._found:
            columns = [pl.Series(n, [f.get(n) for f in self._found], t) for n, t in _FLAT.items()]
            # Lists within a column are made one by one in Python; a text is split at once.
            links = pl.when(pl.col("links") != "").then(pl.col("links").str.split(_BETWEEN))
            empty = pl.lit([], CLEAR["links"])
            self._pieces.append(pl.DataFrame(columns).with_columns(links=links.otherwise(empty)))
            self._found = []
