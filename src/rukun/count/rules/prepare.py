"""Forms made ready for the rules: the figures of their contest, and which of them are in force."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from rukun.contests import Contest
from rukun.count.forms import C_HASIL, KINDS, STATION_KINDS, form_columns, vote_columns
from rukun.tables import conform


def prepare(forms: pl.DataFrame, contests: Iterable[Contest]) -> pl.DataFrame:
    """``forms`` in its schema, with what the rules need beside the stated figures.

    ``_votes`` Σ of the contest's votes, null where one is not stated ·
    ``_reserve`` ⌈D·permille/1000⌉ in integers · ``_limit`` most voters of a tps · ``_in_force``
    false where a recount or a repeated vote of the same source replaces the form. Votes that are
    not on the contest's ballot become null; forms of an unknown contest keep null parameters.
    """
    listed = list(contests)
    widest = max([_widest(forms), *(n for c in listed for n in c.numbers)])
    table = conform(forms, form_columns(widest), "forms")
    present = set(table.get_column("contest").unique())
    listed = [c for c in listed if c.code in present]
    known = pl.col("_limit").is_not_null()
    reserve = (pl.col("registered_tetap_j") * pl.col("_permille") + 999) // 1000
    given = table.select("contest").join(
        _parameters(listed), on="contest", how="left", maintain_order="left"
    )
    return (
        table.hstack(given.drop("contest"))
        .with_columns(_own_votes(listed, widest))
        .with_columns(_votes=pl.when(known).then(_sum_of_votes(listed)), _reserve=reserve)
        .pipe(_with_force)
    )


def _widest(forms: pl.DataFrame) -> int:
    names = vote_columns(forms)
    return int(names[-1][6:]) if names else 0


def _parameters(contests: list[Contest]) -> pl.DataFrame:
    numbers = {n for c in contests for n in c.numbers}
    rows = [
        {
            "contest": c.code,
            "_permille": c.reserve_permille,
            "_limit": c.voters_per_tps,
            **{f"_has_{n}": n in c.numbers for n in numbers},
        }
        for c in contests
    ]
    schema = {"contest": pl.String, "_permille": pl.Int64, "_limit": pl.Int64}
    schema |= {f"_has_{n}": pl.Boolean for n in numbers}
    return pl.DataFrame(rows, schema=schema)


def _partial(contests: list[Contest]) -> set[int]:
    """Ballot numbers that some of the contests have and others do not."""
    everywhere: list[set[int]] = [set(c.numbers) for c in contests]
    if not everywhere:
        return set()
    return everywhere[0].union(*everywhere) - everywhere[0].intersection(*everywhere)


def _own_votes(contests: list[Contest], widest: int) -> list[pl.Expr]:
    numbers, partial = {n for c in contests for n in c.numbers}, _partial(contests)
    return [
        (pl.when(pl.col(f"_has_{n}")).then(pl.col(name)) if n in partial else pl.lit(None, pl.Int64))
        .alias(name)
        for n in range(1, widest + 1)
        if (n in partial or n not in numbers) and (name := f"votes_{n}")
    ]  # fmt: skip


def _sum_of_votes(contests: list[Contest]) -> pl.Expr:
    partial = _partial(contests)
    total = pl.lit(0, dtype=pl.Int64)
    for n in sorted({n for c in contests for n in c.numbers}):
        votes = pl.col(f"votes_{n}")
        total += pl.when(pl.col(f"_has_{n}")).then(votes).otherwise(0) if n in partial else votes
    return total


def _with_force(table: pl.DataFrame) -> pl.DataFrame:
    """Mark the forms that a later kind at the same place and source replaces."""
    later = table.filter(pl.col("kind").is_in(STATION_KINDS) & (pl.col("kind") != C_HASIL))
    if later.is_empty():
        return table.with_columns(_in_force=pl.lit(True))
    key, rank = ["contest", "place", "source"], pl.col("kind").replace_strict(KINDS)
    highest = later.group_by(key).agg(_highest=rank.max())
    ranked = table.select(*key, "kind").join(highest, on=key, how="left", maintain_order="left")
    station = pl.col("kind").is_in(STATION_KINDS)
    in_force = ~station | (rank >= pl.col("_highest").fill_null(0))
    return table.hstack(ranked.select(_in_force=in_force))
