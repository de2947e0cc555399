"""New statements into the database: versions, holds, and what follows from them.

The inner half of ``services``: no permission is asked and nothing is written to the ledger here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from rukun.count.feed import HOLDING, feed_faults
from rukun.count.forms import KEY
from rukun.count.versions import Merge, content_hash, merge
from rukun.errors import Problem
from rukun.frame import Frame
from rukun.places import ancestors
from rukun.web.count.models import Contest, Place, StoredForm
from rukun.web.count.recompute import recompute
from rukun.web.count.tables import batches, contest_data, forms_table, new_rows


@dataclass(frozen=True)
class Stored:
    """What storing did: ``new`` versions, ``unchanged`` rows, ``held`` versions, problems."""

    new: int
    unchanged: int
    held: int
    problems: list[Problem]


def store_frame(frame: Frame, boundaries: dict[str, Any]) -> dict[str, int]:
    """Places and contests into the database; known ones are brought up to date."""
    places = _places(frame, boundaries)
    Place.objects.bulk_create(
        places,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[f.attname for f in Place._meta.concrete_fields if not f.primary_key],
    )
    for position, contest in enumerate(frame.contests.values()):
        values = {
            "place_id": contest.place,
            "date": contest.date,
            "position": position,
            "name_en": contest.name_en,
            "name_id": contest.name_id,
            "data": contest_data(contest),
        }
        Contest.objects.update_or_create(code=contest.code, defaults=values)
    return {"places": len(places), "contests": len(frame.contests)}


def _places(frame: Frame, boundaries: dict[str, Any]) -> list[Place]:
    """Rows for the places of a frame, those above before those below."""
    above = {
        code: list(codes)
        for code, codes in ancestors(frame.places).group_by("code").agg("ancestor").iter_rows()
    }
    rows = [
        Place(
            **{name: r[name] for name in ("code", "name", "kind", "lat", "lon", "registered")},
            parent_id=r["parent"],
            path="/".join(sorted(above[r["code"]], key=lambda c: len(above[c]))) + "/",
            zone=r["zone"] or "",
            basis=r["basis"] or "",
            boundary=boundaries.get(r["code"]),
        )
        for r in frame.places.iter_rows(named=True)
    ]
    return sorted(rows, key=lambda p: len(p.codes))


def merged(forms: pl.DataFrame) -> Merge:
    """What storing these forms would do, without doing it."""
    return merge(_stored(forms.get_column("place")).drop("id"), forms)


def store_forms(
    forms: pl.DataFrame, frame: Frame, upload_id: int | None, at: dt.datetime
) -> Stored:
    """Store new versions, hold faulty feed snapshots, and work out everything anew."""
    result = merged(forms)
    new = result.new
    rows = new_rows(new, list(content_hash(new)), upload_id, at)
    StoredForm.objects.bulk_create(rows, batch_size=1000)
    held = 0
    if not new.is_empty():
        held = _hold(new, frame)
        mark_current(new.get_column("place").unique())
        recompute(new.get_column("place").unique())
    return Stored(new.height, result.unchanged.height, held, result.problems)


def one_at_a_time() -> None:
    """Wait for whoever else is storing: what is worked out rests on everybody's forms.

    SQLite has one writer anyway (its transactions are IMMEDIATE); elsewhere the contests are locked.
    """
    list(Contest.objects.select_for_update().order_by("pk").values_list("pk"))


def mark_current(places: Iterable[str]) -> None:
    """The highest version of each form that is not held is the one in force."""
    for some in batches(sorted(set(places))):
        forms = StoredForm.objects.filter(place__in=some)
        best: dict[tuple[Any, ...], tuple[int, int]] = {}
        for row in forms.filter(held="").values_list(
            "contest", "place", "source", "kind", "version", "id"
        ):
            key, version = row[:4], row[4]
            if version > best.get(key, (0, 0))[0]:
                best[key] = (version, row[5])
        ids = [number for _, number in best.values()]
        forms.update(current=False)
        for part in batches(ids):
            StoredForm.objects.filter(id__in=part).update(current=True)


def _stored(places: pl.Series) -> pl.DataFrame:
    """Every stored version at these places."""
    codes = places.unique().to_list()
    parts = [forms_table(StoredForm.objects.filter(place__in=some)) for some in batches(codes)]
    return pl.concat(parts) if parts else forms_table(StoredForm.objects.none())


def _hold(new: pl.DataFrame, frame: Frame) -> int:
    """Hold the new feed versions that show a fault; the last good one stays in force."""
    feeds = new.filter(pl.col("source") == "feed")
    if feeds.is_empty():
        return 0
    fresh = feeds.select(*KEY, "version").with_columns(_fresh=pl.lit(value=True))
    stored = _stored(feeds.get_column("place")).filter(pl.col("source") == "feed")
    stored = stored.join(fresh, on=[*KEY, "version"], how="left").with_columns(
        held=pl.when(pl.col("_fresh").is_null()).then(pl.col("held"))
    )
    faults = feed_faults(stored.drop("id", "_fresh"), frame).filter(pl.col("code").is_in(HOLDING))
    first = faults.unique([*KEY[:2], "kind", "version"], keep="first", maintain_order=True)
    held = stored.filter(pl.col("_fresh")).join(
        first, on=[*KEY[:2], "kind", "version"], how="inner"
    )
    for (code,), some in held.partition_by("code", as_dict=True).items():
        for ids in batches(some.get_column("id").to_list()):
            StoredForm.objects.filter(id__in=ids).update(held=code)
    return held.height
