"""Near-duplicate texts by another library: ``near.py TEXTS.txt OUT.npy LIBRARY HASHES BANDS``.

One text a line, its words apart by a space. Writes the candidate pairs (numbers of lines), and
prints seconds from the file to the pairs. BANDS 0: the library's own choice for the threshold.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import gauge
import numpy as np

THRESHOLD = 0.8


def by_datasketch(texts: list[str], hashes: int, bands: int) -> Iterator[Iterable[int]]:
    """For each text the numbers of its candidates, by datasketch's MinHashLSH."""
    from datasketch import MinHash, MinHashLSH

    params = (bands, hashes // bands) if bands else None
    index = MinHashLSH(threshold=THRESHOLD, num_perm=hashes, params=params)
    sketches = []
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=hashes, seed=1)
        sketch.update_batch([w.encode() for w in set(text.split(" "))])
        sketches.append(sketch)
        index.insert(number, sketch, check_duplication=False)
    return (index.query(s) for s in sketches)


def by_rensa(texts: list[str], hashes: int, bands: int) -> Iterable[Iterable[int]]:
    """For each text the numbers of its candidates, by rensa's RMinHashLSH."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=hashes, num_bands=bands)
    words = [t.split(" ") for t in texts]
    sketches = RMinHash.from_token_sets(words, num_perm=hashes, seed=1)
    index.insert_many(sketches)
    return index.query_all(sketches)


LIBRARIES = {"datasketch": by_datasketch, "rensa": by_rensa}


def main(texts: Path, out: Path, library: str, hashes: int, bands: int) -> None:
    """The candidate pairs of these texts."""
    since = gauge.begun()
    told = texts.read_text(encoding="utf-8").split("\n")
    found = LIBRARIES[library](told, hashes, bands)
    pairs = _pairs(found)
    took = gauge.taken(since)
    np.save(out, pairs)
    gauge.tell(**took, candidates=len(pairs), texts=len(told))


def _pairs(found: Iterable[Iterable[int]]) -> np.ndarray:
    """Each pair once, the smaller number first."""
    parts = []
    for number, others in enumerate(found):
        later = np.fromiter((o for o in others if o > number), np.int32)
        parts.append(np.stack((np.full(later.size, number, np.int32), later), axis=1))
    return np.concatenate(parts)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
