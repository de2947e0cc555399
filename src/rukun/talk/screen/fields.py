"""Fields of meaning: which words of a reading stand for much the same thing.

The scorer learns from few posts; what it learns about one word of a field it then knows of the
others. The fields lie in ``data/fields.toml``. Prefixes and endings are taken off a word, and the
kind of form is kept: done to somebody, done by the speaker, an order, somebody's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from rukun.errors import UserError
from rukun.talk.screen.lexicon import BIT, DATA, listed
from rukun.talk.screen.text import Word

_ENDINGS: Final = {
    **dict.fromkeys(("kannya", "innya", "nya", "ne", "e"), "theirs"),
    **dict.fromkeys(("mu", "lu", "lo"), "yours"),
    **dict.fromkeys(("kanlah", "kan", "lah", "in", "i", "en", "ang", "no", "ono"), "order"),
    **dict.fromkeys(("ku", "an", "a", "ake", "ke", "s", "ing", "ed", "pun"), ""),
}
#: Prefix, the sound it took away, and what kind of form it makes.
_PREFIXES: Final = tuple(
    (prefix, lost, kind)
    for kind, pairs in (
        ("does", "meny:s menge: meng: meng:k mem: mem:p men: men:t me: nge: ng: ng:k ny:s ny:c"),
        ("does", "m:p m:b n:t m: n: ber: be: se: kau: ke:"),
        ("done", "di: ka: ter:"),
        ("mine", "ku: tak: dak:"),
        ("noun", "pem: peng: pen: pe:"),
    )
    for prefix, _, lost in (p.partition(":") for p in pairs.split())
)
#: Classes of the desk's lists, telling ones first, and the field a word of theirs lies in.
_CLASSES: Final = tuple(
    listed(
        "stop comma quote question kill beat burn destroy expel assault soft weapon threat incite "
        "hint dox camp support official house place property person group you we self call gather "
        "neg neglong nonneg cond deontic future past report speech condemn lawful peace time where "
        "ballot insult dehuman joke claim number"
    )
)
_SAME: Final = {
    "beat": "hit",
    "destroy": "wreck",
    "assault": "raid",
    "weapon": "blade",
    "camp": "candidate",
    "support": "follower",
    "house": "home",
    "you": "you_one",
    "we": "we_ours",
    "self": "speaker",
    "neg": "not",
    "cond": "condition",
    "deontic": "deserve",
    "lawful": "law",
    "number": "amount",
    "joke": "laugh",
}
_ACTS: Final = _CLASSES[4:11]
_FORMS: Final = listed("bare active passive noun selfact")


class Tag(NamedTuple):
    """A word or phrase of a reading: its fields, the main one, also with its form, and its sign in
    the desk's lists; empty where it has none."""

    word: str
    fields: tuple[str, ...]
    field: str
    fine: str
    sign: str
    stop: bool


@dataclass(frozen=True, eq=False)
class Fields:
    """The words and the phrases (by their first word, longest first) with their fields."""

    words: dict[str, tuple[str, ...]]
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]

    def tags(self, words: Sequence[Word]) -> list[Tag]:
        """The reading as tags, phrases taken together."""
        found: list[Tag] = []
        at = 0
        while at < len(words):
            form, bits = words[at].form, words[at].bits
            phrase = self._phrase(words, at) if form in self.phrases else None
            if phrase:
                found.append(_tag(form, phrase[1], "", bits))
                at += len(phrase[0])
            else:
                found.append(_of(self, form, bits))
                at += 1
        return found

    def _phrase(
        self, words: Sequence[Word], at: int
    ) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        for parts, fields in self.phrases[words[at].form]:
            run = words[at : at + len(parts)]
            if tuple(w.form for w in run) == parts:
                return parts, fields
        return None

    def stem(self, form: str) -> tuple[tuple[str, ...], str]:
        """Fields of a word and the kind of its form, the word itself before its stem."""
        if form in self.words:
            return self.words[form], ""
        if "-" in form and form.split("-")[0] in self.words:
            return self.words[form.split("-")[0]], ""
        ended = self._ended(form)
        if ended:
            return ended
        for prefix, lost, kind in _PREFIXES:
            if form.startswith(prefix):
                stem = lost + form[len(prefix) :]
                if len(stem) > 3 and stem in self.words:
                    return self.words[stem], kind
                ended = self._ended(stem)
                if ended:
                    return ended[0], kind
        return (), ""

    def _ended(self, form: str) -> tuple[tuple[str, ...], str] | None:
        for ending, kind in _ENDINGS.items():
            stem = form[: -len(ending)]
            if len(stem) > 2 and form.endswith(ending) and stem in self.words:
                return self.words[stem], kind
        return None


@lru_cache(100_000)
def _of(fields: Fields, form: str, bits: int) -> Tag:
    """The tag of one word: by the fields, else by the desk's lists."""
    known, kind = fields.stem(form)
    return _tag(form, known or _listed_field(bits), kind, bits)


@lru_cache(20_000)
def _tag(word: str, fields: tuple[str, ...], kind: str, bits: int) -> Tag:
    field = fields[0] if fields else ""
    stop = bool(bits & BIT["stop"])
    return Tag(word, fields, field, f"{field}:{kind}" if kind else field, sign(bits), stop)


@lru_cache(20_000)
def sign(bits: int) -> str:
    """The most telling class of a word in the desk's lists; an act with its form."""
    name = next((n for n in _CLASSES if bits & BIT[n]), "")
    if name in _ACTS:
        return f"{name}-{next((f for f in _FORMS if bits & BIT[f]), '')}"
    return name or next((n for n in BIT if n != "mask" and bits & BIT[n]), "")


@lru_cache(20_000)
def _listed_field(bits: int) -> tuple[str, ...]:
    """The field of a word that only the desk's lists know."""
    name = sign(bits).split("-")[0]
    return (_SAME.get(name, name),) if name else ()


def load(path: Path | None = None) -> Fields:
    """The fields of ``path``, the shipped ones where None. Raises ``UserError`` for no TOML."""
    path = path or DATA / "fields.toml"
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        hint = "Look for a missing quotation mark near there."
        raise UserError("fields-toml", f"cannot be read: {err}.", hint, path.name) from err
    entries: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name, text in table.items():
        for entry in text.split():
            parts = (entry,) if entry[0] == "_" else tuple(entry.split("_"))
            entries[parts] = (*entries.get(parts, ()), name)
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for parts, names in sorted(entries.items(), key=lambda e: -len(e[0])):
        if len(parts) > 1:
            phrases.setdefault(parts[0], []).append((parts, names))
    return Fields({p[0]: n for p, n in entries.items() if len(p) == 1}, phrases)


@cache
def shipped() -> Fields:
    """The shipped fields, read once."""
    return load()
