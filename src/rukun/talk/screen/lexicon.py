"""The word lists of the screen: data files in, one table of words and phrases out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from rukun.errors import UserError
from rukun.talk.screen.affixes import forms


def listed(text: str) -> list[str]:
    """The words of a text, for lists that read better in one line."""
    return text.split()


DATA: Final = Path(__file__).parent / "data"
LANGUAGES: Final = ("id", "ban", "jv")
FAMILIES: Final = ("kill", "beat", "burn", "destroy", "expel", "assault", "soft")
FORMS: Final = ("bare", "active", "passive", "noun", "selfact")
TARGETS: Final = ("support", "camp", "official", "group", "you", "person", "house", "anyone")
PLACES: Final = ("place", "property")
CUES: Final = listed(
    "call gather deontic cond future self we neg neglong nonneg condemn speech report past hyp "
    "lawful peace but time where ballot endorse"
)
CONTEXTS: Final = listed("sport food ritual game everyday metaphor joke benign")
PHRASES: Final = listed("threat hint incite dox insult dehuman claim selfharm")
SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "weapons": ("weapon", "carry"),
    "targets": (*TARGETS, *PLACES),
    "cues": tuple(CUES),
    "contexts": tuple(CONTEXTS),
    "phrases": tuple(PHRASES),
}
_NAMES = [*FAMILIES, *FORMS, "hard", *(n for names in SECTIONS.values() for n in names)]
_NAMES += ["stop", "comma", "quote", "question", "number", "mask"]
#: Name of a word class → its bit.
BIT: Final[dict[str, int]] = {name: 1 << i for i, name in enumerate(_NAMES)}
ACT: Final = sum(BIT[n] for n in FAMILIES)
TARGET: Final = sum(BIT[n] for n in (*TARGETS, *PLACES))
#: Endings that a word may carry beside its own: the ending and the class it adds.
_ENCLITICS = (("nya", "person"), ("mu", "you"), ("lah", ""), ("pun", ""), ("ne", ""), ("e", ""))
_OWNED = sum(BIT[n] for n in ("house", "place", "property", "support", "official"))


@dataclass
class Lexicon:
    """Words and phrases with their classes as bits; ``markers`` and ``guarded`` per language."""

    words: dict[str, int] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    slang: dict[str, str] = field(default_factory=dict)
    markers: dict[str, frozenset[str]] = field(default_factory=dict)
    guarded: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    harm: frozenset[str] = frozenset()
    disguised: dict[str, str] = field(default_factory=dict)

    def bits(self, word: str) -> int:
        """The classes of a word, with what a possessive ending adds; 0 where unknown."""
        found = self.words.get(word)
        return found if found is not None else self._ending(word)

    def _ending(self, word: str) -> int:
        for ending, adds in _ENCLITICS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                stem = self.words.get(word[: -len(ending)], 0)
                if stem & (_OWNED | ACT | BIT["weapon"] | BIT["self"] | BIT["claim"]):
                    return stem | (BIT[adds] if adds and stem & _OWNED else 0)
        if "-" in word:
            return self.words.get(word.split("-")[0], 0) & ~BIT["we"]
        return 0

    def add(self, entry: str, bits: int) -> None:
        """Take in a word or a phrase."""
        parts = tuple(entry.split())
        if len(parts) == 1:
            self.words[entry] = self.words.get(entry, 0) | bits
        else:
            self.phrases.setdefault(parts[0], []).append((parts, bits))


def load(
    packs: Iterable[Path] | None = None, extra: Mapping[str, Iterable[str]] | None = None
) -> Lexicon:
    """The lists of ``packs`` (all that are shipped where None) as one lexicon.

    ``extra`` adds words to classes, as ``{"camp": ["nama calon"]}``. Raises ``UserError`` naming
    the file, the list and the entry that cannot be taken.
    """
    lexicon = Lexicon()
    for path in packs if packs is not None else [DATA / f"{n}.toml" for n in LANGUAGES]:
        _take(lexicon, _read(path), path.name)
    for name, words in (extra or {}).items():
        for word in words:
            lexicon.add(word.lower(), BIT[name])
    _finish(lexicon)
    return lexicon


@cache
def shipped() -> Lexicon:
    """The lexicon of the shipped lists, read once."""
    return load()


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise UserError("lexicon-file", f"cannot be read ({err.strerror}).", "", str(path)) from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        hint = "Look for a missing quotation mark or comma near there."
        raise UserError("lexicon-toml", f"is not TOML: {err}.", hint, path.name) from err


def _take(lexicon: Lexicon, pack: dict[str, Any], name: str) -> None:
    language = pack.get("language")
    if language not in LANGUAGES:
        hint = f"Write language = one of {', '.join(LANGUAGES)}."
        raise UserError("lexicon-language", f"language “{language}” is not known.", hint, name)
    known = {"language", "name", "markers", "acts", "guarded", "slang", *SECTIONS}
    for section in pack:
        if section not in known:
            _unknown(name, section, known)
    lexicon.markers[language] = frozenset(pack.get("markers", []))
    _take_acts(lexicon, pack.get("acts", {}), language, name)
    for section, allowed in SECTIONS.items():
        for key, entries in pack.get(section, {}).items():
            if key not in allowed:
                _unknown(name, f"{section}.{key}", {f"{section}.{a}" for a in allowed})
            for entry in _entries(entries, name, f"{section}.{key}"):
                lexicon.add(entry, BIT[key])
    for key, entries in pack.get("guarded", {}).items():
        for entry in _entries(entries, name, f"guarded.{key}"):
            lexicon.guarded.setdefault(entry, []).append((language, BIT[key]))
    lexicon.slang |= pack.get("slang", {})


def _take_acts(lexicon: Lexicon, acts: dict[str, Any], language: str, name: str) -> None:
    for family, lists in acts.items():
        if family not in FAMILIES:
            _unknown(name, f"acts.{family}", {f"acts.{f}" for f in FAMILIES})
        bits = BIT[family] | (BIT["hard"] if lists.get("hard") else 0)
        for root in _entries(lists.get("roots", []), name, f"acts.{family}.roots"):
            for word, kind in forms(language, root).items():
                if not lexicon.words.get(word, 0) & ACT:
                    lexicon.add(word, bits | BIT[kind])
        for entry in _entries(lists.get("forms", []), name, f"acts.{family}.forms"):
            passive = ("di", "ka") if language == "ban" else ("di",)
            kind = "passive" if entry.startswith(passive) else "bare"
            if not lexicon.words.get(entry, 0) & ACT:
                lexicon.add(entry, bits | BIT[kind])


def _entries(entries: object, name: str, where: str) -> list[str]:
    if not isinstance(entries, list) or not all(isinstance(e, str) and e.strip() for e in entries):
        hint = 'Write a list of words in quotation marks: ["satu", "dua"].'
        raise UserError("lexicon-entry", f"[{where}] is not a list of words.", hint, name)
    capital = next((e for e in entries if e != e.lower()), None)
    if capital is not None:
        hint = "Write it in small letters; posts are compared in small letters."
        raise UserError("lexicon-capital", f"“{capital}” in [{where}].", hint, name)
    return entries


def _unknown(name: str, section: str, known: Iterable[str]) -> None:
    hint = f"Known here: {', '.join(sorted(known))}."
    raise UserError("lexicon-section", f"there is no list [{section}].", hint, name)


def _finish(lexicon: Lexicon) -> None:
    """Longest phrases first; what counts as known; the spellings with one vowel left out."""
    for phrases in lexicon.phrases.values():
        phrases.sort(key=lambda p: -len(p[0]))
    parts = {w for ps in lexicon.phrases.values() for p, _ in ps for w in p}
    markers = {w for ms in lexicon.markers.values() for w in ms}
    lexicon.known = frozenset(lexicon.words) | parts | set(lexicon.slang) | markers
    weapons = BIT["weapon"] | ACT
    lexicon.harm = frozenset(w for w, b in lexicon.words.items() if b & weapons and len(w) > 3)
    telling = TARGET | BIT["call"] | BIT["cond"] | BIT["self"] | BIT["ballot"]
    others = {w for w, b in lexicon.words.items() if b & telling and len(w) > 4}
    for word in (*sorted(lexicon.harm), *sorted(others)):
        for i in range(1, len(word) - 1):
            short = word[:i] + word[i + 1 :]
            if word[i] in "aeiou" and len(short) > 3 and short not in lexicon.known:
                lexicon.disguised.setdefault(short, word)
