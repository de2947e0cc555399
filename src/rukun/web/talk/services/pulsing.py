"""The pulse into the room: one row a place and local day, with what stands behind each rise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from rukun.talk.digest import Digest
from rukun.talk.pulse import ALL, Behind
from rukun.web.count.models import Place
from rukun.web.talk.models import Pulse
from rukun.web.talk.services.keeping import plain


def pulse_into_room(found: Digest, work: int) -> int:
    """Replace the pulse by what this work found; how many rises there are."""
    places = set(Place.objects.exclude(kind="tps").values_list("pk", flat=True))
    here = pl.col("place").is_in([*places, ALL])
    reasons = {(b.place, b.day): b for b in found.behind}
    rows = [
        _row(r, reasons.get((r["place"], r["day"])), work)
        for r in found.pulse.filter(here).iter_rows(named=True)
    ]
    Pulse.objects.all().delete()
    Pulse.objects.bulk_create(rows, 500)
    return sum(r.alert for r in rows)


def _row(row: Mapping[str, Any], behind: Behind | None, work: int) -> Pulse:
    figures = {k: v for k, v in row.items() if k not in ("place", "day", "state")}
    narratives = [
        {"narrative": c.narrative, "hostile": c.hostile, "usual": c.usual}
        for c in (behind.narratives if behind else ())
    ]
    return Pulse(
        place_id=None if row["place"] == ALL else row["place"],
        day=row["day"],
        state=row["state"],
        alert=row["state"] == "rise",
        data={k: plain(v) for k, v in figures.items()} | {"narratives": narratives},
        posts_shown=list(behind.posts) if behind else [],
        work=work,
    )
