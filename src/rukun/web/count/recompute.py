"""What is worked out from the stored forms, made anew for the regencies that a change touches.

Runs inside the transaction of the change. A regency is worked out whole, so that the rules which
look at neighbours and at sums see everything they need; places above it are added up from their
children.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from django.db.models import Sum
from django.utils import timezone

from rukun.count import agreement, compare, tally
from rukun.count.findings import SEVERITIES
from rukun.count.forms import KEY
from rukun.count.outlook import OUTLOOK, contest_outlook, station_table
from rukun.count.rules import check
from rukun.count.standing import station_forms
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
from rukun.web.count.opening import CAMPS, closed_forms, closed_places
from rukun.web.count.summaries import Key, add_up, store_summaries
from rukun.web.count.tables import (
    below,
    contests_at,
    finding_mark,
    forms_at,
    forms_table,
    frame_of,
    units_of,
)

_BULK = 2000
#: What a station's state says, once of all forms and once of the open ones.
_SAID = ("state", "sources", "cells_compared", "cells_differing", "votes_touched")


def recompute(places: Iterable[str]) -> None:
    """Work out anew everything that depends on forms at these places."""
    contests: dict[str, Contest] = {}
    above: dict[str, Place] = {}
    for unit in units_of(places):
        _unit(unit, frame_of(unit))
        contests |= {c.code: c for c in contests_at(unit)}
        above |= {p.code: p for p in Place.objects.filter(code__in=unit.codes[:-1])}
    for place in sorted(above.values(), key=lambda p: -len(p.codes)):
        add_up(place)
    for contest in contests.values():
        _outlook(contest)


def recompute_everything() -> None:
    """Throw away what was worked out and work it out anew: places may have moved in the tree."""
    for model in (StationState, Summary, StoredFinding, Coverage, ContestOutlook):
        model.objects.all().delete()
    recompute(Place.objects.values_list("code", flat=True))


@dataclass(frozen=True)
class _Work:
    """What a regency's forms come to."""

    stations: pl.DataFrame
    states: pl.DataFrame
    findings: pl.DataFrame
    counts: pl.DataFrame
    sums: pl.DataFrame


def _worked_out(forms: pl.DataFrame, frame: Frame) -> _Work:
    compared = compare(forms, frame)
    return _Work(
        station_table(forms, frame, compared.states),
        compared.states,
        compared.findings,
        agreement(compared.states, frame),
        tally(forms, frame),
    )


def _opened(forms: pl.DataFrame, frame: Frame, every: _Work) -> _Work:
    """What the open ``forms`` come to. That opposed witnesses agree is said though they are closed:
    both have spoken, and no figure is told (decision 2)."""
    work = _worked_out(forms, frame)
    key = ["contest", "place"]
    witnessed = every.states.filter(pl.col("state") == "witnessed")
    others = work.states.join(witnessed, on=key, how="anti")
    states = pl.concat([others, witnessed]).sort(key)
    return replace(work, states=states, counts=agreement(states, frame))


def _unit(unit: Place, frame: Frame) -> None:
    stored = forms_table(forms_at(unit))
    forms = in_force(stored).drop("id", "held")
    made_up = _exercise(forms, frame)
    keys = closed_forms(stored)
    closed = closed_places(keys, frame.ancestors)
    every = _worked_out(forms, frame)
    opened = (
        every if keys.is_empty() else _opened(forms.join(keys, on=KEY, how="anti"), frame, every)
    )
    stations_closed = _stations_closed(keys, frame)
    _store_states(unit, frame, every, _states_open(opened, stations_closed), made_up)
    faults = feed_faults(stored.drop("id"), frame)
    findings = pl.concat([check(forms, frame), every.findings, faults])
    _store_findings(unit, findings, closed, made_up)
    counts, sums = (every.counts, opened.counts), (every.sums, opened.sums)
    store_summaries(unit, counts, sums, stations_closed, made_up)
    _store_coverage(unit, stored)


def _stations_closed(keys: pl.DataFrame, frame: Frame) -> dict[Key, int]:
    """The places with stations that have closed forms, the stations included, and how many."""
    stations = (
        keys.select("contest", "place")
        .unique()
        .join(frame.stations.select("contest", "place"), on=["contest", "place"], how="semi")
    )
    above = frame.ancestors.select(place=pl.col("code"), at=pl.col("ancestor"))
    counted = stations.join(above, on="place").group_by("contest", "at").len()
    return {(contest, at): n for contest, at, n in counted.iter_rows()}


