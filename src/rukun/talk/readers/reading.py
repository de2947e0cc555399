"""A file of posts in: posts with aliases, secrets for the vault, and problems out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import polars as pl

from rukun.errors import Problem, UserError
from rukun.files.kinds import Kind, kind_of
from rukun.files.problems import Refused
from rukun.files.sheet import Sheet
from rukun.tables import empty
from rukun.talk.aliases import Aliases
from rukun.talk.posts import POSTS
from rukun.talk.readers.aliased import aliased
from rukun.talk.readers.coverage import Coverage, coverage
from rukun.talk.readers.format import Format
from rukun.talk.readers.formats import BY_CODE, FORMATS
from rukun.talk.readers.formats.plain import PLAIN, PLAIN_JSON, mapped
from rukun.talk.readers.gather import Gathered
from rukun.talk.readers.jsonfile import Raw, document, first_line, is_lines, lines
from rukun.talk.readers.mapping import PostMapping, post_mapping
from rukun.talk.readers.notes import PostNotes
from rukun.talk.readers.secrets import SECRETS
from rukun.talk.readers.sniff import (
    LOOKED_AT,
    format_of,
    known_headings,
    near_code,
    records_of,
    seen,
)
from rukun.talk.readers.source import Source, head_of
from rukun.talk.readers.tables import read_table, rows
from rukun.talk.readers.take import Taker
from rukun.talk.readers.times import LAST

_MIB: Final = 1 << 20
#: The largest table that is read at once, in bytes; NDJSON and JSON are read piece by piece.
LARGEST: Final = {"csv": 1536 * _MIB, "xlsx": 64 * _MIB}
LEFT_OUT: Final = {"row": pl.Int64, "reason": pl.String, "raw": pl.String}


@dataclass(frozen=True)
class PostReading:
    """What a file holds.

    ``posts`` are as ``rukun.talk.posts`` describes them, nobody named in them. ``secrets`` (alias,
    what, platform, native_id, handle, name, url) may be stored in the vault and nowhere else.
    ``unmapped`` counts the records that were not kept, by reason; ``left_out`` names each (row,
    reason, SHA-256 of the raw record). ``rows_read`` counts all records the file states.
    """

    posts: pl.DataFrame
    problems: list[Problem]
    format: str
    sha256: str
    rows_read: int
    unmapped: dict[str, int]
    coverage: Coverage
    left_out: pl.DataFrame = field(repr=False)
    secrets: pl.DataFrame = field(repr=False)


def read_posts(
    path: Path,
    key: bytes | Aliases,
    mapping: Path | Mapping[str, Any] | None = None,
    format: str | None = None,
    name: str | None = None,
    latest: dt.datetime | None = None,
) -> PostReading:
    """The posts of an export, its format told by its content unless ``format`` states its code.

    ``key`` is the key of the aliases, or what gives them. ``mapping`` is a TOML file or its parsed content; ``name`` what the file is called in problems
    where ``path`` is only where it is kept; no post can be from after ``latest``. Raises
    ``UserError`` only for the mapping and the format: whatever is wrong with the file becomes a
    problem, and every good record is returned.
    """
    job = _Job(Source(path), post_mapping(mapping), PostNotes(name or path.name), latest or LAST)
    wanted = _wanted(format)
    try:
        job.read(path, wanted)
    except Refused as err:
        job.notes.refuse(err)
    job.source.drain()
    return job.told(key if isinstance(key, Aliases) else Aliases(key))


def _wanted(code: str | None) -> tuple[Format, ...]:
    """The formats a file may have."""
    if not code:
        return FORMATS
    if code not in BY_CODE:
        near = near_code(code)
        raise UserError(
            "format-unknown",
            f"there is no format “{code}”.",
            f"Did you mean “{near}”?" if near else f"There are: {', '.join(BY_CODE)}.",
            message_id=f"tidak ada format “{code}”.",
            hint_id=f"Maksud Anda “{near}”?" if near else f"Yang ada: {', '.join(BY_CODE)}.",
        )
    return (BY_CODE[code],)


@dataclass
class _Job:
    """One file on its way."""

    source: Source
    mapping: PostMapping
    notes: PostNotes
    latest: dt.datetime
    gathered: Gathered = field(default_factory=Gathered)
    form: Format | None = None

    def read(self, path: Path, among: tuple[Format, ...]) -> None:
        """Take the posts of the file; ``Refused`` where it holds none that can be read."""
        kind = _kind(path, self.mapping.encoding)
        if kind == "json":
            self._json(among)
        else:
            self._table(kind, among)

    def _json(self, among: tuple[Format, ...]) -> None:
        head, source = first_line(self.source.chunks(self.mapping.encoding))
        raws = (lines if is_lines(head) else document)(source, self.notes)
        first = list(islice(raws, LOOKED_AT))
        if not first and not self.notes.found and not self.notes.left_out:
            raise Refused("file-no-records")
        if self.mapping.columns:
            among = (mapped(PLAIN_JSON, self.mapping.fields()),)
        form = format_of(((r.value, r.around) for r in first), "json", among)
        if form is None:
            if first:
                raise _unknown((k for r in first[:1] for k in r.value), "json", among)
            return
        every: Iterable[Raw] = chain(first, raws)
        self._take(form, list(every) if form.whole and not is_lines(head) else every)

    def _table(self, kind: Kind, among: tuple[Format, ...]) -> None:
        known = known_headings()
        data = self.source.whole()
        sheet = read_table(data, kind == "xlsx", self.mapping, known.__contains__, self.notes)
        del data
        form = self._form(sheet, among)
        if sheet.cells.is_empty() and not self.notes.found:
            raise Refused("file-header-only")
        self._take(form, rows(sheet, self.notes))

    def _form(self, sheet: Sheet, among: tuple[Format, ...]) -> Format:
        if self.mapping.columns:
            missing = [h for h in self.mapping.columns if h not in sheet.header]
            for heading in missing:
                self.notes.add("column-missing", sheet.header_row, heading, names=f"“{heading}”")
            if len(missing) == len(self.mapping.columns):
                raise _unknown(sheet.header, "table", among)
            return mapped(PLAIN, self.mapping.fields())
        record = dict.fromkeys(filter(None, sheet.header), "")
        stated = {**record, **dict.fromkeys(self.mapping.constants, "")}
        form = format_of([(record, {}), (stated, {})], "table", among)
        if form is None:
            raise _unknown(sheet.header, "table", among)
        return form

    def _take(self, form: Format, raws: Iterable[Raw]) -> None:
        self.form = form
        clock = self.mapping.clock(form.zone, self.latest)
        taker = Taker(form, self.notes, clock, self.mapping.constants, self.mapping.values)
        page: Mapping[str, Any] = {}
        last: Mapping[str, Any] = {}
        for raw in raws:
            kept = False
            for record, around in self._records(form, raw):
                kept = True
                if around is not page:
                    self._page(form, last, page)
                last, page = record, around
                self._one(taker, record, around, raw)
            if not kept:
                self.notes.leave("record-shape", raw.row, raw.sha256, format=form.title)
        self._page(form, last, page)

    def _records(
        self, form: Format, raw: Raw
    ) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        if form.container == "table":
            yield raw.value, raw.around
        else:
            yield from records_of(form, raw.value, raw.around)

    def _one(
        self, taker: Taker, record: Mapping[str, Any], around: Mapping[str, Any], raw: Raw
    ) -> None:
        try:
            found = taker.take(record, around, raw.row, raw.sha256)
        except (AttributeError, KeyError, TypeError, ValueError):
            # The record has the keys of its format but not their shapes: what a platform changed.
            self.notes.leave("record-shape", raw.row, raw.sha256, format=taker.form.title)
            return
        if found is not None:
            self.gathered.add(found)

    def _page(self, form: Format, record: Mapping[str, Any], page: Mapping[str, Any]) -> None:
        if form.covers and record:
            self.gathered.counted.update(form.covers(record, page))

    def told(self, aliases: Aliases) -> PostReading:
        """What was read, with aliases."""
        read = self.gathered.count + len(self.notes.left_out)
        clear = self.gathered.table()
        posts, secrets = empty(POSTS), pl.DataFrame(schema=SECRETS)
        if not clear.is_empty():
            posts, secrets = aliased(clear, self.gathered.known, aliases, self.source.sha256)
            posts = _once(posts, self.notes)
        self.notes.finish()
        return PostReading(
            posts=posts,
            problems=self.notes.found,
            format=self.form.code if self.form else "",
            sha256=self.source.sha256,
            rows_read=read,
            unmapped=self.notes.reasons(),
            coverage=coverage(posts, self.gathered.counted),
            left_out=pl.DataFrame(self.notes.left_out, schema=LEFT_OUT, orient="row"),
            secrets=secrets,
        )


def _kind(path: Path, encoding: str) -> Kind:
    kind = kind_of(head_of(path, encoding)[:1024])
    if kind == "parquet":
        raise Refused("file-kind", what="a Parquet file", what_id="berkas Parquet")
    size = path.stat().st_size
    if kind in LARGEST and size > LARGEST[kind]:
        raise Refused("file-large", size=size // _MIB, most=LARGEST[kind] // _MIB)
    return kind


def _unknown(keys: Iterable[Any], container: Any, among: tuple[Format, ...]) -> Refused:
    en, id_ = seen(keys, container)
    if len(among) == 1:
        return Refused("shape-format", format=among[0].title, seen=en, seen_id=id_)
    return Refused("shape-unknown", seen=en, seen_id=id_)


def _once(posts: pl.DataFrame, notes: PostNotes) -> pl.DataFrame:
    """Each post once, as it was collected last; the first of those that are equal in that."""
    if not posts.get_column("post_id").is_duplicated().any():
        return posts
    numbered = posts.with_row_index("#")
    latest = numbered.sort("collected_at", descending=True, nulls_last=True, maintain_order=True)
    kept = latest.unique("post_id", keep="first").select("#").sort("#").to_series()
    again = numbered.filter(~pl.col("#").is_in(kept.implode()))
    for row, raw in again.select("origin_row", "raw").iter_rows():
        notes.leave("record-again", row, raw)
    return posts[kept]
