"""The reference pages of the rules and of the fields of a form, made from their registers.

``python -m rukun.count.rules.page docs/reference`` writes both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rukun.count.forms import FIELDS, IDENTITY, PROVENANCE, vote_field
from rukun.count.rules.hard import LISTS
from rukun.count.rules.model import Rule
from rukun.count.rules.registry import RULES

_MADE: Final = "<!-- Made by `python -m rukun.count.rules.page docs/reference`. Do not edit. -->"
_HEADINGS: Final = {
    "H": "H — identities of one form",
    "P": "P — plausibility of one station's form",
    "C": "C — the two contests of one place",
    "A": "A — the chain of recapitulation",
    "S": "S — sources against each other",
    "F": "F — the publication in time",
}
_LIST_SYMBOLS: Final = dict(zip((*LISTS, ""), "DPTN", strict=True))
_SYMBOLS: Final = (
    *((sym, f"registered_{kind}s") for kind, sym in _LIST_SYMBOLS.items()),
    *((f"u{sym}" if kind else "U", f"voters_{kind}s") for kind, sym in _LIST_SYMBOLS.items()),
    ("R", "ballots_received"),
    ("G", "ballots_used"),
    ("S", "ballots_returned"),
    ("K", "ballots_unused"),
    ("H", "disabled_registered_s"),
    ("uH", "disabled_voters_s"),
    ("v_i", "votes_i"),
    ("V", "valid"),
    ("I", "invalid"),
    ("W", "cast"),
)


def rules_page() -> str:
    """``docs/reference/rules.md``: every rule with its formula, source and words."""
    parts = [_MADE, "# Rules", _INTRO, _symbols()]
    for letter, heading in _HEADINGS.items():
        parts.append(f"## {heading}")
        parts += [_rule(r) for r in RULES.values() if r.code[0] == letter]
    return "\n\n".join(parts) + "\n"


_INTRO: Final = (
    "A rule is one statement about figures. It is judged only where every figure it needs is "
    "stated; otherwise it is *not checkable*, never *passed*. An *error* means that some number "
    "is wrong, a *warning* that something should be looked at soon, a *notice* that something is "
    "unusual. No rule proves intent, and none offers to make a form add up: type what the paper "
    "says. `rukun rules` prints this list."
)


def _symbols() -> str:
    rows = [f"| {symbol} | `{name}` |" for symbol, name in _SYMBOLS]
    note = "`s` stands for `l` (men), `p` (women) or `j` (all); without it, `j` is meant."
    return "\n".join(["| Symbol | Field |", "|---|---|", *rows, "", note])


def _rule(r: Rule) -> str:
    return "\n".join(
        [
            f"### {r.code} {r.title.en}",
            "",
            f"*{r.title.id}* · {r.severity} · {r.kind}",
            "",
            f"`{r.formula}`",
            "",
            f"- Source: {r.law.en} (*{r.law.id}*)",
            f"- Typist: {r.typist.en} (*{r.typist.id}*)",
            f"- Coordinator: {r.coordinator.en} (*{r.coordinator.id}*)",
            f"- Reads: {_fields(r.fields)}",
        ]
    )


def _fields(names: Iterable[str]) -> str:
    """Field names in code; words (where the list would be every field) as they are."""
    told = [n if " " in n else f"`{n}`" for n in names]
    return ", ".join(told) or "nothing these tables hold"


def fields_page() -> str:
    """``docs/reference/fields.md``: the columns of the table of forms."""
    votes = vote_field(1)
    figures = [f"| `{f.name}` | {f.section} | {f.unit} | {f.en} | {f.id} |" for f in FIELDS]
    at = next(i for i, f in enumerate(FIELDS) if f.name == "valid")
    figures.insert(
        at,
        f"| `votes_1` … `votes_n` | {votes.section} | {votes.unit} | votes for choice 1 … n "
        "| suara pilihan 1 … n |",
    )
    head = ["| Field | Row on the paper | Unit | English | Indonesian |", "|---|---|---|---|---|"]
    columns = [
        f"| `{c.name}` | {c.unit} | {'may be empty' if c.nullable else 'always stated'} | {c.meaning} |"
        for c in (*IDENTITY, *PROVENANCE)
    ]
    other = ["| Column | Unit | | Meaning |", "|---|---|---|---|"]
    parts = [_MADE, "# Fields of a form", _FIELDS_INTRO, "\n".join([*head, *figures])]
    parts += ["## Columns beside the figures", "\n".join([*other, *columns])]
    return "\n\n".join(parts) + "\n"


_FIELDS_INTRO: Final = (
    "The names are the same in tables, files, code and pages. An empty cell is *not stated*, never "
    "0. Match rows of a paper by their label, not by number: their order differs between prints, "
    "and a polling-station or kecamatan officer should check this list once against a printed "
    "C.HASIL-KWK."
)


def write(folder: Path) -> None:
    """Write both pages into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.md").write_text(rules_page(), encoding="utf-8")
    (folder / "fields.md").write_text(fields_page(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
