"""Sources against each other, cell by cell, and the state of every station.

The state says *which independent sources hold the same figures* (``shared`` method page on the
count, section 1; ``docs/explanation/agreement.md``). Opposed witnesses are independent of each
other; two witnesses of one side are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rukun.count.cells import side_by_side
from rukun.count.findings import FINDINGS
from rukun.count.forms import D_HASIL, figure_columns
from rukun.count.rules.registry import RULES
from rukun.count.standing import INDEPENDENT, station_forms
from rukun.count.tally import up_the_tree
from rukun.frame import Frame
from rukun.tables import Column, conform, empty, keep

#: In the order of how much is known, best first; ``disputed`` before ``missing``.
STATES: Final = (
    "agreed",
    "confirmed",
    "witnessed",
    "single",
    "disputed",
    "superseded",
    "missing",
)

STATE_COLUMNS: Final[tuple[Column, ...]] = (
    Column("contest", pl.String, "code", False, "Contest."),
    Column("place", pl.String, "code", False, "Station."),
    Column("state", pl.String, "word", False, "One of STATES."),
    Column("sources", pl.List(pl.String), "codes", True, "Independent sources that stated a form."),
    Column("official", pl.Boolean, "yes/no", False, "Whether the official form states all votes."),
    Column("cells_compared", pl.Int64, "cells", False, "Cells stated by two sources or more."),
    Column("cells_differing", pl.Int64, "cells", False, "Of these, cells that differ."),
    Column("votes_touched", pl.Int64, "votes", False, "Votes that differ, over all choices."),
)


@dataclass(frozen=True)
class Comparison:
    """``states``: one row per contest and station (STATE_COLUMNS); ``differences``: one row per
    differing cell and source (``contest, place, field, source, stated``); ``findings``: the same
    as findings S1 (votes), S2 (other cells) and S3 (the feed against the official form)."""

    states: pl.DataFrame
    differences: pl.DataFrame
    findings: pl.DataFrame


def compare(forms: pl.DataFrame, frame: Frame) -> Comparison:
    """Compare the sources of every station of the frame.

    ``forms`` holds one version per form (``versions.in_force``). Stations without any form are
    ``missing``. A cell counts as compared where two independent sources or more state it.
    """
    standing = station_forms(forms)
    own = keep(standing, pl.col("source").str.contains(INDEPENDENT))
    cells = _stated_columns(own)
    measured, differences = side_by_side(own, cells, frame)
    named = measured.with_columns(state=_state()).select(c.name for c in STATE_COLUMNS)
    states = conform(named, STATE_COLUMNS, "states")
    findings = pl.concat([_findings(differences), _feed_findings(forms, standing)])
    return Comparison(states, differences, findings)


def agreement(states: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """How many stations are in each state, per contest and place at every level.

    Returns ``contest, place, tps_total, official, votes_touched`` and one count per state.
    """
    counts = {s: (pl.col("state") == s).cast(pl.Int64) for s in STATES}
    rows = states.select(
        "contest",
        "place",
        tps_total=pl.lit(1, dtype=pl.Int64),
        official=pl.col("official").cast(pl.Int64),
        votes_touched="votes_touched",
        **counts,
    )
    in_scope = frame.scope.select("contest", "place")
    return (
        up_the_tree(rows, frame.places, ["contest"])
        .join(in_scope, on=["contest", "place"], how="semi")
        .sort("contest", "place")
    )


def _stated_columns(forms: pl.DataFrame) -> list[str]:
    return [c for c in figure_columns(forms) if forms.get_column(c).null_count() < forms.height]


def _state() -> pl.Expr:
    official, sides, full = pl.col("official"), pl.col("sides"), pl.col("full_sources")
    return (
        pl.when(pl.col("sources").is_null())
        .then(pl.lit("missing"))
        .when(pl.col("cells_differing") > 0)
        .then(pl.lit("disputed"))
        .when(official & (sides >= 2))
        .then(pl.lit("agreed"))
        .when(official & (full >= 2))
        .then(pl.lit("confirmed"))
        .when(pl.col("official_row") & ~pl.col("any_full"))
        .then(pl.lit("superseded"))
        .when(~official & (sides >= 2))
        .then(pl.lit("witnessed"))
        .when(pl.col("any_full"))
        .then(pl.lit("single"))
        .otherwise(pl.lit("missing"))
    )


def _findings(differences: pl.DataFrame) -> pl.DataFrame:
    """S1 and S2: the official figure (else the lowest) against the one farthest from it."""
    official = pl.col("stated").filter(pl.col("source") == "official").first()
    votes = pl.col("field").str.starts_with("votes_")
    expected = pl.coalesce(official, pl.col("stated").min())
    farthest = pl.col("stated").sort_by((pl.col("stated") - expected).abs()).last()
    found = (
        differences.group_by("contest", "place", "field", maintain_order=True)
        .agg(
            expected=expected,
            found=farthest,
            votes_at_stake=pl.col("stated").max() - pl.col("stated").min(),
            sources=pl.col("source"),
        )
        .with_columns(
            code=pl.when(votes).then(pl.lit("S1")).otherwise(pl.lit("S2")),
            severity=pl.when(votes)
            .then(pl.lit(RULES["S1"].severity))
            .otherwise(pl.lit(RULES["S2"].severity)),
        )
    )
    return conform(found.select(_known(found)), FINDINGS, "findings")


def _known(table: pl.DataFrame) -> list[str]:
    return [c.name for c in FINDINGS if c.name in table.columns]


def _feed_findings(forms: pl.DataFrame, standing: pl.DataFrame) -> pl.DataFrame:
    """S3: cells in which the feed differs from the official form of the same place."""
    pool = pl.concat([standing, forms.filter(pl.col("kind") == D_HASIL)])
    feed = pool.filter(pl.col("source") == "feed")
    if feed.is_empty():
        return empty(FINDINGS)
    cells = [c for c in _stated_columns(feed) if c not in ("tps_in", "tps_total")]
    key = ["contest", "place"]
    official = pool.filter(pl.col("source") == "official").unique(key, keep="last")
    sides = [
        t.select(*key, *cells)
        .unpivot(cells, index=key, variable_name="field", value_name=name)
        .drop_nulls()
        for t, name in ((official, "expected"), (feed, "found"))
    ]
    both = (
        sides[0]
        .join(sides[1], on=[*key, "field"], how="inner")
        .filter(pl.col("expected") != pl.col("found"))
    )
    found = both.with_columns(
        code=pl.lit("S3"),
        severity=pl.lit(RULES["S3"].severity),
        sources=pl.lit(["official", "feed"]),
        votes_at_stake=(pl.col("expected") - pl.col("found")).abs(),
    ).sort(*key, "field")
    return conform(found.select(_known(found)), FINDINGS, "findings")
