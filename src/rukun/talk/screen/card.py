"""The model card: what the screen was made from and how well it does, as a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rukun.talk.screen import evaluate as ev
from rukun.talk.screen.calibrate import expected_error, reliability
from rukun.talk.screen.evaluate import Case, Line
from rukun.talk.screen.generator import generate, grammar
from rukun.talk.screen.judge import Screen, Verdict
from rukun.talk.screen.scorer import WEIGHTS

#: Seed of the sentences measured on: not the one trained with.
FRESH = 99
_CRITICISM = ("criticism", "fraud", "recount", "lawful")
_INTRO = """# Model card: the incitement screen

Made by `rukun talk model-card`; do not edit. Weights `{digest}`.

**What it is for.** Ordering public posts so that the few that may need a person's decision are
read first. It decides nothing about anybody: a person does, with reasons, on the record. It reads
posts, never people; criticism of officials, of candidates and of the count is protected.

**What it was made from.** {sentences} sentences of the project's own generator ({kinds} kinds of
speech and six disguised spellings; seed {seed}) and word lists written for it in Indonesian,
Balinese and Javanese. No post of anybody was used for training. {files}

**How it works.** Each post is read as written and freed of disguises; frames of act, target and
call, condition or weapon are looked for, with scope for negation, quotation, report, law, sport,
food, ritual and jokes; a linear scorer orders what is left. A post is flagged where a frame of
threat or incitement holds, or where the scorer is very sure of a post with violent words about the
election. The screen knows no camp: names and numbers of camps are masked before anything else.
"""
_LIMITS = """
## What it cannot do

- It knows words and shapes, not the world: irony without a mark, pictures, voice, and codes agreed
  on elsewhere pass it.
- It follows lists. A new word for an old threat is missed until a desk adds it to the lists under
  `src/rukun/talk/screen/data/`.
- Who repeats a threat in order to condemn it, without quotation marks and without a word of
  condemnation, looks like who makes it.
- Balinese and Javanese are covered more thinly than Indonesian.
- The probabilities are calibrated on made sentences. On a desk's own stream they hold only after
  calibration with at least 200 of its decisions.
"""


@dataclass(frozen=True)
class Target:
    """One thing promised, what was measured, and whether it is reached."""

    name: str
    wanted: str
    measured: str
    reached: bool


def page(screen: Screen, heldout: Sequence[Case], background: Sequence[str]) -> str:
    """The model card as Markdown; parts without cases are left out and said to be so."""
    made = [Case(s.text, s.label, s.kind, s.kind) for s in generate(FRESH)]
    parts = [_intro(screen), "## On made sentences\n", _made_note(), *_kinds(screen, made)]
    if heldout:
        parts += _heldout(screen, heldout, background)
    else:
        parts.append("\nThe held-out cases were not at hand when this page was made.\n")
    return "\n".join([*parts, _LIMITS.strip(), ""])


def digest(path: Path = WEIGHTS) -> str:
    """The first sixteen digits of the weights' SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _intro(screen: Screen) -> str:
    made = screen.scorer.made_from
    files = "" if not made["files"] else f"{made['files']} further file(s) of the user were used."
    return _INTRO.format(
        digest=digest(),
        sentences=made["sentences"],
        seed=made["seed"],
        kinds=len(grammar()[0]),
        files=files,
    )


def _made_note() -> str:
    return (
        f"Fresh sentences of the same generator (seed {FRESH}). They show that nothing is broken, "
        "not how the screen does on the speech of others: lists and generator have one author.\n"
    )


def _kinds(screen: Screen, cases: Sequence[Case]) -> list[str]:
    return _table(ev.by(cases, screen.many(c.text for c in cases), lambda c: c.kind))


def _table(lines: Iterable[Line]) -> list[str]:
    head = ["| kind | cases | harmful | caught | wrongly flagged |", "|---|---|---|---|---|"]
    rows = [
        f"| {n.name} | {n.cases} | {n.harmful} | {_share(n.caught, n.harmful)} "
        f"| {_share(n.flagged - n.caught, n.cases - n.harmful)} |"
        for n in lines
    ]
    return [*head, *rows, ""]


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "–"


