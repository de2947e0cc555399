"""Which of a post's places a statement is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rukun.talk.claims.drafts import Draft
from rukun.talk.claims.sentences import Sentence
from rukun.talk.gazetteer import AMBIGUOUS, LIKELY, SURE, Mention

_BESIDE: Final = re.compile(
    r"[^\d,;]{0,25}?\b(?:di|ring|neng|nang|ing|pada|se)[\s\-]+(?:\w+[\s.]+){0,1}$|\s*\(?$"
)
_COORDINATED: Final = re.compile(
    r"\s*(?:,|dan|&|serta|lan|sama|/|maupun|atau|ajak|karo)\s*(?:(?:tps|desa|kelurahan|kecamatan|kec|di)\.?\s*)?"
)
_LOOK_BACK: Final = 4


def bound_place(told: Sequence[Sentence], at: int, draft: Draft) -> Mention | None:
    """The place of a statement: named beside it, else the only one of the sentences before it.

    Several places that stand together are ambiguous: the statement may be about any of them.
    """
    sentence = told[at]
    if sentence.places:
        return _within(sentence, draft)
    for earlier in reversed(told[max(0, at - _LOOK_BACK) : at]):
        if earlier.places:
            return _carried(earlier.places)
    later = [p for s in told[at + 1 :] for p in s.places]
    return _carried(later) if later else None


def _carried(places: Sequence[Mention]) -> Mention | None:
    """The one place of other sentences, less sure; None where they name several."""
    if len({(p.code, p.key, p.number) for p in places}) != 1:
        return None
    place = places[0]
    return replace(place, sure=LIKELY) if place.sure == SURE else place


def _within(sentence: Sentence, draft: Draft) -> Mention:
    start, end = sentence.start + draft.start, sentence.start + draft.end
    places = sentence.places
    behind = [i for i, p in enumerate(places) if p.start >= end]
    before = [i for i, p in enumerate(places) if p.end <= start]
    inside = [i for i, p in enumerate(places) if i not in behind and i not in before]
    if inside:
        chosen = inside[-1]
    elif behind and (not before or _beside(sentence, end, places[behind[0]])):
        chosen = behind[0]
    else:
        chosen = before[-1]
    return _alone(sentence, chosen)


def _beside(sentence: Sentence, end: int, place: Mention) -> bool:
    gap = sentence.masked[end - sentence.start : place.start - sentence.start]
    return bool(_BESIDE.fullmatch(gap)) and bool(gap.strip(" ("))


def _alone(sentence: Sentence, chosen: int) -> Mention:
    """The chosen place, or an ambiguous one where others stand with it: *Medewi dan Pulukan*."""
    places = sentence.places
    together = {chosen}
    for i in (chosen - 1, chosen + 1):
        if 0 <= i < len(places) and _together(
            sentence, places[min(i, chosen)], places[max(i, chosen)]
        ):
            together.add(i)
    if len(together) == 1:
        return places[chosen]
    codes = [c for i in sorted(together) for c in ([places[i].code] if places[i].code else [])]
    there = tuple(dict.fromkeys(c for c in codes if c))
    return replace(places[chosen], code=None, sure=AMBIGUOUS, candidates=there)


def _together(sentence: Sentence, a: Mention, b: Mention) -> bool:
    if (a.start, a.end) == (b.start, b.end):
        return True
    gap = sentence.masked[a.end - sentence.start : b.start - sentence.start]
    return bool(_COORDINATED.fullmatch(gap))
