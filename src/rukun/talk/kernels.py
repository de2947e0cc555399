"""The compiled part of ``rukun.talk.minhash``: words to hashes, bands, the comparison of pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

BANDS: Final = 12
ROWS: Final = 5
HASHES: Final = BANDS * ROWS
#: Words of 64 bits in a bitmap.
_BITMAP: Final = 4
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)

Hashes: TypeAlias = NDArray[np.uint64]
Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
_F = TypeVar("_F", bound=Callable[..., Any])


def compiled(fn: _F) -> _F:
    """``fn`` compiled by numba; the machine code is kept where the disk allows it."""
    try:
        return cast(_F, numba.njit(cache=True, nogil=True)(fn))
    except RuntimeError:  # there is no folder that the cache could be written to
        return cast(_F, numba.njit(nogil=True)(fn))


@compiled
def _mixed(x: np.uint64) -> np.uint64:
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@compiled
def split_words(offsets: Ints, letters: NDArray[np.uint8]) -> tuple[Ints, Hashes]:
    """FNV-1a of each word, mixed, with the highest bit set in the number of a pair and in nothing
    else; the three marks become 0, 1, 2."""
    count = offsets.size - 1
    start = np.zeros(count + 1, np.int64)
    out = np.empty((letters.size + count) // 2 + 1, np.uint64)
    n = 0
    for i in range(count):
        word, length = np.uint64(0xCBF29CE484222325), 0
        for k in range(offsets[i], offsets[i + 1] + 1):
            if k < offsets[i + 1] and letters[k] != 32:
                word = (word ^ np.uint64(letters[k])) * np.uint64(0x100000001B3)
                length += 1
            elif length:
                b = k - length
                marked = length >= 3 and letters[b] == 0xEE and letters[b + 1] == 0x80
                if marked and length == 3:
                    out[n] = np.uint64(letters[k - 1] & 3)
                else:
                    out[n] = _mixed(word) >> np.uint64(1) | np.uint64(marked) << np.uint64(63)
                n += 1
                word, length = np.uint64(0xCBF29CE484222325), 0
        start[i + 1] = n
    return start, out[:n].copy()


@compiled
def distinct(start: Ints, words: Hashes) -> tuple[Ints, Hashes]:
    set_start = np.zeros(start.size, np.int64)
    out = np.empty(words.size, np.uint64)
    n = 0
    for i in range(start.size - 1):
        ordered = np.sort(words[start[i] : start[i + 1]])
        for k in range(ordered.size):
            if k == 0 or ordered[k] != ordered[k - 1]:
                out[n] = ordered[k]
                n += 1
        set_start[i + 1] = n
    return set_start, out[:n].copy()


@compiled
def sizes(set_start: Ints, sets: Hashes) -> Ints:
    out = np.zeros(set_start.size - 1, np.int64)
    for i in range(out.size):
        for k in range(set_start[i], set_start[i + 1]):
            out[i] += sets[k] > np.uint64(2)
    return out


@compiled
def band_keys(set_start: Ints, sets: Hashes, times: Hashes, plus: Hashes) -> Hashes:
    """The MinHashes of each text, the rows of a band folded into one key."""
    count = set_start.size - 1
    out = np.empty((BANDS, count), np.uint64)
    least = np.empty(HASHES, np.uint64)
    for i in range(count):
        least[:] = np.uint64(0xFFFFFFFFFFFFFFFF)
        for k in range(set_start[i], set_start[i + 1]):
            word = _mixed(sets[k] + np.uint64(1))
            for h in range(HASHES):
                value = word * times[h] + plus[h]
                least[h] = min(least[h], value)
        for band in range(BANDS):
            key = np.uint64(band)
            for row in range(ROWS):
                key = _mixed(key ^ least[band * ROWS + row])
            out[band, i] = key
    return out


@compiled
def bitmaps(set_start: Ints, sets: Hashes) -> Hashes:
    out = np.zeros((set_start.size - 1, _BITMAP), np.uint64)
    for i in range(set_start.size - 1):
        for k in range(set_start[i], set_start[i + 1]):
            bit = _mixed(sets[k] + np.uint64(1)) >> np.uint64(56)
            out[i, bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))
    return out


@compiled
def pairs_named(set_start: Ints, sets: Hashes) -> Hashes:
    """One number per text for the pairs it names; texts that name the same pairs have the same."""
    out = np.zeros(set_start.size - 1, np.uint64)
    for i in range(out.size):
        for k in range(set_start[i], set_start[i + 1]):
            if sets[k] >> np.uint64(63):
                out[i] += _mixed(sets[k])
    return out


@compiled
def _ones(x: np.uint64) -> np.uint64:
    """How many bits are set."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@compiled
