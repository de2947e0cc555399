"""Narratives: the same rows on every engine, whatever the order; short texts only suggested."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rukun.errors import UserError
from rukun.talk.narratives import (
    MEMBERS,
    NARRATIVES,
    SUGGESTED,
    narrative_id,
    narratives,
)
from tests.bench.talk_text import generated
from tests.engine.engines import ENGINES, opened

LONG = (
    "warga diminta tenang menunggu hasil resmi dari petugas sampai rapat pleno selesai nanti malam"
)
START = dt.datetime(2024, 11, 27, 8, tzinfo=dt.UTC)


def posts(*texts, **columns):
    """One post an hour, on one platform, each from an account of its own."""
    count = len(texts)
    table = {
        "post_id": [f"x:{n}" for n in range(count)],
        "posted_at": [START + dt.timedelta(hours=n) for n in range(count)],
        "platform": ["x"] * count,
        "account": [f"akun-{n}" for n in range(count)],
        "place_hint": [None] * count,
        "text": list(texts),
        **columns,
    }
    times = {"posted_at": pl.Datetime("us", "UTC"), "place_hint": pl.String, "account": pl.String}
    return pl.DataFrame(table, schema_overrides=times)


def told(*texts, **columns):
    return narratives(posts(*texts, **columns))


@pytest.fixture(scope="module")
def many():
    return generated(1_500, 5)


@pytest.fixture(scope="module")
def expected(many):
    return narratives(many)


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_gives_the_same_rows(name, many, expected, tmp_path):
    many.head(700).write_parquet(tmp_path / "a.parquet")
    many.tail(-700).write_parquet(tmp_path / "b.parquet")
    with opened(name) as engine:
        found = narratives(engine.read(tmp_path), engine=engine)
    assert found.members.equals(expected.members)
    assert found.narratives.equals(expected.narratives)
    assert found.suggested.equals(expected.suggested)


def test_the_order_of_the_posts_changes_nothing(many, expected):
    shuffled = narratives(many.sample(fraction=1.0, shuffle=True, seed=1))
    assert shuffled.members.equals(expected.members)
    assert shuffled.narratives.equals(expected.narratives)
    assert shuffled.suggested.equals(expected.suggested)


def test_the_tables_are_those_declared(expected):
    for table, columns in (
        (expected.members, MEMBERS),
        (expected.narratives, NARRATIVES),
        (expected.suggested, SUGGESTED),
    ):
        assert table.schema == {c.name: c.dtype for c in columns} and table.height > 10


def test_members_and_narratives_agree(expected):
    counted = expected.members.group_by("narrative").len("size").sort("narrative")
    sizes = expected.narratives.select("id", "size").sort("id")
    assert counted["narrative"].equals(sizes["id"], check_names=False)
    assert counted["size"].to_list() == sizes["size"].to_list()
    assert expected.members["post_id"].is_unique().all() and sizes["size"].min() >= 2


def test_a_narrative_says_what_it_is_made_of():
    found = told(
        LONG.replace("tenang", "tenamg"),
        LONG,
        LONG.upper(),
        platform=["x", "tiktok", "x"],
        account=["akun-1", None, "akun-1"],
        place_hint=["51.01", None, "51.01"],
    )
    assert found.narratives.to_dicts() == [
        {
            "id": narrative_id("x:0"),
            "text": LONG,
            "first_post": "x:0",
            "first_seen": START,
            "last_seen": START + dt.timedelta(hours=2),
            "size": 3,
            "accounts": 1,
            "platforms": ["tiktok", "x"],
            "places": ["51.01"],
        }
    ]
    assert found.members["post_id"].to_list() == ["x:0", "x:1", "x:2"]


def test_the_id_stays_when_later_posts_arrive():
    now, later = told(LONG, LONG), told(LONG, LONG, LONG, LONG.replace("nanti", ""))
    assert now.narratives["id"].to_list() == later.narratives["id"].to_list()


def test_a_post_without_a_time_is_never_the_earliest_of_dated_ones():
    found = told(LONG, LONG, posted_at=[None, START])
    assert found.narratives["first_post"].to_list() == ["x:1"]
    undated = told(LONG, LONG, posted_at=[None, None]).narratives
    assert undated["first_post"].to_list() == ["x:0"] and undated["first_seen"].to_list() == [None]


def test_short_texts_are_suggested_and_never_merged():
    found = told("setuju sekali kawan", "Setuju sekali, kawan!", "setuju", "satu dua tiga empat")
    assert found.members.is_empty() and found.narratives.is_empty()
    assert found.suggested.rows() == [("x:0", "x:1", "short", 1.0)]


@pytest.mark.parametrize(("words", "merged"), [(7, False), (8, True)])
def test_the_limit_is_eight_different_words(words, merged):
    text = " ".join("abcdefgh"[:words]) + " a b 12 https://a.b/"
    assert (told(text, text).narratives.height == 1) == merged


def test_a_short_text_never_joins_a_long_one():
    found = told("a b c d e f g", "a b c d e f g h", "a b c d e f g h")
    assert found.members["post_id"].to_list() == ["x:1", "x:2"]


def test_a_comment_keeps_a_copy_apart_and_suggests_it():
    found = told(LONG, LONG, f"HOAKS! {LONG}", f"hoaks: {LONG}")
    assert found.narratives["first_post"].to_list() == ["x:0", "x:2"]
    assert found.suggested.select("first", "other", "reason").rows() == [("x:0", "x:2", "comment")]
    assert found.suggested["similarity"].to_list() == [pytest.approx(14 / 15)]


def test_swapping_the_pairs_swaps_the_narratives_and_nothing_else():
    one, two = (f"suara paslon {n} {LONG}" for n in (1, 2))
    here, there = told(one, two, one, two), told(two, one, two, one)
    assert here.narratives["first_post"].to_list() == ["x:0", "x:1"]
    assert here.members.equals(there.members)


def test_texts_without_words_are_in_nothing():
    found = told("", "", "🔥", "https://a.b/", "https://a.b/")
    assert found.members.is_empty() and found.suggested.is_empty()


def test_a_post_listed_twice_counts_once():
    both = pl.concat([posts(LONG), posts(LONG)])
    assert narratives(both).narratives.is_empty()


def test_the_threshold_can_be_set():
    close = LONG.replace("tenang menunggu", "sabar menanti")
    pair = posts(LONG, close)
    assert narratives(pair).narratives.is_empty()
    assert narratives(pair, threshold=0.7).narratives.height == 1


def test_no_posts_are_no_narratives():
    found = narratives(posts())
    assert found.members.is_empty() and found.narratives.is_empty() and found.suggested.is_empty()


def test_a_missing_column_is_named():
    with pytest.raises(UserError, match="text is missing"):
        narratives(posts(LONG).drop("text"))


def test_an_engine_table_needs_its_engine():
    with opened("local") as engine, pytest.raises(TypeError, match="engine it belongs to"):
        narratives(engine.load(posts(LONG)))
