"""Claims that the exercise makes about its own forms: no true one differs, no false one agrees."""

from __future__ import annotations

import polars as pl
import pytest

from rukun.brief.answers import Evidence, answers
from rukun.count.readers import read_forms
from rukun.count.versions import in_force
from rukun.exercise.talk import make_talk
from rukun.talk.claims import extract, grouped
from rukun.talk.gazetteer import gazetteer
from tests.house import ROOT
from tests.talk.claim_cases import jembrana

FOLDER = ROOT / "examples" / "jembrana-2024" / "exercise"


@pytest.fixture(scope="module")
def told():
    """Every claim of a post that makes one on purpose: truth, place meant, place read, verdict."""
    frame = jembrana()
    names = ("official", "witness-1", "witness-2", "recap")
    read = {n: read_forms(FOLDER / f"{n}.csv", frame).forms for n in names}
    made = make_talk(frame.places, read["official"])
    claims = extract(made.posts, gazetteer(frame))
    held = Evidence.of(in_force(pl.concat(read.values(), how="diagonal")), frame)
    answered = answers(grouped(claims), held).select("claim", "verdict", "likeness")
    meant = made.truth.select("post_id", meant="claim").drop_nulls()
    truth = made.claims.select(meant="code", truth="truth", meant_place="place")
    found = claims.join(meant, on="post_id").join(truth, on="meant")
    return meant, found.join(answered, on="claim")


def test_every_such_post_is_read_with_its_place(told):
    meant, found = told
    assert set(found["post_id"]) == set(meant["post_id"])
    assert found.filter(pl.col("place").ne_missing(pl.col("meant_place"))).is_empty()


def test_no_true_claim_differs_and_no_false_one_agrees(told):
    _, found = told
    verdicts = {t: set(found.filter(pl.col("truth") == t)["verdict"]) for t in ("true", "false")}
    assert verdicts == {"true": {"agrees", "cannot_be_said"}, "false": {"differs"}}


def test_misprints_are_recognised_where_the_contest_is_said(told):
    _, found = told
    wrong = found.filter(
        pl.col("truth") == "misprint",
        pl.col("verdict") == "differs",
        pl.col("contest").is_not_null(),
    )
    assert wrong.height > 0
    assert wrong["likeness"].list.contains("one-digit").all()
