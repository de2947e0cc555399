"""The reader of claims measured on posts kept apart, and how fast it and the gazetteer are.

``python -m tests.bench.claims`` prints the table and, with ``--write``, puts it into the page that
explains claims; 1 where a promise was not kept.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

from tests.bench.machine import described
from tests.house import ROOT
from tests.talk.claim_cases import APART, LATER, TABLE, Case, cases, read, reader, score

PAGE: Final = ROOT / "docs" / "explanation" / "claims.md"
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"
LEAST_PRECISION: Final = 0.97
LEAST_RECALL: Final = 0.85
LEAST_POSTS: Final = 5_000
_REPEATS: Final = 20
_RUNS: Final = 3


def quality(some: list[Case]) -> tuple[float, float, float]:
    """Precision and recall with stance, and precision without."""
    strict, loose = score(some), score(some, with_stance=False)
    return strict.precision, strict.recall, loose.precision


def false_alarms(some: list[Case]) -> tuple[int, int]:
    """Posts without a claim in which one is seen, and all posts without a claim."""
    none = [c for c in some if not c.claims]
    return sum(bool(read(c.text)) for c in none), len(none)


def speed(one: Callable[[str], object], texts: list[str]) -> int:
    """Posts a second of processor time, the quickest of three runs."""
    best = float("inf")
    for _ in range(_RUNS):
        begun = time.process_time()
        for text in texts * _REPEATS:
            one(text)
        best = min(best, time.process_time() - begun)
    return int(len(texts) * _REPEATS / best)


def table() -> tuple[str, bool]:
    """The figures as Markdown, and whether every promise was kept."""
    sets = [cases(p) for p in (APART, LATER, TABLE)]
    figures = [quality(c) for c in sets]
    held = [f"{len(c)} ({sum(len(x.claims) for x in c)})" for c in sets]
    rows = ["| | kept apart | written later | tuned on |", "|---|---|---|---|"]
    rows.append(f"| posts (claims in them) | {' | '.join(held)} |")
    for i, name in enumerate(("precision", "recall", "precision without stance")):
        rows.append(f"| {name} | {' | '.join(f'{f[i]:.3f}' for f in figures)} |")
    alarms = ["{} of {}".format(*false_alarms(c)) for c in sets]
    rows.append(f"| a claim seen where there is none | {' | '.join(alarms)} |")
    texts = [c.text for some in sets for c in some]
    places = speed(reader().gazetteer.find, texts)
    claims = speed(reader().read, texts)
    pace = f"Places: {places:,} posts/s; claims: {claims:,} posts/s (one core of {described()[0]}; {described()[-1]})."
    precision, recall, _ = figures[0]
    kept = precision >= LEAST_PRECISION and recall >= LEAST_RECALL and places >= LEAST_POSTS
    return "\n".join([*rows, "", pace]), kept


def main(write: bool) -> int:
    """Print the figures, put them into the page if asked, and say whether they suffice."""
    text, kept = table()
    print(text)
    if write:
        page = PAGE.read_text("utf-8")
        head, _, rest = page.partition(BEGIN)
        tail = rest.partition(END)[2]
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")
    print("Every promise was kept." if kept else "A promise was not kept.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv))
