"""Between the room's database and the tables of the pure wings."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

import polars as pl
from django.db.models import Q, QuerySet

from rukun import contests as pure
from rukun.count.forms import FIELD_NAMES, form_columns
from rukun.frame import Frame
from rukun.places import PLACES
from rukun.tables import conform
from rukun.web.count.models import Contest, Place, StoredForm

T = TypeVar("T")
_BATCH = 400
_STORED = (
    "id",
    "contest_id",
    "place_id",
    "source",
    "kind",
    "version",
    "entered_at",
    "votes",
    "cells",
    "basis",
    "cited",
    "held",
)


def batches(items: Sequence[T], size: int = _BATCH) -> Iterator[Sequence[T]]:
    """``items`` in runs of ``size``: databases bound the number of parameters."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def contest_data(contest: pure.Contest) -> dict[str, Any]:
    """The part of a pure contest that ``Contest.data`` holds."""
    named = ("code", "name_en", "name_id", "place", "date", "numbers")
    return {k: v for k, v in asdict(contest).items() if k not in named}


def units_of(places: Iterable[str]) -> list[Place]:
    """What must be worked out when forms at these places change, each a whole tree.

    A place in a regency: that regency. One above regencies: the first regency under it, which sees
    the forms of all places above it. One in a tree without regencies: the top of the tree.
    """
    paths: set[str] = set()
    for some in batches(sorted(set(places))):
        paths |= set(Place.objects.filter(code__in=some).values_list("path", flat=True))
    codes = sorted({code for path in paths for code in path.rstrip("/").split("/")})
    regencies: dict[str, Place] = {}
    for part in batches(codes):
        regencies |= {p.code: p for p in Place.objects.filter(code__in=part, kind="regency")}
    for path in sorted(paths, key=len, reverse=True):
        if regencies.keys() & set(path.rstrip("/").split("/")):
            continue
        if any(r.path.startswith(path) for r in regencies.values()):
            continue
        first = Place.objects.filter(below(path), kind="regency").order_by("code").first()
        unit = first or Place.objects.get(code=path.split("/")[0])
        regencies[unit.code] = unit
    return sorted(regencies.values(), key=lambda p: p.code)


def contests_at(unit: Place) -> list[Contest]:
    """The contests with stations in the unit: those of it, of places above it and under it."""
    under = Q(place__path__gte=unit.path, place__path__lt=unit.path[:-1] + "0")
    return list(Contest.objects.filter(under | Q(place__in=unit.codes)))


def below(path: str) -> Q:
    """Everything at or under a path, as a range so that the index serves it."""
    return Q(path__gte=path, path__lt=path[:-1] + "0")


def frame_of(unit: Place) -> Frame:
    """The unit's tree with the places above it and their other children (without stations)."""
    above = unit.codes[:-1]
    rows = Place.objects.filter(below(unit.path) | Q(code__in=above) | Q(parent__in=above))
    return frame_from(rows)


def frame_from(places: QuerySet[Place]) -> Frame:
    """A frame of these places and of the contests whose place is among them."""
    names = ["parent_id" if c.name == "parent" else c.name for c in PLACES]
    table = pl.DataFrame(
        list(places.values_list(*names)), schema={c.name: c.dtype for c in PLACES}, orient="row"
    ).with_columns(pl.col("zone", "basis").replace("", None))
    here = set(table.get_column("code"))
    contests = {c.code: c.pure for c in Contest.objects.all() if c.place_id in here}
    return Frame(conform(table, PLACES, "places"), contests)


def forms_table(forms: QuerySet[StoredForm]) -> pl.DataFrame:
    """Stored forms as a forms table with ``id`` and ``held`` (Boolean) behind the schema."""
    rows = [_form_row(r) for r in forms.values_list(*_STORED).iterator(chunk_size=5000)]
    widest = max((c.pure.numbers[-1] for c in Contest.objects.all()), default=2)
    schema = {c.name: c.dtype for c in form_columns(widest)} | {"id": pl.Int64, "held": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _form_row(row: tuple[Any, ...]) -> dict[str, Any]:
    number, contest, place, source, kind, version, entered, votes, cells, basis, cited, held = row
    figures = {f"votes_{n}": v for n, v in votes.items()}
    return {
        "id": number,
        "contest": contest,
        "place": place,
        "source": source,
        "kind": kind,
        "version": version,
        "entered_at": entered,
        "basis": basis or None,
        "cited": cited or None,
        "held": bool(held),
        **cells,
        **figures,
    }


def forms_at(unit: Place) -> QuerySet[StoredForm]:
    """Every stored version that the unit's figures depend on: all below it, and the
    recapitulations of the places above it and of their other children."""
    above = unit.codes[:-1]
    inside = Q(place__path__gte=unit.path, place__path__lt=unit.path[:-1] + "0")
    around = Q(place__in=above) | (Q(place__parent__in=above) & ~Q(place__kind="tps"))
    return StoredForm.objects.filter(inside | around)


def new_rows(
    new: pl.DataFrame, contents: Sequence[str], upload_id: int | None, at: dt.datetime
) -> list[StoredForm]:
    """Rows for the new versions of ``rukun.count.versions.merge``, not saved yet."""
    figures = [f for f in FIELD_NAMES if f in new.columns]
    votes = [c for c in new.columns if c.startswith("votes_")]
    return [
        StoredForm(
            contest_id=r["contest"],
            place_id=r["place"],
            source=r["source"],
            kind=r["kind"],
            version=r["version"],
            entered_at=r["entered_at"],
            stored_at=at,
            votes={c[6:]: r[c] for c in votes if r[c] is not None},
            cells={f: r[f] for f in figures if r[f] is not None},
            evidence=r["evidence"],
            content=content,
            upload_id=upload_id,
            origin_row=r["origin_row"],
            basis=r["basis"] or "",
            cited=(r["cited"] or "")[:300],
        )
        for r, content in zip(new.iter_rows(named=True), contents, strict=True)
    ]


def finding_mark(row: dict[str, Any]) -> str:
    """A fingerprint that stays the same when the same thing is found again."""
    parts = [row[k] for k in ("contest", "place", "code", "field", "kind", "expected", "found")]
    text = json.dumps([*parts, sorted(row["sources"])], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
