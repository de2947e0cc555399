"""The empty table: what it asks for, and that it reads back."""

from __future__ import annotations

import csv

import pytest
from python_calamine import CalamineWorkbook

from rukun.count.forms import FIELD_NAMES
from rukun.count.readers import read_forms, write_template
from rukun.errors import UserError
from tests.count.reading import TPS, frame, read


def rows_of(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(r) for r in csv.reader(file)]
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name("forms").to_python()


@pytest.fixture(params=["forms.csv", "forms.xlsx"])
def path(request, tmp_path):
    return tmp_path / request.param


def test_the_template_has_every_field_of_the_paper(path):
    write_template(path, frame())
    (header,) = rows_of(path)
    paper = [n for n in FIELD_NAMES if not n.startswith("tps_")]
    assert [n for n in header if n in paper] == paper
    assert {"contest", "place", "source", "kind", "votes_1", "votes_2", "entered_at"} <= set(header)
    assert "votes_3" not in header


def test_the_stations_of_a_contest_are_filled_in_as_text(path):
    write_template(path, frame(), "bupati")
    rows = rows_of(path)[1:]
    assert [r[:4] for r in rows] == [["bupati", t, "", "c_hasil"] for t in TPS]


def test_an_unfilled_template_has_no_problem_but_says_so(path):
    write_template(path, frame(), "bupati")
    got = read_forms(path, frame())
    assert [(p.code, p.blocking, p.row) for p in got.problems] == [("rows-unfilled", False, 2)]
    assert "4 rows" in got.problems[0].why


def test_a_filled_template_reads_back(tmp_path):
    path = tmp_path / "forms.csv"
    write_template(path, frame(), "bupati")
    header, *rows = rows_of(path)
    filled = [
        dict(zip(header, r, strict=True)) | {"source": "official", "votes_1": "5", "valid": "5"}
        for r in rows[:2]
    ]
    lines = [
        ",".join(header),
        *(",".join(r.values()) for r in filled),
        *(",".join(r) for r in rows[2:]),
    ]
    got = read(tmp_path, "\n".join(lines))
    assert got.forms.select("place", "votes_1", "votes_2").rows() == [
        (TPS[0], 5, None),
        (TPS[1], 5, None),
    ]
    assert [p.code for p in got.problems] == ["rows-unfilled"]


def test_the_workbook_explains_each_column_in_both_languages(tmp_path):
    path = tmp_path / "forms.xlsx"
    write_template(path, frame())
    (header,) = rows_of(path)
    _, *fields = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("fields").to_python()
    assert [f[0] for f in fields] == header
    assert all(f[2] and f[3] and f[2] != f[3] for f in fields)


def test_an_unknown_contest_is_refused(path):
    with pytest.raises(UserError):
        write_template(path, frame(), "walikota")