def _heldout(screen: Screen, cases: Sequence[Case], background: Sequence[str]) -> list[str]:
    verdicts = screen.many(c.text for c in cases)
    ordinary = screen.many(background)
    reached = targets(screen, cases, verdicts, ordinary)
    rows = [
        f"| {t.name} | {t.wanted} | {t.measured} | {'yes' if t.reached else '**no**'} |"
        for t in reached
    ]
    return [
        "## On cases held out\n",
        f"{len(cases)} cases by an author who had seen neither lists nor frames nor generator. "
        "The screen's author never read them, but knew the names of their kinds and had figures "
        "like those below twice before (53 % and 58 % of threats and incitement caught); after "
        "each the lists and frames were widened with sentences of the author's own. These figures "
        "are therefore a little kinder than a first look would be.\n",
        "| promise | wanted | measured | reached |",
        "|---|---|---|---|",
        *rows,
        "",
        "### By group\n",
        *_table(ev.by(cases, verdicts, lambda c: c.group)),
        "### By kind\n",
        *_table(ev.by(cases, verdicts, lambda c: f"{c.group}: {c.kind}")),
        *_calibration(cases, verdicts),
    ]


def _calibration(cases: Sequence[Case], verdicts: Sequence[Verdict]) -> list[str]:
    table = reliability([v.score for v in verdicts], [c.harmful for c in cases])
    rows = [f"| {b.said:.2f} | {b.came_true:.2f} | {b.count} |" for b in table]
    return [
        "### What the score says\n",
        f"Expected calibration error {expected_error(table):.3f}.\n",
        "| score said | was threat or incitement | cases |",
        "|---|---|---|",
        *rows,
        "",
    ]


def targets(
    screen: Screen, cases: Sequence[Case], verdicts: Sequence[Verdict], ordinary: Sequence[Verdict]
) -> list[Target]:
    """Every promise with what was measured; those on ordinary posts only where these are given."""
    pairs = list(zip(cases, verdicts, strict=True))
    harm = [v for c, v in pairs if c.harmful]
    safe = [(c, v) for c, v in pairs if c.group == "protected"]
    critics = [v for c, v in safe if c.kind.startswith(_CRITICISM)]
    found = [
        _at_least("threat and incitement caught", 0.80, sum(v.flagged for v in harm) / len(harm)),
        _at_most("protected speech wrongly flagged", 0.01, _flagged([v for _, v in safe])),
        _at_most("of it criticism, fraud claims, recount, lawful", 0.0, _flagged(critics)),
        *_spelling(screen, cases),
    ]
    changed = ev.swap_changes(screen, [c.text for c in cases])
    found.append(Target("verdicts changed by swapping the camps", "0", str(changed), not changed))
    if ordinary:
        budget = ev.found_in_budget(harm, ordinary)
        name = f"caught in the first 5 % of a stream ({len(harm)} among {len(ordinary)} posts)"
        found.append(_at_least(name, 0.85, budget))
        found.append(_at_most("ordinary posts flagged", 0.005, _flagged(ordinary)))
    return found


def _spelling(screen: Screen, cases: Sequence[Case]) -> Iterable[Target]:
    plain = [c for c in cases if not c.kind.startswith("spelling")]
    base = ev.recall(screen, plain)
    for spelling in ("leet", "dotted"):
        lost = base - ev.disguised_recall(screen, plain, spelling)
        yield _at_most(f"lost by {spelling} spelling", 0.03, lost)


def _flagged(verdicts: Sequence[Verdict]) -> float:
    return sum(v.flagged for v in verdicts) / max(1, len(verdicts))


def _at_least(name: str, wanted: float, got: float) -> Target:
    return Target(name, f"≥ {wanted:.0%}", f"{got:.1%}", got >= wanted)


def _at_most(name: str, wanted: float, got: float) -> Target:
    return Target(name, f"≤ {wanted:.1%}", f"{got:.2%}", got <= wanted)
