"""Places in free text as codes of a frame: which place, where in the text, how sure.

What cannot be told apart is returned as ambiguous with its candidates, never guessed: *Jembrana*
is a regency and a kecamatan, *negara* is mostly the state, *Loloan* is two villages. A station is
a number and a village; a number that the village does not have is no station.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rukun.frame import Frame
from rukun.talk import stations
from rukun.talk.place_words import ELSEWHERE, Names, PlaceWords, names_of, shipped
from rukun.talk.spelling import Token, fold, tokens, visible

SURE, LIKELY, AMBIGUOUS, UNKNOWN = "sure", "likely", "ambiguous", "unknown"
_LONGEST: Final = 5
#: Digits of a village's code; shorter numbers count something.
_CODE: Final = 10
_MOST_CANDIDATES: Final = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text.

    ``code`` is null where ``sure`` is ambiguous or unknown; ``candidates`` are then what it may
    be. ``level`` is a kind of place, or ``elsewhere`` for places outside the frame. ``number``
    is that of a station; ``key`` the folded name.
    """

    code: str | None
    level: str
    start: int
    end: int
    sure: str
    candidates: tuple[str, ...] = ()
    number: int | None = None
    key: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """Finds the places of one frame."""

    frame: Frame
    names: Names
    data: PlaceWords

    def find(self, text: str, hint: str | None = None) -> list[Mention]:
        """The places of a text in order; nested ones (village, kecamatan) are one mention.

        ``hint`` is what the post's place is said to be, a code or a name; it only helps to
        find the village of a station that is named by its number alone.
        """
        text = visible(text)
        named = self._settled(self._named(text), text)
        named = self._nested(named, text)
        return self._with_stations(named, text, hint)

    def place(self, text: str) -> Mention | None:
        """The one place a short text names (a place hint): by code, else by name."""
        if text in self.names.kinds:
            return Mention(text, self.names.kinds[text], 0, len(text), SURE)
        found = self.find(f"di {text.title()}" if text.islower() else f"di {text}")
        return found[0] if len(found) == 1 else None

    def level(self, code: str | None) -> str:
        """The kind of a place; empty for none."""
        return self.names.kinds.get(code or "", "")

    def within(self, inner: str | None, outer: str | None) -> bool:
        """Whether one place lies in another."""
        return outer is not None and outer in self.names.above(inner)

    def _named(self, text: str) -> list[Mention]:
        """Every name as written, longest first, with the level that the word before it states."""
        words = tokens(text)
        found: list[Mention] = []
        i = 0
        while i < len(words):
            length, key = self._longest(words, i)
            mention = self._mention(words, i, length, key) if length else self._coded(words[i])
            if mention is not None:
                found.append(mention)
            i += length or 1
        return found

    def _coded(self, word: Token) -> Mention | None:
        """A village or a station by its official code."""
        if len(word.form) < _CODE or word.form not in self.names.kinds:
            return None
        return Mention(word.form, self.names.kinds[word.form], word.start, word.end, SURE)

    def _longest(self, words: Sequence[Token], i: int) -> tuple[int, str]:
        beginnings, codes, outside = self.names.beginnings, self.names.codes, self.names.outside
        joined, best = "", (0, "")
        if len(words[i].form) < 2 or fold(words[i].form)[:2] not in beginnings:
            return best
        for n in range(min(_LONGEST, len(words) - i)):
            word = words[i + n]
            if n and not word.joined:
                break
            joined += self.data.words.get(word.form, word.form) if n else word.form
            key = fold(joined)
            if key in codes or key in outside:
                best = (n + 1, key)
            if key not in beginnings and key[:-1] not in beginnings:
                break
        return best

    def _mention(self, words: Sequence[Token], i: int, length: int, key: str) -> Mention | None:
        start, end = words[i].start, words[i + length - 1].end
        before = words[i - 1].form if i and words[i].start - words[i - 1].end <= 3 else ""
        if before in self.data.apart and not (i > 1 and words[i - 2].form in self.data.levels):
            return None
        stated = self.data.levels.get(before, "")
        if not stated and self._is_everyday(key) and not self._spoken_of(words, i, length):
            return None
        if key in self.names.outside:
            return Mention(None, ELSEWHERE, start, end, UNKNOWN, key=key)
        codes = self.names.codes[key]
        fitting = tuple(c for c in codes if not stated or self.names.kinds[c] == stated)
        if before in self.data.whole:
            return replace(self._choice(codes[:1], start, end, key, False, True), sure=LIKELY)
        held = self._is_everyday(key) and not stated
        return self._choice(fitting or codes, start, end, key, held, sure=bool(stated))

    def _is_everyday(self, key: str) -> bool:
        return key in self.data.everyday

    def _spoken_of(self, words: Sequence[Token], i: int, length: int) -> bool:
        """Whether an everyday word may be a place here: behind a word of place, with a capital.

        A station's number before it or a neighbour in a list decides later.
        """
        if not all(w.capital for w in words[i : i + length]):
            return i > 0 and (words[i - 1].form.isdigit() or words[i - 1].form in self.data.levels)
        return True

    def _choice(
        self, codes: tuple[str, ...], start: int, end: int, key: str, held: bool, sure: bool
    ) -> Mention:
        kinds = {self.names.kinds[c] for c in codes}
        level = kinds.pop() if len(kinds) == 1 else ""
        if len(codes) == 1 and not held:
            return Mention(codes[0], level, start, end, SURE, key=key)
        state = AMBIGUOUS if not held else UNKNOWN
        return Mention(None, level, start, end, state, codes, key=key)

    def _settled(self, found: list[Mention], text: str) -> list[Mention]:
        """Open names that others decide: the same name with its level, neighbours in a list."""
        if all(m.code for m in found):
            return found
        known = {m.key: m for m in found if m.code}
        out = list(found)
        for at in (*range(len(out)), *reversed(range(len(out)))):
            if out[at].code is None and out[at].candidates:
                out[at] = self._decided(out[at], at, out, text, known)
        return [m for m in out if m.sure != UNKNOWN or m.level == ELSEWHERE or self._open(m, text)]

    def _open(self, mention: Mention, text: str) -> bool:
        """Whether an everyday name stays, as a name that is open: behind a word of place."""
        before = text[: mention.start].split()
        last = before[-1].lower().strip(":,(") if before else ""
        return last in self.data.locative or stations.ends_with_station(text[: mention.start])

    def _decided(
        self, m: Mention, at: int, found: list[Mention], text: str, known: dict[str, Mention]
    ) -> Mention:
        if m.key in known:
            code = known[m.key].code
            return replace(m, code=code, level=self.level(code), sure=LIKELY, candidates=())
        beside = [
            found[j]
            for j in (at - 1, at + 1)
            if 0 <= j < len(found) and stations.in_a_list(text, m, found[j])
        ]
        kinds = {o.level for o in beside if o.code}
        kinds |= {self.level(c) for o in beside for c in o.candidates if len(o.candidates) == 1}
        fitting = [c for c in m.candidates if self.level(c) in kinds]
        if len(fitting) == 1 and any(o.code for o in beside):
            return replace(m, code=fitting[0], level=self.level(fitting[0]), sure=LIKELY)
        return m

    def _nested(self, found: list[Mention], text: str) -> list[Mention]:
        """Neighbours of which one lies in the other are one place: Desa Tuwed, Kec. Melaya."""
        out: list[Mention] = []
        for m in found:
            if out and stations.adjacent(text, out[-1], m):
                joined = self._joined(out[-1], m)
                if joined is not None:
                    out[-1] = joined
                    continue
            out.append(m)
        return out

    def _joined(self, a: Mention, b: Mention) -> Mention | None:
        for inner, outer in ((a, b), (b, a)):
            inside = [c for c in _may_be(inner) if any(self.within(c, o) for o in _may_be(outer))]
            if len(inside) == 1:
                return replace(
                    inner, code=inside[0], level=self.level(inside[0]), start=a.start, end=b.end,
                    sure=SURE if inner.code else LIKELY, candidates=(),
                )  # fmt: skip
        return None

    def _with_stations(self, named: list[Mention], text: str, hint: str | None) -> list[Mention]:
        spans = stations.numbers(text)
        if not spans:
            return [m for m in named if m.sure != UNKNOWN or m.level == ELSEWHERE or m.candidates]
        used: set[int] = set()
        out: list[Mention] = []
        villages = [m for m in named if any(self.level(c) == "village" for c in _may_be(m))]
        for span in spans:
            at = stations.village_of(text, span, named)
            if at is not None:
                used.add(at)
                out += [self._station(n, named[at], span) for n in span.numbers]
            else:
                out.append(self._lone(span, villages, named, hint))
        rest = [m for i, m in enumerate(named) if i not in used]
        return sorted([*out, *rest], key=lambda m: (m.start, m.end, m.number or 0))

    def _lone(
        self,
        span: stations.Numbers,
        villages: list[Mention],
        named: list[Mention],
        hint: str | None,
    ) -> Mention:
        """A station whose village is not beside its number: the only village, or the hint's."""
        keys = {m.code for m in villages}
        if len(keys) == 1 and not any(m.level == ELSEWHERE for m in named):
            found = self._station(span.first, villages[0], span)
        elif hint and not named and (place := self.place(hint)) is not None:
            found = self._station(span.first, place, span)
        else:
            return Mention(None, "tps", span.start, span.first_end, UNKNOWN, number=span.first)
        sure = LIKELY if found.code else found.sure
        return replace(found, sure=sure, start=span.start, end=span.first_end)

    def _station(self, number: int, place: Mention, span: stations.Numbers) -> Mention:
        start, end = min(span.start, place.start), max(span.end, place.end)
        if place.level == ELSEWHERE or (place.level == "tps" and place.code):
            return replace(place, start=start, end=end)
        possible = [c for c in _may_be(place) if self.level(c) == "village"]
        if not possible:
            possible = self._villages_under(_may_be(place))
        there = [f"{v}{number:03d}" for v in possible]
        there = [c for c in there if c in self.names.kinds]
        direct = len(there) == 1 and any(self.level(c) == "village" for c in _may_be(place))
        if direct:
            sure = SURE if place.code and place.sure == SURE else LIKELY
            return Mention(there[0], "tps", start, end, sure, number=number, key=place.key)
        state = AMBIGUOUS if there else UNKNOWN
        few = tuple(there[:_MOST_CANDIDATES])
        return Mention(None, "tps", start, end, state, few, number=number, key=place.key)

    def _villages_under(self, codes: Iterable[str]) -> list[str]:
        tops = set(codes)
        parents = self.names.parents
        return [c for c, k in self.names.kinds.items() if k == "village" and parents[c] in tops]


def gazetteer(frame: Frame, data: PlaceWords | None = None) -> Gazetteer:
    """The gazetteer of a frame, with the shipped words unless others are given."""
    data = data or shipped()
    return Gazetteer(frame, names_of(frame, data), data)


def _may_be(mention: Mention) -> tuple[str, ...]:
    return (mention.code,) if mention.code else mention.candidates
