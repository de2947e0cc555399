"""The archive of posts: Parquet by day (UTC), under aliases only, each post once.

Files are added one by one; a change counts when its line stands in the manifest (see
``rukun.talk.manifest``), so a kill leaves no half of one. One process changes it at a time, any
number may read.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, NamedTuple

import ibis
import polars as pl

from rukun.engine import Engine
from rukun.tables import empty
from rukun.talk import manifest
from rukun.talk.aliases import NAME
from rukun.talk.manifest import Change, Part, State
from rukun.talk.parts import UNDATED, rows_of, swept, synced, whole, writing, written
from rukun.talk.posts import NAMES, POSTS, as_posts, once
from rukun.talk.storage_words import refusal

#: A day with so many parts is written anew as one.
MANY_PARTS: Final = 16
LOCK: Final = ".lock"
#: Columns that hold codes of posts, and aliases of accounts or spaces.
CODES: Final = ("post_id", "reply_to", "repost_of", "quote_of")
ACCOUNTS: Final = ("account", "space")
_MET: Final = {"post_id": pl.String, "part": pl.String, "later": pl.Boolean, "differs": pl.Boolean}
_ORDER: Final = ("posted_at", "post_id")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the posts of one file.

    ``repeated`` stood twice in the file; ``known`` were in the archive, ``differing`` of them with
    another content that is no later than what is kept; ``updated`` were replaced by a later
    reading. ``again`` where the file was taken before: then nothing was done.
    """

    rows: int
    repeated: int = 0
    new: int = 0
    updated: int = 0
    known: int = 0
    differing: int = 0
    again: bool = False


class Named(NamedTuple):
    """What the archive names: codes of posts, aliases, and the files its posts came from."""

    posts: pl.Series
    accounts: pl.Series
    origins: pl.Series


class _Day(NamedTuple):
    """What a change writes of one day: the parts it replaces, and the rows it adds."""

    day: str
    parts: list[Part]
    rows: pl.DataFrame


