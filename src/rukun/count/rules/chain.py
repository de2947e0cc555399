"""A1, A3, A4: a recapitulation form against what lies under it (``domain`` 1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from rukun.contests import Contest
from rukun.count.forms import ADDITIVE, D_HASIL, STATION_KINDS, vote_columns
from rukun.count.rules.checks import Check, equal
from rukun.count.rules.hard import balance_checks

#: Sources whose figures stand in the official chain; the others are chains of their own.
OFFICIAL: Final = ("official", "recap")
_KEY: Final = ["_stream", "contest", "place"]


def recap_checks() -> list[Check]:
    """A2: H1–H8 on a form above the station. The field carries the rule: ``H5.valid``."""
    return [
        Check("A2", f"{c.code}.{c.field}", c.needs, c.broken, c.found, c.expected, c.stake)
        for c in balance_checks()
    ]


def sum_checks(forms: pl.DataFrame) -> list[Check]:
    """A1 on a row of :func:`with_sums`, and A3 on the same row."""
    fields = [*ADDITIVE, *vote_columns(forms)]
    feed = pl.col("source") == "feed"
    counted = pl.when(feed).then(pl.col("sum_tps_in"))
    return [
        *(equal("A1", x, (x,), f"sum_{x}", staked=_votes(x)) for x in fields),
        equal("A3", "tps_in", ("tps_in",), counted, staked=False),
    ]


def column_checks(forms: pl.DataFrame) -> list[Check]:
    """A4 on a row of :func:`with_columns_above`."""
    fields = [*ADDITIVE, *vote_columns(forms)]
    return [equal("A4", x, (x,), f"own_{x}", staked=_votes(x)) for x in fields]


def _votes(field: str) -> bool:
    """Figures of voters with a disability touch no vote."""
    return not field.startswith("disabled")


def streams(forms: pl.DataFrame) -> pl.DataFrame:
    """The forms in force that stand in a chain, with the chain's name in ``_stream``."""
    official = pl.col("source").is_in(OFFICIAL)
    chained = official | (pl.col("source") == "feed") | pl.col("source").str.starts_with("witness:")
    stream = pl.when(official).then(pl.lit("official")).otherwise("source")
    return forms.filter(pl.col("_in_force") & chained).with_columns(_stream=stream)


def with_sums(
    forms: pl.DataFrame, places: pl.DataFrame, contests: Iterable[Contest]
) -> pl.DataFrame:
    """Each d_hasil of a chain with ``sum_x`` over its children and their sources in ``_under``.

    A sum is null unless every child states the field. A child states what its ``recap`` row
    says, else its own official form; a village without a row is stood for by its stations.
    Places whose children are not all in the frame are left out.
    """
    chained = streams(forms)
    tops = chained.filter((pl.col("kind") == D_HASIL) & _above_station(places)).join(
        partly_known(places, contests), on=["contest", "place"], how="anti"
    )
    children = _children(tops, chained, places)
    figures = [*ADDITIVE, *vote_columns(forms), "tps_in"]
    stated = _stated(chained.join(children, on=_KEY, how="semi"), figures)
    whole = [
        pl.when(pl.col(x).null_count() == 0).then(pl.col(x).sum()).alias(f"sum_{x}")
        for x in figures
    ]
    sums = (
        children.join(stated, on=_KEY, how="left")
        .group_by("_stream", "contest", place=pl.col("_top"))
        .agg(*whole, _under=pl.col("_sources").explode().drop_nulls().unique().sort())
    )
    return tops.join(sums, on=_KEY, how="inner")


def partly_known(places: pl.DataFrame, contests: Iterable[Contest]) -> pl.DataFrame:
    """``contest, place`` of the places some of whose stations lie outside the frame.

    That is the top place of a contest with stations elsewhere, and what follows under it as long
    as there is a single child with a single child: the frame of one regency of a province.
    """
    under = dict(places.group_by("parent").agg("code").drop_nulls("parent").iter_rows())
    rows = []
    for contest in contests:
        place: str | None = contest.place if contest.tps_elsewhere else None
        while place is not None:
            rows.append((contest.code, place))
            children = under.get(place, [])
            below = children[0] if len(children) == 1 else ""
            place = below if len(under.get(below, [])) == 1 else None
    return pl.DataFrame(rows, {"contest": pl.String, "place": pl.String}, orient="row")


def _above_station(places: pl.DataFrame) -> pl.Expr:
    """A tps has a recap column of kind d_hasil, but nothing under it."""
    parents = places.get_column("parent").drop_nulls().unique()
    return pl.col("place").is_in(parents.implode())


def _children(tops: pl.DataFrame, chained: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """``_stream, contest, place, _top``: the places whose figures make up each top place."""
    edges = places.filter(pl.col("parent").is_not_null()).select(
        place=pl.col("code"), _top=pl.col("parent"), _kind=pl.col("kind")
    )
    under = tops.select("_stream", "contest", _top=pl.col("place")).unique().join(edges, on="_top")
    bare = under.filter(pl.col("_kind") == "village").join(chained, on=_KEY, how="anti")
    stations = bare.join(
        edges.select(_tps=pl.col("place"), place=pl.col("_top")), on="place", how="inner"
    )
    kept = under.join(stations, on=_KEY, how="anti")
    return pl.concat(
        [
            kept.select(*_KEY, "_top"),
            stations.select("_stream", "contest", pl.col("_tps").alias("place"), "_top"),
        ]
    )


def _stated(rows: pl.DataFrame, figures: list[str]) -> pl.DataFrame:
    """One row per place of a chain: the recap column's figure, else the place's own."""
    first = [pl.col(x).drop_nulls().first() for x in figures]
    return (
        rows.sort(pl.col("source") != "recap", maintain_order=True)
        .group_by(_KEY)
        .agg(*first, _sources=pl.col("source").unique())
    )


def with_columns_above(forms: pl.DataFrame) -> pl.DataFrame:
    """Each recap column with the official form of its own place in ``own_x``."""
    key = ["contest", "place"]
    figures = [*ADDITIVE, *vote_columns(forms)]
    recap = forms.filter((pl.col("source") == "recap") & (pl.col("kind") == D_HASIL))
    own = (
        forms.filter("_in_force", pl.col("source") == "official")
        .join(recap, on=key, how="semi")
        .sort(pl.col("kind").is_in(STATION_KINDS), descending=True)
        .unique(key, keep="first", maintain_order=True)
        .select(*key, **{f"own_{x}": pl.col(x) for x in figures})
    )
    return recap.join(own, on=key, how="inner")
