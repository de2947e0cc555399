"""What is worked out from the stored forms, made anew for the regencies that a change touches.

Runs inside the transaction of the change. A regency is worked out whole, so that the rules which
look at neighbours and at sums see everything they need; places above it are added up from their
children.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import polars as pl
from django.db.models import Count, Sum
from django.utils import timezone

from rukun.count import agreement, compare, tally
from rukun.count.compare import STATES
from rukun.count.findings import SEVERITIES
from rukun.count.outlook import OUTLOOK, contest_outlook, station_table
from rukun.count.rules import check
from rukun.count.standing import station_forms
from rukun.count.tally import SUMMED
from rukun.count.versions import feed_faults, in_force
from rukun.frame import Frame
from rukun.web.count.models import (
    Contest,
    ContestOutlook,
    Coverage,
    Explanation,
    Place,
    StationState,
    StoredFinding,
    Summary,
)
from rukun.web.count.tables import below, finding_mark, forms_at, forms_table, frame_of, units_of

_BULK = 2000


def recompute(places: Iterable[str]) -> None:
    """Work out anew everything that depends on forms at these places."""
    contests: set[str] = set()
    above: dict[str, Place] = {}
    for unit in units_of(places):
        frame = frame_of(unit)
        contests |= set(frame.contests)
        _unit(unit, frame)
        above |= {p.code: p for p in Place.objects.filter(code__in=unit.codes[:-1])}
    for place in sorted(above.values(), key=lambda p: -len(p.codes)):
        _add_up(place)
    for contest in Contest.objects.filter(code__in=contests):
        _outlook(contest)


def _unit(unit: Place, frame: Frame) -> None:
    stored = forms_table(forms_at(unit))
    forms = in_force(stored).drop("id", "held")
    compared = compare(forms, frame)
    made_up = _exercise(forms, frame)
    findings = pl.concat(
        [check(forms, frame), compared.findings, feed_faults(stored.drop("id"), frame)]
    )
    _store_states(
        unit, frame, station_table(forms, frame, compared.states), compared.states, made_up
    )
    _store_findings(unit, findings, made_up)
    _store_summaries(unit, agreement(compared.states, frame), tally(forms, frame), made_up)
    _store_coverage(unit, stored)


def _exercise(forms: pl.DataFrame, frame: Frame) -> set[tuple[str, str]]:
    """(contest, place) pairs whose figures, or figures below them, are made up."""
    marked = forms.filter(pl.col("basis") == "exercise").select("contest", "place").unique()
    above = frame.ancestors.select(place=pl.col("code"), at=pl.col("ancestor"))
    return set(marked.join(above, on="place").select("contest", "at").unique().iter_rows())


def _inside(unit: Place) -> set[str]:
    return set(Place.objects.filter(below(unit.path)).values_list("code", flat=True))


def _store_states(
    unit: Place,
    frame: Frame,
    stations: pl.DataFrame,
    states: pl.DataFrame,
    made_up: set[tuple[str, str]],
) -> None:
    parents = dict(frame.places.select("code", "parent").iter_rows())
    paths = dict(Place.objects.filter(below(unit.path)).values_list("code", "path"))
    table = stations.join(states.drop("state", "official"), on=["contest", "place"], how="left")
    rows = []
    for r in table.iter_rows(named=True):
        numbers = frame.contests[r["contest"]].numbers
        rows.append(
            StationState(
                contest_id=r["contest"],
                place_id=r["place"],
                parent_id=parents[r["place"]],
                path=paths[r["place"]],
                state=r["state"],
                sources=r["sources"] or [],
                cells_compared=r["cells_compared"],
                cells_differing=r["cells_differing"],
                votes_touched=r["votes_touched"],
                counted=r["counted"],
                votes={str(n): r[f"votes_{n}"] for n in numbers} if r["counted"] else {},
                bound=r["bound"],
                exercise=(r["contest"], r["place"]) in made_up,
            )
        )
    StationState.objects.filter(below(unit.path)).delete()
    StationState.objects.bulk_create(rows, batch_size=_BULK)


def _store_findings(unit: Place, findings: pl.DataFrame, made_up: set[tuple[str, str]]) -> None:
    above = Place.objects.filter(code__in=unit.codes[:-1])
    inside = Place.objects.filter(below(unit.path))
    paths = dict(above.values_list("code", "path")) | dict(inside.values_list("code", "path"))
    StoredFinding.objects.filter(place__in=unit.codes[:-1]).delete()
    StoredFinding.objects.filter(below(unit.path)).delete()
    rows = [
        _finding(r, paths[r["place"]], made_up)
        for r in findings.iter_rows(named=True)
        if r["place"] in paths
    ]
    known = set(Explanation.objects.values_list("mark", flat=True))
    for row in rows:
        row.explained = row.mark in known
    StoredFinding.objects.bulk_create(rows, batch_size=_BULK)


def _finding(row: dict[str, Any], path: str, made_up: set[tuple[str, str]]) -> StoredFinding:
    return StoredFinding(
        contest_id=row["contest"],
        place_id=row["place"],
        path=path,
        code=row["code"],
        severity=row["severity"],
        rank=SEVERITIES.index(row["severity"]),
        sources=row["sources"],
        kind=row["kind"] or "",
        version=row["version"],
        field=row["field"],
        expected=row["expected"],
        found=row["found"],
        votes_at_stake=row["votes_at_stake"],
        mark=finding_mark(row),
        exercise=(row["contest"], row["place"]) in made_up,
    )


def _store_summaries(
    unit: Place, counts: pl.DataFrame, sums: pl.DataFrame, made_up: set[tuple[str, str]]
) -> None:
    inside = _inside(unit) - set(
        Place.objects.filter(below(unit.path), kind="tps").values_list("code", flat=True)
    )
    by_source: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for r in sums.iter_rows(named=True):
        votes = {k[6:]: v for k, v in r.items() if k.startswith("votes_") and v is not None}
        figures = {k: r[k] for f in SUMMED for k in (f, f"{f}_in")}
        by_source[r["contest"], r["place"]][r["source"]] = {
            "tps_in": r["tps_in"],
            "votes": votes,
            **figures,
        }
    found = _finding_counts(unit)
    Summary.objects.filter(
        place__path__gte=unit.path, place__path__lt=unit.path[:-1] + "0"
    ).delete()
    Summary.objects.bulk_create(
        [
            Summary(
                contest_id=r["contest"],
                place_id=r["place"],
                tps_total=r["tps_total"],
                votes_touched=r["votes_touched"],
                states={s: r[s] for s in STATES},
                sources=by_source[r["contest"], r["place"]],
                findings=found[r["contest"], r["place"]],
                exercise=(r["contest"], r["place"]) in made_up,
            )
            for r in counts.iter_rows(named=True)
            if r["place"] in inside
        ],
        batch_size=_BULK,
    )


def _finding_counts(unit: Place) -> dict[tuple[str, str], Counter[str]]:
    """Findings nobody has explained yet, by severity, at every place of the unit."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    open_ones = StoredFinding.objects.filter(below(unit.path), explained=False)
    for contest, path, severity, n in open_ones.values_list("contest", "path", "severity").annotate(
        n=Count("id")
    ):
        for code in path.rstrip("/").split("/"):
            counts[contest, code][severity] += n
    return counts