class Archive:
    """The archive in ``folder``, which is made when the first file is added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held = 0

    def append(self, posts: pl.DataFrame, sha256: str) -> Added:
        """Take the posts of the file with this SHA-256, all or none.

        A post that is there already is replaced by a later reading of it, else it stays. Raises
        ``UserError``: ``archive-write`` where the disk is full, ``archive-damaged``,
        ``archive-manifest`` and ``archive-old`` where the archive cannot be read; it is then as it
        was before.
        """
        with self.locked():
            state = swept(self.folder)
            if sha256 in state.origins:
                return Added(posts.height, again=True)
            fresh = once(as_posts(posts))
            met = self._met(state, fresh)
            added = _added(posts.height, fresh.height, met)
            later, stay = met.filter("later"), met.filter(~pl.col("later"))
            taken = fresh.join(stay, on="post_id", how="anti", maintain_order="left")
            days = list(_days(taken, state, set(later["part"])))
            self._write(state, "append", sha256, days, later["post_id"], _counts(added))
        return added

    def read(self, engine: Engine) -> ibis.Table:
        """The posts as a table of the engine, with the columns of ``POSTS``."""
        paths = whole(self.folder, manifest.read(self.folder))
        if not paths:
            return engine.load(empty(POSTS))
        return engine.read(paths).select(*NAMES)

    def posts(self) -> pl.DataFrame:
        """All posts in this process, in order of time."""
        state = manifest.read(self.folder)
        rows = [empty(POSTS), *(rows_of(self.folder, p) for p in state.parts)]
        return pl.concat(rows).sort(_ORDER, nulls_last=True)

    def origins(self) -> frozenset[str]:
        """SHA-256 of every file that was taken, also of those whose posts are forgotten."""
        return frozenset(manifest.read(self.folder).origins)

    def parts(self) -> list[Part]:
        """The parts that count now, in order of their days."""
        return sorted(manifest.read(self.folder).parts.values(), key=lambda p: p.path)

    def named(self) -> Named:
        """Every code, alias and origin that stands in it; ``accounts`` are also the names in texts
        and links, where the code of a post has no platform."""
        state = manifest.read(self.folder)
        links = pl.col("links").list.join(" ")
        inside = (c.str.extract_all(NAME.pattern).list.explode() for c in (pl.col("text"), links))
        return Named(
            self._distinct(state, *map(pl.col, CODES)),
            self._distinct(state, *map(pl.col, ACCOUNTS), *inside),
            self._distinct(state, pl.col("origin")),
        )

    def forget(self, before: dt.datetime, keep: Collection[str]) -> pl.DataFrame:
        """Delete the posts from before, but those to keep (codes); returns day, platform, posts.

        A post without a time counts by when it was collected, and where that is not stated either
        it goes. All or nothing, as ``append``; the old parts are gone from the disk afterwards.
        """
        with self.locked():
            state = swept(self.folder, 0)
            went = self._old(state, before, pl.Series(list(keep), dtype=pl.String))
            if went.height:
                parts = [state.parts[p] for p in went["part"].unique().sort()]
                days = [_Day(p.day, [p], empty(POSTS)) for p in parts]
                counts = {"forgotten": went.height}
                self._write(state, "forget", "", days, went["post_id"], counts)
                swept(self.folder, 0)
        return went.group_by("day", "platform").agg(posts=pl.len()).sort("day", "platform")

    def rename(self, pairs: pl.DataFrame) -> None:
        """Put ``new`` for every alias and code that is ``old``, in texts and links too.

        For a change of the vault's key; see ``Vault.rotate``.
        """
        with self.locked():
            state = swept(self.folder)
            parts = state.parts.values()
            renamed = ((p.day, _renamed(rows_of(self.folder, p.path), pairs)) for p in parts)
            made = written(self.folder, state.number + 1, renamed)
            self._commit(state, "rename", "", made, list(parts), {})
            swept(self.folder, 0)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else changes the archive meanwhile. May be held around several changes."""
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o640)
        if not self._held:
            fcntl.flock(handle, fcntl.LOCK_EX)
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            os.close(handle)

    def _met(self, state: State, fresh: pl.DataFrame) -> pl.DataFrame:
        """Posts of ``fresh`` that are there: in which part, whether fresh is later, or another."""
        mine = fresh.select("post_id", at="collected_at", other="raw")
        at, then = pl.col("at"), pl.col("collected_at")
        later = (at.is_not_null() & then.is_null()) | (at > then).fill_null(False)
        differs = pl.col("raw") != pl.col("other")
        found = [
            rows_of(self.folder, part, "post_id", "collected_at", "raw")
            .join(mine, on="post_id")
            .select("post_id", part=pl.lit(part), later=later, differs=differs)
            for part in state.parts
        ]
        return pl.concat([pl.DataFrame(schema=_MET), *found])

    def _old(self, state: State, before: dt.datetime, keep: pl.Series) -> pl.DataFrame:
        """The posts from before that are not to be kept: post_id, part, day, platform."""
        old = pl.coalesce("posted_at", "collected_at").lt(before).fill_null(True)
        columns = ("post_id", "platform", "posted_at", "collected_at")
        found = [
            rows_of(self.folder, p.path, *columns)
            .filter(old & ~pl.col("post_id").is_in(keep.implode()))
            .select("post_id", "platform", part=pl.lit(p.path), day=pl.lit(p.day))
            for p in state.parts.values()
            if p.day == UNDATED or p.day <= before.date().isoformat()
        ]
        schema = dict.fromkeys(("post_id", "platform", "part", "day"), pl.String)
        return pl.concat([pl.DataFrame(schema=schema), *found])

    def _write(
        self,
        state: State,
        what: str,
        origin: str,
        days: list[_Day],
        gone: pl.Series,
        counts: dict[str, int],
    ) -> None:
        """One change: each day's parts without what is gone, with what is new, as one part."""
        tables = ((d.day, self._joined(d, gone)) for d in days)
        made = written(self.folder, state.number + 1, tables)
        self._commit(state, what, origin, made, [p for d in days for p in d.parts], counts)

    def _joined(self, day: _Day, gone: pl.Series) -> pl.DataFrame:
        left = ~pl.col("post_id").is_in(gone.implode())
        kept = [rows_of(self.folder, p.path).filter(left) for p in day.parts]
        return pl.concat([*kept, day.rows]).sort(_ORDER, nulls_last=True) if kept else day.rows

    def _commit(
        self,
        state: State,
        what: str,
        origin: str,
        made: list[Part],
        dropped: list[Part],
        counts: dict[str, int],
    ) -> None:
        gone = tuple(p.path for p in dropped)
        change = Change(state.number + 1, what, origin, tuple(made), gone, counts)
        with writing(self.folder):
            try:
                manifest.write(self.folder, change)
            except OSError:
                for part in made:
                    (self.folder / part.path).unlink(missing_ok=True)
                raise
            synced(self.folder)

    def _distinct(self, state: State, *columns: pl.Expr) -> pl.Series:
        found = [pl.Series("named", [], pl.String)]
        for part in state.parts:
            rows = rows_of(self.folder, part)
            found += [
                rows.select(c.alias("named")).to_series().drop_nulls().unique() for c in columns
            ]
        return pl.concat(found).unique()


