"""P1–P7: what is unusual on a station's form in force (``domain`` 1.2). Never proof of error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import polars as pl

from rukun.count.rules.checks import Check, at_most, equal, where_stated

#: Turnout is held in hundredths of a percent; a village's range is its median ± at least this.
RANGE: Final = 1_500
#: … or this many median absolute deviations, where that is more.
DEVIATIONS: Final = 3
#: Fewest stations a village must have reported for a range of its own.
FEWEST: Final = 5


def form_checks(numbers: Iterable[int]) -> list[Check]:
    """P1–P5 and those parts of P6 that one form alone can show."""
    return [*_ballots(), *_lists(), *_extremes(sorted(numbers))]


def village_checks() -> list[Check]:
    """The part of P6 and the P7 that need the other stations of the village."""
    low, high = pl.col("_low"), pl.col("_high")
    turnout = pl.col("_turnout")
    bound = pl.when(turnout < low).then(low).when(turnout > high).then(high)
    outside = (turnout < low) | (turnout > high)
    needs = ("voters_j", "registered_tetap_j")
    return [
        Check("P6", "turnout", needs, outside, turnout, bound),
        Check("P7", "votes", ("votes_n", "invalid"), pl.col("_twin"), pl.col("_votes"),
              stake=pl.col("_votes")),
    ]  # fmt: skip


def _ballots() -> Iterator[Check]:
    delivered = pl.col("registered_tetap_j") + pl.col("_reserve")
    listed = "registered_tetap_j"
    yield equal("P1", "ballots_received", ("ballots_received", listed), delivered)
    yield at_most("P2", listed, (listed,), "_limit", staked=False)
    yield at_most("P3", "cast", ("cast", listed), delivered)
    yield at_most("P5", "ballots_returned", ("ballots_returned", listed), "_reserve")


def _lists() -> Iterator[Check]:
    for kind in ("tambahan", "pindahan"):
        voters, listed = f"voters_{kind}_j", f"registered_{kind}_j"
        yield equal("P4", voters, (voters, listed), listed)


def _extremes(numbers: list[int]) -> Iterator[Check]:
    valid, cast, votes = pl.col("valid"), pl.col("cast"), pl.col("_votes")
    yield Check("P6", "invalid", ("invalid", "cast"), 10 * pl.col("invalid") > cast,
                pl.col("invalid"), cast // 10)  # fmt: skip
    for n in numbers:
        mine = pl.col(f"votes_{n}")
        all_here = where_stated((mine == valid) & (votes == valid) & (valid > 0), votes, valid)
        yield Check("P6", f"votes_{n}", ("votes_n", "valid"), all_here, mine, quiet=True)
    zero = where_stated((votes == 0) & (valid == 0), votes, valid)
    yield Check("P6", "valid", ("votes_n", "valid"), zero, valid)
    listed = pl.col("registered_tetap_j")
    everyone = where_stated((cast == listed) & (cast > 0), cast, listed)
    yield Check("P6", "cast", ("cast", "registered_tetap_j"), everyone, cast)


def with_village(stations: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """``stations`` (forms in force) with ``_turnout``, ``_low``, ``_high`` and ``_twin``.

    The bounds are null where the village has fewer than five stations of this contest and
    source with a turnout; ``_twin`` is null where the sheet is not wholly stated.
    """
    homes = places.select(place=pl.col("code"), _village=pl.col("parent"))
    voters, listed = pl.col("voters_j"), pl.col("registered_tetap_j")
    turnout = pl.when(listed > 0).then(10_000 * voters // listed)
    votes = sorted(c for c in stations.columns if c.startswith("votes_"))
    narrow = stations.select(
        "contest", "source", "place", *votes, "invalid", "_votes", _turnout=turnout
    ).join(homes, on="place", how="left", maintain_order="left")
    return stations.hstack(
        [*_range(narrow).iter_columns(), narrow.get_column("_turnout"), _twin(narrow, votes)]
    )


def _range(stations: pl.DataFrame) -> pl.DataFrame:
    village = ["contest", "source", "_village"]
    known = stations.select(*village, "_turnout").drop_nulls()
    middle = known.group_by(village).agg(
        _middle=pl.col("_turnout").median(),
        _spread=(pl.col("_turnout") - pl.col("_turnout").median()).abs().median(),
        _size=pl.len(),
    )
    reach = pl.max_horizontal(pl.lit(float(RANGE)), DEVIATIONS * pl.col("_spread"))
    ranges = middle.filter(pl.col("_size") >= FEWEST).select(
        *village,
        _low=(pl.col("_middle") - reach).ceil().cast(pl.Int64),
        _high=(pl.col("_middle") + reach).floor().cast(pl.Int64),
    )
    joined = stations.select(village).join(ranges, on=village, how="left", maintain_order="left")
    return joined.select("_low", "_high")


def _twin(stations: pl.DataFrame, votes: list[str]) -> pl.Series:
    """Whether another station has the same sheet: by hash first, then compared in full."""
    sheet = ["contest", "source", "_village", *votes, "invalid"]
    whole = pl.col("_village").is_not_null() & (pl.col("_votes") + pl.col("invalid")).is_not_null()
    rows = stations.with_row_index("_at").filter(whole & (pl.col("_votes") > 0))
    alike = rows.filter(pl.struct(sheet).hash().is_duplicated())
    twins = alike.filter(pl.col("place").n_unique().over(sheet) > 1).get_column("_at")
    at = pl.int_range(pl.len(), dtype=pl.UInt32)
    return stations.select(_twin=pl.when(whole).then(at.is_in(twins.implode()))).to_series()
