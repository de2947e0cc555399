"""Posts written for the project by several authors, each without sight of the others' or the lists.

One file per author, with label, mode, group (threat_incite, protected, hostile, claim, ordinary,
selfharm), kind and text. They name nobody. Each author has a way of saying things of their own:
what the screen learns from some must be measured on another.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
#: Authors who wrote posts in pairs that differ in a word or two and are harmful and harmless:
#: good to learn from, and unlike any stream. The threshold does not follow them.
PAIRED: Final = frozenset({"c", "j"})


@dataclass(frozen=True, slots=True)
class Authored:
    """A post by one of the authors, with what it is."""

    text: str
    label: str
    mode: str
    group: str
    kind: str
    author: str


@cache
def authored() -> tuple[Authored, ...]:
    """All posts, author by author, in the order they were written in."""
    found: list[Authored] = []
    for path in sorted(HERE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [Authored(**row, author=path.stem) for row in csv.DictReader(file)]
    return tuple(found)
