"""The frame grammar: which cues together make a call or a threat, and which make it harmless."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from rukun.errors import UserError
from rukun.talk.screen.lexicon import BIT, DATA, listed

LABELS: Final = ("none", "hostile", "threat", "incite")
MODES: Final = ("call", "condition", "assert", "quote", "negate", "report", "joke")
#: Cues that the program sees beside the word classes.
SEEN: Final = frozenset(
    listed(
        "act target far_target people private callish imperative weapon carried weapon_near dox "
        "addressed hint_phrase threat_phrase incite_phrase act_post visit negated quoted report_form benign_object "
        "elsewhere metaphor_near lawful_object lawful_post peace_post joking peaceful_tool antecedent "
        "anchored meant self_subject subject_other subject_you bare_or_future critique violent cond_anchored learned"
    )
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One combination of cues; a scope where ``label`` is ``none``."""

    name: str
    label: str
    mode: str
    strength: float
    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]
    en: str
    id: str

    def holds(self, cues: frozenset[str] | set[str]) -> bool:
        """Whether the cues make this frame."""
        return self.all <= cues and not self.none & cues and (not self.any or bool(self.any & cues))

    def say(self, lang: str) -> str:
        """What the frame means, in ``id`` or ``en``."""
        return self.id if lang == "id" else self.en


@dataclass(frozen=True, slots=True)
class Grammar:
    """Scopes, tried in order, and frames."""

    scopes: tuple[Frame, ...]
    frames: tuple[Frame, ...]

    def judge(self, cues: frozenset[str] | set[str]) -> Frame | None:
        """The scope that disarms the place, else the strongest frame, else None."""
        for scope in self.scopes:
            if scope.holds(cues):
                return scope
        held = [f for f in self.frames if f.holds(cues)]
        return max(held, key=lambda f: f.strength) if held else None


def load(path: Path | None = None) -> Grammar:
    """The grammar of ``path``, the shipped one where None. ``UserError`` names frame and cue."""
    path = path or DATA / "frames.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        hint = "Look for a missing quotation mark or comma near there."
        raise UserError("frames-toml", f"cannot be read: {err}.", hint, path.name) from err
    scopes = tuple(_frame({"label": "none", "strength": 0} | s, path.name) for s in table["scopes"])
    return Grammar(scopes, tuple(_frame(f, path.name) for f in table["frames"]))


@cache
def shipped() -> Grammar:
    """The shipped grammar, read once."""
    return load()


def _frame(entry: dict[str, Any], file: str) -> Frame:
    where = f"{file}, frame “{entry.get('name', '?')}”"
    for key, allowed in (("label", LABELS), ("mode", MODES)):
        if entry.get(key) not in allowed:
            hint = f"Use one of {', '.join(allowed)}."
            raise UserError("frames-value", f"{key} “{entry.get(key)}” is not known.", hint, where)
    strange = {"name", "label", "mode", "strength", "all", "any", "not", "en", "id"} ^ set(entry)
    strange -= {"all", "any", "not"} - set(entry)
    for key in sorted(strange):
        hint = "A frame has name, label, mode, strength, all, any, not, en and id."
        raise UserError("frames-key", f"“{key}” is missing or not known.", hint, where)
    sets = {key: frozenset(entry.get(key, [])) for key in ("all", "any", "not")}
    for cue in sorted(frozenset().union(*sets.values()) - SEEN - set(BIT)):
        hint = f"Known cues: {', '.join(sorted(SEEN | set(BIT)))}."
        raise UserError("frames-cue", f"there is no cue “{cue}”.", hint, where)
    return Frame(
        entry["name"],
        entry["label"],
        entry["mode"],
        float(entry["strength"]),
        sets["all"],
        sets["any"],
        sets["not"],
        entry["en"],
        entry["id"],
    )
