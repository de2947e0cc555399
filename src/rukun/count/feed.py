"""Faults of a feed, seen in one snapshot or from one to the next (F1–F6).

Sums can be perfect and the feed wrong: on 28 November 2024 every vote read zero while 97 % of
the stations were in. So versions are judged in time, each against the last good one before it.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from rukun.count.findings import FINDINGS
from rukun.count.forms import KEY, vote_columns
from rukun.count.rules.registry import RULES
from rukun.frame import Frame
from rukun.tables import conform, empty

#: Faults that keep a version out of force until a person accepts it.
HOLDING: Final = ("F1", "F2", "F3", "F5")


def feed_faults(forms: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Findings F1–F6 on every version of the feed's forms, in order of time.

    A version is compared with the last one before it that is not held. ``held`` (optional): True
    and False are decisions that were taken, null is open; open versions are held by their own
    faults. Votes of a choice that the contest does not have are not looked at.
    """
    feed = forms.filter(
        (pl.col("source") == "feed") & pl.col("contest").is_in(list(frame.contests))
    )
    if feed.is_empty():
        return empty(FINDINGS)
    votes = vote_columns(feed)
    feed = feed.sort("entered_at", "version", nulls_last=False, maintain_order=True).with_columns(
        _turn=pl.int_range(pl.len()).over(KEY),
        _sum=_total(votes),
    )
    watched = [*votes, "valid", "tps_in", "_sum"]
    good = feed.select(*KEY, *watched).clear()
    found = []
    for (_,), turn in sorted(feed.partition_by("_turn", as_dict=True).items()):
        before = good.rename({c: f"{c}_before" for c in watched})
        now = turn.join(before, on=KEY, how="left", maintain_order="left")
        faults = pl.concat([_alone(now, votes), _since(now, [*votes, "valid"], votes)])
        found.append(faults)
        stands = _standing(now, faults).select(*KEY, *watched)
        good = pl.concat([good.join(stands, on=KEY, how="anti"), stands])
    table = conform(pl.concat(found), FINDINGS, "findings")
    return table.sort("contest", "place", "kind", "version", "code", "field")


def _total(votes: list[str]) -> pl.Expr:
    """The sum of the stated votes; null where none is stated."""
    stated = pl.any_horizontal(pl.col(v).is_not_null() for v in votes)
    return pl.when(stated).then(pl.sum_horizontal(votes))


def _standing(now: pl.DataFrame, faults: pl.DataFrame) -> pl.DataFrame:
    key = ["contest", "place", "kind", "version"]
    bad = faults.filter(pl.col("code").is_in(HOLDING)).select(key).unique()
    faulty = bad.with_columns(_faulty=pl.lit(value=True))
    own = pl.col("_faulty").fill_null(value=False)
    decided = pl.col("held") if "held" in now.columns else pl.lit(None, dtype=pl.Boolean)
    return now.join(faulty, on=key, how="left").filter(~pl.coalesce(decided, own))


def _alone(now: pl.DataFrame, votes: list[str]) -> pl.DataFrame:
    """F1, F3, F4: what one snapshot shows by itself."""
    total, stations = pl.col("_sum"), pl.col("tps_in")
    before = pl.col("_sum_before")
    return pl.concat(
        [
            _finding(now.filter((total == 0) & (stations > 0)), "F1", "votes", None, total, before),
            _finding(now.filter((total > 0) & (stations == 0)), "F3", "votes", 0, total, total),
            _finding(
                now.filter(total.is_null() & (stations > 0)), "F4", "votes", None, total, before
            ),
        ]
    )


def _since(now: pl.DataFrame, fields: list[str], votes: list[str]) -> pl.DataFrame:
    """F2, F5, F6: what changed since the last good snapshot."""
    zero = ((pl.col("_sum") == 0) & (pl.col("tps_in") > 0)).fill_null(value=False)
    same = pl.col("tps_in").eq_missing(pl.col("tps_in_before"))
    parts = []
    for name in fields:
        here, was = pl.col(name), pl.col(f"{name}_before")
        fell = now.filter((here < was) & same & ~zero)
        parts.append(_finding(fell, "F2", name, was, here, was - here))
        if name in votes:
            gone = now.filter(here.is_null() & was.is_not_null())
            parts.append(_finding(gone, "F5", name, was, here, was))
    here, was = pl.col("tps_in"), pl.col("tps_in_before")
    fewer = now.filter(here < was)
    return pl.concat([*parts, _finding(fewer, "F6", "tps_in", was, here, None)])


def _finding(
    rows: pl.DataFrame,
    code: str,
    field: str,
    expected: pl.Expr | int | None,
    found: pl.Expr,
    stake: pl.Expr | None,
) -> pl.DataFrame:
    def number(value: pl.Expr | int | None) -> pl.Expr:
        return (value if isinstance(value, pl.Expr) else pl.lit(value)).cast(pl.Int64)

    return rows.select(
        code=pl.lit(code),
        severity=pl.lit(RULES[code].severity),
        contest="contest",
        place="place",
        sources=pl.concat_list("source"),
        kind="kind",
        version="version",
        field=pl.lit(field),
        expected=number(expected),
        found=number(found),
        votes_at_stake=number(stake),
    )
