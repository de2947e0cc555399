"""The affixed forms of an act in Indonesian, Balinese and Javanese.

Only what informal writing uses of the verb morphology: bare and imperative, active with its nasal,
passive, the noun of the act, and the form whose subject is the speaker. After Sneddon,
*Indonesian: A Comprehensive Grammar*, ch. 1; for Javanese and Balinese the same pattern with
their own endings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

Form = Literal["bare", "active", "passive", "noun", "selfact"]
Forms = dict[str, Form]

_ENDINGS = {
    "id": ("", "kan", "i", "in", "lah", "kanlah", "ilah", "inlah"),
    "ban": ("", "in", "ang", "ne"),
    "jv": ("", "en", "ono", "ana", "i", "ke", "no", "ake", "nen", "ane"),
}
_NASAL = {"p": "m", "t": "n", "k": "ng", "s": "ny"}


def forms(language: str, root: str) -> Forms:
    """Every form of ``root`` with its kind; ``root:i,kan`` allows these endings only."""
    stem, _, limits = root.partition(":")
    allowed = tuple(limits.split(",")) if ":" in root else None
    if " " in stem or "-" in stem:
        return _unsplit(stem)
    make = {"id": _indonesian, "ban": _balinese, "jv": _javanese}[language]
    found: Forms = {}
    for ending in _ENDINGS[language] if allowed is None else allowed:
        for word, kind in make(stem, ending):
            found.setdefault(word, kind)
    return found


def _unsplit(stem: str) -> Forms:
    return {stem: "bare", f"di{stem}": "passive", f"me{stem}": "active"}


def _meng(stem: str, prefix: str) -> str:
    """``meng-``/``peng-`` before the stem, with the Indonesian change of its first sound."""
    first = stem[0]
    if first in "ptks":
        return f"{prefix}{_NASAL[first]}{stem[1:]}"
    if first in "bfv":
        return f"{prefix}m{stem}"
    if first in "cdjz":
        return f"{prefix}n{stem}"
    if first in "aeiough":
        return f"{prefix}ng{stem}"
    return prefix + stem


def _bare_nasal(stem: str) -> str:
    """The colloquial nasal: nyerang, mukul, ngebakar."""
    if stem[0] in _NASAL:
        return _NASAL[stem[0]] + stem[1:]
    if stem[0] == "c":
        return "ny" + stem[1:]
    return ("ng" if stem[0] in "aeiou" else "nge") + stem


def _indonesian(stem: str, ending: str) -> Iterator[tuple[str, Form]]:
    yield stem + ending, "bare"
    if ending.endswith("lah"):
        return
    yield _meng(stem, "me") + ending, "active"
    yield _bare_nasal(stem) + ending, "active"
    yield f"di{stem}{ending}", "passive"
    for me in ("ku", "tak", "gua"):
        yield f"{me}{stem}{ending}", "selfact"
    if ending == "":
        yield _meng(stem, "pe") + "an", "noun"
        yield _meng(stem, "pe"), "noun"
        yield f"ter{stem}", "passive"
    if ending in ("kan", "i"):
        yield _meng(stem, "pe") + "an", "noun"


def _balinese(stem: str, ending: str) -> Iterator[tuple[str, Form]]:
    nasal = {"b": "m" + stem[1:], "d": "n" + stem[1:], "j": "ny" + stem[1:], "g": "ng" + stem[1:]}
    yield stem + ending, "bare"
    yield nasal.get(stem[0], _bare_nasal(stem)) + ending, "active"
    for passive in ("ka", "di"):
        yield f"{passive}{stem}{ending}", "passive"
    yield f"{stem}{ending}a", "passive"


def _javanese(stem: str, ending: str) -> Iterator[tuple[str, Form]]:
    nasal = {"b": "m" + stem, "g": "ng" + stem, "d": "n" + stem, "j": "n" + stem}
    yield stem + ending, "bare"
    yield nasal.get(stem[0], _bare_nasal(stem)) + ending, "active"
    yield f"di{stem}{ending}", "passive"
    yield f"tak{stem}{ending}", "selfact"
