"""Texts whose word sets are nearly the same: MinHash bands, then the exact Jaccard of each pair.

MinHash: Broder 1997; bands: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3. With
12 bands of 5 rows a pair of Jaccard .8 is a candidate with probability 1 − (1 − .8⁵)¹² = .991.
Before the exact comparison, a bitmap of each set bounds the overlap from above (Sandes et al.
2017), and in a large bucket only texts that share a rare word are compared at all; neither loses
a pair, so that many texts of one pattern stay quick.

Words are 64-bit hashes; everything here depends on the texts alone, not on their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from rukun.talk import kernels
from rukun.talk.kernels import HASHES, Flags, Floats, Hashes, Ints

Pairs: TypeAlias = NDArray[np.int64]
_Candidates: TypeAlias = tuple[Ints, Ints, Flags]
#: Above so many texts in a bucket, those that share no rare word are not compared.
LARGE_BUCKET: Final = 512


@dataclass(frozen=True)
class WordSets:
    """Texts as words. ``words[start[i]:start[i + 1]]`` are those of text i in their order, masks
    as 0, 1 and 2; ``sets[set_start[i]:set_start[i + 1]]`` the distinct ones, sorted."""

    start: Ints
    words: Hashes
    set_start: Ints
    sets: Hashes

    @property
    def sizes(self) -> Ints:
        """How many distinct words each text has; links, mentions and numbers do not count."""
        return kernels.sizes(self.set_start, self.sets)

    @property
    def keys(self) -> Ints:
        """A number per text; texts with the same words in the same order have the same one."""
        return kernels.text_keys(self.start, self.words).view(np.int64)


@dataclass(frozen=True)
class Same:
    """Which texts are the same: ``group`` numbers of texts (the smallest index in the group),
    and ``commented``: pairs alike in their words, where one is the other with a comment."""

    group: Ints
    commented: Pairs


def word_sets(texts: pl.Series) -> WordSets:
    """The word sets of texts as ``rukun.talk.normal.words`` gives them."""
    arrow = cast(Any, pa.array(texts.to_arrow(compat_level=pl.CompatLevel.oldest())))
    arrow = arrow.cast(pa.large_string())
    _, ends, data = arrow.buffers()
    offsets = np.frombuffer(ends, np.int64)[arrow.offset : arrow.offset + len(arrow) + 1]
    letters = np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)
    start, words = kernels.split_words(offsets, letters)
    set_start, sets = kernels.distinct(start, words)
    return WordSets(start, words, set_start, sets)


def band_keys(sets: WordSets) -> Hashes:
    """One key per band (row) and text (column); texts with an equal key are candidates."""
    return kernels.band_keys(
        sets.set_start, sets.sets, _coefficients(HASHES), _coefficients(HASHES, 77)
    )


def same(sets: WordSets, threshold: float) -> Same:
    """Connected components of the pairs with a Jaccard of at least ``threshold``.

    A pair where one text is the other with words put in front or behind is not joined: a comment
    can turn a text into its opposite ("hoax: …"). Nor are texts that name different pairs.
    """
    count = sets.set_start.size - 1
    parent = np.arange(count)
    bitmaps = kernels.bitmaps(sets.set_start, sets.sets)
    named = kernels.pairs_named(sets.set_start, sets.sets)
    known = np.sort(kernels.text_keys(sets.start, sets.words))
    framed = kernels.framed(sets.start, sets.words, known)
    texts = (sets.start, sets.words, sets.set_start, sets.sets)
    found = [np.zeros((0, 2), np.int64)]
    for keys in band_keys(sets):
        for order, buckets, leads in _candidates(keys.view(np.int64), sets, threshold):
            joined = kernels.join(
                order, buckets, leads, *texts, bitmaps, framed, named, parent, threshold
            )
            found.append(joined)
    group = kernels.roots(parent)
    return Same(group, _between(group, np.concatenate(found)))


def _candidates(keys: Ints, sets: WordSets, threshold: float) -> tuple[_Candidates, _Candidates]:
    """The texts of a band by their keys, and those of its largest buckets by their rare words."""
    order = np.argsort(keys, kind="stable")
    ends = np.flatnonzero(np.diff(keys[order], append=~keys[order][-1:]))
    sizes = np.diff(ends, prepend=-1)
    large = np.repeat(sizes > LARGE_BUCKET, sizes)
    bucket = np.repeat(np.arange(sizes.size), sizes)
    small = order[~large]
    return (
        (small, keys[small], np.ones(small.size, np.bool_)),
        _by_rare_words(order[large], bucket[large], sets, threshold),
    )


def _by_rare_words(texts: Ints, bucket: Ints, sets: WordSets, threshold: float) -> _Candidates:
    """Texts of each bucket under their rarest words: two that are near share one of them.

    Prefix filter with index prefixes, texts by size (Xiao et al., PPJoin, 2008).
    """
    begin = sets.set_start[texts]
    lengths = sets.set_start[texts + 1] - begin
    owner = np.repeat(np.arange(texts.size), lengths)
    place = np.arange(owner.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    words, known, often = np.unique(
        sets.sets[begin[owner] + place], return_inverse=True, return_counts=True
    )
    known = known[np.lexsort((known, often[known], owner))]
    probed, led = (
        (lengths - np.ceil(t * lengths - 1e-9)).astype(np.int64)[owner] + 1
        for t in (threshold, 2 * threshold / (1 + threshold))
    )
    kept = place < probed
    keys = bucket[owner] * words.size + known
    order = np.flatnonzero(kept)
    order = order[np.lexsort((owner[order], lengths[owner[order]], keys[order]))]
    return texts[owner[order]], keys[order], (place < led)[order]


def jaccard(sets: WordSets, left: Ints, right: Ints) -> Floats:
    """The exact Jaccard of each pair of texts (left[p], right[p])."""
    return kernels.similarities(sets.set_start, sets.sets, left, right)


def _between(group: Ints, pairs: Pairs) -> Pairs:
    """One pair for each two groups that a comment keeps apart."""
    ends = np.sort(group[pairs], axis=1)
    return np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)


def _coefficients(count: int, seed: int = 1) -> Hashes:
    """Fixed odd numbers, one per hash function (splitmix64)."""
    with np.errstate(over="ignore"):
        z = np.arange(seed, seed + count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return cast(Hashes, (z ^ (z >> np.uint64(31))) | np.uint64(1))
