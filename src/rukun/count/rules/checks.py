"""The parts a rule is made of: one comparison of two figures on one row.

A row is a form, a pair of forms, or a form beside the sum of its children. Every expression
gives null where a figure it needs is null: such a row is *not checkable*.
"""

from __future__ import annotations

import dataclasses

import polars as pl

from rukun.count.findings import Severity

NOTHING = pl.lit(None, dtype=pl.Int64)


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """One comparison: rule code, the field looked at, and expressions over a row.

    ``broken`` is true, false, or null where not checkable. ``needs`` names the figures for a
    person. ``quiet`` checks are only worth a word where they are broken. ``severity`` and
    ``single`` (the finding names its one form) differ from the rule's habit where given.
    """

    code: str
    field: str
    needs: tuple[str, ...]
    broken: pl.Expr
    found: pl.Expr
    expected: pl.Expr = dataclasses.field(default=NOTHING)
    stake: pl.Expr = dataclasses.field(default=NOTHING)
    severity: Severity | None = None
    quiet: bool = False


def figure(name: str | pl.Expr) -> pl.Expr:
    """The expression of a figure given by its column name or already as an expression."""
    return pl.col(name) if isinstance(name, str) else name


def where_stated(condition: pl.Expr, *figures: pl.Expr | str) -> pl.Expr:
    """``condition``, null where a figure is: *false and unknown* would else be false."""
    stated = pl.all_horizontal(figure(f).is_not_null() for f in figures)
    return pl.when(stated).then(condition)


def equal(
    code: str,
    field: str,
    needs: tuple[str, ...],
    expected: pl.Expr | str,
    *,
    found: pl.Expr | str | None = None,
    severity: Severity | None = None,
    staked: bool = True,
) -> Check:
    """``field`` must equal ``expected``; the difference is at stake unless ``staked`` is false."""
    have, want = figure(field if found is None else found), figure(expected)
    stake = (have - want).abs() if staked else NOTHING
    return Check(code, field, needs, have != want, have, want, stake, severity)


def at_most(
    code: str,
    field: str,
    needs: tuple[str, ...],
    bound: pl.Expr | str,
    *,
    found: pl.Expr | str | None = None,
    staked: bool = True,
) -> Check:
    """``field`` must not exceed ``bound``; the excess is at stake unless ``staked`` is false."""
    have, limit = figure(field if found is None else found), figure(bound)
    stake = have - limit if staked else NOTHING
    return Check(code, field, needs, have > limit, have, limit, stake)
