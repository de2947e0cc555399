"""What the count holds about the place of a claim, for one reader: forms row by row, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rukun.web.count import paper, queries
from rukun.web.count.models import Contest, StoredForm
from rukun.web.count.presenters import place_url
from rukun.web.talk.models import Claim


@dataclass(frozen=True)
class Station:
    """One contest at the place: the forms in force, their rows, what was found, and its page."""

    contest: Contest
    url: str
    forms: list[StoredForm]
    lines: list[paper.Line]
    findings: list[paper.FindingLine]


def stations(user: Any, claim: Claim, named: Iterable[str]) -> list[Station]:
    """The contests of these codes at the place of a claim; the claim's own where none is named."""
    if claim.place is None:
        return []
    codes = sorted(set(named) | ({claim.contest} if claim.contest else set()))
    here = queries.contests_of(claim.place)
    return [_station(user, c, claim) for c in (here.filter(pk__in=codes) if codes else here)]


def _station(user: Any, contest: Contest, claim: Claim) -> Station:
    place = claim.place
    assert place is not None
    forms = [f for f in queries.forms_of(user, contest, place) if f.current]
    found = queries.findings_at(user, contest, place)
    return Station(
        contest,
        place_url(contest, place),
        forms,
        paper.side_by_side(contest, forms),
        paper.finding_lines(found),
    )
