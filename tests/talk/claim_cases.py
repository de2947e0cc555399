"""Authored posts with the claims that are in them, and how a reader's claims compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from rukun.frame import Frame, read_frame
from rukun.talk.claims import words
from rukun.talk.claims.reading import Reader
from rukun.talk.gazetteer import gazetteer
from tests.house import ROOT

FOLDER: Final = Path(__file__).parent
#: Tuned on; kept apart: written before the reader was, never used to tune it; written after it.
TABLE, APART, LATER = (FOLDER / f"claims_{n}.txt" for n in ("table", "apart", "later"))
_LEVELS: Final = {"kec": "kecamatan", "kab": "regency", "prov": "province"}
_CONTESTS: Final = {"r": "bupati-jembrana-2024", "g": "gubernur-bali-2024"}


class Claim(NamedTuple):
    """What makes two claims the same claim; ``stance`` apart."""

    kind: str
    place: str | None
    contest: str | None
    choice: int | None
    figures: tuple[int, ...]
    stance: str


@dataclass(frozen=True)
class Case:
    """A post with the claims expected in it."""

    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Score:
    """How many claims were found, how many of them are right, how many there are."""

    found: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        """Right among found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right among those there are."""
        return self.right / self.there if self.there else 1.0


@lru_cache(1)
def jembrana() -> Frame:
    """The frame of the example."""
    return read_frame(ROOT / "examples" / "jembrana-2024")


@lru_cache(1)
def reader() -> Reader:
    """A reader of posts about the example."""
    return Reader(gazetteer(jembrana()), words.shipped())


def cases(path: Path) -> list[Case]:
    """The cases of a file: ``expected claims || post``, lines with # apart."""
    lines = [n for n in path.read_text("utf-8").splitlines() if n.strip() and n[0] != "#"]
    return [_case(*n.split("||", 1)) for n in lines]


def place_code(name: str) -> str | None:
    """The code of a place as the files write it."""
    if name in "?-":
        return None
    head, _, number = name.partition("/")
    level, _, bare = head.rpartition(":")
    places = jembrana().places
    kind = _LEVELS.get(level, "village")
    code = places.filter((places["name"] == bare) & (places["kind"] == kind)).item(0, "code")
    return f"{code}{int(number):03d}" if number else code


def read(text: str) -> list[Claim]:
    """The claims the reader finds in a post."""
    return [_as_claim(c) for c in reader().read(text)]


def score(some: Sequence[Case], with_stance: bool = True) -> Score:
    """Found claims against expected ones, over all cases."""
    found = right = there = 0
    for case in some:
        left = [_key(c, with_stance) for c in case.claims]
        there += len(left)
        for claim in (_key(c, with_stance) for c in read(case.text)):
            found += 1
            if claim in left:
                left.remove(claim)
                right += 1
    return Score(found, right, there)


def _key(claim: Claim, with_stance: bool) -> tuple[Any, ...]:
    return tuple(claim) if with_stance else tuple(claim)[:-1]


def _as_claim(row: dict[str, Any]) -> Claim:
    figures = tuple(f["value"] for f in row["figures"])
    return Claim(row["kind"], row["place"], row["contest"], row["choice"], figures, row["stance"])


def _case(expected: str, text: str) -> Case:
    claims = (c.strip() for c in expected.split("|"))
    return Case(text.strip().replace("\\n", "\n"), tuple(_claim(c) for c in claims if c))


def _claim(line: str) -> Claim:
    """``kind place contest choice figures stance``; a place may hold spaces."""
    parts = line.split()
    kind, (contest, choice, figures, stance) = parts[0], parts[-4:]
    number = None if choice == "-" else int(choice)
    values = () if figures == "-" else tuple(_value(f) for f in figures.split("+"))
    place = place_code(" ".join(parts[1:-4]))
    return Claim(kind, place, _CONTESTS.get(contest), number, values, stance)


def _value(figure: str) -> int:
    if figure.endswith("%"):
        whole, _, part = figure[:-1].partition(".")
        return int(whole) * 100 + int((part + "00")[:2])
    return int(figure.lstrip("~"))
