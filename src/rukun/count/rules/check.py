"""Every rule over whole tables: findings, and how often each rule could be judged at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from rukun.count.findings import FINDINGS
from rukun.count.forms import D_HASIL, STATION_KINDS
from rukun.count.rules import chain, pairs, plausible
from rukun.count.rules.checks import Check
from rukun.count.rules.hard import hard_checks
from rukun.count.rules.prepare import prepare
from rukun.count.rules.registry import RULES
from rukun.frame import Frame
from rukun.tables import empty, keep

_OWN = pl.concat_list("source")
_BOTH = pl.lit(["official", "recap"])
_ABOVE = ("official", "recap", "feed")


class Round(NamedTuple):
    """Rows of one shape with the checks that read them, and how findings name their forms."""

    rows: pl.DataFrame
    checks: list[Check]
    sources: pl.Expr = _OWN
    single: bool = True


def check(forms: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """The findings (schema ``FINDINGS``) of every rule on ``forms``, in a fixed order.

    ``forms`` holds one row per form: the version in force. H-rules are judged on every station
    form; P, C and A only on those no recount or repeated vote replaces. What lacks a figure is
    left out, not passed: see :func:`checkability`. S and F are found elsewhere.
    """
    found = [part for r in rounds(forms, frame) for part in _findings(r)]
    if not found:
        return empty(FINDINGS)
    order = list(RULES)
    return pl.concat(found).sort(
        "contest",
        "place",
        pl.col("code").replace_strict({c: i for i, c in enumerate(order)}, return_dtype=pl.Int64),
        "field",
        "kind",
        pl.col("sources").list.join(","),
        "version",
    )


def rounds(forms: pl.DataFrame, frame: Frame) -> Iterator[Round]:
    """The shapes of row the rules read, one after the other."""
    table = prepare(forms, frame.contests.values())
    numbers = {n for c in frame.contests.values() for n in c.numbers}
    at_station = pl.col("kind").is_in(STATION_KINDS)
    stations = keep(table, at_station)
    yield Round(stations, hard_checks(numbers))
    stations = plausible.with_village(keep(stations, pl.col("_in_force")), frame.places)
    yield Round(stations, [*plausible.form_checks(numbers), *plausible.village_checks()])
    del stations
    pair = pairs.paired(table, frame.contests, frame.places)
    yield Round(pair, pairs.pair_checks())
    above = table.filter((pl.col("kind") == D_HASIL) & _in_chain())
    yield Round(above, chain.recap_checks())
    sums = chain.with_sums(table, frame.places, frame.contests.values())
    under = pl.concat_list(_OWN, "_under").list.unique().list.sort()
    yield Round(sums, chain.sum_checks(table), under)
    columns = chain.with_columns_above(table)
    yield Round(columns, chain.column_checks(table), _BOTH, single=False)


def _in_chain() -> pl.Expr:
    source = pl.col("source")
    return source.is_in(_ABOVE) | source.str.starts_with("witness:")


def _findings(r: Round) -> Iterator[pl.DataFrame]:
    masks = r.rows.select(c.broken.fill_null(False).alias(str(i)) for i, c in enumerate(r.checks))
    for i, c in enumerate(r.checks):
        mask = masks.get_column(str(i))
        if mask.any():
            yield r.rows.lazy().filter(mask).select(*_columns(c, r)).collect()


def _columns(c: Check, r: Round) -> list[pl.Expr]:
    nothing = {"kind": pl.String, "version": pl.Int64}
    form = [
        pl.col(name) if r.single else pl.lit(None, dtype).alias(name)
        for name, dtype in nothing.items()
    ]
    return [
        pl.lit(c.code).alias("code"),
        pl.lit(c.severity or RULES[c.code].severity).alias("severity"),
        pl.col("contest"),
        pl.col("place"),
        r.sources.alias("sources"),
        *form,
        pl.lit(c.field).alias("field"),
        c.expected.cast(pl.Int64).alias("expected"),
        c.found.cast(pl.Int64).alias("found"),
        c.stake.cast(pl.Int64).alias("votes_at_stake"),
    ]


def checkability(forms: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """``code, checked, broken, not_checkable`` for every rule of the forms, in registry order.

    Counts rows: forms for H, P and A2, pairs of forms for C, a form with its children for A1 and
    A3, a column with the form it repeats for A4. A row is *checked* where at least one comparison
    of the rule could be made, and *not checkable* where none could, be it that a figure is not
    stated or that the rule does not reach there (C4 at a station, A3 outside the feed).
    """
    counts = {"H12": (0, 0, forms.filter(pl.col("kind").is_in(STATION_KINDS)).height)}
    for r in rounds(forms, frame):
        for code in dict.fromkeys(c.code for c in r.checks):
            counts[code] = _judged(r.rows, [c for c in r.checks if c.code == code])
    rows = [(code, *counts[code]) for code in RULES if code in counts]
    names = ["checked", "broken", "not_checkable"]
    return pl.DataFrame(rows, {"code": pl.String, **dict.fromkeys(names, pl.Int64)}, orient="row")


def _judged(rows: pl.DataFrame, checks: list[Check]) -> tuple[int, int, int]:
    checked, broken = rows.select(
        checked=pl.any_horizontal(c.broken.is_not_null() for c in checks).sum(),
        broken=pl.any_horizontal(c.broken.fill_null(False) for c in checks).sum(),
    ).row(0)
    return checked, broken, rows.height - checked
