"""A post as sentences: what is a place, a pair, a figure in each, and the rest as plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rukun.talk.claims.ballot import Ballot, Choices
from rukun.talk.claims.numbers import Number, numbers
from rukun.talk.claims.words import PAIR, PLACE, ClaimWords
from rukun.talk.gazetteer import Mention

#: A cry of so few words belongs to what follows: *Tertukar! …*
_CRY: Final = 2
_STOP: Final = re.compile(r"[!?\n;]+|\.+(?=\s|$)|…")
_SHORT: Final = re.compile(
    r"(?:^|\W)(?:no|kec|kel|ds|kab|br|jl|nmr|tps|dr|drs|ir|i|prov|st|sdr|c|d|tgl|pkl|rp|dsn|lingk)$"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence: ``start`` is its place in the post, everything else counts from there.

    ``masked`` is in small letters, with each place and each pair as a row of marks. ``asks``:
    it ends in a question mark.
    """

    text: str
    start: int
    masked: str
    places: tuple[Mention, ...]
    choices: tuple[Choices, ...]
    numbers: tuple[Number, ...]
    asks: bool


def sentences(
    text: str, mentions: Sequence[Mention], ballot: Ballot, words: ClaimWords
) -> list[Sentence]:
    """The sentences of a post, with the places that were found in it."""
    small = lowered(text)
    return [
        _sentence(text, small, start, end, asks, mentions, ballot, words)
        for start, end, asks in _spans(small, mentions)
        if small[start:end].strip()
    ]


def lowered(text: str) -> str:
    """The text in small letters, letter for letter at the same place."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _spans(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int, bool]]:
    found, start = [], 0
    for stop in _STOP.finditer(text):
        if stop.group().startswith(".") and _SHORT.search(
            text[max(0, stop.start() - 8) : stop.start()]
        ):
            continue
        if any(m.start < stop.start() < m.end for m in mentions):
            continue
        if stop.group() == "!" and len(text[start : stop.start()].split()) <= _CRY:
            continue
        found.append((start, stop.start(), "?" in stop.group()))
        start = stop.end()
    return [*found, (start, len(text), False)]


def _sentence(
    text: str, small: str, start: int, end: int, asks: bool, mentions: Sequence[Mention],
    ballot: Ballot, words: ClaimWords,
) -> Sentence:  # fmt: skip
    inside = tuple(m for m in mentions if start <= m.start < end)
    masked = list(small[start:end])
    for m in inside:
        _cover(masked, m.start - start, m.end - start, PLACE)
    choices = ballot.choices("".join(masked))
    for c in choices:
        _cover(masked, c.start, c.end, PAIR)
    plain = "".join(masked)
    return Sentence(
        text[start:end], start, plain, inside, tuple(choices), tuple(numbers(plain, words)), asks
    )


def _cover(letters: list[str], start: int, end: int, mark: str) -> None:
    end = min(end, len(letters))
    letters[start:end] = mark * (end - start)
