"""Spread: what was seen first, where it went, how fast, and by whom; never more than the data."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rukun.errors import UserError
from rukun.talk.spread import (
    CARRIERS,
    CARRIERS_SHOWN,
    COVERAGE,
    HOURS,
    LAGS,
    PATH,
    posts_of,
    spread,
)
from tests.engine.engines import ENGINES, opened

START = dt.datetime(2024, 11, 27, 8, 30, tzinfo=dt.UTC)
ACTS = pl.Struct(dict.fromkeys(("likes", "comments", "shares", "views"), pl.Int64))
TYPES = {
    "posted_at": pl.Datetime("us", "UTC"),
    "account": pl.String,
    "place_hint": pl.String,
    "engagement": ACTS,
}


def acts(likes=None, comments=None, shares=None, views=None):
    return {"likes": likes, "comments": comments, "shares": shares, "views": views}


def posts(*rows):
    """Posts from (minutes after the start, platform, account, place, engagement)."""
    table = [
        {
            "post_id": f"{platform}:{n}",
            "posted_at": None if minutes is None else START + dt.timedelta(minutes=minutes),
            "platform": platform,
            "account": account,
            "place_hint": place,
            "engagement": engagement,
        }
        for n, (minutes, platform, account, place, engagement) in enumerate(rows)
    ]
    return pl.DataFrame(table, schema={"post_id": pl.String, "platform": pl.String, **TYPES})


TRAVELS = posts(
    (0, "telegram", "akun-1", None, acts(views=900)),
    (1, "telegram", "akun-2", None, None),
    (50, "x", "akun-1", "51.01", acts(likes=2, shares=1)),
    (61, "x", "akun-3", "51.01", acts(likes=10, comments=0)),
    (70, "x", None, "51.02", acts()),
    (3000, "telegram", "akun-1", None, acts(views=0)),
    (None, "tiktok", "akun-4", None, acts(likes=0)),
)


def test_the_first_is_the_earliest_that_has_a_time():
    found = spread(TRAVELS)
    assert (found.first_post, found.first_seen) == ("telegram:0", START)


def test_the_path_orders_platforms_and_places_by_first_sight():
    path = spread(TRAVELS).path.select("order", "platform", "place", "first_post", "lag", "posts")
    assert path.rows() == [
        (1, "telegram", None, "telegram:0", 0, 3),
        (2, "x", "51.01", "x:2", 3000, 2),
        (3, "x", "51.02", "x:4", 4200, 1),
    ]


def test_the_lag_curve_rises_to_every_dated_post():
    lags = spread(TRAVELS).lags
    at = dict(lags.select("lag", "posts").iter_rows())
    assert (at[0], at[60], at[3_600], at[7_200]) == (1, 2, 3, 5)
    assert lags["posts"].is_sorted() and lags.row(-1) == (259_200, 6, 1.0)


def test_the_lag_curve_reaches_beyond_thirty_days():
    lags = spread(posts((0, "x", None, None, None), (200 * 1440, "x", None, None, None))).lags
    assert lags.row(-1) == (240 * 86_400, 2, 1.0) and lags.row(-2)[1] == 1


def test_the_median_lag_is_of_the_posts_after_the_first():
    assert spread(TRAVELS).median_lag == 61 * 60
    assert spread(TRAVELS.head(1)).median_lag is None


def test_the_peak_is_the_fullest_hour_wherever_it_begins():
    found = spread(TRAVELS)
    assert (found.peak, found.peak_from) == (3, START)
    later = spread(posts(*((m, "x", None, None, None) for m in (0, 60, 95, 119.99, 120))))
    assert (later.peak, later.peak_from) == (3, START + dt.timedelta(minutes=60))


def test_hours_add_up_to_the_posts_that_have_a_time():
    hours = spread(TRAVELS).hours
    assert [h.hour for h in hours["hour"]] == [8, 9, 10]
    assert hours.select("posts", "total").rows() == [(2, 2), (3, 5), (1, 6)]


def test_carriers_are_ranked_by_posts_and_by_engagement():
    carriers = spread(TRAVELS).carriers.drop("first_seen")
    assert carriers.rows() == [
        ("akun-1", 3, 2, None, 1, 900, 3, 1, 2),
        ("akun-3", 1, 10, 0, None, None, 10, 2, 1),
        ("akun-4", 1, 0, None, None, None, 0, 2, 3),
        ("akun-2", 1, None, None, None, None, None, 2, None),
    ]


def test_an_account_with_one_post_that_reached_many_is_shown():
    busy = [(n, "x", f"akun-{n % 40}", None, acts(likes=0)) for n in range(80)]
    loud = (90, "x", "akun-loud", None, acts(likes=5))
    carriers = spread(posts(*busy, loud)).carriers
    assert carriers.filter(account="akun-loud")["by_engagement"].to_list() == [1]
    assert carriers.filter(pl.col("by_engagement") > 1).height >= CARRIERS_SHOWN


def test_coverage_counts_what_is_stated():
    assert spread(TRAVELS).coverage.rows() == [
        ("posted_at", 6, 7),
        ("account", 6, 7),
        ("place_hint", 3, 7),
        ("engagement", 5, 7),
    ]


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "need not be the first"), ("id", "belum tentu yang pertama")]
)
def test_the_caveat_says_that_first_means_first_in_this_data(lang, words):
    said = spread(pl.concat([TRAVELS, TRAVELS.with_columns(post_id=pl.lit("x:a"))])).caveat(lang)
    assert words in said and "8" in said and "{" not in said


def test_the_order_of_the_posts_changes_nothing():
    here, there = spread(TRAVELS), spread(TRAVELS.reverse())
    for table in ("path", "lags", "hours", "carriers", "coverage"):
        assert getattr(here, table).equals(getattr(there, table))
    assert (here.median_lag, here.peak_from) == (there.median_lag, there.peak_from)


def test_a_post_listed_twice_counts_once():
    assert spread(pl.concat([TRAVELS, TRAVELS])).coverage.equals(spread(TRAVELS).coverage)


@pytest.mark.parametrize("some", [TRAVELS, TRAVELS.tail(1), TRAVELS.clear()])
def test_the_tables_are_those_declared(some):
    found = spread(some)
    for table, columns in (
        (found.path, PATH),
        (found.lags, LAGS),
        (found.hours, HOURS),
        (found.carriers, CARRIERS),
        (found.coverage, COVERAGE),
    ):
        assert table.schema == {c.name: c.dtype for c in columns}


def test_posts_without_a_time_have_no_first():
    found = spread(TRAVELS.tail(1))
    assert (found.first_post, found.first_seen, found.peak) == (None, None, 0)


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_hands_over_the_posts_of_a_narrative(name):
    members = TRAVELS.head(4).select("post_id", narrative=pl.lit("n-1"))
    with opened(name) as engine:
        found = posts_of(engine.load(TRAVELS), members, "n-1", engine)
    assert found.equals(posts_of(TRAVELS, members, "n-1"))
    assert spread(found).path.height == 2


def test_an_unknown_narrative_is_named():
    members = TRAVELS.select("post_id", narrative=pl.lit("n-1"))
    with pytest.raises(UserError, match="n-2"):
        posts_of(TRAVELS, members, "n-2")
