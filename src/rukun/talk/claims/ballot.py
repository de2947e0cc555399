"""Who is on the ballot, as people say it: paslon 1, 02, nomor urut dua, a pair's short name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rukun.contests import Contest
from rukun.frame import Frame
from rukun.talk.claims.words import ClaimWords, any_of

_GAP: Final = r"[\s.:#\-]{0,3}"
_LEAST_LETTERS: Final = 5
#: *Nomor 1* is a pair only where votes are spoken of, and never a queue's or a house's number.
_BARE_HEAD: Final = (
    r"(?<!antrean )(?<!antrian )(?<!rumah )(?<!telepon )(?<!hp )(?<!wa )(?<!kursi )(?<!loket )"
    r"(?<!plat )(?<!undian )(?<!punggung )(?<!\w)nom[oe]r(?!\w)"
)
_OF_VOTES: Final = re.compile(
    r"suara|swara|pilbup|pilgub|pilkada|bupati|gubernur|paslon|calon|\b(?:menang|unggul|kalah)\b|coblos"
)


@dataclass(frozen=True, slots=True)
class Choices:
    """A pair named in a sentence; ``contest`` where the name or the word says which."""

    start: int
    end: int
    number: int
    contest: str | None = None


@dataclass(frozen=True)
class Ballot:
    """The pairs and contests of a frame."""

    frame: Frame
    words: ClaimWords

    @property
    def contests(self) -> Mapping[str, Contest]:
        """Contests by code."""
        return self.frame.contests

    def choices(self, sentence: str) -> list[Choices]:
        """The pairs a masked sentence in small letters names, in order."""
        found: list[Choices] = []
        of_votes = _OF_VOTES.search(sentence)
        for m in self._numbered.finditer(sentence):
            if (
                m.group().startswith(("nomor", "nomer"))
                and "urut" not in m.group()
                and not of_votes
            ):
                continue
            numbers = [g for g in ("n", "bare", "second") if m.group(g)]
            said = self._contest_in(m.group())
            for name in numbers:
                number = self._number(m.group(name))
                if number in self._known:
                    start = m.start() if name != "second" else m.start(name)
                    end = m.end() if name == "second" or "second" not in numbers else m.end("n")
                    found.append(Choices(start, end, number, said))
        return sorted([*found, *self._named(sentence)], key=lambda c: c.start)

    def contest(self, sentence: str) -> str | None:
        """The one contest the words of a sentence speak of; None where none or several."""
        return self._contest_in(sentence)

    def covering(self, place: str | None) -> list[str]:
        """Contests to which a place belongs; all where it is not known."""
        if place is None:
            return list(self.contests)
        return self._covering.get(place, [])

    @cached_property
    def _covering(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for contest, place in self.frame.scope.select("contest", "place").iter_rows():
            found.setdefault(place, []).append(contest)
        return found

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(n for c in self.contests.values() for n in c.numbers)

    def _contest_in(self, text: str) -> str | None:
        found = set()
        for kind in ("regency", "province"):
            if self.words.pattern(f"contest.{kind}").search(text):
                found |= {c for c in self.contests if self._kind(c) == kind}
        return found.pop() if len(found) == 1 else None

    def _kind(self, contest: str) -> str:
        return self.frame.kinds.get(self.contests[contest].place, "")

    @cached_property
    def _ordinals(self) -> dict[str, int]:
        names = ("numbers", "numbers_ban", "numbers_ban_low", "numbers_jv", "ordinals")
        return {w: i for n in names for i, w in enumerate(self.words.listed(f"choice.{n}"), 1)}

    def _number(self, word: str) -> int:
        return self._ordinals.get(word) or (int(word) if word.isdecimal() else 0)

    @cached_property
    def _numbered(self) -> re.Pattern[str]:
        heads = any_of(self.words.listed("choice.heads"), open_end=True)
        spelled = "|".join(sorted(self._ordinals, key=len, reverse=True))
        number = rf"(?:0?[1-9]|{spelled})(?![\w%])(?![.,:]\d|\s?(?:%|persen|ribu|juta|jt|rb)\b)"
        joined = r"\s?(?:dan|&|sama|ajak|lan|karo|dengan|/|serta)\s?(?:(?:paslon|nomor|kubu)\s?)?"
        return re.compile(
            rf"(?:{heads}|{_BARE_HEAD}){_GAP}(?:(?:nomor|nomer|nmr|no){_GAP})?(?:urut{_GAP})?(?P<n>{number})"
            rf"(?:{joined}(?P<second>{number})(?!\s+suara))?"
            r"|(?<![\w.,:/\-])(?P<bare>0[1-9])(?!\w|[.,:/\-]\d)"
        )

    def _named(self, sentence: str) -> list[Choices]:
        found = []
        for pattern, number, contest in self._names:
            found += [
                Choices(m.start(), m.end(), number, contest) for m in pattern.finditer(sentence)
            ]
        return found

    @cached_property
    def _names(self) -> list[tuple[re.Pattern[str], int, str | None]]:
        everyday = frozenset(self.words.listed("choice.everyday"))
        spelled: dict[str, set[tuple[int, str]]] = {}
        for contest in self.contests.values():
            for choice in contest.choices:
                boxes = self.words.listed("choice.empty_box") if choice.empty_box else []
                for name in {*boxes, *_spellings(choice.short, everyday)}:
                    spelled.setdefault(name, set()).add((choice.number, contest.code))
        found: list[tuple[re.Pattern[str], int, str | None]] = []
        for name, meant in sorted(spelled.items(), key=lambda p: -len(p[0])):
            numbers = {n for n, _ in meant}
            if len(numbers) == 1:
                only = next(iter(meant))[1] if len(meant) == 1 else None
                found.append((re.compile(_loose(name)), numbers.pop(), only))
        return found


def _spellings(short: str, everyday: frozenset[str]) -> set[str]:
    """A pair's short name and those parts of it that mean nothing else."""
    parts = [p for p in re.split(r"[\s\-–]+", short.lower()) if p]
    alone = {p for p in parts if len(p) >= _LEAST_LETTERS and p not in everyday}
    return {" ".join(parts), *alone} if len(parts) > 1 else alone


def _loose(name: str) -> str:
    parts = r"[\s\-–&]{0,3}".join(re.escape(p) for p in name.split())
    return rf"(?<!\w){parts}(?!\w)"