def _add_up(place: Place) -> None:
    """A place above the regencies: the sum of its children's summaries and its own findings."""
    children: dict[str, list[Summary]] = defaultdict(list)
    for summary in Summary.objects.filter(place__parent=place):
        children[summary.contest_id].append(summary)
    Summary.objects.filter(place=place).delete()
    own = StoredFinding.objects.filter(place=place, explained=False)
    for contest in Contest.objects.filter(code__in=children):
        if contest.place_id not in place.codes and place.code not in contest.place.codes:
            continue
        if place.code not in contest.place.codes[:-1]:
            _sum_children(
                contest,
                place,
                children[contest.code],
                Counter(own.filter(contest=contest).values_list("severity", flat=True)),
            )


def _sum_children(contest: Contest, place: Place, parts: list[Summary], own: Counter[str]) -> None:
    states: Counter[str] = Counter()
    findings = Counter(own)
    sources: dict[str, dict[str, Any]] = {}
    for part in parts:
        states.update(part.states)
        findings.update(part.findings)
        for source, figures in part.sources.items():
            sources[source] = add_figures(sources.get(source), figures)
    Summary.objects.create(
        contest=contest,
        place=place,
        tps_total=sum(p.tps_total for p in parts),
        votes_touched=sum(p.votes_touched for p in parts),
        states=states,
        sources=sources,
        findings=findings,
        exercise=any(p.exercise for p in parts),
    )


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


def _outlook(contest: Contest) -> None:
    rows = StationState.objects.filter(contest=contest).values_list(
        "place_id", "state", "counted", "votes", "bound"
    )
    pure = contest.pure
    schema: dict[str, Any] = {
        "place": pl.String,
        "state": pl.String,
        "counted": pl.Boolean,
        **dict.fromkeys(pure.vote_fields, pl.Int64),
        "bound": pl.Int64,
    }
    table = pl.DataFrame(
        [
            (p, s, c, *(v.get(str(n)) for n in pure.numbers), b)
            for p, s, c, v, b in rows.iterator(chunk_size=5000)
        ],
        schema=schema,
        orient="row",
    )
    data = dict.fromkeys(OUTLOOK) | {"contest": contest.code} | contest_outlook(table, pure)
    exercise = StationState.objects.filter(contest=contest, exercise=True).exists()
    ContestOutlook.objects.update_or_create(
        contest=contest, defaults={"data": data, "exercise": exercise, "at": timezone.now()}
    )


def _store_coverage(unit: Place, stored: pl.DataFrame) -> None:
    """How many stations each source had first reported in each hour."""
    first = (
        station_forms(stored.filter(pl.col("entered_at").is_not_null()))
        .group_by("contest", "place", "source")
        .agg(pl.col("entered_at").min().dt.truncate("1h").alias("hour"))
        .group_by("contest", "source", "hour")
        .agg(pl.len().alias("stations"))
    )
    Coverage.objects.filter(unit=unit).delete()
    Coverage.objects.bulk_create(
        [
            Coverage(unit=unit, contest_id=c, source=s, hour=h, stations=n)
            for c, s, h, n in first.iter_rows()
        ],
        batch_size=_BULK,
    )


def coverage_points(contest: Contest) -> list[tuple[str, dt.datetime, int]]:
    """``(source, hour, stations)`` over all units, in the order of time."""
    rows = Coverage.objects.filter(contest=contest).values_list("source", "hour")
    return list(rows.annotate(n=Sum("stations")).order_by("source", "hour"))
