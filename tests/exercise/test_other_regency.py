"""The generator is not made for Jembrana alone: one contest, three choices, another place."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from rukun.contests import Choice
from rukun.exercise import make_regency
from rukun.exercise.regency import true_sheets
from rukun.frame import Frame

from .example import REGENT, by_kecamatan, frame, recapitulation, settings
from .identities import broken


@pytest.fixture(scope="module")
def area() -> Frame:
    two = frame().contests[REGENT]
    three = dataclasses.replace(two, choices=(*two.choices, Choice(3, "Pair 3", "Pair 3")))
    return Frame(frame().places, {REGENT: three})


@pytest.fixture(scope="module")
def totals() -> pl.DataFrame:
    """The regent's totals, with 50 votes in every kecamatan for a third choice instead of 2."""
    moved = pl.when(pl.col("place").str.len_chars() == 6).then(50).otherwise(250)
    return (
        recapitulation()
        .filter(contest=REGENT)
        .with_columns(votes_2=pl.col("votes_2") - moved, votes_3=moved.cast(pl.Int64))
    )


def test_three_choices_meet_every_kecamatans_totals(area, totals):
    sheet = true_sheets(area, totals, settings())[REGENT]
    rows = totals.filter(pl.col("place").str.len_chars() == 6).sort("place")
    for field in ("votes_1", "votes_2", "votes_3"):
        assert by_kecamatan(sheet, field) == tuple(rows[field])
    assert broken(sheet, choices=3) == set()


def test_each_choice_has_its_witness(area, totals):
    made = make_regency(area, totals, settings())
    assert set(made.forms["source"]) == {
        "official", "witness:1", "witness:2", "witness:3", "recap", "feed",
    }  # fmt: skip
    absent = made.truth.filter(kind_of_error="missing").group_by("source").len()
    assert sorted(absent.rows()) == [("witness:1", 2), ("witness:2", 2), ("witness:3", 2)]
