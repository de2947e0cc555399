"""What is known of each place above the stations: worked out in a regency, added up above it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db.models import Count

from rukun.count.compare import STATES
from rukun.count.tally import SUMMED
from rukun.web.count.models import Contest, Place, StoredFinding, StoredForm, Summary
from rukun.web.count.tables import below

#: contest and place
Key = tuple[str, str]
#: What a summary says, once of all forms and once of the open ones.
SAID = ("votes_touched", "states", "sources", "findings")


def store_summaries(
    unit: Place,
    counts: tuple[pl.DataFrame, pl.DataFrame],
    sums: tuple[pl.DataFrame, pl.DataFrame],
    closed: Mapping[Key, int],
    made_up: set[Key],
) -> None:
    """Make the unit's summaries anew.

    ``counts`` (``compare.agreement``) and ``sums`` (``tally``): of all forms and of the open ones.
    ``closed``: the places with stations that have closed forms, and how many.
    """
    areas = set(
        Place.objects.filter(below(unit.path)).exclude(kind="tps").values_list("code", flat=True)
    )
    every, opened = (_said(unit, c, s, o) for c, s, o in zip(counts, sums, (0, 1), strict=True))
    Summary.objects.filter(
        place__path__gte=unit.path, place__path__lt=unit.path[:-1] + "0"
    ).delete()
    rows = [
        Summary(
            contest_id=key[0],
            place_id=key[1],
            tps_total=total,
            **every[key],
            open=opened[key] | {"closed": closed[key]} if key in closed else None,
            exercise=key in made_up,
        )
        for *at, total in counts[0].select("contest", "place", "tps_total").iter_rows()
        if (key := (at[0], at[1]))[1] in areas
    ]
    Summary.objects.bulk_create(rows, batch_size=2000)


def _said(
    unit: Place, counts: pl.DataFrame, sums: pl.DataFrame, only_open: bool
) -> dict[Key, dict[str, Any]]:
    sources = _sources(sums)
    findings = _finding_counts(unit, only_open)
    return {
        (r["contest"], r["place"]): {
            "votes_touched": r["votes_touched"],
            "states": {s: r[s] for s in STATES},
            "sources": sources[r["contest"], r["place"]],
            "findings": findings[r["contest"], r["place"]],
        }
        for r in counts.iter_rows(named=True)
    }


def _sources(sums: pl.DataFrame) -> dict[Key, dict[str, Any]]:
    found: dict[Key, dict[str, Any]] = defaultdict(dict)
    for r in sums.iter_rows(named=True):
        votes = {k[6:]: v for k, v in r.items() if k.startswith("votes_") and v is not None}
        figures = {k: r[k] for f in SUMMED for k in (f, f"{f}_in")}
        found[r["contest"], r["place"]][r["source"]] = {
            "tps_in": r["tps_in"],
            "votes": votes,
            **figures,
        }
    return found


def _finding_counts(unit: Place, only_open: bool) -> dict[Key, Counter[str]]:
    """Findings nobody has explained yet, by severity, at every place of the unit."""
    counts: dict[Key, Counter[str]] = defaultdict(Counter)
    rows = StoredFinding.objects.filter(below(unit.path), explained=False)
    if only_open:
        rows = rows.filter(closed=False)
    for contest, path, severity, n in rows.values_list("contest", "path", "severity").annotate(
        n=Count("id")
    ):
        for code in path.rstrip("/").split("/"):
            counts[contest, code][severity] += n
    return counts


def add_up(place: Place) -> None:
    """A place above the regencies: the sum of its children's summaries and its own findings."""
    children: dict[str, list[Summary]] = defaultdict(list)
    for summary in Summary.objects.filter(place__parent=place):
        children[summary.contest_id].append(summary)
    Summary.objects.filter(place=place).delete()
    own = StoredFinding.objects.filter(place=place)
    own_forms = StoredForm.objects.filter(place=place, current=True, basis="exercise")
    for contest in Contest.objects.filter(place__in=place.codes, code__in=children):
        parts = children[contest.code]
        exercise = any(p.exercise for p in parts) or own_forms.filter(contest=contest).exists()
        own.filter(contest=contest).update(exercise=exercise)
        _sum_children(contest, place, parts, exercise)


def _sum_children(contest: Contest, place: Place, parts: list[Summary], exercise: bool) -> None:
    own = StoredFinding.objects.filter(place=place, contest=contest, explained=False)
    every = [{name: getattr(p, name) for name in SAID} for p in parts]
    opened = None
    if any(p.open for p in parts):
        shown = [p.open or said for p, said in zip(parts, every, strict=True)]
        opened = _added(shown, own.filter(closed=False))
        opened["closed"] = sum(p.open["closed"] for p in parts if p.open)
    Summary.objects.create(
        contest=contest,
        place=place,
        tps_total=sum(p.tps_total for p in parts),
        **_added(every, own),
        open=opened,
        exercise=exercise,
    )


def _added(parts: list[dict[str, Any]], own: Any) -> dict[str, Any]:
    states: Counter[str] = Counter()
    findings = Counter(own.values_list("severity", flat=True))
    sources: dict[str, dict[str, Any]] = {}
    for part in parts:
        states.update(part["states"])
        findings.update(part["findings"])
        for source, figures in part["sources"].items():
            sources[source] = add_figures(sources.get(source), figures)
    touched = sum(p["votes_touched"] for p in parts)
    return {"votes_touched": touched, "states": states, "sources": sources, "findings": findings}


def add_figures(one: dict[str, Any] | None, other: dict[str, Any]) -> dict[str, Any]:
    """Two sources' sums added; a figure that only one states keeps that one's coverage."""
    if one is None:
        return other
    added = {k: _plus(one.get(k), other.get(k)) for k in (one.keys() | other.keys()) - {"votes"}}
    votes = {
        n: _plus(one["votes"].get(n), other["votes"].get(n))
        for n in one["votes"].keys() | other["votes"].keys()
    }
    return {**added, "votes": votes}


def _plus(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