def _states_open(opened: _Work, closed: dict[Key, int]) -> dict[Key, dict[str, Any]]:
    """What the state of each station with closed forms is without them."""
    return {
        (r["contest"], r["place"]): {name: r[name] for name in _SAID}
        | {"sources": r["sources"] or []}
        for r in opened.states.iter_rows(named=True)
        if (r["contest"], r["place"]) in closed
    }


def _exercise(forms: pl.DataFrame, frame: Frame) -> set[Key]:
    """(contest, place) pairs whose figures, or figures below them, are made up."""
    marked = forms.filter(pl.col("basis") == "exercise").select("contest", "place").unique()
    above = frame.ancestors.select(place=pl.col("code"), at=pl.col("ancestor"))
    return set(marked.join(above, on="place").select("contest", "at").unique().iter_rows())


def _store_states(
    unit: Place,
    frame: Frame,
    work: _Work,
    states_open: dict[Key, dict[str, Any]],
    made_up: set[Key],
) -> None:
    parents = dict(frame.places.select("code", "parent").iter_rows())
    paths = dict(Place.objects.filter(below(unit.path)).values_list("code", "path"))
    key = ["contest", "place"]
    table = work.stations.join(work.states.drop("state", "official"), on=key, how="left")
    rows = []
    for r in table.iter_rows(named=True):
        numbers = frame.contests[r["contest"]].numbers
        rows.append(
            StationState(
                contest_id=r["contest"],
                place_id=r["place"],
                parent_id=parents[r["place"]],
                path=paths[r["place"]],
                **{name: r[name] for name in _SAID} | {"sources": r["sources"] or []},
                counted=r["counted"],
                votes={str(n): r[f"votes_{n}"] for n in numbers} if r["counted"] else {},
                bound=r["bound"],
                exercise=(r["contest"], r["place"]) in made_up,
                open=states_open.get((r["contest"], r["place"])),
            )
        )
    StationState.objects.filter(below(unit.path)).delete()
    StationState.objects.bulk_create(rows, batch_size=_BULK)


def _store_findings(
    unit: Place, findings: pl.DataFrame, closed: set[tuple[str, str, str]], made_up: set[Key]
) -> None:
    above = dict(Place.objects.filter(code__in=unit.codes[:-1]).values_list("code", "path"))
    inside = dict(Place.objects.filter(below(unit.path)).values_list("code", "path"))
    paths = above | inside
    StoredFinding.objects.filter(place__in=above).delete()
    StoredFinding.objects.filter(below(unit.path)).delete()
    rows = [
        _finding(r, paths[r["place"]], made_up)
        for r in findings.iter_rows(named=True)
        if r["place"] in paths
    ]
    known = set(Explanation.objects.values_list("mark", flat=True))
    for row in rows:
        row.explained = row.mark in known
        camps = [s for s in row.sources if s.startswith(CAMPS)]
        row.closed = any((row.contest_id, row.place_id, s) in closed for s in camps)
        if row.place_id in above:  # other regencies too: not from what is known of this one
            row.closed, row.exercise = bool(camps), False
    StoredFinding.objects.bulk_create(rows, batch_size=_BULK)


def _finding(row: dict[str, Any], path: str, made_up: set[Key]) -> StoredFinding:
    same = ("code", "severity", "sources", "version", "field", "expected", "found")
    return StoredFinding(
        **{name: row[name] for name in (*same, "votes_at_stake")},
        contest_id=row["contest"],
        place_id=row["place"],
        path=path,
        rank=SEVERITIES.index(row["severity"]),
        kind=row["kind"] or "",
        mark=finding_mark(row),
        exercise=(row["contest"], row["place"]) in made_up,
    )


def _outlook(contest: Contest) -> None:
    rows = StationState.objects.filter(contest=contest).values_list(
        "place_id", "state", "counted", "votes", "bound", "open__state"
    )
    pure = contest.pure
    schema: dict[str, Any] = {
        "place": pl.String,
        "state": pl.String,
        "counted": pl.Boolean,
        **dict.fromkeys(pure.vote_fields, pl.Int64),
        "bound": pl.Int64,
        "state_open": pl.String,
    }
    table = pl.DataFrame(
        [
            (p, s, c, *(v.get(str(n)) for n in pure.numbers), b, o or s)
            for p, s, c, v, b, o in rows.iterator(chunk_size=5000)
        ],
        schema=schema,
        orient="row",
    )
    data = dict.fromkeys(OUTLOOK) | {"contest": contest.code} | contest_outlook(table, pure)
    data["tps_disputed_open"] = int((table.get_column("state_open") == "disputed").sum())
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
