"""The vote trail of a page: the steps at which a number changed, and the balance of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from rukun.count import trail
from rukun.web.count.models import Contest, Place
from rukun.web.count.tables import forms_at, forms_table, frame_of

#: The most changed steps that one page lists.
LISTED = 200


@dataclass(frozen=True)
class Trail:
    """``levels``: per kind and step how many were known and what moved; ``moved``: the steps."""

    start: int | None
    end: int | None
    levels: list[Mapping[str, Any]]
    moved: list[Mapping[str, Any]]
    unknown: int


def trail_steps(contest: Contest, place: Place, choice: int) -> Trail:
    """The trail of one choice from the stations up to ``place``."""
    forms = forms_table(
        forms_at(place).filter(contest=contest, current=True, source__in=("official", "recap"))
    )
    frame = frame_of(place)
    steps = trail(forms.drop("id", "held"), frame, contest.pk, choice)
    inside = set(frame.ancestors.filter(pl.col("ancestor") == place.pk).get_column("code"))
    steps = steps.filter(pl.col("place").is_in(list(inside)))
    top = steps.filter((pl.col("place") == place.pk) & (pl.col("step") == "sum"))
    changed = steps.filter(pl.col("moved") != 0).head(LISTED)
    names = Place.objects.in_bulk(changed.get_column("place").to_list())
    return Trail(
        start=_bottom(steps),
        end=top.item(0, "above") if not top.is_empty() else None,
        levels=_levels(steps),
        moved=[{**r, "place": names[r["place"]]} for r in changed.iter_rows(named=True)],
        unknown=steps.get_column("moved").null_count(),
    )


def _bottom(steps: pl.DataFrame) -> int | None:
    stations = steps.filter((pl.col("kind") == "tps") & (pl.col("step") == "copy"))
    if stations.is_empty() or stations.get_column("below").null_count():
        return None
    return int(stations.select(pl.col("below").sum()).item())


def _levels(steps: pl.DataFrame) -> list[Mapping[str, Any]]:
    return (
        steps.group_by("kind", "step", maintain_order=True)
        .agg(
            pl.len().alias("steps"),
            pl.col("moved").is_null().sum().alias("unknown"),
            (pl.col("moved") != 0).sum().alias("changed"),
            pl.col("moved").sum().alias("moved"),
        )
        .to_dicts()
    )
