"""A small election to test with: one regency, two kecamatan, three villages, five stations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from rukun.contests import Choice, Contest
from rukun.count.forms import form_columns
from rukun.frame import Frame
from rukun.places import PLACES, check_places
from rukun.tables import conform

TPS = ("A1a1", "A1a2", "A1b1", "A2c1", "A2c2")
_TREE = [
    ("A", "Regency A", "regency", None),
    ("A1", "Kecamatan 1", "kecamatan", "A"),
    ("A2", "Kecamatan 2", "kecamatan", "A"),
    ("A1a", "Village a", "village", "A1"),
    ("A1b", "Village b", "village", "A1"),
    ("A2c", "Village c", "village", "A2"),
    *((code, f"TPS {code}", "tps", code[:3]) for code in TPS),
]


def contest(choices: int = 2, ballot: tuple[Choice, ...] = (), **changes: Any) -> Contest:
    """The contest of regency A, with so many pairs or with this ballot."""
    fields: dict[str, Any] = {
        "code": "reg",
        "name_en": "Regent",
        "name_id": "Bupati",
        "place": "A",
        "date": dt.date(2024, 11, 27),
        "choices": ballot
        or tuple(Choice(n, f"Pair {n}", f"Pair {n}") for n in range(1, choices + 1)),
        "dispute_permille": 15,
    }
    return Contest(**{**fields, **changes})


def frame(*contests: Contest, registered: int | None = 400) -> Frame:
    """The frame of the small election; every station has ``registered`` voters."""
    places = pl.DataFrame(
        [(c, n, k, p, registered if k == "tps" else None) for c, n, k, p in _TREE],
        schema={
            "code": pl.String,
            "name": pl.String,
            "kind": pl.String,
            "parent": pl.String,
            "registered": pl.Int64,
        },
        orient="row",
    )
    assert {c.name for c in PLACES} >= set(places.columns)
    return Frame(check_places(places), {c.code: c for c in (contests or (contest(),))})


def forms(*rows: dict[str, Any], choices: int = 2) -> pl.DataFrame:
    """Forms in their schema. A row gives ``votes`` as a list beside any other field."""
    filled = []
    for row in rows:
        given = {"contest": "reg", "source": "official", "kind": "c_hasil", "version": 1, **row}
        votes = given.pop("votes", [])
        filled.append(given | {f"votes_{i}": v for i, v in enumerate(votes, 1)})
    columns = form_columns(choices)
    names = {c.name: c.dtype for c in columns}
    used = {k for r in filled for k in r}
    table = pl.DataFrame(filled, schema={n: t for n, t in names.items() if n in used})
    return conform(table, columns, "forms")


def station(place: str, votes: list[int], source: str = "official", **more: Any) -> dict[str, Any]:
    """A station form with these votes."""
    return {"place": place, "votes": votes, "source": source, **more}
