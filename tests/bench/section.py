"""A measurement in words and a table, as it is printed and as the page keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Section:
    """What was measured: a heading, how, a table, notes below it, and promises not kept."""

    title: str
    how: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: Sequence[str] = field(default_factory=tuple)
    broken: Sequence[str] = field(default_factory=tuple)

    def markdown(self) -> str:
        """The section of the page."""
        table = [_line(self.head), _line(["---"] * len(self.head)), *map(_line, self.rows)]
        parts = [f"## {self.title}", self.how, "\n".join(table if self.rows else []), *self.notes]
        return "\n\n".join(p for p in parts if p) + "\n"

    def printed(self) -> str:
        """The section on a terminal."""
        rows = [self.head, *self.rows] if self.rows else []
        widths = [max(len(r[i]) for r in rows) for i in range(len(self.head))] if rows else []
        table = ["  ".join(c.rjust(w) for c, w in zip(r, widths, strict=True)) for r in rows]
        return "\n".join([f"\n{self.title}", *table, *self.notes])


def page(
    head: str, sections: Sequence[Section], machine: Sequence[str], after: str, date: dt.date
) -> str:
    """A page of sections; ``after`` says what the machine did at the end."""
    lines = "\n".join(f"- {line}" for line in [*machine, after])
    body = "\n".join(s.markdown() for s in sections)
    return f"{head.format(date=date, machine=lines)}\n{body}"


def times(slow: float, quick: float) -> str:
    """How many times one is the other: “12 ×”, “1.4 ×”, “0.30 ×”."""
    if quick <= 0:
        return "–"
    ratio = slow / quick
    return f"{ratio:.{0 if ratio >= 10 else 1 if ratio >= 1 else 2}f} ×"


def share(part: int, whole: int) -> str:
    """A share to three places, rounded down so that .9996 is not called 1; – of nothing."""
    return f"{part * 1000 // whole / 1000:.3f}" if whole else "–"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
