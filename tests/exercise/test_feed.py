"""The quick publication of the exercise: it grows, has one bad hour, and ends at the real result."""

from __future__ import annotations

import polars as pl
import pytest

from rukun.count.forms import form_columns
from rukun.count.versions import feed_faults, hold_faulty, in_force
from rukun.exercise.feed import SNAPSHOTS, ZEROED
from rukun.tables import conform

from .example import GOVERNOR, REGENT, TOTALS, VOTES, exercise, frame

BAD = SNAPSHOTS.index(ZEROED) + 1


def _feed() -> pl.DataFrame:
    return exercise().forms.filter(pl.col("source") == "feed")


@pytest.mark.parametrize("contest", [REGENT, GOVERNOR])
def test_the_last_snapshot_is_the_real_result(contest):
    last = _feed().filter(contest=contest, version=len(SNAPSHOTS)).sort("place")
    regency, kecamatan = last.row(0, named=True), last[1:]
    assert (regency["place"], regency["tps_in"], regency["tps_total"]) == ("5101", 487, 487)
    assert (regency["votes_1"], regency["votes_2"]) == TOTALS[contest][:2]
    assert (tuple(kecamatan["votes_1"]), tuple(kecamatan["votes_2"])) == VOTES[contest]


def test_stations_come_in_and_votes_with_them_but_for_the_bad_hour():
    good = _feed().filter(pl.col("version") != BAD).sort("contest", "place", "version")
    for name in ("tps_in", "votes_1", "votes_2"):
        steps = good.select(pl.col(name).diff().over("contest", "place")).to_series().drop_nulls()
        assert steps.min() >= 0
        assert steps.max() > 0
    assert good.filter(pl.col("tps_in") == 0)["votes_1"].null_count() == (good["tps_in"] == 0).sum()


def test_the_bad_hour_is_found_and_does_not_stand():
    forms = conform(_feed(), form_columns(2), "forms")
    early = forms.filter(pl.col("version") <= BAD)
    faults = feed_faults(early, frame())
    zeroed = faults.filter(pl.col("code") == "F1")
    assert set(zeroed["version"]) == {BAD}
    assert zeroed.select("contest", "place").n_unique() == 12
    standing = in_force(hold_faulty(early, faults))
    assert set(standing["version"]) == {BAD - 1}
