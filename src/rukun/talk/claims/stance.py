"""Who stands behind a statement: the post asserts, asks, denies, corrects or passes it on."""

from __future__ import annotations

import re
from typing import Final

from rukun.talk.claims.sentences import Sentence
from rukun.talk.claims.words import ClaimWords

_WHOLE: Final = re.compile(
    r"(?:^\W{0,4}(?:\[?(?:hoaks|hoax|klarifikasi|disinformasi|cek fakta)\]?)\b"
    r"|(?:itu|ini|kabar|informasi|info|berita|isu)\s+(?:itu\s+|ini\s+|tersebut\s+)?"
    r"(?:tidak benar|tdk benar|hoaks|hoax|bohong|ga bener|gak bener|nggak bener|ora bener|ten patut|sing beneh))"
)


def denied_as_a_whole(text: str) -> bool:
    """Whether the post says of what it tells that it is not so (small letters)."""
    return bool(_WHOLE.search(text))


def stance(sentence: Sentence, at: int, words: ClaimWords) -> str:
    """The stance of a sentence to the statement that begins at ``at``."""
    masked = sentence.masked
    if re.search(r"(?:bukan|dudu|boya)\s+$", masked[:at]):
        return "denies"
    if words.pattern("stance.corrects").search(masked):
        return "corrects"
    if words.pattern("stance.asks").search(masked) or (sentence.asks and not _rhetorical(masked)):
        return "asks"
    if words.pattern("stance.denies").search(masked):
        return "denies"
    return "quotes" if words.pattern("stance.quotes").search(masked) else "asserts"


def negated(masked: str, at: int, words: ClaimWords) -> bool:
    """Whether a word that denies stands right before ``at``: *tidak pernah dibuka*."""
    pattern = r"{stance.negators}\s+(?:(?:pernah|sempat|ada|yang|yg|taen|tau|tahu)\s+){0,2}$"
    return bool(words.compiled(pattern).search(masked[max(0, at - 30) : at]))


def unreal(sentence: Sentence, at: int, words: ClaimWords) -> bool:
    """Whether the statement is only wished, feared, planned or supposed."""
    return bool(words.pattern("stance.unreal").search(sentence.masked[:at]))


def _rhetorical(masked: str) -> bool:
    """*Kok* and *masa* ask for a reason, not whether it is so."""
    return bool(re.search(r"\b(?:masa|masak|kok bisa|kenapa|mengapa|ngapain)\b", masked))
