"""What the search for coordination is told, and the guard on wide windows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rukun.errors import UserError

#: Kinds of shared objects, in the order of their columns.
KINDS: Final = ("text", "link", "repost", "reply")
Kind = Literal["text", "link", "repost", "reply"]
#: Beyond this many seconds crowds that act together live break the null model.
WIDEST: Final = 300.0
#: Mean delays, in seconds, of people who react to the same thing for themselves and are quick:
#: no source is taken to have readers quicker than the last, nor slower than the first.
QUICK: Final = 20.0
QUICKEST: Final = 11.0
#: Share of a pair's objects that must come each from a fresh source, for it to span sources:
#: fans of many favourites come back to each of them.
FRESH: Final = 0.8


@dataclass(frozen=True, slots=True)
class Known:
    """Accounts known to act together openly: a newsroom and its regional pages, a campaign's
    official accounts. ``reason`` is what a person wrote down for it."""

    name: str
    accounts: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """``window``, ``close`` and ``wide``: seconds. ``fewest``: objects a pair must share to be
    looked at. ``family``: chance of any wrong strong pair (Bonferroni); ``false``: share of wrong
    pairs to look at (Benjamini–Hochberg). ``regular``: objects of a source that make an account a
    regular of it; ``spans``: sources, not both being regulars of them, that make a pair more than
    fans of common favourites. ``popular``: sharers from which on an object is counted by itself. ``words``:
    fewest words of a text that is an object."""

    window: float = 60.0
    close: float = 10.0
    wide: float = 300.0
    fewest: int = 3
    family: float = 0.01
    false: float = 0.05
    regular: int = 2
    spans: int = 5
    popular: int = 200
    words: int = 8
    known: Sequence[Known] = ()

    def __post_init__(self) -> None:
        if not 0 < self.close < self.window <= self.wide:
            raise UserError(
                "coordination-window",
                f"windows of {self.close:g}, {self.window:g} and {self.wide:g} s are not in order.",
                "The close window must be shorter than the window, and that no longer than the wide one.",
            )
        if self.window > WIDEST:
            raise UserError(
                "coordination-window",
                f"a window of {self.window:g} s is too wide: crowds that follow an event live "
                "act together by chance, and the expected counts no longer hold.",
                f"Use {WIDEST:g} s or less, or look at one narrative.",
            )

    def usual(self, delay: float) -> float:
        """The share of close meetings among those inside the window, of people who react for
        themselves with delays that fall exponentially around this mean: .41 and .60 for the
        quick and the quickest, with 10 and 60 seconds."""
        inside, near = (1.0 - math.exp(-s / delay) for s in (self.window, self.close))
        return near / inside
