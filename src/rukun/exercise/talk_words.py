"""What exercise posts say: kinds of speech by their usual share, with the names of villages."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rukun.exercise.posts_plan import Random
from rukun.exercise.posts_words import sentences
from rukun.talk.screen.generator import generate

#: Kinds of speech among what people write of themselves, in parts of a thousand. ``talk`` are
#: neutral sentences of an election week; the others are kinds of the screen's generator.
USUAL: Final[Mapping[str, int]] = {
    "talk": 520, "daily_life": 80, "food": 25, "sport": 30, "ritual": 25, "joke": 20, "banter": 20,
    "housework": 10, "game": 8, "satire": 12, "figure_of_speech": 8,
    "criticism_officials": 45, "criticism_candidates": 30, "fraud_claim": 16, "recount": 16,
    "lawful_protest": 12, "guard_votes": 14, "sanction": 12, "news": 18, "accusation": 8,
    "victim": 4, "quote_condemn": 10, "peace_appeal": 24, "prevention": 6, "history": 4,
    "ban_peace": 6, "jv_peace": 4, "harsh_metaphor": 6,
}  # fmt: skip
#: The same of what is hostile, threatens or incites; multiplied where talk rises.
HOSTILE: Final[Mapping[str, int]] = {
    "dehumanise": 14, "call_attack_people": 2, "call_attack_place": 2, "gather_armed": 1,
    "should_be_harmed": 2, "fraud_and_violence": 2, "condition_blood": 2, "condition_act": 2,
    "direct_threat": 2, "veiled_threat": 2, "expel": 1, "ban_call": 1, "ban_threat": 1,
    "coded_call": 1,
}  # fmt: skip
#: Posts of people in need, in parts of ten thousand.
IN_NEED: Final = 8


@dataclass(frozen=True, slots=True)
class Speech:
    """What is true of a kind of speech."""

    label: str
    mode: str


@cache
def _sentences(seed: int) -> Mapping[str, list[tuple[str, str, str]]]:
    made: dict[str, list[tuple[str, str, str]]] = {}
    for s in generate(seed, spellings=False):
        made.setdefault(s.kind, []).append((s.text, s.label, s.mode))
    return made


@cache
def kinds_of() -> Mapping[str, Speech]:
    """The truth of every kind that may be said."""
    kinds = {k: Speech(v[0][1], v[0][2]) for k, v in _sentences(1).items()}
    return kinds | {"talk": Speech("none", "assert"), "claim": Speech("none", "assert")}


def said(
    rng: Random, raised: NDArray[np.bool_], villages: Sequence[str], rise: float, seed: int
) -> tuple[list[str], list[str]]:
    """A kind and a text for each post; ``villages`` are names to be mentioned, "" for none."""
    names = [*USUAL, *HOSTILE, "self_harm"]
    usual = np.array([*USUAL.values(), *HOSTILE.values(), IN_NEED / 10])
    more = np.array([*USUAL.values(), *(rise * v for v in HOSTILE.values()), IN_NEED / 10])
    ends = [np.cumsum(w) / w.sum() for w in (usual, more)]
    drawn = rng.random(raised.size)
    number = np.where(raised, np.searchsorted(ends[1], drawn), np.searchsorted(ends[0], drawn))
    kinds = [names[i] for i in number]
    neutral = sentences(rng, raised.size).to_list()
    pools, dice = _sentences(seed), random.Random(f"{seed}:talk")
    texts = [
        neutral[i] if kind == "talk" else dice.choice(pools[kind])[0]
        for i, kind in enumerate(kinds)
    ]
    return kinds, [_placed(t, v, dice) for t, v in zip(texts, villages, strict=True)]


_WAYS: Final = ("{t} di {v}", "{t} ({v})", "{v}: {t}", "{t} #{h}", "{t}, {v}")


def _placed(text: str, village: str, dice: random.Random) -> str:
    if not village or dice.random() < 0.35:
        return text
    way = dice.choice(_WAYS)
    return way.format(t=text.rstrip(".!"), v=village, h=village.lower().replace(" ", ""))
