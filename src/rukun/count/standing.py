"""Which forms stand at a station, and which sources are independent of one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from rukun.contests import Contest
from rukun.count.forms import D_HASIL, KINDS
from rukun.tables import keep

#: Sources that read the station's count for themselves. ``recap`` and ``feed`` are the election
#: body's own copies of its form and count neither as agreement nor as dispute.
INDEPENDENT: Final = r"^(official|supervisor|observer|witness:\d+)$"


def station_forms(forms: pl.DataFrame) -> pl.DataFrame:
    """The station forms of independent sources and the feed that stand, one kind per place.

    A recount replaces the count and a repeated vote replaces both, once the *official* form (or
    the order for one, a row without votes) is there; no other source can replace a result.
    ``forms`` holds one version per form (``versions.in_force``).
    """
    at_tps = keep(forms, (pl.col("kind") != D_HASIL) & (pl.col("source") != "recap"))
    rank = pl.col("kind").replace_strict(KINDS, return_dtype=pl.Int64)
    official = rank.filter(pl.col("source") == "official").max()
    stands = pl.coalesce(official, rank.min()).over("contest", "place")
    if at_tps.get_column("kind").n_unique() < 2:
        return at_tps
    return at_tps.filter(rank == stands)


def votes_stated(contests: Mapping[str, Contest], columns: list[str]) -> pl.Expr:
    """True where every choice of the row's contest has its votes stated."""
    by_ballot: dict[tuple[str, ...], list[str]] = {}
    for contest in contests.values():
        by_ballot.setdefault(contest.vote_fields, []).append(contest.code)
    parts = [
        pl.col("contest").is_in(codes) & pl.all_horizontal(pl.col(f).is_not_null() for f in fields)
        for fields, codes in by_ballot.items()
        if set(fields) <= set(columns)
    ]
    return pl.any_horizontal(parts) if parts else pl.lit(value=False)


def reserve(registered: pl.Expr, permille: pl.Expr) -> pl.Expr:
    """Ballots delivered for a voter list: DPT plus the reserve, rounded up (Pasal 87(4))."""
    return registered + (registered * permille + 999) // 1000
