"""Narratives on generated posts: seconds and memory at a million, recall against exact at 100,000.

``python -m tests.bench.talk_text`` prints both; 1 where a promise was not kept.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rukun.talk import minhash
from rukun.talk.kernels import compiled
from rukun.talk.narratives import FEWEST_WORDS, THRESHOLD, narratives
from rukun.talk.normal import words
from tests.bench.others.gauge import peak_bytes
from tests.house import ROOT

POSTS: Final = 1_000_000
RECALL_POSTS: Final = 100_000
#: The quickest of so many runs counts: other work on the machine can only add to the time.
REPEATS: Final = 3
MOST_SECONDS: Final = 20.0
MOST_GB: Final = 2.0
LEAST_RECALL: Final = 0.99
_START: Final = dt.datetime(2024, 11, 27, tzinfo=dt.UTC)
_SYLLABLES: Final = [first + second for first in "bklmnrsdtp" for second in "aiu"]


def generated(count: int, seed: int) -> pl.DataFrame:
    """Posts of which two thirds copy another text, some with edits, links or a comment."""
    draw = np.random.default_rng(seed)
    vocabulary = np.array(
        ["".join(draw.choice(_SYLLABLES, draw.integers(1, 5))) for _ in range(20_000)]
    )
    texts = max(count // 3, 1)
    base = [_text(draw, vocabulary) for _ in range(texts)]
    source = np.minimum((texts * draw.random(count) ** 3).astype(np.int64), texts - 1)
    source[:texts] = np.arange(texts)
    edits = np.where(
        np.arange(count) < texts, 0, draw.choice(6, count, p=[0.5, 0.2, 0.1, 0.05, 0.1, 0.05])
    )
    said = [_edited(draw, base[s], e, vocabulary) for s, e in zip(source, edits, strict=True)]
    return _posts(draw, said)


def _text(draw: np.random.Generator, vocabulary: NDArray[np.str_]) -> list[str]:
    length = int(np.clip(draw.lognormal(2.7, 0.5), 2, 60))
    ranks = (20_000 * draw.random(length) ** 3).astype(np.int64)
    return list(vocabulary[ranks])


def _edited(
    draw: np.random.Generator, text: list[str], edits: int, vocabulary: NDArray[np.str_]
) -> str:
    """0–3 words replaced, left out or put in; 4: with a link; 5: with a comment in front."""
    if edits == 4:
        return f"{' '.join(text)} https://contoh.id/{draw.integers(1_000_000)}"
    if edits == 5:
        return f"{draw.choice(vocabulary)} {draw.choice(vocabulary)}: {' '.join(text)}"
    text = list(text)
    for _ in range(edits):
        k, kind = int(draw.integers(len(text))), draw.integers(3)
        text[k : k + (kind != 2)] = (
            [] if kind == 1 and len(text) > 2 else [str(draw.choice(vocabulary))]
        )
    return " ".join(text)


def _posts(draw: np.random.Generator, said: list[str]) -> pl.DataFrame:
    count = len(said)
    seconds = pl.Series(draw.integers(0, 21 * 86_400, count))
    platforms = pl.Series(["facebook", "tiktok", "x", "telegram"])
    frame = pl.DataFrame(
        {
            "text": said,
            "account": (count // 8 * draw.random(count) ** 2).astype(np.int64),
            "platform": platforms.gather(draw.integers(0, 4, count)),
            "place_hint": pl.Series([None], dtype=pl.String).new_from_index(0, count),
        }
    )
    return frame.sample(fraction=1.0, shuffle=True, seed=int(draw.integers(2**31))).select(
        post_id=pl.concat_str("platform", pl.lit(":"), pl.int_range(pl.len())),
        posted_at=pl.lit(_START).cast(pl.Datetime("us", "UTC")) + pl.duration(seconds=seconds),
        platform="platform",
        account=pl.concat_str(pl.lit("akun-"), pl.col("account").cast(pl.String)),
        place_hint="place_hint",
        text="text",
    )


@compiled
def ones(x):
    """How many bits of a word are 1 (Warren, Hacker's Delight, ch. 5)."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def exact_pairs(start, sets, threshold):
    """Every pair with at least this Jaccard, by looking at all of them (texts by set size)."""
    found = np.empty((1024, 2), np.int64)
    n = 0
    marks = np.zeros((start.size - 1, 4), np.uint64)
    for i in range(start.size - 1):
        for k in range(start[i], start[i + 1]):
            bit = (sets[k] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(56)
            marks[i, bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))
    for i in range(start.size - 1):
        a = sets[start[i] : start[i + 1]]
        for j in range(i + 1, start.size - 1):
            size = start[j + 1] - start[j]
            if a.size < threshold * size - 1e-9:
                break
            differ = 0
            for k in range(4):
                differ += ones(marks[i, k] ^ marks[j, k])
            most = (a.size + size - differ) // 2
            if most + 1e-9 < threshold * (a.size + size - most):
                continue
            b = sets[start[j] : start[j + 1]]
            shared, x, y = 0, 0, 0
            while x < a.size and y < b.size:
                shared += a[x] == b[y]
                less = a[x] <= b[y]
                y += b[y] <= a[x]
                x += less
            if shared + 1e-9 >= threshold * (a.size + b.size - shared):
                if n == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[n, 0], found[n, 1] = i, j
                n += 1
    return found[:n]


def long_texts(posts: pl.DataFrame) -> pl.Series:
    """The distinct texts of posts that are long enough to be compared, as words, smallest first."""
    text = words(posts.get_column("text")).unique().sort()
    sizes = minhash.word_sets(text).sizes
    text = text.filter(pl.Series(sizes >= FEWEST_WORDS))
    widths = np.diff(minhash.word_sets(text).set_start)
    return text.gather(np.argsort(widths, kind="stable"))


def recall(posts: pl.DataFrame) -> tuple[int, int]:
    """How many pairs of distinct long texts are nearly the same, and how many of them the bands
    find."""
    sets = minhash.word_sets(long_texts(posts))
    pairs = exact_pairs(sets.set_start, sets.sets, THRESHOLD)
    keys = minhash.band_keys(sets)
    met = (keys[:, pairs[:, 0]] == keys[:, pairs[:, 1]]).any(axis=0)
    return len(pairs), int(met.sum())


def measured(path: str) -> dict[str, float]:
    """One run in this process: seconds from the file to the narratives, and the peak memory."""
    begun = time.perf_counter()
    found = narratives(pl.read_parquet(path))
    seconds = time.perf_counter() - begun
    return {
        "seconds": seconds,
        "gb": peak_bytes() / 1e9,
        "narratives": found.narratives.height,
        "members": found.members.height,
        "suggested": found.suggested.height,
    }


def _apart(path: str) -> dict[str, float]:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.talk_text", path]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> int:
    """Measure both and say what was found."""
    pairs, met = recall(generated(RECALL_POSTS, 1))
    print(
        f"recall at {RECALL_POSTS:,} posts: {met:,} of {pairs:,} pairs = {met / pairs:.4f}",
        flush=True,
    )
    with TemporaryDirectory(prefix="rukun-bench-") as folder:
        path = f"{folder}/posts.parquet"
        generated(POSTS, 2).write_parquet(path)
        run = min((_apart(path) for _ in range(REPEATS)), key=lambda r: r["seconds"])
    print(f"{POSTS:,} posts: {run}")
    kept = met / pairs >= LEAST_RECALL and run["seconds"] <= MOST_SECONDS and run["gb"] <= MOST_GB
    print("Every promise was kept." if kept else "A promise was not kept.")
    return 0 if kept else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(sys.argv[1])))
    else:
        sys.exit(main())
