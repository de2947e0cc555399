"""However the forms came in, the room knows what it would know had they come all at once.

Random walks over bringing, correcting, explaining and accepting: after every few steps everything
worked out piece by piece is held against the pure functions over all forms and the whole frame,
and against working everything out anew.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import polars as pl
import pytest

from rukun.count import agreement, compare, outlook, tally
from rukun.count.compare import STATES
from rukun.count.outlook import OUTLOOK
from rukun.count.rules import check
from rukun.count.standing import station_forms
from rukun.count.tally import SUMMED
from rukun.count.versions import feed_faults, in_force
from rukun.frame import Frame
from rukun.places import check_places
from rukun.web.count import services
from rukun.web.count.models import (
    Contest,
    ContestOutlook,
    Coverage,
    Place,
    StationState,
    StoredFinding,
    StoredForm,
    Summary,
)
from rukun.web.count.recompute import coverage_points, recompute
from rukun.web.count.tables import forms_table
from tests.count.small import contest, frame
from tests.web.room import bring, furnish

pytestmark = pytest.mark.django_db
SEEDS = range(3)
STEPS = 24


def tree(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    """Places of ``(code, kind, parent)``, stations with 30 voters."""
    columns = ("code", "kind", "parent")
    table = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    registered = pl.when(pl.col("kind") == "tps").then(30).cast(pl.Int64)
    return check_places(table.with_columns(name=pl.col("code"), registered=registered))


def regency(code: str, parent: str | None) -> list[tuple[str, str, str | None]]:
    """A regency with two kecamatan, a village each, and three stations."""
    rows: list[tuple[str, str, str | None]] = [(code, "regency", parent)]
    for k, stations in (("1", 2), ("2", 1)):
        rows += [(f"{code}{k}", "kecamatan", code), (f"{code}{k}v", "village", f"{code}{k}")]
        rows += [(f"{code}{k}v{n}", "tps", f"{code}{k}v") for n in range(stations)]
    return rows


def province() -> Frame:
    """Two regencies under one province, each with its contest, and the province's."""
    places = tree(("P", "province", None), *regency("A", "P"), *regency("B", "P"))
    contests = (contest(), contest(code="reb", place="B"), contest(3, code="gov", place="P"))
    return Frame(places, {c.code: c for c in contests})


def without_regency() -> Frame:
    """A tree that goes from the province to its kecamatan."""
    places = tree(
        ("P", "province", None),
        ("K", "kecamatan", "P"),
        ("V", "village", "K"),
        ("T1", "tps", "V"),
        ("T2", "tps", "V"),
        ("L", "kecamatan", "P"),
        ("W", "village", "L"),
        ("T3", "tps", "W"),
    )
    return Frame(places, {"gov": contest(code="gov", place="P")})


FRAMES = {"one regency": frame, "province": province, "no regency": without_regency}


def a_row(chance: random.Random, whole: Frame, hour: int) -> dict[str, Any]:
    """A form that may come in: any source, any level, sometimes wrong, sometimes a correction."""
    race = chance.choice(sorted(whole.contests))
    at = whole.scope.filter(pl.col("contest") == race).sort("place")
    tps = chance.random() < 0.7
    row = chance.choice(at.filter((pl.col("kind") == "tps") == tps).to_dicts())
    count = len(whole.contests[race].choices)
    if tps:
        source = chance.choice(["official"] * 3 + ["witness:1", "witness:2", "feed", "recap"])
        kind = "c_hasil" if chance.random() < 0.9 else "c_hasil_psu"
        kind = "d_hasil" if source == "recap" else kind
    else:
        sources = ["recap", "feed"] if row["kind"] == "village" else ["official", "recap", "feed"]
        source, kind = chance.choice([*sources, "witness:1"]), "d_hasil"
    figures = {"tps_in": chance.randint(0, 2)} if source == "feed" and not tps else {}
    votes = [chance.choice([0, 10, 11, 20]) for _ in range(count)]
    if tps and chance.random() < 0.1:
        votes = []
    return {
        "contest": race,
        "place": row["place"],
        "source": source,
        "kind": kind,
        "votes": votes,
        "entered_at": dt.datetime(2024, 11, 27, tzinfo=dt.UTC) + dt.timedelta(hours=hour),
        "valid": chance.choice([sum(votes), sum(votes), 21, None]),
        "basis": chance.choice([None, None, "exercise"]),
        **figures,
    }


def step(chance: random.Random, whole: Frame, person: Any, hour: int) -> None:
    """One thing that somebody does."""
    held = StoredForm.objects.exclude(held="").order_by("id")
    findings = StoredFinding.objects.order_by("mark", "id")
    what = chance.random()
    if what < 0.15 and findings:
        services.explain(person, chance.choice(list(findings)).mark, "looked at the paper")
    elif what < 0.4 and held:
        services.accept_held(person, chance.choice(list(held)).pk, "the paper says so")
    else:
        rows = [a_row(chance, whole, hour) for _ in range(chance.randint(1, 4))]
        keyed = {(r["contest"], r["place"], r["source"], r["kind"]): r for r in rows}
        bring(*keyed.values(), choices=3)


