"""The table of findings: a rule broken, a cell where sources differ, a step where a vote moved."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

from rukun.tables import Column

Severity = Literal["error", "warning", "notice"]
SEVERITIES: Final = ("error", "warning", "notice")

FINDINGS: Final[tuple[Column, ...]] = (
    Column("code", pl.String, "code", False, "Code of the rule, as in the registry."),
    Column("severity", pl.String, "word", False, "error, warning or notice."),
    Column("contest", pl.String, "code", False, "Contest."),
    Column("place", pl.String, "code", False, "Place the finding is about."),
    Column("sources", pl.List(pl.String), "codes", False, "Sources of the forms involved."),
    Column("kind", pl.String, "code", True, "Kind of form; null where several are involved."),
    Column("version", pl.Int64, "count", True, "Version of the form, where it is one form."),
    Column("field", pl.String, "field", False, "Field (or derived figure) that is looked at."),
    Column("expected", pl.Int64, "field's", True, "What the rule asks for, or the bound it sets."),
    Column("found", pl.Int64, "field's", True, "What is stated."),
    Column("votes_at_stake", pl.Int64, "votes", True, "How many votes the finding touches."),
)