def archive_in(folder: Path) -> Archive:
    """The archive that must be there. Raises ``UserError`` (``archive-none``)."""
    if not (folder / manifest.FILE).is_file():
        raise refusal("archive-none", folder)
    return Archive(folder)


def _added(rows: int, distinct: int, met: pl.DataFrame) -> Added:
    updated, differing = int(met["later"].sum()), met.filter(~pl.col("later"))["differs"].sum()
    return Added(
        rows,
        repeated=rows - distinct,
        new=distinct - met.height,
        updated=updated,
        known=met.height - updated,
        differing=int(differing),
    )


def _counts(added: Added) -> dict[str, int]:
    return {k: v for k, v in asdict(added).items() if k != "again"}


def _days(taken: pl.DataFrame, state: State, replaced: set[str]) -> Iterator[_Day]:
    """What is to be written: each day with new rows, or with parts that lose some."""
    fresh = dict(_by_day(taken))
    held: dict[str, list[Part]] = {}
    for part in state.parts.values():
        held.setdefault(part.day, []).append(part)
    losing = {d for d, parts in held.items() if any(p.path in replaced for p in parts)}
    for day in sorted(losing | set(fresh)):
        parts = held.get(day, [])
        if len(parts) < MANY_PARTS or day not in fresh:
            parts = [p for p in parts if p.path in replaced]
        yield _Day(day, parts, fresh.get(day, empty(POSTS)))


def _by_day(rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each day; they stand in order of time, so that a day is one slice of them."""
    days = rows.get_column("posted_at").dt.strftime("%Y-%m-%d").fill_null(UNDATED)
    start = 0
    for run in days.rle().struct.unnest().iter_rows(named=True):
        yield run["value"], rows.slice(start, run["len"])
        start += run["len"]


def _renamed(rows: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Names as in ``pairs``; in links and texts the code of a post stands without its platform."""
    exact = (pl.col(c).replace(pairs["old"], pairs["new"]) for c in (*CODES, *ACCOUNTS))
    bare = pairs.with_columns(pl.col("old", "new").str.split(":").list.last())
    texts = pl.concat([rows["text"], rows["links"].list.join(" ")])
    there = texts.str.extract_all(NAME.pattern).explode().unique()
    bare = bare.filter(pl.col("old").is_in(there.implode()))
    if bare.is_empty():
        return rows.with_columns(*exact)
    old, new = bare["old"].to_list(), bare["new"].to_list()
    inside = (
        pl.col("text").str.replace_many(old, new),
        pl.col("links").list.eval(pl.element().str.replace_many(old, new)),
    )
    return rows.with_columns(*exact, *inside)
