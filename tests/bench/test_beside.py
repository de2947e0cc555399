"""The comparison with other tools: what counts as the same, and what is said where there is none."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from tests.bench import beside, environment, joined
from tests.bench.agreement import Found, at_the_edge, edges, found
from tests.bench.apart import Done
from tests.talk.acting import posts, reposts

OURS = Done(2.0, 3.0, 0.5, {"texts": 10})


def test_pairs_are_the_same_whichever_end_comes_first():
    truth = np.array([[1, 2], [3, 4], [5, 6]], np.int32)
    named = np.array([[2, 1], [1, 2], [3, 5], [6, 5]], np.int32)
    assert found(truth, named) == Found(true=3, named=3, right=2)


def _edges(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["user_1", "user_2", "weight"], orient="row")


def test_an_edge_agrees_only_with_the_same_weight():
    ours = _edges(("a", "b", 2), ("b", "a", 1), ("a", "c", 1))
    theirs = _edges(("a", "b", 2), ("b", "a", 2), ("c", "a", 1))
    agreed = edges(ours, theirs)
    assert (agreed.ours, agreed.theirs, agreed.same) == (3, 3, 1)
    assert set(agreed.differing.rows()) == {("b", "a"), ("a", "c"), ("c", "a")}


@pytest.mark.parametrize(("gap", "explained"), [(60_000, 1), (59_999, 1), (59_998, 0), (61_000, 0)])
def test_only_acts_apart_by_just_the_window_explain_a_difference(gap, explained):
    rows = [("a", "x", 0), ("b", "x", gap), ("b", "y", 60_000)]
    acts = pl.DataFrame(rows, schema=["account", "object", "at"], orient="row")
    pairs = pl.DataFrame({"user_1": ["b"], "user_2": ["a"]})
    assert at_the_edge(acts, pairs, 60).height == explained


def test_our_edges_count_the_posts_of_one_that_meet_the_other(tmp_path):
    rows = posts(
        [
            *reposts("a", ("p", 0), ("p", 5), ("q", 100)),
            *reposts("b", ("p", 60), ("q", 161)),
            ("a", 300, {"text": "Ini", "links": ["https://warta.example/1"]}),
            ("b", 301, {"text": "Itu", "links": ["https://warta.example/1"]}),
            ("c", 302, {"links": [], "text": "@akun-X  Latihan"}),
            ("b", 303, {"links": [], "text": "latihan @akun-Y"}),
        ]
    )
    rows.write_parquet(tmp_path / "posts.parquet")
    steps = joined.edges(tmp_path / "posts.parquet", 60, tmp_path)
    assert set(steps) == {"load", *joined.NAMES.values()}
    made = {n: pl.read_parquet(tmp_path / f"{n}.parquet") for n in joined.NAMES.values()}
    assert set(made["co_retweet"].rows()) == {("a", "b", 2), ("b", "a", 1)}
    assert set(made["co_link"].rows()) == {("a", "b", 1), ("b", "a", 1)}
    assert set(made["co_tweet"].rows()) == {("b", "c", 1), ("c", "b", 1)}
    assert made["co_reply"].is_empty()


def test_posts_for_the_toolkit_keep_their_milliseconds():
    table = beside.for_toolkit(posts([("a", 0.0015, {"repost_of": "x:9"})]))
    noon = dt.timedelta(hours=4).total_seconds()
    assert table.row(0) == ("x:0", "a", "", "x:9", "", "", noon + 0.001, "")


def test_a_tool_that_did_not_finish_says_so_where_its_seconds_would_stand():
    row = beside._near_row("datasketch", "not finished within 240 s", OURS, None)
    assert row[:3] == ("datasketch", "10", "not finished within 240 s")
    assert set(row[3:]) == {"–"} and len(row) == 9
    done = beside._near_row("rensa", Done(5.0, 5.0, 1.0, {"texts": 10}), OURS, Found(8, 10, 6))
    assert done[5:] == ("0.750", "0.600", "2.5 ×", "2.0 ×")


def test_what_cannot_be_installed_is_said_without_a_path(tmp_path):
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("there-is-no-such-tool-at-all==1.0\n")
    made = environment.Environment(tmp_path, missing=environment._reason(OSError(2, "No space")))
    assert made.missing == "the environment cannot be made (No space)"
    assert environment.pinned(wanted) == {"there-is-no-such-tool-at-all": "1.0"}
    assert environment._held(tmp_path / "bin" / "python", wanted) == {}


def test_without_the_tools_the_page_says_why(monkeypatch):
    gone = environment.Environment(environment.HOME, missing="the tools cannot be installed")
    monkeypatch.setattr(environment, "made", lambda: gone)
    (one,) = beside.sections(None)
    assert "the tools cannot be installed" in one.markdown() and not one.broken
