"""Agreement of the desk's first and blind readings, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rukun.talk import agreement, cases
from rukun.web.talk.models import Case, Reading

#: Of the intervals' resamples, so that the page says the same each time.
SEED: Final = 2024
#: What is measured: the name, and what a reading answers.
MEASURED: Final = ("label", "needed")


@dataclass(frozen=True)
class Shown:
    """``measures``: per question (which label; whether somebody is needed) the agreement.
    ``labels``: per label of the first reading, cases read twice and how often the second gave the
    same. ``wanted``: cases that are to be read twice, ``read`` those that were."""

    measures: list[tuple[str, agreement.Agreement]]
    labels: list[tuple[str, int, int]]
    wanted: int
    read: int


def agreement_now() -> Shown:
    """Agreement of everything that was read twice so far."""
    pairs = _pairs()
    return Shown(
        measures=[(name, _measured(pairs, name)) for name in MEASURED],
        labels=_by_label(pairs),
        wanted=Case.objects.filter(read_twice=True).exclude(state="new").count(),
        read=len(pairs),
    )


def _pairs() -> list[tuple[Reading, Reading]]:
    """(first, blind) reading of each case that has both; of several first ones the one before."""
    rows = Reading.objects.filter(case__read_twice=True, part__in=(Reading.FIRST, Reading.BLIND))
    first: dict[int, Reading] = {}
    pairs = []
    for row in rows.order_by("case_id", "pk"):
        if row.part == Reading.FIRST:
            first.setdefault(row.case_id, row)
        elif row.case_id in first:
            pairs.append((first[row.case_id], row))
    return pairs


def _measured(pairs: list[tuple[Reading, Reading]], name: str) -> agreement.Agreement:
    given = [
        agreement.Reading(str(r.case_id), str(r.by_id), str(getattr(r, name)))
        for pair in pairs
        for r in pair
    ]
    return agreement.agreement(given, SEED)


def _by_label(pairs: list[tuple[Reading, Reading]]) -> list[tuple[str, int, int]]:
    found = []
    for label in cases.LABELS:
        of_label = [(a, b) for a, b in pairs if a.label == label]
        if of_label:
            found.append((label, len(of_label), sum(a.label == b.label for a, b in of_label)))
    return found
