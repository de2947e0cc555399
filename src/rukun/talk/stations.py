"""Station numbers in a text (*TPS 7*, *tps 007*, *TPS no 3*) and what stands beside what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

_WORDS: Final = dict(
    zip(
        [
            "satu",
            "dua",
            "tiga",
            "empat",
            "lima",
            "enam",
            "tujuh",
            "delapan",
            "sembilan",
            "sepuluh",
            "sebelas",
        ],
        range(1, 12),
        strict=True,
    )
)
_ROMAN: Final = dict(
    zip(
        ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"],
        (2, 3, 4, 6, 7, 8, 9, 11, 12),
        strict=True,
    )
)
_NUMBER: Final = (
    rf"(?:0*\d{{1,3}}|{'|'.join(_WORDS)}|{'|'.join(sorted(_ROMAN, key=len)[::-1])})(?![\w%])"
)
#: A number behind *tps* that counts something else: TPS 3R, TPS 27 November, TPS 7 pagi.
_ELSE: Final = (
    r"(?!\s*(?:r\b|jan|feb|mar(?:et)?\b|apr|mei\b|jun|jul|agu|sep(?:tember)?\b|okt|nov|des(?:ember)?\b"
    r"|pagi|siang|sore|malam|jam\b|orang|meter|km\b|unit|buah|lokasi|titik|hari|tahun|kali\b|kg\b|ton\b"
    r"|truk|persen|juta|ribu))"
    r"(?![.,]\d)"
)
_STATION: Final = re.compile(
    r"\bt\.?p\.?s(?![a-z])[\s.:#\-]{0,4}(?:(?:nomor|nomer|nmr|no)\b)?[\s.:#\-]{0,4}"
    rf"({_NUMBER}){_ELSE}((?:\s?(?:,|dan|&|/|serta|lan|karo|ajak)\s?(?:tps\s?)?{_NUMBER}{_ELSE}){{0,20}})",
    re.IGNORECASE,
)
_ONE: Final = re.compile(_NUMBER, re.IGNORECASE)
_FILL: Final = (
    r"(?:di|pada|desa|desane|ds|kelurahan|kel|lurah|ring|neng|nang|ing|yaitu|tepatnya|dari|wilayah"
    r"|(?:banjar|br|dusun|dsn|lingkungan|lingk|ling)\.?\s+[^\W\d]{2,20})"
)
_AFTER: Final = re.compile(
    rf"[\s,.\-–/(:]{{0,4}}(?:{_FILL}[\s,.\-–/(:]{{1,4}}){{0,3}}", re.IGNORECASE
)
_BEFORE: Final = re.compile(
    r"[\s,.\-–/():]{0,4}(?:(?:di|pada|tepatnya|yaitu|khususnya|ring)\s)?", re.IGNORECASE
)
_ENDS: Final = re.compile(
    rf"{_STATION.pattern}[\s,.\-–/(:]{{0,4}}(?:{_FILL}[\s,.\-–/(:]{{1,4}}){{0,3}}$", re.IGNORECASE
)
_LEVEL: Final = r"(?:desa|ds|kelurahan|kel|kecamatan|kec|kabupaten|kab|provinsi|prov|di)"
_NEAR: Final = re.compile(rf"[\s,.\-–/(]{{0,4}}(?:{_LEVEL}[\s.]{{1,3}}){{0,2}}", re.IGNORECASE)
_LISTED: Final = re.compile(
    rf"[\s,;:=\-–(]*(?:\d[\d.,]*\s*(?:%|persen|suara)?)?[\s,;)\n]*(?:(?:dan|&|serta|{_LEVEL}\.?)\s*)?",
    re.IGNORECASE,
)


class Span(Protocol):
    """Something with a place in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The station numbers that follow one *TPS*; ``first_end`` is where the first one ends."""

    numbers: tuple[int, ...]
    start: int
    end: int
    first_end: int

    @property
    def first(self) -> int:
        """The first number."""
        return self.numbers[0]


def numbers(text: str) -> list[Numbers]:
    """Every *TPS* with its number or numbers."""
    found = []
    for m in _STATION.finditer(text):
        more = [_value(n.group()) for n in _ONE.finditer(m.group(2))]
        first = _value(m.group(1))
        if first:
            found.append(Numbers((first, *more), m.start(), m.end(), m.end(1)))
    return found


def village_of(text: str, span: Numbers, named: Sequence[Span]) -> int | None:
    """Which of the named places stands beside the number: behind it, else before it."""
    for at, m in enumerate(named):
        if m.start >= span.end and _AFTER.fullmatch(text, span.end, m.start):
            return at
    for at, m in enumerate(named):
        if m.end <= span.start and _BEFORE.fullmatch(text, m.end, span.start):
            return at
    return None


def ends_with_station(text: str) -> bool:
    """Whether a text ends with a station's number, so that a village must follow."""
    return "tps" in text[-60:].lower() and bool(_ENDS.search(text[-60:]))


def adjacent(text: str, a: Span, b: Span) -> bool:
    """Whether nothing but a comma or a word like *kecamatan* stands between two places."""
    return bool(_NEAR.fullmatch(text, a.end, b.start))


def in_a_list(text: str, a: Span, b: Span) -> bool:
    """Whether two places are neighbours in a list, each perhaps with its figure."""
    first, then = (a, b) if a.start < b.start else (b, a)
    return then.start - first.end < 40 and bool(_LISTED.fullmatch(text, first.end, then.start))


def _value(word: str) -> int:
    low = word.lower()
    return _WORDS.get(low) or _ROMAN.get(low) or (int(low) if low.isdecimal() else 0)
