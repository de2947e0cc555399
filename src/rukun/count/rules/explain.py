"""One form, rule by rule: passed, broken or not checkable, with the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import polars as pl

from rukun.contests import Contest
from rukun.count.findings import Severity
from rukun.count.forms import D_HASIL, form_columns
from rukun.count.rules.chain import recap_checks
from rukun.count.rules.checks import Check
from rukun.count.rules.hard import hard_checks
from rukun.count.rules.plausible import form_checks
from rukun.count.rules.prepare import prepare
from rukun.count.rules.registry import RULES

Status = Literal["passed", "broken", "not_checkable"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one comparison of a rule says of a form.

    ``expected`` is what the rule asks for or the bound it sets; ``missing`` are the fields that
    are not stated where it is not checkable. The names of the keys are those of a finding, so an
    outcome as a mapping can be given to ``describe``.
    """

    code: str
    severity: Severity
    field: str
    status: Status
    found: int | None
    expected: int | None
    missing: tuple[str, ...] = ()


def explain(
    form: Mapping[str, object], contest: Contest, *, in_force: bool = True
) -> list[Outcome]:
    """The rules one form can be judged by alone, in registry order.

    Station forms: H1–H12, and where ``in_force`` P1–P5 and the parts of P6 that need no other
    station; recapitulation forms: A2. Figures may be missing from ``form``. The same expressions
    serve :func:`rukun.count.rules.check`, so the two cannot disagree.
    """
    row = prepare(_table(form, contest), [contest])
    checks = _checks(contest.numbers, row.item(0, "kind") == D_HASIL, in_force)
    columns = row.select(
        expr.alias(f"{part}{i}")
        for i, c in enumerate(checks)
        for part, expr in (("b", c.broken), ("f", c.found), ("e", c.expected))
    ).row(0, named=True)
    figures = row.row(0, named=True)
    told = [
        _outcome(c, contest, figures, columns[f"b{i}"], columns[f"f{i}"], columns[f"e{i}"])
        for i, c in enumerate(checks)
        if columns[f"b{i}"] or not c.quiet
    ]
    if figures["kind"] != D_HASIL:
        told.append(Outcome("H12", RULES["H12"].severity, "votes", "not_checkable", None, None))
    order = {code: i for i, code in enumerate(RULES)}
    return sorted(told, key=lambda o: order[o.code])


def _table(form: Mapping[str, object], contest: Contest) -> pl.DataFrame:
    columns = form_columns(max(contest.numbers))
    given = {c.name: form.get(c.name) for c in columns} | {"contest": contest.code}
    given |= {"version": given["version"] or 1}
    return pl.DataFrame([given], schema={c.name: c.dtype for c in columns})


@lru_cache(maxsize=64)
def _checks(numbers: tuple[int, ...], recap: bool, in_force: bool) -> tuple[Check, ...]:
    if recap:
        return tuple(recap_checks())
    return (*hard_checks(numbers), *(form_checks(numbers) if in_force else ()))


def _outcome(
    check: Check,
    contest: Contest,
    figures: Mapping[str, object],
    broken: bool | None,
    found: int | None,
    expected: int | None,
) -> Outcome:
    needs = [
        name
        for need in check.needs
        for name in (contest.vote_fields if need == "votes_n" else [need])
    ]
    missing = tuple(n for n in needs if figures.get(n) is None)
    status: Status = "not_checkable" if broken is None else "broken" if broken else "passed"
    severity = check.severity or RULES[check.code].severity
    return Outcome(check.code, severity, check.field, status, found, expected, missing)
