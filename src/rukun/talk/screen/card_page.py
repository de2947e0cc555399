"""The model card as Markdown, from the figures of ``card``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rukun.talk.screen.card import FRESH, PROMISES, WORDS, reached

_INTRO = """# Model card: the incitement screen

Made by `rukun talk model-card`; do not edit. Weights `{weights}`.

**What it is for.** Ordering public posts so that the few that may need a person's decision are
read first. It decides nothing about anybody: a person does, with reasons, on the record. It reads
posts, never people; criticism of officials, of candidates and of the count is protected.

**What it was made from.** {sentences} sentences: the project's own generator ({kinds} kinds of
speech and disguised spellings; seed {seed}), {authored} posts written by hand for it, and word
lists in Indonesian, Balinese and Javanese. No post of anybody was used for training. {files}

**How it works.** Each post is read as written and freed of disguises; frames of act, target and
call, condition or weapon are looked for, with scope for negation, quotation, report, law, sport,
food, ritual and jokes; a linear scorer on the words and the frames says how sure it is. The screen
knows no camp: names and numbers of camps are masked before anything else.
"""
_LIMITS = """## What it cannot do

- It knows words and shapes, not the world: irony without a mark, pictures, voice, and codes agreed
  on elsewhere pass it.
- A new word for an old threat is missed until a desk adds it to its lists.
- Who repeats a threat in order to condemn it, without quotation marks and without a word of
  condemnation, looks like who makes it.
- Balinese and Javanese are covered more thinly than Indonesian.
- The probabilities are calibrated on written and made sentences. On a desk's own stream they hold
  only after calibration with at least 200 of its decisions.
"""


def page(found: Mapping[str, Any], notes: Mapping[str, str]) -> str:
    """The card. ``notes``: what is to be known about each held-out set, by its name."""
    parts = [_intro(found)]
    for one in found["sets"]:
        parts += _set(one, notes.get(one["name"], ""))
    if not found["sets"]:
        parts.append("\nThe held-out cases were not at hand when this page was made.\n")
    made = (
        f"Fresh sentences of the same generator (seed {FRESH}). They show that nothing is broken, "
        "not how the screen does on the speech of others: lists and generator have one author.\n"
    )
    parts += ["## On made sentences\n", made, *_table(found["made"]), _LIMITS]
    return "\n".join(parts)


def _intro(found: Mapping[str, Any]) -> str:
    made = found["made_from"]
    files = f"{made['files']} further file(s) of the user were used." if made["files"] else ""
    return _INTRO.format(
        weights=found["weights"],
        sentences=made["sentences"],
        seed=made["seed"],
        authored=made.get("authored", 0),
        kinds=found["kinds"],
        files=files,
    ).replace(" \n", "\n")


def _set(one: Mapping[str, Any], note: str) -> list[str]:
    rows = [_promise(code, measured) for code, measured in one["promises"].items()]
    steps = [f"| {said:.2f} | {came:.2f} | {n} |" for said, came, n in one["reliability"]]
    return [
        f"## On cases held out: {one['name']}\n",
        f"{one['cases']} cases. {note}\n",
        "| promise | wanted | measured | reached |",
        "|---|---|---|---|",
        *rows,
        "",
        "### By group\n",
        *_table(one["groups"]),
        "### By kind\n",
        *_table(one["kinds"]),
        "### What the score says\n",
        f"Expected calibration error {one['error']:.3f}.\n",
        "| score said | was threat or incitement | cases |",
        "|---|---|---|",
        *steps,
        "",
    ]


def _promise(code: str, measured: float) -> str:
    side, limit = PROMISES[code]
    sign = "≥" if side == "at least" else "≤"
    kept = "yes" if reached(code, measured) else "**no**"
    wanted, got = (f"{limit:.1%}", f"{measured:.2%}") if code != "swap" else ("0", f"{measured:g}")
    return f"| {WORDS[code]['en']} | {sign} {wanted} | {got} | {kept} |"


def _table(lines: Iterable[Sequence[Any]]) -> list[str]:
    head = ["| kind | cases | harmful | caught | wrongly flagged |", "|---|---|---|---|---|"]
    rows = [
        f"| {name} | {cases} | {harmful} | {_share(caught, harmful)} "
        f"| {_share(wrong, cases - harmful)} |"
        for name, cases, harmful, caught, wrong in lines
    ]
    return [*head, *rows, ""]


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "–"
