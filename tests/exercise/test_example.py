"""The example of Jembrana: what is real is typed right, what is exercise adds up to it."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from rukun.exercise import make_regency, with_stations
from rukun.exercise.regency import true_sheets
from rukun.frame import Frame

from .example import (
    FOLDER,
    GOVERNOR,
    KECAMATAN,
    REGENT,
    TOTALS,
    VOTES,
    by_kecamatan,
    exercise,
    frame,
    recapitulation,
    settings,
    sheets,
)
from .identities import broken

BOTH = pytest.mark.parametrize("contest", [REGENT, GOVERNOR])


@BOTH
def test_the_recapitulation_file_holds_the_real_result(contest):
    rows = recapitulation().filter(pl.col("contest") == contest).sort("place")
    kecamatan = rows.filter(pl.col("place") != "5101")
    top = rows.row(by_predicate=pl.col("place") == "5101", named=True)
    assert (tuple(kecamatan["votes_1"]), tuple(kecamatan["votes_2"])) == VOTES[contest]
    fields = ("votes_1", "votes_2", "valid", "invalid", "voters_j")
    assert tuple(top[f] for f in fields) == TOTALS[contest]
    assert rows["basis"].null_count() == rows.height
    assert rows["cited"].str.len_chars().min() > 20


def test_there_are_487_stations_as_many_in_each_kecamatan_as_there_were():
    tps = frame().places.filter(pl.col("kind") == "tps")
    per_kecamatan = tps.group_by(pl.col("code").str.slice(0, 6)).len().sort("code")
    assert tuple(per_kecamatan["len"]) == (141, 114, 47, 91, 94)
    assert frame().places.filter(pl.col("kind") == "village").height == 51
    assert set(tps["basis"]) == {"exercise"}
    assert set(tps["code"].str.len_chars()) == {13}


def test_the_voter_lists_of_the_stations_sum_to_the_real_ones():
    tps = frame().places.filter(pl.col("kind") == "tps").rename({"code": "at"})
    sums = by_kecamatan(tps.with_columns(place="at"), "registered")
    assert sums == (72358, 53433, 23831, 47603, 47753)
    assert sum(sums) == 244978
    assert tps["registered"].max() <= 600


@BOTH
def test_true_votes_sum_to_the_real_votes_of_every_kecamatan(contest):
    sheet = sheets()[contest]
    assert tuple(by_kecamatan(sheet, f) for f in ("votes_1", "votes_2")) == VOTES[contest]
    fields = ("votes_1", "votes_2", "valid", "invalid", "voters_j")
    assert tuple(sheet[f].sum() for f in fields) == TOTALS[contest]


@BOTH
@pytest.mark.parametrize("seed", [20241127, 1, 2, 3])
def test_every_identity_holds_on_the_true_sheets_whatever_the_seed(contest, seed):
    other = dataclasses.replace(settings(), seed=seed)
    sheet = true_sheets(frame(), recapitulation(), other)[contest]
    assert broken(sheet) == set()
    assert sheet["votes_1"].sum() == TOTALS[contest][0]


def test_the_identities_of_the_test_can_break():
    sheet = sheets()[REGENT]
    assert broken(sheet.with_columns(pl.col("votes_1") + 1)) == {"H5"}
    assert broken(sheet.with_columns(pl.col("ballots_unused") - 1)) == {"H4"}


def test_both_contests_of_a_station_have_one_voter_list():
    regent, governor = sheets()[REGENT], sheets()[GOVERNOR]
    for name in ("tetap", "tambahan"):
        for s in "lpj":
            assert regent[f"registered_{name}_{s}"].equals(governor[f"registered_{name}_{s}"])
    more = governor["voters_pindahan_j"] - regent["voters_pindahan_j"]
    assert more.min() == 0
    assert more.sum() == 58
    assert (governor["voters_j"] - regent["voters_j"]).equals(more)


def test_choice_1_wins_the_villages_it_is_reported_to_have_won():
    villages = (
        sheets()[REGENT]
        .group_by(pl.col("place").str.slice(0, 10))
        .agg(won=pl.col("votes_1").sum() > pl.col("votes_2").sum())
    )
    assert set(villages.filter("won")["place"]) == set(settings().lean[REGENT])


def test_villages_differ_in_turnout_and_share():
    villages = (
        sheets()[REGENT]
        .group_by(pl.col("place").str.slice(0, 10))
        .agg(
            turnout=pl.col("voters_j").sum() / pl.col("registered_tetap_j").sum(),
            share=pl.col("votes_1").sum() / pl.col("valid").sum(),
        )
    )
    assert 0.02 < villages["turnout"].std() < 0.06
    assert 0.04 < villages["share"].std() < 0.12


@BOTH
def test_the_meetings_columns_state_what_is_true_at_every_level(contest):
    recap = exercise().forms.filter(source="recap", contest=contest)
    figures = [c for c in sheets()[contest].columns if c != "place"]
    for length in (13, 10, 6, *((4,) if contest == GOVERNOR else ())):
        true = sheets()[contest].group_by(pl.col("place").str.slice(0, length)).agg(pl.sum(figures))
        stated = recap.filter(pl.col("place").str.len_chars() == length)
        assert_frame_equal(stated.select("place", *figures).sort("place"), true.sort("place"))


def test_everything_made_up_says_so():
    forms = exercise().forms
    assert set(forms["basis"]) == {"exercise"}
    assert set(forms["cited"]) == {"exercise data, seed 20241127"}


def test_stations_are_laid_out_again_as_they_stand():
    bare = frame().places.filter(pl.col("kind") != "tps")
    assert_frame_equal(with_stations(bare, settings()), frame().places)


def test_the_same_seed_makes_the_same_exercise_and_another_a_different_one():
    again = make_regency(frame(), recapitulation(), settings())
    assert again.forms.equals(exercise().forms)
    assert again.truth.equals(exercise().truth)
    other = make_regency(frame(), recapitulation(), dataclasses.replace(settings(), seed=5))
    assert not other.forms.equals(exercise().forms)


def test_a_frame_without_stations_is_refused_with_what_to_do():
    from rukun.errors import UserError

    bare = Frame(frame().places.filter(pl.col("kind") != "tps"), frame().contests)
    with pytest.raises(UserError, match="exercise-stations"):
        true_sheets(bare, recapitulation(), settings())


def test_a_recapitulation_without_a_total_is_refused_naming_it():
    from rukun.errors import UserError

    lacking = recapitulation().filter(pl.col("place") != KECAMATAN[2])
    with pytest.raises(UserError, match="510103"):
        true_sheets(frame(), lacking, settings())


def test_the_committed_files_are_what_the_command_writes(tmp_path):
    from typer.testing import CliRunner

    from rukun.cli.exercise import app

    done = CliRunner().invoke(app, ["jembrana", "--frame", str(FOLDER), "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    committed = {p.relative_to(FOLDER / "exercise"): p for p in _files(FOLDER / "exercise")}
    written = {p.relative_to(tmp_path): p for p in _files(tmp_path)}
    assert committed.keys() == written.keys()
    for name, path in written.items():
        assert path.read_bytes() == committed[name].read_bytes(), name


def _files(folder):
    return [p for p in folder.rglob("*") if p.is_file()]
