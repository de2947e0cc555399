"""What could still change: the margin against everything that is not settled yet.

All arithmetic is in integers. A station is *settled* where the official form states all votes and
no independent source differs; every other station counts at the ballots delivered to it (DPT plus
reserve, Pasal 87(4) UU 10/2016), wholly for whoever is behind. Nothing here is a forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from rukun.contests import Contest
from rukun.count.compare import compare
from rukun.count.standing import reserve, station_forms, votes_stated
from rukun.frame import Frame

#: States in which a station's official votes stand unopposed.
SETTLED: Final = ("agreed", "confirmed", "single")

OUTLOOK: Final[Mapping[str, pl.DataType | type[pl.DataType]]] = {
    "contest": pl.String,
    "tps_total": pl.Int64,
    "tps_in": pl.Int64,
    "tps_outstanding": pl.Int64,
    "tps_disputed": pl.Int64,
    "ballots_outstanding": pl.Int64,
    "valid": pl.Int64,
    "leader": pl.Int64,
    "runner_up": pl.Int64,
    "votes_leader": pl.Int64,
    "votes_runner_up": pl.Int64,
    "margin": pl.Int64,
    "winner_can_change": pl.Boolean,
    "tps_to_flip": pl.Int64,
    "more_than_half": pl.Boolean,
    "half_reached": pl.Boolean,
    "half_can_change": pl.Boolean,
    "dispute_permille": pl.Int64,
    "dispute_limit_thousandths": pl.Int64,
    "dispute_limit": pl.Int64,
    "within_dispute": pl.Boolean,
    "dispute_can_change": pl.Boolean,
}


def outlook(forms: pl.DataFrame, frame: Frame, states: pl.DataFrame | None = None) -> pl.DataFrame:
    """One row per contest, with the columns of ``OUTLOOK``.

    ``forms`` holds one version per form; ``states`` are those of ``compare`` (worked out where
    absent). ``tps_outstanding`` counts every station that is not settled, ``tps_disputed`` those
    of them that are disputed. ``tps_to_flip`` is the smallest number of counted stations that
    would have to be wrong, each wholly, for another choice to be ahead; null where even all would
    not do. ``dispute_limit_thousandths`` is the exact Pasal 158 value × 1000 and
    ``dispute_limit`` the same rounded up. Figures are null where no station is in.
    """
    known = compare(forms, frame).states if states is None else states
    stations = station_table(forms, frame, known)
    rows = [
        {"contest": code, **contest_outlook(part, frame.contest(code))}
        for (code,), part in sorted(stations.partition_by("contest", as_dict=True).items())
    ]
    return pl.DataFrame(rows, schema=dict(OUTLOOK))


def station_table(forms: pl.DataFrame, frame: Frame, states: pl.DataFrame) -> pl.DataFrame:
    """Every station with its official votes, its state and the most ballots it can hold.

    ``contest, place, state, counted`` (official votes complete), ``votes_n``, ``bound``. Where the
    voter list is not in the frame, the largest list a source states is used, else the legal
    maximum.
    """
    standing = station_forms(forms)
    votes = [c for c in standing.columns if c.startswith("votes_")]
    key = ["contest", "place"]
    full = votes_stated(frame.contests, standing.columns)
    official = (
        standing.lazy()
        .filter((pl.col("source") == "official") & full)
        .select(*key, *votes, "cast")
        .collect()
    )
    unlisted = frame.stations.filter(pl.col("registered").is_null()).select(key)
    lists = (
        standing.lazy()
        .join(unlisted.lazy(), on=key, how="semi")
        .group_by(key)
        .agg(stated=pl.col("registered_tetap_j").max())
        .collect()
    )
    params = pl.DataFrame(
        [(c.code, c.reserve_permille, c.voters_per_tps) for c in frame.contests.values()],
        schema={"contest": pl.String, "permille": pl.Int64, "most": pl.Int64},
        orient="row",
    )
    table = (
        frame.stations.select(*key, "registered")
        .join(states.select(*key, "state"), on=key, how="left")
        .join(official, on=key, how="left")
        .join(lists, on=key, how="left")
        .join(params, on="contest", how="left")
    )
    voters = pl.coalesce("registered", "stated", "most")
    held = pl.max_horizontal(
        reserve(voters, pl.col("permille")), pl.sum_horizontal(votes), pl.col("cast").fill_null(0)
    )
    counted = votes_stated(frame.contests, table.columns)
    return table.with_columns(bound=held, counted=counted).select(
        *key, "state", "counted", *votes, "bound"
    )


def contest_outlook(stations: pl.DataFrame, contest: Contest) -> dict[str, Any]:
    """The outlook of one contest from its ``station_table`` rows, without the contest's code."""
    counted = stations.filter(pl.col("counted"))
    settled = counted.filter(pl.col("state").is_in(SETTLED))
    bound = _total(stations, "bound") - _total(settled, "bound") + contest.ballots_elsewhere
    total = stations.height + contest.tps_elsewhere
    row: dict[str, Any] = {
        "tps_total": total,
        "tps_in": counted.height,
        "tps_outstanding": total - settled.height,
        "tps_disputed": int((stations.get_column("state") == "disputed").sum()),
        "ballots_outstanding": bound,
        "more_than_half": contest.more_than_half,
        "dispute_permille": contest.dispute_permille,
    }
    if counted.is_empty():
        return {**row, "winner_can_change": True}
    totals, fixed = _votes(counted, contest), _votes(settled, contest)
    leader, runner = sorted(totals, key=lambda n: (-totals[n], n))[:2]
    valid, margin = sum(totals.values()), totals[leader] - totals[runner]
    lead = min(fixed[leader] - fixed[n] for n in totals if n != leader)
    row |= {
        "valid": valid,
        "leader": leader,
        "runner_up": runner,
        "votes_leader": totals[leader],
        "votes_runner_up": totals[runner],
        "margin": margin,
        "winner_can_change": lead <= bound,
        "tps_to_flip": _tps_to_flip(counted, totals, leader),
    }
    row |= _half(totals[leader], valid, fixed[leader], sum(fixed.values()), bound, contest)
    return row | _dispute(margin, valid, lead, sum(fixed.values()), bound, contest)


