"""The simulation of the pulse itself, on a few small streams."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from rukun.talk.pulse_rises import Settings
from tests.bench.pulse import WORLDS, Change, World, delays, places, quiet, stream

SMALL = World(posts=500, accounts=1_000, days=24)


def test_a_quiet_stream_raises_no_more_alarms_than_are_stated():
    found = quiet(SMALL, 4, Settings(alarms=1.0))
    assert found.days > 0 and found.tested > 0
    assert found.rate <= 1.0


def test_ten_times_the_hostile_share_is_found_within_a_day():
    assert all(d is not None and d <= 1 for d in delays(SMALL, "regency", 10.0, 3, Settings()))


def test_a_stream_is_as_it_was_ordered():
    table = stream(replace(SMALL, days=10), 1)
    assert 2_500 < table.height < 9_000
    share = (table["label"] == "hostile").mean()
    assert 0.02 < share < 0.1
    again = stream(replace(SMALL, days=10), 1)
    assert table.equals(again)
    changed = stream(replace(SMALL, days=10), 1, Change(5, 4.0, "5101"))
    late = pl.col("posted_at").dt.day() > 5
    assert (changed.filter(late)["label"] == "hostile").mean() > 2 * share


def test_the_regency_has_the_shape_that_is_told():
    assert places().group_by("kind").len().sort("kind").rows() == [
        ("kecamatan", 5),
        ("regency", 1),
        ("village", 51),
    ]
    assert all(0 < w.share < 1 for w in WORLDS.values())
