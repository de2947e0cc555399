"""One station as its sources state it: cells side by side, rules on each form, findings in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rukun.count.forms import FIELDS, Field, vote_field
from rukun.count.rules import RULES, Outcome, describe, explain
from rukun.count.standing import INDEPENDENT
from rukun.web.count.models import Contest, StoredFinding, StoredForm
from rukun.web.count.presenters import lang


@dataclass(frozen=True)
class Cell:
    """One figure of one source; ``differs`` where it is not what the other sources state."""

    value: int | None
    differs: bool


@dataclass(frozen=True)
class Line:
    """One row of the form across the sources; ``mark`` where they differ."""

    field: str
    label: str
    section: Any
    cells: list[Cell]
    mark: bool


#: Sections of the form in the order in which people look for them, with their names.
SECTIONS = {
    "IV": _("IV. Votes"),
    "V": _("V. Valid and invalid votes"),
    "I.A": _("I.A. Registered voters"),
    "I.B": _("I.B. Who voted"),
    "II": _("II. Ballots"),
    "III": _("III. Voters with a disability"),
    "–": _("Stations"),
}


def side_by_side(contest: Contest, forms: Sequence[StoredForm]) -> list[Line]:
    """Every figure that any of the forms states, votes first, source by source.

    A cell is marked where it is not the official figure (without one: where not all are the same).
    """
    votes = [vote_field(c["number"]) for c in contest.choices]
    names = {f"votes_{c['number']}": f"{c['number']} · {c['short']}" for c in contest.choices}
    stated = [
        f for f in (*votes, *FIELDS) if any(figure(form, f.name) is not None for form in forms)
    ]
    order = list(SECTIONS)
    return [
        _line(f, names.get(f.name) or (f.id if lang() == "id" else f.en), forms)
        for f in sorted(stated, key=lambda f: order.index(_section(f)))
    ]


def _section(field: Field) -> str:
    """The section of a field without its row: ``I.A`` of ``I.A.2``, ``V`` of ``V.B``."""
    parts = field.section.split(".")
    return ".".join(parts[:2]) if parts[0] == "I" else parts[0]


def _line(field: Field, label: str, forms: Sequence[StoredForm]) -> Line:
    values = [figure(form, field.name) for form in forms]
    stated = [(form, v) for form, v in zip(forms, values, strict=True) if v is not None]
    official = [v for form, v in stated if form.source == "official"]
    own = {v for form, v in stated if independent(form)}
    base = official[0] if official else (own.pop() if len(own) == 1 else None)
    differ = len({v for _form, v in stated}) > 1
    cells = [Cell(v, differ and v is not None and v != base) for v in values]
    return Line(field.name, label[0].upper() + label[1:], SECTIONS[_section(field)], cells, differ)


def independent(form: StoredForm) -> bool:
    """Whether the form's source reads the count for itself."""
    return re.match(INDEPENDENT, form.source) is not None


def figure(form: StoredForm, name: str) -> int | None:
    """A figure of a stored form by field name; None where it is not stated."""
    if name.startswith("votes_"):
        return form.votes.get(name[6:])
    return form.cells.get(name)


@dataclass(frozen=True)
class RuleLine:
    """One rule on one form: its outcome, what to look at on the paper, and the sentence."""

    code: str
    title: str
    severity: str
    status: str
    sentence: str
    look: str


def rule_lines(form: StoredForm, contest: Contest, coordinator: bool) -> list[RuleLine]:
    """The rules on one form: broken ones each with their sentence, the others once per rule."""
    outcomes = explain(
        {
            **form.cells,
            **{f"votes_{n}": v for n, v in form.votes.items()},
            "contest": contest.code,
            "place": form.place_id,
            "source": form.source,
            "kind": form.kind,
            "version": form.version,
        },
        contest.pure,
    )
    by_code: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_code[outcome.code].append(outcome)
    return [line for some in by_code.values() for line in _rule_lines(some, form, coordinator)]


def _rule_lines(outcomes: Sequence[Outcome], form: StoredForm, coordinator: bool) -> list[RuleLine]:
    rule = RULES[outcomes[0].code]
    look = (rule.coordinator if coordinator else rule.typist).say(lang())
    title = rule.title.say(lang())
    broken = [o for o in outcomes if o.status == "broken"]
    if broken:
        return [
            RuleLine(
                rule.code,
                title,
                o.severity,
                "broken",
                describe(
                    {
                        "code": o.code,
                        "field": o.field,
                        "found": o.found,
                        "expected": o.expected,
                        "sources": [form.source],
                    },
                    lang(),
                ),
                look,
            )
            for o in broken
        ]
    status = "passed" if any(o.status == "passed" for o in outcomes) else "not_checkable"
    return [RuleLine(rule.code, title, rule.severity, status, "", look)]


@dataclass(frozen=True)
class FindingLine:
    """One finding with its sentence and the page of its place."""

    finding: StoredFinding
    title: str
    sentence: str
    url: str


def finding_lines(findings: Iterable[StoredFinding]) -> list[FindingLine]:
    """Findings in words."""
    return [
        FindingLine(
            f,
            RULES[f.code].title.say(lang()),
            describe(
                {
                    "code": f.code,
                    "field": f.field,
                    "found": f.found,
                    "expected": f.expected,
                    "sources": f.sources,
                },
                lang(),
            ),
            reverse("count:place", args=[f.contest_id, f.place_id]),
        )
        for f in findings
    ]
