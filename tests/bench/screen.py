"""How the screen does on an author it has not learned from: ``python -m tests.bench.screen``.

For each author in turn the screen is trained on the others, threshold included, and tried on the
one left out. Slow: one training per author.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from rukun.talk.screen import Screen, Verdict, frames, lexicon, scorer
from rukun.talk.screen.evaluate import Case, disguised_recall, found_in_budget, swap_changes
from rukun.talk.screen.generator.authored import authored
from rukun.talk.screen.train import train
from tests.bench.page import row
from tests.talk.screens import BACKGROUND

CRITICISM: Final = ("criticism", "fraud_claim", "recount", "lawful_protest", "protest")
COLUMNS: Final = (
    "author",
    "posts",
    "recall",
    "protected",
    "criticism",
    "others",
    "AUC",
    "leet",
    "dotted",
    "swap",
    "budget",
    "ordinary",
)


def main() -> None:
    """Print one line per author left out, and how quick the screen is."""
    known = sorted({p.author for p in authored()})
    asked = argparse.ArgumentParser(prog="python -m tests.bench.screen", description=__doc__)
    asked.add_argument("authors", nargs="*", default=known, help="whom to leave out")
    asked.add_argument("--posts", type=int, default=4000, help="ordinary posts to mix in")
    options = asked.parse_args()
    posts = _background(options.posts)
    print(row(*COLUMNS), flush=True)
    for author in options.authors:
        screen = Screen(lexicon.shipped(), frames.shipped(), train(without={author}))
        print(row(author, *_measured(screen, author, posts)), flush=True)
    _speed(posts or [p.text for p in authored()])


def _background(posts: int) -> list[str]:
    """Ordinary posts, where the shared language data is at hand."""
    if not BACKGROUND.exists():
        return []
    return list(pl.read_parquet(BACKGROUND).sample(posts, seed=1).get_column("text"))


def _measured(screen: Screen, author: str, ordinary: Sequence[str]) -> list[str]:
    cases = [Case(p.text, p.label, p.group, p.kind) for p in authored() if p.author == author]
    said = list(zip(cases, screen.many(c.text for c in cases), strict=True))
    harm = [v for c, v in said if c.harmful]
    safe = [(c, v) for c, v in said if c.group == "protected"]
    others = [v for c, v in said if not c.harmful and c.group != "protected"]
    caught = _share(harm)
    shares = [caught, _share([v for _, v in safe])]
    shares.append(_share([v for c, v in safe if c.kind.startswith(CRITICISM)]))
    shares += [_share(others), _auc(harm, [v for _, v in safe])]
    shares += [caught - disguised_recall(screen, cases, s) for s in ("leet", "dotted")]
    figures = [f"{s:.3f}" for s in shares]
    figures.append(str(swap_changes(screen, [c.text for c in cases])))
    if ordinary:
        calm = screen.many(ordinary)
        figures += [f"{found_in_budget(harm[: len(calm) // 40], calm):.3f}", f"{_share(calm):.4f}"]
    return [str(len(cases)), *figures]


def _share(verdicts: Sequence[Verdict]) -> float:
    return sum(v.flagged for v in verdicts) / max(1, len(verdicts))


def _auc(harm: Sequence[Verdict], safe: Sequence[Verdict]) -> float:
    """Chance that a harmful post stands above a protected one."""
    high, low = np.array([v.raw for v in harm]), np.array([v.raw for v in safe])
    return float((high[:, None] > low).mean() + (high[:, None] == low).mean() / 2)


def _speed(texts: Sequence[str]) -> None:
    """Loading, and posts a second on one core, the lists and weights being read afresh."""
    started = time.process_time()
    screen = Screen(lexicon.load(), frames.load(), scorer.load())
    screen("halo")
    loaded = time.process_time()
    screen.many(texts)
    rate = len(texts) / (time.process_time() - loaded)
    print(f"loads in {loaded - started:.2f} s; {rate:,.0f} posts/s on one core")


if __name__ == "__main__":
    main()
