"""What a sentence states, before it is known about which place and contest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from rukun.talk.claims.numbers import Number
from rukun.talk.claims.schema import figure
from rukun.talk.claims.sentences import Sentence
from rukun.talk.claims.words import ClaimWords

_ON: Final = ("c_hasil", "d_hasil", "feed")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement of one sentence; ``start`` and ``end`` count from the sentence's beginning.

    ``denied``: a word in the statement itself says it is not so.
    """

    kind: str
    start: int
    end: int
    choice: int | None = None
    contest: str | None = None
    figures: tuple[dict[str, Any], ...] = ()
    denied: bool = False


@dataclass
class Open:
    """A sentence with the numbers that no statement has taken yet."""

    sentence: Sentence
    words: ClaimWords
    taken: set[int] = field(default_factory=set)
    owners: set[int] = field(default_factory=set)

    @property
    def masked(self) -> str:
        """The sentence as plain words."""
        return self.sentence.masked

    def free(self) -> list[Number]:
        """The numbers that are still to be explained."""
        return [n for n in self.sentence.numbers if n.start not in self.taken]

    def take(self, *used: Number) -> None:
        """These numbers are explained."""
        self.taken |= {n.start for n in used}

    def search(self, template: str) -> re.Match[str] | None:
        """Where the template first fits."""
        return self.words.compiled(template).search(self.masked)

    def before(self, at: int, template: str, reach: int = 90) -> re.Match[str] | None:
        """Where the template fits so that it ends at ``at``."""
        text = self.masked[max(0, at - reach) : at]
        return self.words.compiled(template + "$").search(text)

    def behind(self, at: int, template: str) -> re.Match[str] | None:
        """Where the template fits from ``at`` on."""
        return self.words.compiled(template).match(self.masked, at)

    def paper(self, start: int, end: int) -> str | None:
        """The paper that a stretch of the sentence names, the nearest to its end."""
        best: tuple[int, str | None] = (-1, None)
        for name in _ON:
            for m in self.words.pattern(f"change.{name}").finditer(self.masked, max(0, start), end):
                best = max(best, (m.end(), name), key=lambda b: b[0])
        return best[1]


def stated(number: Number, what: str, on: str | None = None) -> dict[str, Any]:
    """A number of a sentence as a figure of a claim."""
    return figure(what, number.value, number.within, number.bound, on)