def _apart(a: Hashes, b: Hashes) -> int:
    """At least so many words are in one of two texts only."""
    found = np.uint64(0)
    for k in range(_BITMAP):
        found += _ones(a[k] ^ b[k])
    return int(found)


@compiled
def _shared(a: Hashes, b: Hashes) -> int:
    """How many words two sorted sets share."""
    i, j, n = 0, 0, 0
    while i < a.size and j < b.size:
        if a[i] == b[j]:
            n += 1
            i += 1
            j += 1
        elif a[i] < b[j]:
            i += 1
        else:
            j += 1
    return n


@compiled
def similarities(set_start: Ints, sets: Hashes, left: Ints, right: Ints) -> Floats:
    """The exact Jaccard of each pair of texts."""
    out = np.empty(left.size, np.float64)
    for p in range(left.size):
        a = sets[set_start[left[p]] : set_start[left[p] + 1]]
        b = sets[set_start[right[p]] : set_start[right[p] + 1]]
        shared = _shared(a, b)
        out[p] = shared / max(a.size + b.size - shared, 1)
    return out


@compiled
def _contains(ordered: Hashes, word: np.uint64) -> bool:
    k = np.searchsorted(ordered, word)
    return bool(k < ordered.size and ordered[k] == word)


@compiled
def _run(words: Hashes, other: Hashes, step: int) -> int:
    """How many words at the head (step 1) or the tail (−1) the other set lacks; marks are
    passed over."""
    k = 0 if step > 0 else words.size - 1
    n = 0
    while 0 <= k < words.size:
        if words[k] > np.uint64(2):
            if _contains(other, words[k]):
                break
            n += 1
        k += step
    return n


@compiled
def _plain(words: Hashes) -> int:
    n = 0
    for k in range(words.size):
        n += words[k] > np.uint64(2)
    return n


@compiled
def _commented(a: Hashes, a_set: Hashes, b: Hashes, b_set: Hashes, both_framed: bool) -> bool:
    """Whether the difference of two texts is words put in front of or behind one of them."""
    a_head, a_tail = _run(a, b_set, 1), _run(a, b_set, -1)
    b_head, b_tail = _run(b, a_set, 1), _run(b, a_set, -1)
    more = _plain(a) - _plain(b)
    fringe = a_head + a_tail - b_head - b_tail
    if (more > 0 and fringe > 0) or (more < 0 and fringe < 0):
        return True
    least = 1 if both_framed else 2
    return min(max(a_head, a_tail), max(b_head, b_tail)) >= least


@compiled
def _hashed(words: Hashes) -> Hashes:
    """The polynomial hash of the first k words, for each k."""
    out = np.zeros(words.size + 1, np.uint64)
    for k in range(words.size):
        out[k + 1] = out[k] * _PRIME + words[k] + np.uint64(1)
    return out


@compiled
def text_keys(start: Ints, words: Hashes) -> Hashes:
    """One number per text, from its words in their order."""
    out = np.zeros(start.size - 1, np.uint64)
    for i in range(out.size):
        for k in range(start[i], start[i + 1]):
            out[i] = out[i] * _PRIME + words[k] + np.uint64(1)
    return out


