"""The planted errors: all of them are in the truth file, and nothing else is wrong."""

from __future__ import annotations

import polars as pl
import pytest

from rukun.count import compare
from rukun.count.forms import figure_columns

from .example import GOVERNOR, REGENT, exercise, frame, sheets

KEY = ["contest", "place"]
BOTH = pytest.mark.parametrize("contest", [REGENT, GOVERNOR])


def _true() -> pl.DataFrame:
    parts = [s.with_columns(contest=pl.lit(c)) for c, s in sheets().items()]
    return _long(pl.concat(parts), KEY, "true")


def _long(table: pl.DataFrame, index: list[str], name: str) -> pl.DataFrame:
    return table.unpivot(figure_columns(table), index=index, variable_name="field", value_name=name)


def _stations() -> pl.DataFrame:
    return exercise().forms.filter(pl.col("kind") == "c_hasil")


def test_forms_and_truth_differ_exactly_where_the_truth_file_says():
    index = [*KEY, "source", "version"]
    wrong = (
        _long(_stations(), index, "stated")
        .join(_true(), on=[*KEY, "field"])
        .filter(pl.col("stated") != pl.col("true"))
    )
    columns = [*index, "field", "true", "stated"]
    listed = exercise().truth.filter(pl.col("kind_of_error") != "missing")
    assert sorted(wrong.select(columns).rows()) == sorted(listed.select(columns).rows())


def test_forms_that_never_arrive_are_exactly_those_the_truth_file_says():
    sources = _stations().select("contest", "source").unique()
    due = frame().stations.select("contest", "place").join(sources, on="contest")
    absent = due.join(_stations(), on=[*KEY, "source"], how="anti")
    listed = exercise().truth.filter(pl.col("kind_of_error") == "missing")
    columns = ["contest", "place", "source"]
    assert sorted(absent.select(columns).rows()) == sorted(listed.select(columns).rows())
    assert not listed["source"].str.contains("official").any()


def test_a_correction_is_later_and_right():
    truth = exercise().truth.filter(pl.col("corrected_by").is_not_null())
    second = _stations().filter(pl.col("version") == 2)
    key = [*KEY, "source"]
    assert sorted(second.select(key).rows()) == sorted(truth.select(key).unique().rows())
    both = _stations().join(second, on=key, suffix="_2").filter(pl.col("version") == 1)
    assert (both["entered_at_2"] > both["entered_at"]).all()


@BOTH
def test_no_station_has_two_errors_in_one_contest(contest):
    truth = exercise().truth.filter(pl.col("contest") == contest)
    errors = truth.select("place", "source").unique()
    assert errors["place"].is_unique().all()


@BOTH
def test_each_camps_witnesses_make_as_many_errors_as_the_others(contest):
    truth = exercise().truth.filter(pl.col("contest") == contest)
    forms = truth.unique(["place", "source"]).with_columns(mended=pl.col("corrected_by").is_null())
    counts = {s: forms.filter(source=s).group_by("mended").len().sort("mended").rows() for s in
              ("witness:1", "witness:2")}  # fmt: skip
    assert counts["witness:1"] == counts["witness:2"]


@BOTH
def test_six_stations_stay_disputed_in_votes_three_beside_them_and_four_lack_a_witness(contest):
    in_force = _stations().sort("version").unique([*KEY, "source", "kind"], keep="last")
    states = compare(in_force, frame()).states.filter(pl.col("contest") == contest)
    disputed = states.filter(pl.col("state") == "disputed")
    assert states["place"].n_unique() == 487
    assert disputed.filter(pl.col("votes_touched") > 0).height == 6
    assert disputed.filter(pl.col("votes_touched") == 0).height == 3
    assert states.filter(pl.col("state") == "confirmed").height == 4
    assert states.filter(pl.col("state") == "agreed").height == 474


def test_forms_are_stated_from_the_evening_of_the_vote_to_the_next_days():
    first = _stations().filter(pl.col("version") == 1)
    local = first["entered_at"].dt.convert_time_zone("Asia/Makassar")
    assert local.min().strftime("%Y-%m-%d %H") >= "2024-11-27 14"
    assert local.max().strftime("%Y-%m-%d %H") < "2024-11-28 12"
    witness = first.filter(pl.col("source") != "official")["entered_at"].median()
    assert witness < first.filter(pl.col("source") == "official")["entered_at"].median()
    recap = exercise().forms.filter(pl.col("source") == "recap")
    days = recap.filter(pl.col("place").str.len_chars() >= 10)["entered_at"]
    zoned = days.dt.convert_time_zone("Asia/Makassar").dt.date()
    assert (str(zoned.min()), str(zoned.max())) == ("2024-11-28", "2024-12-03")
