"""The words of ``data/claims.toml`` as patterns, and the numbers as people write them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from rukun.talk.place_words import DATA

#: Stand for the letters of a place and of a pair in a masked sentence.
PLACE, PAIR = "\ue010", "\ue011"
_SIGN: Final = re.compile(r"\W")


def any_of(phrases: Iterable[str], open_end: bool = False) -> str:
    """A pattern for any of the phrases as whole words; a space fits spaces, hyphens and points.

    ``open_end``: more letters may follow. The bounds stand outside the alternatives: so written
    it is several times faster than with the bounds inside each.
    """
    sides: dict[tuple[str, str], list[str]] = {}
    for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)):
        parts = r"[\s.\-]{1,3}".join(re.escape(w) for w in re.split(r"[\s\-]+", phrase))
        left = "" if _SIGN.match(phrase[0]) else r"(?<!\w)"
        right = "" if open_end or _SIGN.match(phrase[-1]) else r"(?!\w)"
        sides.setdefault((left, right), []).append(parts)
    found = [f"{a}(?:{'|'.join(p)}){z}" for (a, z), p in sides.items()]
    return f"(?:{'|'.join(found)})"


@dataclass(frozen=True)
class ClaimWords:
    """The parsed file; each list by section and name, as text of a pattern or compiled."""

    raw: Mapping[str, Mapping[str, Any]]

    def text(self, *keys: str) -> str:
        """The pattern for any phrase of the lists, named ``section.name``."""
        return any_of(p for key in keys for p in self.listed(key))

    def listed(self, key: str) -> list[str]:
        """The phrases of one list."""
        section, name = key.split(".")
        return list(self.raw[section][name])

    @lru_cache(None)  # noqa: B019 — one object lives as long as the program
    def pattern(self, *keys: str) -> re.Pattern[str]:
        """``text``, compiled."""
        return re.compile(self.text(*keys))

    @lru_cache(None)  # noqa: B019
    def compiled(self, template: str) -> re.Pattern[str]:
        """A template in which ``{section.name}`` stands for any phrase of that list."""
        found = re.sub(r"\{(\w+\.\w+)\}", lambda m: self.text(m.group(1)), template)
        return re.compile(found.replace("{between}", self.between))

    @cached_property
    def between(self) -> str:
        """What may stand between a label and its figure."""
        return rf"(?:[\s:=(,>\-–~±≈*“\"{PLACE}]++|{self.text('between.words')})"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@lru_cache(1)
def shipped() -> ClaimWords:
    """The words that come with the project."""
    return ClaimWords(tomllib.loads((DATA / "claims.toml").read_text(encoding="utf-8")))