def told() -> dict[str, Any]:
    """Everything the room has worked out, without row numbers and times."""
    tables = {
        StationState: ("contest", "place"),
        Summary: ("contest", "place"),
        StoredFinding: ("mark", "version"),
        Coverage: ("contest", "unit", "source", "hour"),
    }
    picture: dict[str, Any] = {}
    for model, order in tables.items():
        rows = list(model.objects.order_by(*order).values())
        picture[model.__name__] = [{k: v for k, v in r.items() if k != "id"} for r in rows]
    outlooks = ContestOutlook.objects.order_by("contest")
    picture["outlook"] = list(outlooks.values("contest", "data", "exercise"))
    return picture


def same_as_the_pure_functions(whole: Frame) -> None:
    stored = forms_table(StoredForm.objects.order_by("id"))
    forms = in_force(stored).drop("id", "held")
    compared = compare(forms, whole)
    found = pl.concat(
        [check(forms, whole), compared.findings, feed_faults(stored.drop("id"), whole)]
    )
    said = ("code", "severity", "field", "expected", "found", "votes_at_stake", "version")
    assert Counter(
        (f.contest_id, f.place_id, f.kind, *f.sources, *(getattr(f, n) for n in said))
        for f in StoredFinding.objects.all()
    ) == Counter(
        (r["contest"], r["place"], r["kind"] or "", *r["sources"], *(r[n] for n in said))
        for r in found.iter_rows(named=True)
    )
    cells = ("state", "cells_compared", "cells_differing", "votes_touched")
    assert {
        (s.contest_id, s.place_id): [*(getattr(s, n) for n in cells), s.sources]
        for s in StationState.objects.all()
    } == {
        (r["contest"], r["place"]): [*(r[n] for n in cells), r["sources"] or []]
        for r in compared.states.iter_rows(named=True)
    }
    summaries_are_right(whole, forms, compared.states)
    coverage_is_right(stored)
    rows = outlook(forms, whole).to_dicts()
    assert {o.pk: {n: o.data[n] for n in OUTLOOK} for o in ContestOutlook.objects.all()} == {
        r["contest"]: r for r in rows
    }


def coverage_is_right(stored: pl.DataFrame) -> None:
    first = station_forms(stored).group_by("contest", "place", "source")
    hours = first.agg(hour=pl.col("entered_at").min().dt.truncate("1h"))
    shown = {(c.pk, *at): n for c in Contest.objects.all() for *at, n in coverage_points(c)}
    assert shown == Counter(hours.select("contest", "source", "hour").iter_rows())


def summaries_are_right(whole: Frame, forms: pl.DataFrame, states: pl.DataFrame) -> None:
    areas = set(Place.objects.exclude(kind="tps").values_list("pk", flat=True))
    counts = [r for r in agreement(states, whole).to_dicts() if r["place"] in areas]
    rows = {(s.contest_id, s.place_id): s for s in Summary.objects.all()}
    assert rows.keys() == {(r["contest"], r["place"]) for r in counts}
    for r in counts:
        s = rows[r["contest"], r["place"]]
        assert (s.tps_total, s.votes_touched) == (r["tps_total"], r["votes_touched"])
        assert s.states == {name: r[name] for name in STATES}
    sums = [r for r in tally(forms, whole).to_dicts() if r["place"] in areas]
    names = ["tps_in", *SUMMED, *(f"{n}_in" for n in SUMMED)]
    stated = {}
    for (race, place), s in rows.items():
        numbers = Contest.objects.get(pk=race).pure.numbers
        for source, f in s.sources.items():
            votes = [f["votes"][str(n)] for n in numbers]
            stated[race, place, source] = [*votes, *(f[n] for n in names)]
    assert stated == {
        (r["contest"], r["place"], r["source"]): [
            *(r[f"votes_{n}"] for n in whole.contests[r["contest"]].numbers),
            *(r[n] for n in names),
        ]
        for r in sums
    }
    for (race, _), s in rows.items():
        standing = StoredFinding.objects.filter(contest=race, path__startswith=s.place.path)
        standing = standing.filter(explained=False)
        assert {k: n for k, n in s.findings.items() if n} == Counter(
            standing.values_list("severity", flat=True)
        )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("which", FRAMES)
def test_piece_by_piece_comes_to_the_same_as_all_at_once(person, which, seed):
    chance, whole, verifier = random.Random(seed), FRAMES[which](), person("verifier")
    furnish(whole)
    bring(*[a_row(chance, whole, 0) for _ in range(1)], choices=3)
    recompute(Place.objects.values_list("pk", flat=True))
    for hour in range(1, STEPS):
        step(chance, whole, verifier, hour)
        if hour % 4 == 3:
            piece_by_piece = told()
            same_as_the_pure_functions(whole)
            recompute(Place.objects.values_list("pk", flat=True))
            assert told() == piece_by_piece
