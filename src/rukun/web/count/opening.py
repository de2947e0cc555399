"""Which witnesses' forms are still closed to everybody but the desk and their own camp.

A camp's form opens when the official form of its station is in, with votes and of the same kind
or one that replaces it: until then neither camp can copy from the other.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db.models import Exists, OuterRef, Q, QuerySet

from rukun.count.forms import KEY, KINDS, vote_columns
from rukun.web.count.models import StoredForm

CAMPS = "witness:"


def closed_forms(forms: pl.DataFrame) -> pl.DataFrame:
    """The keys of the witnesses' forms for which no official form with votes is in."""
    rank = pl.col("kind").replace_strict(KINDS, return_dtype=pl.Int64)
    votes = pl.any_horizontal(pl.col(c).is_not_null() for c in vote_columns(forms))
    ranked = forms.select(*KEY, _rank=rank, _votes=votes)
    official = (
        ranked.filter((pl.col("source") == "official") & pl.col("_votes"))
        .group_by("contest", "place")
        .agg(_official=pl.col("_rank").max())
    )
    return (
        ranked.filter(pl.col("source").str.starts_with(CAMPS))
        .join(official, on=["contest", "place"], how="left")
        .filter(pl.col("_rank") > pl.col("_official").fill_null(-1))
        .select(KEY)
        .unique()
    )


def open_to_all(forms: QuerySet[StoredForm]) -> QuerySet[StoredForm]:
    """The stored forms that are not closed."""
    official = StoredForm.objects.filter(
        place=OuterRef("place"), contest=OuterRef("contest"), source="official"
    ).exclude(votes={})
    opened = ~Q(source__startswith=CAMPS)
    for kind, rank in KINDS.items():
        replacing = [k for k, r in KINDS.items() if r >= rank]
        opened |= Q(kind=kind) & Exists(official.filter(kind__in=replacing))
    return forms.filter(opened)


def closed_places(closed: pl.DataFrame, ancestors: pl.DataFrame) -> set[tuple[str, str, str]]:
    """``(contest, place, source)`` of the closed forms, at their own place and all above it."""
    above = ancestors.select(place=pl.col("code"), at=pl.col("ancestor"))
    rows = closed.select("contest", "place", "source").join(above, on="place")
    return set(rows.select("contest", "at", "source").unique().iter_rows())


def shown_to_all(row: Any) -> Any:
    """A StationState or Summary as those see it to whom the closed forms are closed."""
    for name, value in (row.open or {}).items():
        setattr(row, name, value)
    return row
