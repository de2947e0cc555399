"""Which format a file is of: by the keys of its records, or by its headings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rukun.talk.readers.format import Container, Format, Record
from rukun.talk.readers.formats import FORMATS
from rukun.talk.readers.jsonfile import LISTS, WAY

#: Records that are looked at before a file is refused.
LOOKED_AT: Final = 50
_DEEPEST: Final = 4
_USUAL: Final = frozenset(
    re.findall(
        r"\w+",
        """
        akun nama pengguna isi teks pesan tanggal waktu jam tautan kiriman komentar suka bagikan
        tayangan sumber kanal grup halaman lokasi tempat judul nomor no author user username account
        name text message content body date time created at url link likes comments shares
        views title source channel group page location place id post type kind lang language
        hashtags
        """,
    )
)
_WORD: Final = re.compile(r"[^a-z]+")


def known_headings() -> frozenset[str]:
    """Every heading that a format of tables reads."""
    return frozenset(p for f in FORMATS if f.container == "table" for p in f.paths())


def opened(value: Record, around: Record) -> tuple[Record, Record]:
    """A record out of the envelope of the tool that recorded it."""
    data = value.get("data")
    if isinstance(data, dict) and ("item_id" in value or "source_platform" in value):
        return data, value
    meta = value.get("__import_meta")
    return (value, meta) if isinstance(meta, dict) else (value, around)


def nested(value: Record, around: Record, depth: int = 0) -> Iterator[tuple[Record, Record]]:
    """The record itself, and those in the lists of a page."""
    yield opened(value, around)
    for element, page in _below(value, depth):
        yield from nested(element, page, depth + 1)


def _below(value: Record, depth: int) -> Iterator[tuple[Record, Record]]:
    """What stands in the lists of a record, and the record as what surrounds it."""
    if depth >= _DEEPEST:
        return
    for key in LISTS:
        part = value.get(key)
        parts = part if isinstance(part, list) else [part] if isinstance(part, dict) else []
        page = {**value, WAY: "page"} if parts and depth else value
        yield from ((element, page) for element in parts if isinstance(element, dict))


def format_of(
    records: Iterable[tuple[Record, Record]], container: Container, among: Iterable[Format]
) -> Format | None:
    """The first format that one of these records fits."""
    formats = [f for f in among if f.container == container]
    for value, around in records:
        for record, context in nested(value, around):
            for form in formats:
                if form.fits(record, context):
                    return form
    return None


def records_of(
    form: Format, value: Record, around: Record, depth: int = 0
) -> Iterator[tuple[Record, Record]]:
    """The posts in what stands in a file: the record itself, those folded up in it, or those of a
    page. Nothing where none is of this format."""
    record, context = opened(value, around)
    if form.fits(record, context):
        inside = form.unfold(record, context) if form.unfold else None
        yield from [(record, context)] if inside is None else inside
        return
    for element, page in _below(value, depth):
        yield from records_of(form, element, page, depth + 1)


def seen(keys: Iterable[Any], container: Container) -> tuple[str, str]:
    """What a file shows, in English and Indonesian, without anything that may name a person.

    A first row that is no row of headings holds names: so only words that headings are made of
    are said, and of the others how many there are.
    """
    names = [str(k) for k in keys if str(k).strip()]
    known = {p for f in FORMATS for p in f.paths()}
    told = [n for n in names if n in known or _plain(n)][:12]
    what = ("Keys", "Kunci") if container == "json" else ("Headings", "Judul kolom")
    others = len(names) - len(told)
    listed = ", ".join(told)
    en = [
        f"{what[0]}: {listed}." if told else "",
        f"{others} others are not known." if others else "",
    ]
    id_ = [
        f"{what[1]}: {listed}." if told else "",
        f"{others} lainnya tidak dikenal." if others else "",
    ]
    near = _nearest(set(names), container)
    if near:
        en.append(f"It looks most like {near.title}.")
        id_.append(f"Paling mirip {near.title}.")
    return " ".join(filter(None, en)), " ".join(filter(None, id_))


def _plain(name: str) -> bool:
    words = [w for w in _WORD.split(name.lower()) if w]
    return (
        len(name) <= 40
        and bool(words)
        and all(w in _USUAL for w in words)
        and not re.search(r"[\d@]", name)
    )


def _nearest(names: set[str], container: Container) -> Format | None:
    """The format that misses fewest of what it is recognised by, if it has half of it."""

    def missing(form: Format) -> float:
        return min(
            sum(p.split(".")[0] not in names and p not in names for p in s) / len(s)
            for s in form.shape
        )

    best = min((f for f in FORMATS if f.container == container), key=missing)
    return best if missing(best) <= 0.5 else None


def near_code(code: str) -> str:
    """The code of a format that is spelt most like this one."""
    found = difflib.get_close_matches(code, [f.code for f in FORMATS], n=1, cutoff=0.5)
    return found[0] if found else ""
