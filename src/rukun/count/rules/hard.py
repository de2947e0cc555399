"""H1–H11: the identities of one form (``domain`` 1.2). H12 needs tally rows no table holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import polars as pl

from rukun.count.forms import FIELDS
from rukun.count.rules.checks import Check, at_most, equal

SEXES: Final = ("l", "p", "j")
#: The voter lists, in the order of the paper; the sum of the three stands under them.
LISTS: Final = ("tetap_", "pindahan_", "tambahan_")
PEOPLE: Final = (
    *(f"{what}_{kind}" for what in ("registered", "voters") for kind in (*LISTS, "")),
    "disabled_registered_",
    "disabled_voters_",
)
#: The paper has three boxes a figure.
BOXES: Final = 999


def hard_checks(numbers: Iterable[int]) -> list[Check]:
    """H1–H11 for a table whose contests have choices with these ballot numbers."""
    return [*balance_checks(), *_parts(), *_limits(sorted(numbers))]


def balance_checks() -> list[Check]:
    """H1–H8: what holds on a station's form and, summed, on every form above it (A2)."""
    return [*_people(), *_ballots()]


def _people() -> Iterator[Check]:
    for x in PEOPLE:
        sexes = (f"{x}l", f"{x}p")
        staked = not x.startswith("disabled")
        yield equal("H1", f"{x}j", (*sexes, f"{x}j"), _sum(sexes), staked=staked)
    for code, what in (("H2", "registered"), ("H3", "voters")):
        for s in SEXES:
            lists = tuple(f"{what}_{kind}{s}" for kind in LISTS)
            yield equal(code, f"{what}_{s}", (*lists, f"{what}_{s}"), _sum(lists))


def _ballots() -> Iterator[Check]:
    spent = ("ballots_used", "ballots_returned", "ballots_unused")
    yield equal("H4", "ballots_received", ("ballots_received", *spent), _sum(spent))
    yield equal("H5", "valid", ("votes_n", "valid"), "_votes")
    yield equal("H6", "cast", ("valid", "invalid", "cast"), _sum(("valid", "invalid")))
    yield equal("H7", "ballots_used", ("ballots_used", "cast"), "cast")
    yield equal("H8", "voters_j", ("voters_j", "cast"), "cast")


def _parts() -> Iterator[Check]:
    for kind in LISTS:
        for s in SEXES:
            voters, listed = f"voters_{kind}{s}", f"registered_{kind}{s}"
            yield at_most("H9", voters, (voters, listed), listed)
    for s in SEXES:
        voters, listed, everyone = f"disabled_voters_{s}", f"disabled_registered_{s}", f"voters_{s}"
        least = pl.when(pl.col(everyone) < pl.col(listed)).then(everyone).otherwise(listed)
        bound = pl.when(pl.col(everyone).is_not_null()).then(least)
        yield at_most("H10", voters, (voters, listed, everyone), bound, staked=False)


def _limits(numbers: list[int]) -> Iterator[Check]:
    yield at_most("H11", "voters_j", ("voters_j", "ballots_received"), "ballots_received")
    yield at_most("H11", "invalid", ("invalid", "cast"), "cast")
    for n in numbers:
        yield at_most("H11", f"votes_{n}", (f"votes_{n}", "valid"), "valid")
    for name in (
        *(f.name for f in FIELDS if f.unit != "stations"),
        *(f"votes_{n}" for n in numbers),
    ):
        yield _in_boxes(name)


def _in_boxes(name: str) -> Check:
    """Not below 0, and not above what three boxes hold."""
    value = pl.col(name)
    bound = pl.when(value < 0).then(0).when(value.is_not_null()).then(BOXES).cast(pl.Int64)
    outside = (value < 0) | (value > BOXES)
    return Check("H11", name, (name,), outside, value, bound, quiet=True)


def _sum(names: Iterable[str]) -> pl.Expr:
    """Null where one of them is null."""
    first, *rest = (pl.col(n) for n in names)
    return sum(rest, first)