@compiled
def framed(start: Ints, words: Hashes, known: Hashes) -> Flags:
    """Which texts are another text, word for word, with words put in front or behind (up to a
    quarter of them). ``known`` are the sorted keys of all texts."""
    maybe = _sieve(known)
    out = np.zeros(start.size - 1, np.bool_)
    for i in range(out.size):
        out[i] = _frames(words[start[i] : start[i + 1]], known, maybe)
    return out


@compiled
def _sieve(known: Hashes) -> Flags:
    """True where a known key may be, by its lowest bits: most questions end here."""
    size = 1024
    while size < 16 * known.size:
        size *= 2
    out = np.zeros(size, np.bool_)
    for key in known:
        out[np.int64(_mixed(key) & np.uint64(size - 1))] = True
    return out


@compiled
def _known(known: Hashes, maybe: Flags, key: np.uint64) -> bool:
    place = np.int64(_mixed(key) & np.uint64(maybe.size - 1))
    return bool(maybe[place] and _contains(known, key))


@compiled
def _frames(text: Hashes, known: Hashes, maybe: Flags) -> bool:
    heads = _hashed(text)
    power = np.uint64(1)
    for _ in range(text.size - text.size // 4):
        power = power * _PRIME
    for kept in range(text.size - text.size // 4, text.size):
        cut = text.size - kept
        if _known(known, maybe, heads[kept]) and _plain(text[kept:]):
            return True
        tail = heads[-1] - heads[cut] * power
        if _known(known, maybe, tail) and _plain(text[:cut]):
            return True
        power = power * _PRIME
    return False


@compiled
def _root(parent: Ints, i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


@compiled
def roots(parent: Ints) -> Ints:
    """The smallest index of each component."""
    out = np.empty(parent.size, np.int64)
    for i in range(parent.size):
        out[i] = _root(parent, i)
    return out


@compiled
def _near(a: Hashes, b: Hashes, a_bits: Hashes, b_bits: Hashes, threshold: float) -> bool:
    """Whether two sets have at least this Jaccard; bitmaps end most questions early."""
    both = a.size + b.size
    # The overlap is at most (both − words apart) / 2.
    most = (both - _apart(a_bits, b_bits)) // 2
    if most + 1e-9 < threshold * (both - most):
        return False
    shared = _shared(a, b)
    return bool(shared + 1e-9 >= threshold * (both - shared))


@compiled
def join(
    order: Ints,
    keys: Ints,
    leads: Flags,
    start: Ints,
    words: Hashes,
    set_start: Ints,
    sets: Hashes,
    marks: Hashes,
    frames: Flags,
    named: Hashes,
    parent: Ints,
    threshold: float,
) -> Ints:
    """Verify the pairs of one band and unite them in ``parent``.

    Texts ``order`` stand in the order of their ``keys``; a text that ``leads`` is compared with
    those behind it under the same key. Pairs already in one component are passed over: that
    changes no component. Returns the pairs that a comment keeps apart.
    """
    apart = np.empty((64, 2), np.int64)
    n = 0
    first = 0
    for end in range(1, order.size + 1):
        if end < order.size and keys[end] == keys[first]:
            continue
        for x in range(first, end):
            if not leads[x]:
                continue
            i, last = order[x], -1
            a = sets[set_start[i] : set_start[i + 1]]
            for y in range(x + 1, end):
                j = order[y]
                if named[i] != named[j]:
                    continue
                there = _root(parent, j)
                here = _root(parent, i)
                if here == there:
                    continue
                b = sets[set_start[j] : set_start[j + 1]]
                if not _near(a, b, marks[i], marks[j], threshold):
                    continue
                text, other = words[start[i] : start[i + 1]], words[start[j] : start[j + 1]]
                if _commented(text, a, other, b, frames[i] and frames[j]):
                    if there == last:
                        continue
                    if n == len(apart):
                        apart = np.concatenate((apart, np.empty_like(apart)))
                    apart[n, 0], apart[n, 1] = i, j
                    n += 1
                    last = there
                else:
                    parent[max(here, there)] = min(here, there)
        first = end
    return apart[:n].copy()
