"""Figures as people write them: 73.468, 73,468, 73468, 73 ribu, 71,23 %."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rukun.talk.claims.words import ClaimWords

_SCALES: Final = {
    **dict.fromkeys(("ribu", "ribuan", "rebu", "rb", "rban", "k", "siu", "ewu"), 1_000),
    **dict.fromkeys(("juta", "jutaan", "jt"), 1_000_000),
}
#: A sentence with more numbers is a table; the first so many are read.
_MOST: Final = 100
_ZERO: Final = ("nol", "zero", "kosong")
_NUMBER: Final = re.compile(
    r"(?<![\w.,:/@#\-−])(?:"
    r"(?P<percent>\d{1,3}(?:[.,]\d{1,4})?)\s?(?:%|persen\b|prosen\b|pct\b)"
    rf"|(?P<part>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?(?P<scale>{'|'.join(_SCALES)})\b(?:\s(?P<rest>\d{{3}})(?![\d.,]?\d))?"
    r"|(?P<grouped>\d{1,3}(?:(?P<mark>[.,'\u202f\u00a0])\d{3})(?:(?P=mark)\d{3}){0,3})(?![.,]?\d)"
    r"|(?P<spaced>\d{1,3}\s\d{3}(?=\s+suara))"
    r"|(?P<plain>\d{1,9})(?![.,:/]?\d)"
    rf"|(?P<zero>{'|'.join(_ZERO)})(?=\s+(?:suara|swara)))"
    r"(?![\w])"
)
#: What stands before or behind a number that counts something else.
_NOT_BEFORE: Final = re.compile(
    r"(?:\brp\.?|\bidr|\$|#|\bno\.?|\bnomor|\bnomer|\bpasal|\bayat|\bjam|\bpukul|\bpkl\.?|\btahun|\bthn|\btgl|\btanggal"
    r"|\brt|\brw|\bkm|\bke-?|\busia|\bumur|\bpkpu|\buu|\bvs|\bskor|\brumah|\bkursi|\bpilkada|\bpemilu)\s?$"
)
_NOT_BEHIND: Final = re.compile(
    r"\s?(?:rupiah|perak|lapangan|km\b|meter|kg\b|kilo|liter|hari|tahun|thn|bulan|jam\b|menit|detik|kali\b|x\b|unit|ekor|wita|wib\b|wit\b"
    r"|[-:/]\d|tps\b|kecamatan|desa\b|titik|program|kursi|gol\b|periode|juta|miliar|milyar|triliun"
    r"|(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)[a-z]*\s(?:20)?\d\d)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence. A percentage is in hundredths of a percent.

    ``within``: how far off a rounded one may be (0 for an exact one); ``bound``: least or most.
    """

    start: int
    end: int
    value: int
    percent: bool
    within: int = 0
    bound: str | None = None


def numbers(sentence: str, words: ClaimWords) -> list[Number]:
    """The numbers of a masked sentence in small letters that may count votes or people."""
    found = []
    for m in _NUMBER.finditer(sentence):
        before = sentence[max(0, m.start() - 24) : m.start()]
        if _NOT_BEFORE.search(before) or _NOT_BEHIND.match(sentence, m.end()):
            continue
        value, within = _value(m)
        within, bound = _loosened(value, within, before, words)
        percent = m.group("percent") is not None
        found.append(Number(m.start(), m.end(), value, percent, within, bound))
        if len(found) == _MOST:
            break
    return found


def _value(m: re.Match[str]) -> tuple[int, int]:
    """The value and the unit of a rounded figure's last digit."""
    if text := m.group("percent"):
        whole, _, part = text.replace(",", ".").partition(".")
        exact = int(whole) * 100 + int((part + "00")[:2])
        return exact, 0 if len(part) >= 2 else 100 if not part else 10
    if text := m.group("part"):
        return _scaled(text, _SCALES[m.group("scale")], m.group("rest"))
    if m.group("zero"):
        return 0, 0
    return int(re.sub(r"\D", "", m.group())), 0


def _scaled(text: str, scale: int, rest: str | None) -> tuple[int, int]:
    whole, _, part = text.replace(",", ".").partition(".")
    value = int(whole) * scale + int(part or 0) * scale // 10 ** len(part)
    if rest and not part and scale == 1_000:
        return value + int(rest), 0
    return value, scale // 10 ** len(part) if len(part) < 3 or scale > 1_000 else 0


def _loosened(value: int, within: int, before: str, words: ClaimWords) -> tuple[int, str | None]:
    """A figure said to be about, at least or at most."""
    if words.compiled(r"{rounded.about}\s?$").search(before):
        return max(within, value // 20, 1), None
    for bound in ("least", "most"):
        if words.compiled(rf"{{rounded.{bound}}}\s?$").search(before):
            return within, bound
    return within, None
