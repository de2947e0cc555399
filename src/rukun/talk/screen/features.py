"""A reading as hashed features, in five groups that count alike however many features each has.

Words and their neighbours; parts of words; the same with listed words replaced by their class in
the desk's lists, and by their field of meaning; fields that stand in one sentence or one post.
The hashing trick after Weinberger et al. (2009); all arithmetic is on 64-bit integers, so that
every machine agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rukun.talk.screen.fields import Fields, Tag, shipped
from rukun.talk.screen.text import Word

Ints = NDArray[np.int64]
Codes = NDArray[np.uint64]
#: Buckets of the hashed space, as a power of two, and how many groups lie in it.
BITS: Final = 20
BUCKETS: Final = 1 << BITS
GROUPS: Final = ("words", "parts", "lists", "fields", "together")
#: Longest post that is read, in words: a call may be buried, but not in a book.
LONGEST: Final = 1_500
_STEPS: Final = tuple(
    np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
_LAST: Final = np.uint64(0xFF51AFD7ED558CCD)
_FOLD: Final = np.uint64(33)
_TOP: Final = np.uint64(64 - BITS)


#: Salt, group, longest run that counts, and the signs in order.
_Row = tuple[str, int, int, Sequence[str]]


@lru_cache(200_000)
def code(text: str) -> int:
    """A number for a piece of text, the same on every machine."""
    return crc32(text.encode("utf-8", "replace"))


_EDGES: Final = (code("<s>"), code("</s>"))


def grouped(words: Sequence[Word], fields: Fields | None = None) -> Ints:
    """The features of a reading, each once: group × BUCKETS + bucket, in order."""
    words = words[:LONGEST]
    tags = (fields or shipped()).tags(words)
    forms = [w.form for w in words]
    rows = [("", 0, 3, forms), *_listed(tags), *_meant(tags)]
    found = np.sort(np.concatenate([_runs(rows), *map(pieces, forms), _together(tags)]))
    first = np.ones(len(found), bool)
    first[1:] = found[1:] != found[:-1]
    result: Ints = found[first]
    return result


def neighbours(forms: Sequence[str], size: int) -> Ints:
    """The features of words side by side, in the order of their first word; the beginning and the
    end of the post stand before and after them."""
    codes = np.array(_codes("", forms), np.uint64)
    return _bucketed(_joined(codes, size), 0)


def single(fields: Sequence[str]) -> Ints:
    """The features that say that a post holds a word of a field, in order."""
    codes = np.array([code(f) + code("any") for f in fields], np.uint64)
    return np.sort(_bucketed(_joined(codes, 1), 3))


def _bucketed(codes: Codes, group: int | Ints) -> Ints:
    mixed = (codes ^ (codes >> _FOLD)) * _LAST
    result: Ints = (mixed >> _TOP).astype(np.int64) + group * BUCKETS
    return result


def _codes(salt: str, signs: Sequence[str]) -> list[int]:
    add = code(salt)
    return [_EDGES[0] + add, *(code(s) + add for s in signs), _EDGES[1] + add]


def _joined(codes: Codes, size: int) -> Codes:
    """One number for every run of ``size`` numbers."""
    count = max(0, len(codes) - size + 1)
    total = codes[:count] * _STEPS[0]
    for k in range(1, size):
        total = total * _STEPS[2] + codes[k : k + count] * _STEPS[k]
    return total


def _runs(rows: Iterable[_Row]) -> Ints:
    """Runs of one, two and three signs of every row, none across two rows."""
    codes: list[int] = []
    groups: list[int] = []
    most: list[int] = []
    lengths: list[int] = []
    for salt, of, longest, signs in rows:
        codes += _codes(salt, signs)
        groups.append(of)
        most.append(longest)
        lengths.append(len(signs) + 2)
    row = np.array(codes, np.uint64)
    place = np.repeat(np.arange(len(lengths)), lengths)
    group, limit = np.array(groups)[place], np.array(most)[place]
    found, where = [_joined(row, 1)], [group]
    for size in (2, 3):
        held = (place[size - 1 :] == place[: 1 - size]) & (limit[size - 1 :] >= size)
        found.append(_joined(row, size)[held])
        where.append(group[size - 1 :][held])
    return _bucketed(np.concatenate(found), np.concatenate(where))


@lru_cache(50_000)
def pieces(form: str) -> Ints:
    """A word's parts of three to five letters, with the edges of the word."""
    padded = f"<{form[:40]}>"
    cut = [padded[i : i + n] for n in (3, 4, 5) for i in range(len(padded) - n + 1)]
    return _bucketed(np.array([code(c) for c in cut], np.uint64) * _STEPS[1], 1)


def _listed(tags: Sequence[Tag]) -> Iterable[_Row]:
    """Classes in the desk's lists: side by side whatever stands between, and among the words."""
    yield "class", 2, 3, [t.sign for t in tags if t.sign]
    yield "mixed", 2, 3, [t.sign or t.word for t in tags]


def _meant(tags: Sequence[Tag]) -> Iterable[_Row]:
    """Fields of meaning with their form, without it, and among the words."""
    yield "fine", 3, 3, [t.fine for t in tags if t.fine]
    yield "field", 3, 3, [t.field for t in tags if t.field]
    yield "among", 3, 3, [t.fine or t.word for t in tags]
    yield "any", 3, 1, [f for t in tags for f in t.fields]


def _together(tags: Sequence[Tag]) -> Ints:
    """Pairs of fields in one sentence and in the post."""
    sentences: list[set[str]] = [set()]
    for tag in tags:
        if tag.stop:
            sentences.append(set())
        elif tag.fields:
            sentences[-1].update(tag.fields)
    found = [_pairs(tuple(sorted(s)), "sentence") for s in sentences if len(s) > 1]
    found.append(_pairs(tuple(sorted(set().union(*sentences))), "post"))
    return np.concatenate(found)


@lru_cache(5_000)
def _pairs(names: tuple[str, ...], where: str) -> Ints:
    row = np.array([code(n) for n in names], np.uint64)
    a, b = _corner(len(row))
    return _bucketed(row[a] * _STEPS[0] + row[b] * _STEPS[1] + np.uint64(code(where)), 4)


@lru_cache(400)
def _corner(size: int) -> tuple[Ints, Ints]:
    a, b = np.triu_indices(size, 1)
    return a, b
