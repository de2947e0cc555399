"""A text as the words that near-duplicates are compared by, and nothing else.

Not for reading meaning: the screen has its own two readings. Here case, width, invisible
characters, punctuation and emoji fall away, and links, mentions and numbers become marks, so
that a copy with another link or another figure is still the same text. The number of a pair is
kept: "pair 1 cheats" and "pair 2 cheats" are not the same text.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import polars as pl

#: Marks of the private use area; ``minhash`` knows them by their first two bytes.
LINK, MENTION, NUMBER = "\ue000", "\ue001", "\ue002"
#: Stands before p and the number of a pair; p0 is the empty box.
PAIR = "\ue003"

_INVISIBLE: Final = (
    r"[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{fe00}-\u{fe0f}\u{feff}]"
)
_LINKS: Final = r"(?:https?://|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*"
_MENTIONS: Final = r"@[\w.-]+"
_FIGURES: Final = r"\b\d+(?:[.,:/-]\d+)+\b"
_PAIRS: Final = (
    r"\b(?:(?:paslon|pasangan(?:\s+calon)?|calon|kandidat|kubu|pair|camp)\s*"
    r"(?:(?:nomor|nomer|no)[.\s]*)?(?:urut\s*)?|(?:nomor|nomer|no)[.\s]*urut\s*)"
    r"0*([1-9]|satu|dua|tiga|empat|lima)\b|\b0([1-9])\b"
)
_EMPTY_BOX: Final = r"\b(?:kotak|kolom)\s+kosong\b"
_NUMBERS: Final = r"\b\d+\b"
_WORDS: Final = rf"[{LINK}{MENTION}{NUMBER}]|{PAIR}?[\w\p{{M}}]+"


def words(texts: pl.Series) -> pl.Series:
    """Each text as its words in order, one space between; "" where there is none.

    NFKC and case folding as Unicode defines them; null stays null.
    """
    plain = texts.str.len_bytes() == texts.str.len_chars()
    folded = texts.str.to_lowercase()
    if not plain.all():
        wide = texts.filter(~plain).str.replace_all(_INVISIBLE, "")
        folded = folded.scatter(
            (~plain).arg_true(), wide.map_elements(_fold, return_dtype=pl.String)
        )
    out = pl.select(_masked(pl.lit(folded)).alias(texts.name))
    return out.to_series()


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _masked(text: pl.Expr) -> pl.Expr:
    return (
        text.str.replace_all(_LINKS, f" {LINK} ")
        .str.replace_all(_MENTIONS, f" {MENTION} ")
        .str.replace_all(_FIGURES, f" {NUMBER} ")
        .str.replace_all(_PAIRS, f" {PAIR}p${{1}}${{2}} ")
        .str.replace_all(_EMPTY_BOX, f" {PAIR}p0 ")
        .str.replace_all(_NUMBERS, f" {NUMBER} ")
        .str.extract_all(_WORDS)
        .list.join(" ")
    )
