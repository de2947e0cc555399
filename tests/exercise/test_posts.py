"""Exercise posts: what is planted is there, everything else is ordinary, and nobody is named."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rukun.exercise.posts import START, ExercisePosts, make_posts
from rukun.exercise.posts_plan import Fans, Ring, Viral
from rukun.exercise.posts_words import SLOTS
from rukun.talk.aliases import ALIAS

RINGS = (Ring(members=6, acts=12, seconds=5.0), Ring(members=5, acts=9, sources="one"))
VIRAL = (Viral(shares=150, minutes=10.0),)
FANS = (Fans(members=12, posts=10, seconds=120.0), Fans(members=8, posts=10, quick=True))


@pytest.fixture(scope="module")
def made() -> ExercisePosts:
    return make_posts(8_000, 7, 5, rings=RINGS, viral=VIRAL, fans=FANS)


def _planted(made: ExercisePosts, name: str) -> pl.DataFrame:
    rows = made.origins.filter(pl.col("plant").str.starts_with(name))
    return made.posts.join(rows, on="post_id", maintain_order="left")


def _with_target(posts: pl.DataFrame, made: ExercisePosts) -> pl.DataFrame:
    target = pl.coalesce("repost_of", "reply_to").alias("target")
    known = made.posts.select(target="post_id", target_at="posted_at", target_account="account")
    return posts.with_columns(target).drop_nulls("target").join(known, on="target", how="left")


def test_there_are_as_many_posts_as_asked_for_in_order_of_time(made):
    assert made.posts.height == made.origins.height == 8_000
    assert made.posts["post_id"].n_unique() == 8_000
    assert made.posts["posted_at"].is_sorted()
    assert made.posts["posted_at"].min() >= START
    assert made.posts["posted_at"].max() < START + dt.timedelta(days=7)


def test_the_columns_are_those_of_the_post_table(made):
    text, time = pl.String, pl.Datetime("us", "UTC")
    counts = pl.Struct(dict.fromkeys(("likes", "comments", "shares", "views"), pl.Int64))
    assert dict(made.posts.schema) == {
        "post_id": text, "platform": text, "account": text, "posted_at": time, "text": text,
        "links": pl.List(text), "reply_to": text, "repost_of": text, "quote_of": text,
        "kind": text, "engagement": counts, "place_hint": text, "collected_at": time,
        "origin": text, "origin_row": pl.Int64, "raw": text, "weak": pl.Boolean,
    }  # fmt: skip
    assert set(made.posts["kind"]) == {"post", "comment", "repost"}
    assert made.posts["engagement"].null_count() == 8_000


def test_the_same_seed_gives_the_same_posts_and_another_seed_others(made):
    again = make_posts(8_000, 7, 5, rings=RINGS, viral=VIRAL, fans=FANS)
    other = make_posts(8_000, 7, 6, rings=RINGS, viral=VIRAL, fans=FANS)
    assert again.posts.equals(made.posts) and again.truth.equals(made.truth)
    assert not other.posts["text"].equals(made.posts["text"])


def test_every_repost_and_answer_comes_after_a_post_that_is_there(made):
    shared = _with_target(made.posts, made)
    assert shared.height == made.posts.filter(pl.col("kind") != "post").height
    assert shared["target_at"].null_count() == 0
    assert shared.filter(pl.col("posted_at") < pl.col("target_at")).is_empty()


def test_a_ring_acts_within_its_seconds_over_all_kinds_of_objects(made):
    ring = _planted(made, "ring-1")
    pushed = ring.filter(pl.col("links").list.len() > 0).group_by(pl.col("links").list.first())
    shared = ring.drop_nulls("repost_of").group_by("repost_of")
    pasted = ring.filter(pl.col("kind") == "post", pl.col("links").list.len() == 0)
    for groups in (pushed, shared, pasted.group_by("family")):
        spans = groups.agg(pl.col("posted_at").max() - pl.col("posted_at").min(), pl.len())
        assert spans.height >= 2
        assert spans["posted_at"].max() <= dt.timedelta(seconds=5)
        assert spans["len"].mean() > 3
    members = set(made.truth.filter(pl.col("plant") == "ring-1")["account"])
    assert set(ring["account"]) == members and len(members) == 6


def test_a_ring_for_one_account_reposts_only_that(made):
    shared = _with_target(_planted(made, "ring-2"), made)
    assert shared["target_account"].n_unique() == 1
    assert shared["target"].n_unique() == 9


def test_a_viral_post_is_shared_by_as_many_accounts_within_its_minutes(made):
    shared = _with_target(_planted(made, "viral-1"), made)
    assert shared["account"].n_unique() == shared.height == 150
    late = shared.select((pl.col("posted_at") - pl.col("target_at")).max()).item()
    assert dt.timedelta(minutes=5) < late <= dt.timedelta(minutes=10)


@pytest.mark.parametrize("name", ["fans-1", "fans-2"])
def test_fans_repost_one_favourite_within_two_minutes(made, name):
    shared = _with_target(_planted(made, name), made)
    assert shared["target_account"].n_unique() == 1
    late = shared.select((pl.col("posted_at") - pl.col("target_at")).dt.total_seconds())
    assert 60 < late.max().item() <= 120
    members = set(made.truth.filter(pl.col("plant") == name)["account"])
    assert set(shared["account"]) <= members


def test_accounts_belong_to_one_plant_and_appear_under_aliases(made):
    assert made.truth["account"].is_unique().all()
    assert set(made.truth["role"]) == {"ring", "fan"}
    assert all(ALIAS.fullmatch(a) for a in made.posts["account"])


def test_nothing_is_planted_where_nothing_is_asked_for():
    clean = make_posts(2_000, 7, 1, clean=True)
    assert clean.truth.is_empty()
    assert clean.origins["plant"].null_count() == 2_000


def test_the_day_has_its_rhythm_and_few_accounts_write_much(made):
    local = made.posts["posted_at"].dt.convert_time_zone("Asia/Makassar").dt.hour()
    assert (local.is_in([19, 20])).sum() > 4 * (local.is_in([2, 3])).sum()
    busy = made.posts.group_by("account").len().sort("len", descending=True)["len"]
    assert busy.head(busy.len() // 20).sum() > 0.2 * busy.sum()


def test_copies_are_there_exact_and_edited(made):
    own = made.posts.filter(pl.col("kind") == "post").join(made.origins, on="post_id")
    first = own.select(family="post_id", original="text")
    copies = own.filter(pl.col("family") != pl.col("post_id")).join(first, on="family")
    same = (copies["text"] == copies["original"]).mean()
    assert 0.3 < same < 0.7
    held = copies.filter(pl.col("text").str.contains(pl.col("original"), literal=True))
    assert held.height == copies.height


def test_both_camps_come_up_alike_and_nobody_is_named():
    for slot in SLOTS:
        swapped = {p.replace("1", "#").replace("2", "1").replace("#", "2") for p in slot}
        assert swapped == set(slot)


def test_plants_that_leave_no_room_are_refused():
    with pytest.raises(ValueError, match="leave"):
        make_posts(2_000, 7, 1, viral=(Viral(shares=5_000),) * 9, rings=())
    with pytest.raises(ValueError, match="accounts"):
        make_posts(2_000, 7, 1, rings=(Ring(members=300),))
