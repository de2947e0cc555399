"""Training text of our own: kinds of speech as sentences with slots, filled from word lists.

The grammar lies in ``kinds.toml`` and ``lists.toml`` beside this file. Everything follows from the
seed; the camps are only ever "1" and "2", and nobody is named.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from rukun.talk.screen.generator.spelling import SPELLINGS, disguise

_HERE: Final = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+)\}")
#: Sentences asked of one kind, and how many draws are made before a kind counts as exhausted.
PER_KIND: Final = 150
_DRAWS = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """A made sentence with its kind and truth; ``group`` is its pattern before the slots."""

    text: str
    kind: str
    label: str
    mode: str
    protected: bool
    group: int


@cache
def grammar() -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Kinds and word lists as they stand in the files."""
    kinds = tomllib.loads((_HERE / "kinds.toml").read_text(encoding="utf-8"))["kind"]
    lists = tomllib.loads((_HERE / "lists.toml").read_text(encoding="utf-8"))
    return kinds, lists


def generate(seed: int, per_kind: int = PER_KIND, spellings: bool = True) -> list[Sentence]:
    """Distinct sentences of every kind; with ``spellings`` also disguised ones of the harmful."""
    found: dict[str, Sentence] = {}
    for name, kind in grammar()[0].items():
        for sentence in _of_kind(name, kind, random.Random(f"{seed}:{name}"), per_kind):
            found.setdefault(sentence.text, sentence)
    plain = list(found.values())
    if spellings:
        for sentence in _disguised(plain, random.Random(f"{seed}:spelling"), per_kind):
            found.setdefault(sentence.text, sentence)
    return list(found.values())


def _of_kind(
    name: str, kind: dict[str, Any], dice: random.Random, wanted: int
) -> Iterator[Sentence]:
    patterns: list[str] = kind["sentences"]
    made: set[str] = set()
    for draw in range(wanted * _DRAWS):
        if len(made) == wanted:
            return
        group = draw % len(patterns)
        text = _dressed(_filled(patterns[group], dice), dice)
        if text not in made:
            made.add(text)
            safe = kind.get("protected", False)
            yield Sentence(text, name, kind["label"], kind["mode"], safe, group)


def _filled(pattern: str, dice: random.Random) -> str:
    while _SLOT.search(pattern):
        pattern = _SLOT.sub(lambda m: dice.choice(grammar()[1][m.group(1)]), pattern, count=1)
    return pattern


def _dressed(text: str, dice: random.Random) -> str:
    """Capital, small letters or an end mark, as people write."""
    text = text.replace("Saatnya kita kita", "Saatnya kita").replace("kita kita", "kita")
    style = dice.random()
    if style < 0.35:
        return text.lower()
    text = text[0].upper() + text[1:]
    return text + dice.choice(("", "", ".", "!")) if text[-1].isalnum() else text


def _disguised(plain: list[Sentence], dice: random.Random, wanted: int) -> Iterator[Sentence]:
    harmful = [s for s in plain if s.label in ("incite", "threat")]
    for spelling in SPELLINGS:
        for _ in range(wanted):
            s = dice.choice(harmful)
            text = disguise(s.text, spelling, dice)
            yield Sentence(text, f"{spelling}_spelling", s.label, s.mode, False, s.group)
