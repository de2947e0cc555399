"""C1–C5: the two contests of one place (``domain`` 1.3), as the same source states them.

The *upper* contest is the one whose top place stands higher in the tree (the governor's), the
*lower* the other (the regent's). A finding is laid to the lower contest's form: ``found`` is its
figure, ``expected`` what the upper contest's form says or allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from rukun.contests import Contest
from rukun.count.findings import Severity
from rukun.count.forms import KEY
from rukun.count.rules.checks import Check, at_most, equal, where_stated
from rukun.count.rules.hard import SEXES
from rukun.places import KINDS as PLACE_KINDS

#: Permille of the lower contest's valid votes by which the upper's may differ: 1st and 99th
#: percentile over 4,574 kecamatan of November 2024.
C4_RANGE: Final = (-51, 120)
_READ: Final = (
    *(f"registered_{kind}_{s}" for kind in ("tetap", "tambahan") for s in SEXES),
    "registered_pindahan_j",
    "voters_pindahan_j",
    "voters_j",
    "valid",
    "tps_total",
)


def pair_checks() -> list[Check]:
    """C1–C5 on a row that holds the lower form, and the upper's figures as ``up_…``."""
    return [*_lists(), *_moved(), _valid(), _stations()]


def _lists() -> list[Check]:
    checks = []
    weights: tuple[tuple[str, Severity | None], ...] = (("tetap", None), ("tambahan", "warning"))
    for kind, severity in weights:
        for s in SEXES:
            name = f"registered_{kind}_{s}"
            checks.append(equal("C1", name, (name,), f"up_{name}", severity=severity))
    return checks


def _moved() -> list[Check]:
    """Moved voters from another regency vote for governor only: users may differ by them alone."""
    moved, users = "voters_pindahan_j", "voters_j"
    more = pl.col(f"up_{moved}") - pl.col(moved)
    expected = pl.col(f"up_{users}") - more
    below = where_stated((pl.col(users) == expected) & (more < 0), users, expected)
    return [
        at_most("C2", "registered_pindahan_j", ("registered_pindahan_j",), "up_registered_pindahan_j"),
        equal("C3", users, (users, moved), expected),
        Check("C3", moved, (users, moved), below, pl.col(moved), pl.col(f"up_{moved}"), -more),
    ]  # fmt: skip


def _valid() -> Check:
    """Only above the station: a tps is too small for the range."""
    mine, other = pl.col("valid"), pl.col("up_valid")
    least, most = C4_RANGE
    permille = 1000 * (other - mine)
    outside = (permille < least * mine) | (permille > most * mine)
    above = pl.col("_place_kind").is_in(PLACE_KINDS[: PLACE_KINDS.index("village")])
    broken = pl.when(above).then(outside)
    return Check("C4", "valid", ("valid",), broken, mine, other, (mine - other).abs())


def _stations() -> Check:
    return equal("C5", "tps_total", ("tps_total",), "up_tps_total", staked=False)


def paired(
    forms: pl.DataFrame, contests: Mapping[str, Contest], places: pl.DataFrame
) -> pl.DataFrame:
    """Each form in force of a lower contest beside that of an upper one of the same date."""
    kinds = places.select(place=pl.col("code"), _place_kind=pl.col("kind"))
    tops = kinds.filter(pl.col("place").is_in([c.place for c in contests.values()]))
    ranks = {code: PLACE_KINDS.index(kind) for code, kind in tops.iter_rows()}
    meta = pl.DataFrame(
        [(c.code, c.date, ranks.get(c.place, len(PLACE_KINDS))) for c in contests.values()],
        schema={"contest": pl.String, "_date": pl.Date, "_rank": pl.Int64},
        orient="row",
    )
    meta = meta.join(forms.select(pl.col("contest").unique()), on="contest", how="semi")
    if meta.get_column("_rank").n_unique() < 2:
        return _empty(forms)
    in_force = forms.select(*KEY, "version", "_in_force", *_READ).filter("_in_force")
    lower = in_force.join(meta, on="contest", how="inner")
    upper = lower.select(
        "place", "source", "kind", "_date",
        up_contest=pl.col("contest"), up_rank=pl.col("_rank"), **{f"up_{x}": pl.col(x) for x in _READ},
    )  # fmt: skip
    return (
        lower.join(upper, on=["place", "source", "kind", "_date"], how="inner")
        .filter(pl.col("up_rank") < pl.col("_rank"))
        .join(kinds, on="place", how="left")
    )


def _empty(forms: pl.DataFrame) -> pl.DataFrame:
    more = {f"up_{x}": pl.Int64 for x in _READ} | {"_place_kind": pl.String}
    return forms.clear().with_columns(*(pl.lit(None, t).alias(n) for n, t in more.items()))
