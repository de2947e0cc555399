"""Exercise posts around a regency: marked, without persons, and with a truth that holds."""

from __future__ import annotations

import re

import polars as pl
import pytest

from rukun.exercise.talk import PLATFORMS, RISES, START, make_talk
from rukun.frame import read_frame
from rukun.talk.posts import POSTS
from tests.house import ROOT

EXAMPLE = ROOT / "examples" / "jembrana-2024"


@pytest.fixture(scope="module")
def frame():
    return read_frame(EXAMPLE)


@pytest.fixture(scope="module")
def forms():
    return pl.read_csv(EXAMPLE / "exercise" / "official.csv", schema_overrides={"place": pl.String})


@pytest.fixture(scope="module")
def made(frame, forms):
    return make_talk(frame.places, forms)


def test_posts_are_a_table_of_posts(made):
    assert made.posts.columns == [c.name for c in POSTS]
    assert made.posts["post_id"].n_unique() == made.posts.height
    assert made.posts["posted_at"].min() >= START


def test_the_same_seed_gives_the_same_posts(frame, forms, made):
    assert make_talk(frame.places, forms).posts.equals(made.posts)
    assert not make_talk(frame.places, forms, seed=7).posts.equals(made.posts)


def test_everything_is_marked_as_an_exercise(made):
    assert set(made.posts["platform"]) == set(PLATFORMS)
    assert all(p.startswith("latihan-") for p in PLATFORMS)


def test_accounts_are_aliases_and_nobody_is_named(made, frame):
    assert made.posts["account"].str.contains(r"^akun-[0-9A-Z]+$").all()
    names = {
        n for c in frame.contests.values() for choice in c.choices for n in choice.name.split()
    }
    people = {n.lower() for n in names if len(n) > 4}
    words = set(" ".join(made.posts["text"]).lower().split())
    assert people and not people & words


def test_what_is_passed_on_stands_on_the_same_platform(made):
    posts = made.posts
    for column in ("repost_of", "reply_to"):
        pairs = posts.select(column, "platform").drop_nulls()
        assert pairs.height > 100
        assert (pairs[column].str.split(":").list.first() == pairs["platform"]).all()


def test_a_repost_says_what_its_original_says(made):
    texts = made.posts.select("post_id", first="text")
    both = made.posts.filter(pl.col("kind") == "repost").join(
        texts, left_on="repost_of", right_on="post_id"
    )
    assert both.height > 500
    assert (both["text"] == both["first"]).all()


def test_every_post_has_its_truth(made):
    assert made.truth["post_id"].to_list() == made.posts["post_id"].to_list()
    assert made.truth["label"].null_count() == 0
    assert {"none", "hostile", "threat", "incite"} == set(made.truth["label"])


def test_hostile_talk_rises_where_it_was_raised(made, frame):
    parents = frame.places.select(place="code", kecamatan="parent")
    hour = pl.col("posted_at").dt.offset_by("8h")
    told = made.posts.select("post_id", day=hour.dt.date()).join(made.truth, on="post_id")
    told = told.join(parents, on="place").with_columns(bad=pl.col("label") != "none")
    for row in made.rises.iter_rows(named=True):
        there = told.filter(pl.col("kecamatan") == row["place"])
        on_day = there.filter(pl.col("day") == row["day"])["bad"].mean()
        usual = there.filter(~pl.col("day").is_in(made.rises["day"].implode()))["bad"].mean()
        assert on_day > 3 * usual
    assert made.rises.height == len(RISES)


def test_true_and_false_claims_are_told_by_the_forms(made, forms):
    told = forms.filter(pl.col("contest").str.starts_with("bupati"))
    votes = {r["place"]: (r["votes_1"], r["votes_2"]) for r in told.iter_rows(named=True)}
    figures = made.claims.filter(pl.col("kind") == "figure")
    assert set(figures["truth"]) == {"true", "false", "misprint"}
    for row in figures.iter_rows(named=True):
        said = [int(n) for n in re.findall(r"\b\d{2,3}\b", row["texts"][0])]
        agrees = bool(set(said) & set(votes[row["place"]]))
        assert agrees == (row["truth"] != "false")


def test_claims_stand_in_posts(made):
    told = made.truth.filter(pl.col("claim").is_not_null())
    assert set(told["claim"]) == set(made.claims["code"])
