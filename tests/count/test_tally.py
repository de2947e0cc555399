"""Sums up the chain, with their coverage."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rukun.count.tally import tally

from .small import TPS, forms, frame, station

FRAME = frame()


def row_at(table, place, source="official"):
    rows = table.filter((pl.col("place") == place) & (pl.col("source") == source)).to_dicts()
    return rows[0] if rows else None


def test_stations_add_up_to_village_kecamatan_and_regency():
    sums = tally(forms(*(station(p, [10 * i, i], invalid=1) for i, p in enumerate(TPS, 1))), FRAME)
    assert (row_at(sums, "A")["votes_1"], row_at(sums, "A")["votes_2"]) == (150, 15)
    assert row_at(sums, "A1")["votes_1"] == 60
    assert row_at(sums, "A2c")["votes_1"] == 90
    assert row_at(sums, "A")["invalid"] == 5


def test_coverage_stands_beside_the_sum():
    sums = tally(forms(station("A1a1", [10, 5], invalid=2), station("A1a2", [1, 1])), FRAME)
    top = row_at(sums, "A")
    assert (top["tps_in"], top["tps_total"], top["invalid"], top["invalid_in"]) == (2, 5, 2, 1)


def test_a_sum_that_no_station_states_is_unknown_not_zero():
    top = row_at(tally(forms(station("A1a1", [10, 5])), FRAME), "A")
    assert top["invalid"] is None
    assert top["invalid_in"] == 0


def test_a_form_without_all_votes_is_not_summed():
    assert row_at(tally(forms(station("A1a1", [10, None])), FRAME), "A") is None


def test_each_source_has_its_own_sum():
    sums = tally(forms(station("A1a1", [10, 5]), station("A1a1", [9, 5], "witness:2")), FRAME)
    assert row_at(sums, "A")["votes_1"] == 10
    assert row_at(sums, "A", "witness:2")["votes_1"] == 9


def test_recapitulation_is_not_added_to_the_stations():
    sums = tally(forms(station("A1a1", [10, 5]), station("A1", [500, 5], kind="d_hasil")), FRAME)
    assert row_at(sums, "A1")["votes_1"] == 10


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), min_size=5, max_size=5))
def test_a_parent_is_the_sum_of_its_children(votes):
    sums = tally(forms(*(station(p, list(v)) for p, v in zip(TPS, votes, strict=True))), FRAME)
    for parent, children in {"A": ("A1", "A2"), "A1": ("A1a", "A1b"), "A2": ("A2c",)}.items():
        for field in ("votes_1", "votes_2", "tps_in", "tps_total"):
            assert row_at(sums, parent)[field] == sum(row_at(sums, c)[field] for c in children)
