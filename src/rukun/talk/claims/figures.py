"""Figures and what they count: votes of a pair, a row of the form, a share, a change of a figure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from rukun.talk.claims.ballot import Choices
from rukun.talk.claims.drafts import Draft, Open, stated
from rukun.talk.claims.numbers import Number
from rukun.talk.claims.schema import what_of
from rukun.talk.claims.words import PAIR, PLACE

#: Rows by the name of their list; the closest label wins, of two as close the longer one.
_ROWS: Final = (
    "cast", "invalid", "valid", "voters_j", "registered_tetap_j", "ballots_received",
    "ballots_unused", "ballots_returned", "ballots_used", "ballots",
)  # fmt: skip
_KIND_OF: Final = {"voters_j": "voters", "registered_tetap_j": "registered"}
_END: Final = (
    rf"\s*(?:$|[,.;:()/&+|{PAIR}{PLACE}]|-\s|–|(?:dan|sedangkan|sementara|sedang|di|ring|neng|nang|ing|vs|lawan|"
    r"se|lan|karo|dengan|pada|untuk|menurut|tapi|kalah|unggul|menang|suba|sampun|wae|aja|saja|doang)\b)"
)
_NEAR: Final = 30
#: Behind these words a figure is no longer that of the pair before them.
_ASIDE: Final = re.compile(
    r"\b(?:salah|selisih|beda|kurang|hilang|janji|bagi|target|ditambah|dikurangi)\b"
)
_AFTER_CHANGE: Final = 60


def changes(open_: Open) -> Iterator[Draft]:
    """Two figures of one thing: from A to B, should be A but is B, A on one paper and B on another."""
    free = open_.free()
    for first, then in itertools.pairwise(free):
        if first.start in open_.taken or first.percent != then.percent:
            continue
        gap = open_.masked[first.end : then.start]
        order = _change(open_, first, then, gap)
        if order is None:
            continue
        choice = _choice_around(open_, first.start, then.end)
        what = _changed_row(open_, first, choice)
        if what is None:
            continue
        open_.take(first, then)
        pair = [stated(n, what, on) for n, on in zip((first, then), order, strict=True)]
        start = min(first.start, choice.start if choice else first.start)
        yield Draft("altered", start, then.end, _n(choice), _c(choice), tuple(pair))


def _change(open_: Open, first: Number, then: Number, gap: str) -> tuple[str, str] | None:
    """What the first and the second figure stand on, or None where they are no change."""
    if len(gap) > _AFTER_CHANGE or (PAIR in gap and gap.count(PAIR + PAIR) and "tapi" not in gap):
        return None
    became = open_.words.pattern("change.became").search(gap)
    on_first = open_.paper(first.start - 40, first.start)
    on_then = open_.paper(first.end, then.end + 25)
    if on_first and on_then and on_first != on_then:
        return on_first, on_then
    if not became:
        return None
    should = open_.before(first.start, r"{change.should}.{0,50}")
    origin = open_.before(first.start, r"{change.from}\s+(?:{votes.word}\s+)?")
    if on_then and not on_first and re.search(r"padahal|harusnya", gap):
        return "after", on_then
    if (
        should
        or origin
        or re.search(r"(?:di|ber|di )(?:ubah|rubah|input|tulis|catat)|jadi|dadi", gap)
    ):
        return "before", "after"
    return None


def _changed_row(open_: Open, first: Number, choice: Choices | None) -> str | None:
    if choice is not None:
        return what_of("votes", choice.number)
    row = _label_before(open_, first) or _label_before(open_, first, r"\s+{change.from}")
    if row is not None:
        return row
    return "votes" if open_.words.pattern("votes.word").search(open_.masked) else None


def rows(open_: Open) -> Iterator[Draft]:
    """Figures that a label explains, and votes of pairs, in the order of the sentence."""
    for number in open_.free():
        draft = _percent(open_, number) if number.percent else _count(open_, number)
        if draft is not None:
            open_.take(number)
            yield draft


def _percent(open_: Open, number: Number) -> Draft | None:
    label = r"{rows.turnout}{between}{0,10}"
    if open_.before(number.start, label) or open_.behind(number.end, r"\s*{rows.turnout}"):
        return _row("turnout", "turnout", number, number.start)
    if open_.before(number.start, r"{rows.margin}{between}{0,10}"):
        return None
    choice = _choice_of(open_, number) or _of_figure_before(open_, number)
    spoken = open_.words.pattern("votes.word", "votes.get").search(open_.masked)
    if choice is None or not spoken:
        return None
    return _of_choice("share", choice, number)


def _of_figure_before(open_: Open, number: Number) -> Choices | None:
    """The pair of the figure that a share in brackets follows: 106.119 suara (71,23 %)."""
    head = open_.masked[: number.start]
    if not re.search(r"\d\s*(?:suara\w*|swara)?\s*(?:atau|\(|=|,)\s*$", head):
        return None
    behind = [c for c in open_.sentence.choices if c.end <= number.start]
    return behind[-1] if behind else None


def _count(open_: Open, number: Number) -> Draft | None:
    if open_.before(number.start, r"{rows.margin}{between}{0,10}"):
        return None if _of_papers(open_) else _row("margin", "margin", number, number.start)
    if open_.behind(number.end, r"\s*suara\s+(?:selisih|margin)") or _ahead(open_, number):
        return _row("margin", "margin", number, number.start)
    label = _label_before(open_, number)
    if label is None and not _own_votes(open_, number):
        label = _label_behind(open_, number)
    if label is not None:
        return _row(_KIND_OF.get(label, label.partition("_")[0]), label, number, number.start)
    return _votes(open_, number)


def _of_papers(open_: Open) -> bool:
    """Whether a difference is one between papers, not between pairs."""
    papers = open_.words.compiled(r"{change.feed}|{change.c_hasil}|{change.d_hasil}")
    return bool(papers.search(open_.masked))


def _ahead(open_: Open, number: Number) -> bool:
    return bool(
        open_.before(number.start, r"(?:unggul|menang|kalah|selisih)\s+{between}{0,3}")
        and open_.behind(number.end, r"\s*{votes.word}?\s*{events.ahead_of}\s")
    )


def _own_votes(open_: Open, number: Number) -> bool:
    """*120 suara sah untuk paslon 1* are votes of a pair, not the valid votes."""
    to = rf"\s*suara\s+sah\s+(?:untuk\s+|buat\s+|milik\s+)?{PAIR}"
    return bool(open_.behind(number.end, to))


def _label_before(open_: Open, number: Number, more: str = "") -> str | None:
    best: tuple[int, int, str | None] = (-1, -1, None)
    for row in _ROWS:
        label = rf"(?<!{PAIR})(?<!{PAIR}\s)(?P<label>{{rows.{row}}})"  # paslon 1 dpt: it got them
        m = open_.before(number.start, rf"{label}(?:nya|ne|e)?{more}{{between}}{{0,10}}")
        if m:
            at, length = m.end("label"), m.end("label") - m.start("label")
            best = max(best, (at, length, row), key=_first_two)
    return best[2]


def _label_behind(open_: Open, number: Number) -> str | None:
    best: tuple[int, str | None] = (-1, None)
    for row in _ROWS:
        m = open_.behind(number.end, rf"\s*(?:lembar|orang|buah|pemilih|jiwa)?\s*{{rows.{row}}}")
        if m and m.end() > best[0]:
            best = (m.end(), row)
    return best[1]


def _first_two(found: tuple[int, int, str | None]) -> tuple[int, int]:
    return found[0], found[1]


def _votes(open_: Open, number: Number) -> Draft | None:
    choice = _choice_of(open_, number)
    if choice is None:
        return None
    if open_.behind(number.end, r"\s*{votes.word}"):
        return _of_choice("votes", choice, number)
    got = rf"{PAIR}\s*(?:[:=]|{{votes.get}}|{{votes.word}}|{{between}})(?:{{between}}|{{votes.get}}|{{votes.word}}){{0,6}}"
    if open_.before(number.start, got) and open_.behind(number.end, _END):
        said = open_.words.pattern("votes.word", "votes.get", "rows.valid").search(open_.masked)
        spoken = bool(said) or any(p.level == "tps" for p in open_.sentence.places)
        labelled = open_.before(number.start, rf"{PAIR}\s*[:=]\s*")
        return _of_choice("votes", choice, number) if spoken or labelled else None
    return None


def _choice_of(open_: Open, number: Number) -> Choices | None:
    """The pair a figure belongs to: the last one before it, or the one right behind it."""
    before = [c for c in open_.sentence.choices if c.end <= number.start]
    after = [c for c in open_.sentence.choices if c.start >= number.end]
    last = before[-1] if before else None
    close = r"\s*(?:{votes.word}\s*)?(?:sah\s+)?(?:(?:untuk|utk|buat|bagi|milik|ke|punya|kanggo|antuk)\s+)?[:(]?\s*$"
    if after and open_.words.compiled(close).fullmatch(open_.masked, number.end, after[0].start):
        taken = last is not None and last.start in open_.owners
        if last is None or taken:
            return _owned(open_, after[0])
    if last is None or not _reaches(open_, open_.masked[last.end : number.start]):
        return None
    return _owned(open_, last)


def _reaches(open_: Open, gap: str) -> bool:
    """Whether a pair still holds for a figure: it is near, or only a list stands between."""
    if "," not in gap and len(gap) <= _NEAR * 2 and not _ASIDE.search(gap):
        return True
    listed = r"(?:{between}|{votes.word}|{votes.get}|[\d.)]++|dan\b)*+"
    return bool(open_.words.compiled(listed).fullmatch(gap))


def _owned(open_: Open, choice: Choices) -> Choices:
    open_.owners.add(choice.start)
    return choice


def _choice_around(open_: Open, start: int, end: int) -> Choices | None:
    """The pair of a change: the nearest before it, else the nearest behind."""
    before = [c for c in open_.sentence.choices if c.end <= end]
    after = [c for c in open_.sentence.choices if c.start >= end]
    if before:
        return before[-1]
    return after[0] if after and after[0].start - end < _NEAR else None


def _row(kind: str, what: str, number: Number, start: int) -> Draft:
    return Draft(kind, start, number.end, figures=(stated(number, what),))


def _of_choice(kind: str, choice: Choices, number: Number) -> Draft:
    start, end = min(choice.start, number.start), max(choice.end, number.end)
    figures = (stated(number, what_of(kind, choice.number)),)
    return Draft(kind, start, end, choice.number, choice.contest, figures)


def _n(choice: Choices | None) -> int | None:
    return choice.number if choice else None


def _c(choice: Choices | None) -> str | None:
    return choice.contest if choice else None
