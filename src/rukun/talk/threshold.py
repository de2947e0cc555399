"""The six-part threshold test of the Rabat Plan of Action (United Nations, A/HRC/22/17/Add.4,
2013, paragraph 29): how grave a statement must be before it is more than speech to be borne.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rukun.talk.workflow import LONGEST_TEXT, is_text

PARTS: Final = ("context", "speaker", "intent", "content", "extent", "likelihood")
#: How far a part is fulfilled. ``unclear`` is an answer; an empty part is none.
LEVELS: Final = ("not_met", "unclear", "met")


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one part: its level and, in words, what it rests on."""

    part: str
    level: str
    note: str


Threshold = tuple[Part, ...]


def missing(test: Threshold) -> tuple[str, ...]:
    """The parts without a level or a note, in order; also those answered twice or too long."""
    answers = {p: [a for a in test if a.part == p] for p in PARTS}
    return tuple(p for p, given in answers.items() if len(given) != 1 or not _answered(given[0]))


def kept(test: Threshold) -> Threshold:
    """The parts that are answered, in order; what is none of the six is left out."""
    return tuple(a for p in PARTS for a in test if a.part == p and _answered(a))


def _answered(part: Part) -> bool:
    note = part.note.strip()
    return part.level in LEVELS and bool(note) and len(note) <= LONGEST_TEXT and is_text(note)


def not_met(test: Threshold) -> tuple[str, ...]:
    """The parts that are not fulfilled. All six must be, before a statement can be an offence."""
    return tuple(a.part for a in test if a.level == "not_met")