def _votes(stations: pl.DataFrame, contest: Contest) -> dict[int, int]:
    return {n: _total(stations, f"votes_{n}") for n in contest.numbers}


def _total(table: pl.DataFrame, column: str) -> int:
    return int(table.select(pl.col(column).sum()).item())


def _tps_to_flip(counted: pl.DataFrame, totals: Mapping[int, int], leader: int) -> int | None:
    """Largest swings first: a wholly wrong station could move v_leader − v_other + its ballots."""
    needed: list[int] = []
    for other in (n for n in totals if n != leader):
        swing = (
            counted.select(pl.col(f"votes_{leader}") - pl.col(f"votes_{other}") + pl.col("bound"))
            .to_series()
            .sort(descending=True)
            .cum_sum()
        )
        short = int((swing <= totals[leader] - totals[other]).sum())
        if short < swing.len():
            needed.append(short + 1)
    return min(needed) if needed else None


def _half(
    votes: int, valid: int, fixed: int, fixed_valid: int, bound: int, contest: Contest
) -> dict[str, bool | None]:
    """More than half of the valid votes (Pasal 54D), where the contest asks for it."""
    if not contest.more_than_half:
        return {"half_reached": None, "half_can_change": None}
    surely = 2 * fixed > fixed_valid + bound
    surely_not = 2 * (fixed + bound) <= fixed_valid + bound
    return {"half_reached": 2 * votes > valid, "half_can_change": not (surely or surely_not)}


def _dispute(
    margin: int, valid: int, lead: int, fixed_valid: int, bound: int, contest: Contest
) -> dict[str, int | bool | None]:
    """Pasal 158 UU 10/2016: margin ≤ threshold × all valid votes, in thousandths of a vote."""
    permille = contest.dispute_permille
    if permille is None:
        return dict.fromkeys(
            ("dispute_limit_thousandths", "dispute_limit", "within_dispute", "dispute_can_change")
        )
    limit = permille * valid
    surely_outside = 1000 * (lead - bound) > permille * (fixed_valid + bound)
    surely_within = lead > bound and 1000 * (lead + bound) <= permille * (fixed_valid + bound)
    return {
        "dispute_limit_thousandths": limit,
        "dispute_limit": -(-limit // 1000),
        "within_dispute": 1000 * margin <= limit,
        "dispute_can_change": not (surely_outside or surely_within),
    }
