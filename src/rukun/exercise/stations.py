"""Stations laid out over villages, with a voter list each, where neither is published."""

from __future__ import annotations

import numpy as np
import polars as pl

from rukun.exercise.draws import Ints, apportion, bell, generator
from rukun.exercise.settings import Settings
from rukun.places import PLACES, check_places

#: Most voters on the list of a station (PKPU 7/2024).
MOST = 600


def with_stations(places: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """``places`` (down to villages) with the stations of ``settings`` under them.

    Each kecamatan's stations are shared out over its villages by largest remainders, at least one
    each, and its ``registered`` voters over its stations, none above 600. The rows are marked
    ``exercise``; both sums are exact.
    """
    rng = generator(settings.seed)
    kept = places.filter(pl.col("kind") != "tps")
    voters = dict(kept.select("code", "registered").iter_rows())
    parts = [kept]
    for kecamatan, stations in settings.stations.items():
        villages = kept.filter(pl.col("parent") == kecamatan).get_column("code").to_list()
        each = _share_out(villages, stations, settings)
        parts.append(_rows(villages, each, _lists(rng, stations, voters[kecamatan])))
    return check_places(
        pl.concat(parts, how="diagonal").select(c.name for c in PLACES).sort("code")
    )


def _share_out(villages: list[str], stations: int, settings: Settings) -> Ints:
    weights = np.array([settings.weights[v] for v in villages], dtype=np.float64)
    return apportion(weights, stations, np.full(len(villages), stations))


def _lists(rng: np.random.Generator, stations: int, voters: int) -> Ints:
    weights = np.clip(1 + 0.09 * bell(rng, stations), 0.6, 1.4)
    return apportion(weights, voters, np.full(stations, MOST))


def _rows(villages: list[str], each: Ints, registered: Ints) -> pl.DataFrame:
    numbered = [
        (v, n) for v, count in zip(villages, each, strict=True) for n in range(1, count + 1)
    ]
    return pl.DataFrame(
        {
            "code": [f"{v}{n:03}" for v, n in numbered],
            "name": [f"TPS {n:03}" for _, n in numbered],
            "kind": ["tps"] * len(numbered),
            "parent": [v for v, _ in numbered],
            "registered": registered,
            "basis": ["exercise"] * len(numbered),
        }
    )
