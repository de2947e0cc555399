"""The names of a frame as keys, and the words around names, from ``data/places.toml``."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from rukun.frame import Frame
from rukun.places import KINDS
from rukun.talk.spelling import fold

DATA: Final = Path(__file__).parent / "data"
ELSEWHERE: Final = "elsewhere"
_TITLES: Final = ("kabupaten ", "kota ", "provinsi ", "kecamatan ", "kelurahan ", "desa ")
_SIDES: Final = frozenset(["barat", "timur", "utara", "selatan", "kauh", "kangin", "kaja", "kelod"])
#: What a name needs at least, folded: three letters are no name.
_SHORTEST: Final = 4


@dataclass(frozen=True)
class PlaceWords:
    """The words of ``places.toml``, ready for use."""

    levels: Mapping[str, str]
    words: Mapping[str, str]
    spellings: Mapping[str, str]
    everyday: frozenset[str]
    apart: frozenset[str]
    locative: frozenset[str]
    whole: frozenset[str]
    elsewhere: tuple[str, ...]


@lru_cache(1)
def shipped() -> PlaceWords:
    """The words that come with the project."""
    return words(tomllib.loads((DATA / "places.toml").read_text(encoding="utf-8")))


def words(raw: Mapping[str, Any]) -> PlaceWords:
    """The parsed file as :class:`PlaceWords`."""
    return PlaceWords(
        levels={w: kind for kind, line in raw["levels"].items() for w in line.split()},
        words={w: proper for proper, line in raw["words"].items() for w in line.split()},
        spellings=dict(raw["spellings"]),
        everyday=frozenset(fold(n) for n in raw["everyday"]["names"]),
        apart=frozenset(raw["apart"]["words"].split()),
        locative=frozenset(raw["locative"]["words"].split()),
        whole=frozenset(raw["whole"]["words"].split()),
        elsewhere=tuple(raw["elsewhere"]["names"]),
    )


@dataclass(frozen=True)
class Names:
    """``codes``: key → codes of that name, higher places first. ``beginnings``: of all keys."""

    codes: Mapping[str, tuple[str, ...]]
    beginnings: frozenset[str]
    kinds: Mapping[str, str]
    parents: Mapping[str, str | None]
    outside: frozenset[str]

    def above(self, code: str | None) -> list[str]:
        """The places above a place, the nearest first."""
        found: list[str] = []
        parent = self.parents.get(code) if code else None
        while parent:
            found.append(parent)
            parent = self.parents.get(parent)
        return found


def names_of(frame: Frame, data: PlaceWords) -> Names:
    """The names of every place of the frame above the stations, with their irregular spellings."""
    rows = frame.places.select("code", "name", "kind", "parent").rows()
    bare = [(code, _bare(name), kind) for code, name, kind, _ in rows if kind != "tps"]
    codes: dict[str, list[str]] = defaultdict(list)
    for code, name, _kind in sorted(bare, key=lambda r: KINDS.index(r[2])):
        codes[fold(name)].append(code)
    for head, shared in _heads(bare).items():
        codes.setdefault(head, shared)
    for spelling, name in data.spellings.items():
        if fold(name) in codes:
            codes.setdefault(fold(spelling), codes[fold(name)])
    outside = {fold(n) for n in data.elsewhere} - set(codes)
    keys = [k for k in (*codes, *outside) if len(k) >= _SHORTEST]
    return Names(
        codes={k: tuple(codes[k]) for k in codes if len(k) >= _SHORTEST},
        beginnings=frozenset(k[:n] for k in keys for n in range(1, len(k) + 1)),
        kinds={code: kind for code, _, kind, _ in rows},
        parents={code: parent for code, _, _, parent in rows},
        outside=frozenset(outside),
    )


def _bare(name: str) -> str:
    low = name.lower()
    title = next((t for t in _TITLES if low.startswith(t)), "")
    return name[len(title) :]


def _heads(places: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    """What two or more names of one head share: Loloan, of Loloan Barat and Loloan Timur."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, name, _ in places:
        head, _, side = name.rpartition(" ")
        if head and side.lower() in _SIDES:
            found[fold(head)].append(code)
    return {k: v for k, v in found.items() if len(v) > 1}
