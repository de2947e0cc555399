"""One measured step of the talk wing in this process: ``python -m tests.bench.talk_steps STEP …``.

Prints JSON: seconds from the file to the result (imports and compiled code of another run apart),
processor time, the largest resident memory, and what was found. ``talk.py`` starts each.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np
import polars as pl

from rukun.engine import local
from tests.bench import talk_text
from tests.bench.others.gauge import begun, taken, tell
from tests.house import ROOT

EXAMPLE: Final = ROOT / "examples" / "jembrana-2024"
_KEY: Final = b"latihan-latihan-latihan-latihan!"


def narratives(posts: str) -> None:
    """From a file of posts to its narratives."""
    from rukun.talk.narratives import narratives

    since = begun()
    found = narratives(pl.read_parquet(posts))
    tell(**taken(since), narratives=found.narratives.height, members=found.members.height)


def near(texts: str) -> None:
    """From a file of texts, one a line, to the groups of those that are nearly the same."""
    from rukun.talk import minhash

    since = begun()
    told = pl.Series(Path(texts).read_text(encoding="utf-8").split("\n"))
    found = minhash.same(minhash.word_sets(told), talk_text.THRESHOLD)
    tell(**taken(since), groups=int(np.unique(found.group).size), texts=len(told))


def exact(texts: str, out: str) -> None:
    """Every pair of a file of texts that is nearly the same, and how many of them the bands find."""
    from rukun.talk import minhash

    since = begun()
    sets = minhash.word_sets(pl.Series(Path(texts).read_text(encoding="utf-8").split("\n")))
    pairs = talk_text.exact_pairs(sets.set_start, sets.sets, talk_text.THRESHOLD)
    took = taken(since)
    np.save(out, pairs.astype(np.int32))
    keys = minhash.band_keys(sets)
    met = (keys[:, pairs[:, 0]] == keys[:, pairs[:, 1]]).any(axis=0)
    tell(**took, pairs=len(pairs), met=int(met.sum()))


def coordination(posts: str) -> None:
    """From a file of posts to the rings in it."""
    from rukun.talk.coordination import find

    since = begun()
    with local() as engine:
        found = find(engine, engine.read(posts))
    tell(**taken(since), edges=found.edges.height, rings=found.rings.height)


def meetings(posts: str, window: str, folder: str) -> None:
    """Who acts together within the window, of each kind, with no test upon it: the join alone."""
    from tests.bench import joined

    since = begun()
    steps = joined.edges(Path(posts), float(window), Path(folder))
    tell(**taken(since), steps=steps)


def screen_load() -> None:
    """The start of the screen in a new process: imports, and everything up to the first verdict."""
    before = perf_counter()
    from rukun.talk.screen import screen

    imported = perf_counter() - before
    since = begun()
    screen("Latihan: hitung ulang suara di TPS 3")
    tell(**taken(since), imports=imported)


def screen(texts: str) -> None:
    """Every text of a file read by the screen, on one core."""
    from rukun.talk.screen import default

    told = pl.read_parquet(texts).to_series().to_list()
    read = default()
    read(told[0])
    since = begun()
    flagged = sum(read(t).flagged for t in told)
    tell(**taken(since), texts=len(told), flagged=flagged)


def reader(code: str, records: str, folder: str) -> None:
    """A file of one format read."""
    from rukun.talk.readers import read_posts
    from tests.bench.files import written

    path = written(code, int(records), Path(folder))
    since = begun()
    found = read_posts(path, _KEY)
    tell(
        **taken(since),
        bytes=path.stat().st_size,
        format=found.format,
        posts=found.posts.height,
        problems=len(found.problems),
    )


def archive(posts: str, folder: str) -> None:
    """A file of posts appended to an empty archive."""
    from rukun.talk.archive import Archive

    rows = pl.read_parquet(posts)
    since = begun()
    added = Archive(Path(folder)).append(rows, "0" * 64)
    tell(**taken(since), new=added.new)


def archive_read(folder: str) -> None:
    """Every post of an archive read once by the engine."""
    from rukun.talk.archive import Archive

    since = begun()
    with local() as engine:
        table = Archive(Path(folder)).read(engine)
        sums = table.agg(posts=table.count(), letters=table.text.length().sum())
        found = engine.collect(sums).row(0)
    size = sum(p.stat().st_size for p in Path(folder).rglob("*.parquet"))
    tell(**taken(since), posts=found[0], letters=found[1], bytes=size)


def digest(posts: str) -> None:
    """Everything that is worked out from a file of posts, with the seconds of each part."""
    from rukun.frame import read_frame
    from rukun.talk.digest import STEPS, Wanted, digest
    from rukun.talk.gazetteer import gazetteer

    wanted = Wanted(gazetteer(read_frame(EXAMPLE)))
    marks: list[float] = []
    since = begun()
    with local() as engine:
        found = digest(engine.read(posts), engine, wanted, lambda _: marks.append(perf_counter()))
    ends = [*marks[1:], perf_counter()]
    parts = {s: e - b for s, b, e in zip(STEPS, marks, ends, strict=True)}
    tell(
        **taken(since),
        parts=parts,
        posts=found.posts,
        narratives=found.narratives.narratives.height,
        claims=found.claims.height,
        rises=len(found.behind),
    )


STEPS: Final[dict[str, Callable[..., Any]]] = {
    f.__name__: f
    for f in (
        narratives,
        near,
        exact,
        coordination,
        meetings,
        screen_load,
        screen,
        reader,
        archive,
        archive_read,
        digest,
    )
}

if __name__ == "__main__":
    STEPS[sys.argv[1]](*sys.argv[2:])
