"""Times are read in one way only, and come out in UTC."""

from __future__ import annotations

import datetime as dt

import pytest

from rukun.talk.readers.times import Clock, zone
from rukun.talk.readers.values import Odd

AT = dt.datetime(2024, 11, 27, 6, 5, tzinfo=dt.UTC)
CLOCK = Clock(zone("WITA"))


@pytest.mark.parametrize(
    "value",
    [
        1732687500,
        "1732687500",
        1732687500.0,
        1732687500_000,
        "1732687500000",
        1732687500_000_000,
        1732687500_000_000_000,
        "2024-11-27T06:05:00Z",
        "2024-11-27T06:05:00.000Z",
        "2024-11-27 06:05:00+00:00",
        "2024-11-27T14:05:00+0800",
        "2024-11-27 14:05",
        "2024-11-27 14:05:00.0",
        "2024-11-27 14:05 WITA",
        "2024-11-27 13:05:00 WIB",
        "2024-11-27 01:05:00 EST",
        "Wed Nov 27 06:05:00 +0000 2024",
        "Wed Nov 27 14:05:00 +0800 2024",
    ],
)
def test_one_moment_in_every_way_that_exports_write_it(value):
    assert CLOCK.read(value) == AT


@pytest.mark.parametrize("value", [None, "", " ", "nan", "null", "N/A"])
def test_nothing_is_not_stated(value):
    assert CLOCK.read(value) is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("27/11/2024 14:05", "time-day-month"),
        ("11-27-2024", "time-day-month"),
        ("2024-11-27", "time-day"),
        ("45623.58", "time-serial"),
        ("2024-02-30 10:00", "time-form"),
        ("besok", "time-form"),
        ("Wed Nov 31 06:05:00 +0000 2024", "time-form"),
        ("2024-11-27 14:05 CET", "time-zone"),
        ("1970-01-01T00:00:00Z", "time-absurd"),
        ("9999-12-31T23:59:59Z", "time-absurd"),
        (0, "time-absurd"),
        (-5, "time-absurd"),
        (10**30, "time-absurd"),
        ("9" * 400, "time-absurd"),
        (float("inf"), "time-absurd"),
        (True, "time-form"),
        ({"a": 1}, "time-form"),
        ([1], "time-form"),
    ],
    ids=lambda v: str(v)[:20],
)
def test_what_is_no_time_is_refused_by_what_it_is(value, code):
    with pytest.raises(Odd) as odd:
        CLOCK.read(value)
    assert odd.value.code == code


def test_a_time_without_zone_needs_one():
    with pytest.raises(Odd) as odd:
        Clock().read("2024-11-27 14:05")
    assert odd.value.code == "time-naive"


def test_a_post_from_after_the_file_was_brought_cannot_be():
    clock = Clock(latest=AT)
    assert clock.read(1732687499) < AT
    with pytest.raises(Odd):
        clock.read(1732687500)


@pytest.mark.parametrize("name", ["CET", "+25:00", "08:00", "+8", ""])
def test_a_zone_that_is_none(name):
    assert zone(name) is None
