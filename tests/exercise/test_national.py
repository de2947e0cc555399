"""The election of national size, made small: a right tree, right sheets, the promised errors."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from rukun.count.forms import figure_columns, form_columns
from rukun.exercise import national_forms, national_frame
from rukun.exercise.draws import generator
from rukun.exercise.misread import DIGIT, LENGTH, SHARES
from rukun.exercise.national import WRONG, _errors, _truth
from rukun.frame import read_frame
from rukun.tables import conform

from .identities import broken

STATIONS = 20_000


@pytest.fixture(scope="module")
def frame():
    return national_frame(STATIONS, seed=1)


@pytest.fixture(scope="module")
def truth(frame):
    return _truth(generator(2), frame, frame.contest("exercise"))


def test_every_level_of_the_tree_is_there(frame):
    kinds = dict(frame.places.group_by("kind").len().iter_rows())
    assert kinds["tps"] == STATIONS
    assert 3 < kinds["tps"] / kinds["village"] < 8
    assert 8 < kinds["village"] / kinds["kecamatan"] < 15
    assert kinds["country"] == 1
    lengths = dict(frame.places.group_by("kind").agg(pl.col("code").str.len_chars().max()).rows())
    assert lengths["tps"] == 13
    assert lengths["village"] == 10


def test_every_identity_holds_before_errors_are_planted(truth):
    assert broken(truth) == set()
    assert truth["voters_j"].sum() / truth["registered_tetap_j"].sum() == pytest.approx(
        0.71, abs=0.02
    )


def test_as_many_forms_are_wrong_as_promised(frame, truth):
    cells = _errors(generator(3), truth)
    rows = {c[0] for c in cells}
    spread = 4 * (STATIONS * WRONG * (1 - WRONG)) ** 0.5
    assert abs(len(rows) - STATIONS * WRONG) < spread


def test_the_kinds_of_error_are_in_the_seen_proportions(truth):
    single = [c[4] for c in _errors(generator(3), truth) if c[4] != "sheet"]
    spread = 4 * (0.25 / len(single)) ** 0.5
    # Small figures have no room for some kinds and count as one digit: only those lose a little.
    assert single.count(LENGTH) / len(single) == pytest.approx(SHARES[LENGTH], abs=spread)
    assert single.count(DIGIT) / len(single) > SHARES[DIGIT] - spread


def test_sources_state_every_figure_and_are_marked(frame):
    made = dict(national_forms(frame, 3, seed=1))
    assert list(made) == ["official", "witness:1", "witness:2"]
    for source, forms in made.items():
        table = conform(forms, form_columns(2), source)
        assert set(table["source"]) == {source}
        assert set(table["basis"]) == {"exercise"}
        assert sum(table[c].null_count() for c in figure_columns(forms)) == 0
    assert made["official"].height == STATIONS
    assert 0.97 * STATIONS < made["witness:1"].height < STATIONS


def test_the_same_seed_makes_the_same_election(frame):
    first, again = (dict(national_forms(frame, 2, seed=9)) for _ in range(2))
    for source in first:
        assert_frame_equal(first[source], again[source])


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_command_writes_a_frame_and_one_file_per_source(tmp_path, kind):
    from typer.testing import CliRunner

    from rukun.cli.exercise import app

    asked = [
        "national",
        "--out",
        str(tmp_path),
        "--stations",
        "50",
        *(["--csv"] if kind == "csv" else []),
    ]
    assert CliRunner().invoke(app, asked).exit_code == 0
    assert read_frame(tmp_path).stations.height == 50
    names = sorted(p.name for p in (tmp_path / "forms").iterdir())
    assert names == [f"official.{kind}", f"witness-1.{kind}", f"witness-2.{kind}"]
