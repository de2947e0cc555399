"""How well a screen does on cases with known answers: figures per kind, never a text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rukun.errors import UserError
from rukun.talk.screen.generator.spelling import disguise
from rukun.talk.screen.judge import Screen, Verdict

HARMFUL: Final = ("threat", "incite")
#: Share of a stream that a desk can read, and the share of harm that a stream is mixed with.
BUDGET: Final = 0.05
_COLUMNS = ("text", "label", "group", "kind")
#: What one camp is called, for the other camp's name.
_SWAP = re.compile(
    r"(?i)\b((?:paslon|kubu|pasangan|calon|pair|nomor|no|nomor urut|urut|pendukung|tim|timses|relawan|"
    r"saksi|pilih|coblos|milih|nyoblos)\.? ?)(0?)([12])\b|\b(0)([12])\b"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its true label, the group and the kind of speech."""

    text: str
    label: str
    group: str
    kind: str

    @property
    def harmful(self) -> bool:
        """Whether a person should see it."""
        return self.label in HARMFUL


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one kind: cases, how many are harmful, and how many were flagged."""

    name: str
    cases: int
    harmful: int
    flagged: int
    caught: int


def read(path: Path) -> list[Case]:
    """Cases of a CSV file with columns text, label, group (optional) and kind."""
    try:
        table = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as err:
        raise UserError("cases-file", f"cannot be read ({err}).", "", str(path)) from err
    missing = {"text", "label", "kind"} - set(table.columns)
    if missing:
        hint = "Give a CSV with columns text, label and kind."
        raise UserError("cases-columns", f"lacks {', '.join(sorted(missing))}.", hint, str(path))
    if "group" not in table.columns:
        table = table.with_columns(group=pl.col("kind"))
    rows = table.select(pl.col(_COLUMNS).fill_null("")).iter_rows()
    return [Case(*row) for row in rows]


def by(
    cases: Sequence[Case], verdicts: Sequence[Verdict], key: Callable[[Case], str]
) -> list[Line]:
    """One line per value of ``key``, in the order of its names."""
    pairs = list(zip(cases, verdicts, strict=True))
    return [
        _line(name, [(c, v) for c, v in pairs if key(c) == name])
        for name in sorted({key(c) for c in cases})
    ]


def _line(name: str, pairs: Sequence[tuple[Case, Verdict]]) -> Line:
    harmful = [v for c, v in pairs if c.harmful]
    return Line(
        name,
        len(pairs),
        len(harmful),
        sum(v.flagged for _, v in pairs),
        sum(v.flagged for v in harmful),
    )


def recall(screen: Screen, cases: Sequence[Case]) -> float:
    """Share of the harmful cases that are flagged."""
    harmful = [c for c in cases if c.harmful]
    return sum(screen(c.text).flagged for c in harmful) / len(harmful)


def disguised_recall(screen: Screen, cases: Sequence[Case], spelling: str, seed: int = 1) -> float:
    """The same with two words of every text in a disguised spelling."""
    dice = random.Random(f"{seed}:{spelling}")
    return recall(
        screen, [Case(disguise(c.text, spelling, dice), c.label, c.group, c.kind) for c in cases]
    )


def swapped(text: str) -> str:
    """The text with camp 1 and camp 2 in each other's place."""
    other = {"1": "2", "2": "1"}

    def turn(m: re.Match[str]) -> str:
        if m.group(3):
            return f"{m.group(1)}{m.group(2)}{other[m.group(3)]}"
        return m.group(4) + other[m.group(5)]

    return _SWAP.sub(turn, text)


def swap_changes(screen: Screen, texts: Sequence[str]) -> int:
    """How many texts get another verdict when the camps change places. It must be none."""
    return sum(_without_words(screen(t)) != _without_words(screen(swapped(t))) for t in texts)


def _without_words(v: Verdict) -> tuple[object, ...]:
    spans = tuple((r.start, r.end, r.frame) for r in v.reasons)
    return v.label, v.mode, v.score, v.raw, v.claim, v.help, spans


def found_in_budget(
    harmful: Sequence[Verdict], ordinary: Sequence[Verdict], budget: float = BUDGET
) -> float:
    """Share of the harmful among the highest-scored ``budget`` of both together.

    Ties are counted against the screen: ordinary posts of the same score come first.
    """
    ranked = sorted([(-v.score, 1) for v in harmful] + [(-v.score, 0) for v in ordinary])
    room = int(len(ranked) * budget)
    return sum(kind for _, kind in ranked[:room]) / len(harmful)
