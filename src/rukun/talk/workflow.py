"""States and the steps between them, as one table: what the code allows, what buttons a page
offers, what the drawing shows and what the random walks of the tests compare with.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeVar

from rukun.errors import UserError

Lang = Literal["id", "en"]
#: A word or sentence in both languages.
Words = Mapping[str, Mapping[str, str]]
#: Code → what is wrong and what to do, in English and then in Indonesian.
Refusals = Mapping[str, tuple[str, str, str, str]]
#: What is put into a sentence: as it is, or a word in both languages.
Part = str | int | Mapping[str, str]
#: Longest reason, note or purpose that is kept, in characters.
LONGEST_TEXT: Final = 2_000
_UNKEPT: Final = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800-\\udfff\\u202a-\\u202e\\u2066-\\u2069]"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts, and the rights held at this very moment (not when the page was opened)."""

    name: str
    rights: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: from which states to which, with which right, by whom, and what the
    form must hold (``needs``)."""

    name: str
    sources: tuple[str, ...]
    target: str
    right: str
    who: str = "anyone"
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One step that was taken: by whom, when (UTC), from which state to which, why, and ``what``
    was chosen with it (the code of an action, or “old→new” for a label)."""

    step: str
    by: str
    at: dt.datetime
    source: str
    target: str
    note: str = ""
    what: str = ""


class Item(Protocol):
    """What moves through a flow."""

    @property
    def state(self) -> str:
        """The state it is in."""

    @property
    def version(self) -> int:
        """How many steps it has taken."""


T = TypeVar("T", bound=Item)
#: Whether this person may do a step with this item now: empty, or the code of the refusal.
Guard = Callable[[T, Person, dt.datetime], str]


@dataclass(frozen=True, slots=True)
class Flow:
    """A workflow: its states in the order they are drawn, its steps, and both in words, with the
    words of its refusals."""

    name: str
    states: tuple[str, ...]
    steps: tuple[Step, ...]
    state_words: Words
    step_words: Words
    refusals: Refusals

    def step(self, name: str) -> Step:
        """The step of this name; ``UserError`` (``…-step``) where there is none."""
        for step in self.steps:
            if step.name == name:
                return step
        raise self.refuse(f"{self.name}-step", step=name)

    def leaving(self, state: str) -> tuple[Step, ...]:
        """The steps that lead out of a state, or stay in it."""
        return tuple(s for s in self.steps if state in s.sources)

    @property
    def ends(self) -> tuple[str, ...]:
        """The states nothing leads out of."""
        return tuple(s for s in self.states if not self.leaving(s))

    def refuse(self, code: str, where: str = "", **parts: Part) -> UserError:
        """The refusal of this code in both languages, to be raised.

        A part that is given in both languages is put into each text in its own.
        """
        en, id = ({k: _in(v, lang) for k, v in parts.items()} for lang in ("en", "id"))
        message, hint, message_id, hint_id = self.refusals[code]
        return UserError(
            code,
            message.format(**en),
            hint.format(**en),
            where,
            message_id=message_id.format(**id),
            hint_id=hint_id.format(**id),
        )


def _in(part: Part, lang: str) -> str:
    return part[lang] if isinstance(part, Mapping) else str(part)


def refusal(
    flow: Flow, guards: Mapping[str, Guard[T]], item: T, step: Step, by: Person, at: dt.datetime
) -> str:
    """Why this person may not take this step now: the code of a refusal, or an empty text."""
    if item.state not in step.sources:
        return f"{flow.name}-state"
    if step.right and step.right not in by.rights:
        return f"{flow.name}-right"
    return guards[step.who](item, by, at)


def must_be_allowed(
    flow: Flow,
    guards: Mapping[str, Guard[T]],
    item: T,
    step: Step,
    by: Person,
    at: dt.datetime,
    seen: int,
) -> None:
    """Raise the refusal where the item changed since it was seen, or the step is not allowed."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    if seen != item.version:
        raise flow.refuse(f"{flow.name}-changed")
    code = refusal(flow, guards, item, step, by, at)
    if code:
        raise flow.refuse(code, state=flow.state_words[item.state], step=flow.step_words[step.name])


def said(flow: Flow, text: str, what: str) -> str:
    """A text that must be there, trimmed; refused where it is empty, too long or no text."""
    words = text.strip()
    if not words:
        raise flow.refuse(f"{flow.name}-empty", what)
    if len(words) > LONGEST_TEXT:
        raise flow.refuse(f"{flow.name}-long", what, most=LONGEST_TEXT)
    if not is_text(words):
        raise flow.refuse(f"{flow.name}-text", what)
    return words


def is_text(words: str) -> bool:
    """Whether every character can be kept and printed: no NUL or other control, no half of a
    pair, nothing that turns the direction of reading."""
    return not _UNKEPT.search(words)
