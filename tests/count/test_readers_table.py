"""The canonical table: columns, codes, times, doubles."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rukun.contests import Choice
from rukun.count.forms import form_columns
from tests.count.reading import (
    HEADER,
    TPS,
    VILLAGE,
    contest,
    frame,
    only,
    places,
    read,
    row,
    table,
)


def test_a_clean_file_is_read_with_its_hash_and_rows(tmp_path):
    got = read(tmp_path, table(row(TPS[0]), row(TPS[1], at="2024-11-27 14:05")))
    assert got.problems == [] and got.rows_read == 2
    assert got.forms.columns == [c.name for c in form_columns(2)]
    first, second = got.forms.iter_rows(named=True)
    assert (first["votes_1"], first["votes_2"], first["valid"]) == (10, 20, 30)
    assert first["invalid"] is None and first["entered_at"] is None and first["version"] == 1
    assert second["entered_at"] == dt.datetime(2024, 11, 27, 6, 5, tzinfo=dt.UTC)
    assert (second["origin"], second["origin_row"]) == (got.sha256, 3)


def test_an_empty_cell_is_not_stated_and_never_zero(tmp_path):
    got = read(tmp_path, table(row(votes=("", 0), valid="")))
    assert got.forms.row(0, named=True)["votes_1"] is None
    assert got.forms.row(0, named=True)["votes_2"] == 0


def test_the_order_of_columns_does_not_matter(tmp_path):
    got = read(
        tmp_path,
        f"votes_2,kind,place,source,contest,votes_1\n20,c_hasil,{TPS[0]},official,bupati,10\n",
    )
    assert got.problems == []
    assert got.forms.select("votes_1", "votes_2").row(0) == (10, 20)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_the_separator_is_taken_from_the_headings_and_said(tmp_path, mark):
    got = read(tmp_path, table(row(cited="a.b")).replace(",", mark))
    assert places(got) == [TPS[0]]
    said = only(got, "file-separator")
    assert not said.blocking and said.row == 1


def test_a_misspelt_heading_is_named_with_the_nearest_field(tmp_path):
    got = read(tmp_path, table(row()).replace("votes_2", "vote_2"))
    problem = only(got, "column-misspelt")
    assert (problem.row, problem.column) == (1, "vote_2") and "votes_2" in problem.hint
    assert got.forms.row(0, named=True)["votes_2"] is None


def test_a_column_that_is_no_field_is_said_and_passed_over(tmp_path):
    got = read(tmp_path, table(row(cited="x")).replace("cited", "catatan lapangan"))
    assert not only(got, "column-unknown").blocking
    assert places(got) == [TPS[0]]


@pytest.mark.parametrize("name", ["contest", "place", "source", "kind"])
def test_a_needed_column_that_is_missing_is_one_problem(tmp_path, name):
    got = read(tmp_path, table(row(TPS[0]), row(TPS[1])).replace(name, "zzz", 1))
    problem = only(got, "column-missing")
    assert problem.blocking and name in problem.why and got.forms.is_empty()


def test_constants_fill_missing_columns_and_empty_cells(tmp_path):
    text = f"place,source,votes_1\n{TPS[0]},,5\n{TPS[1]},witness:1,6\n"
    constants = {"contest": "bupati", "kind": "c_hasil", "source": "official"}
    got = read(tmp_path, text, mapping={"constants": constants})
    assert got.forms.select("source", "votes_1").rows() == [("official", 5), ("witness:1", 6)]


UNKNOWN = [
    (TPS[0].replace("5101011006001", "510101100601"), "place-zeros", "5101011006001"),
    ("51.01.01.1006.001", "place-zeros", "5101011006001"),
    ("5.10E+12", "place-exponent", "text"),
    ("5101011006001.0", "place-exponent", "text"),
    ("51010110060", "place-length", VILLAGE),
    ("5101011006999", "place-unknown", VILLAGE),
]


@pytest.mark.parametrize(("code", "problem", "said"), UNKNOWN)
def test_a_code_that_is_not_known_is_explained(tmp_path, code, problem, said):
    got = read(tmp_path, table(row(TPS[0]), row(code), row(TPS[1])))
    found = only(got, problem)
    assert (found.row, found.column, found.value) == (3, "place", code)
    assert said in found.why + found.hint
    assert places(got) == [TPS[0], TPS[1]]


def test_a_code_that_lost_the_zeros_in_front_is_found(tmp_path):
    from rukun.frame import Frame
    from rukun.places import check_places

    known = pl.DataFrame(
        {
            "code": ["0101", "0101001"],
            "name": ["A", "B"],
            "kind": ["regency", "tps"],
            "parent": [None, "0101"],
        }
    )
    small = Frame(check_places(known), {"bupati": contest(place="0101")})
    got = read(tmp_path, table(row("101001"), row("0101001")), on=small)
    assert "0101001" in only(got, "place-zeros").why
    assert places(got) == ["0101001"]


def test_a_place_outside_the_contest_is_refused(tmp_path):
    got = read(tmp_path, table(row("51", kind="d_hasil"), row("5101", kind="d_hasil")))
    assert "5101" in only(got, "place-outside").why
    assert places(got) == ["5101"]


def test_the_area_named_beside_a_place_must_hold_it(tmp_path):
    text = table(row(TPS[0]), row(TPS[1]), row(TPS[2])).replace("cited", "within")
    lines = text.splitlines()
    lines = [lines[0], lines[1] + "NEGARA", lines[2] + "Mendoyo", lines[3] + "510101"]
    got = read(tmp_path, "\n".join(lines))
    problem = only(got, "place-within")
    assert problem.row == 3 and "Mendoyo" in problem.why
    assert places(got) == [TPS[0], TPS[2]]


KINDS = [
    (TPS[0], "official", "d_hasil"),
    ("510101", "official", "c_hasil"),
    ("510101", "feed", "c_hasil_psu"),
    (TPS[0], "recap", "c_hasil"),
]


@pytest.mark.parametrize(("place", "source", "kind"), KINDS)
def test_the_kind_of_form_must_fit_the_place(tmp_path, place, source, kind):
    got = read(tmp_path, table(row(place, source=source, kind=kind), row(TPS[3])))
    assert only(got, "kind-level").row == 2
    assert places(got) == [TPS[3]]


def test_a_recapitulation_prints_a_column_for_a_station(tmp_path):
    got = read(tmp_path, table(row(source="recap", kind="d_hasil")))
    assert got.problems == [] and places(got) == [TPS[0]]


@pytest.mark.parametrize("source", ["witness:3", "witness:0", "witness", "kpu"])
def test_a_source_that_cannot_be_is_refused(tmp_path, source):
    got = read(tmp_path, table(row(source=source), row(TPS[1])))
    assert [p.column for p in got.problems] == ["source"] and places(got) == [TPS[1]]


def test_the_empty_box_has_no_witness(tmp_path):
    ballot = (Choice(1, "Box", "Box", empty_box=True), Choice(2, "Pair", "Pair"))
    text = table(row(source="witness:1"), row(source="witness:2"))
    got = read(tmp_path, text, on=frame(contest(choices=ballot)))
    assert only(got, "source-choice").row == 2
    assert got.forms.get_column("source").to_list() == ["witness:2"]


@pytest.mark.parametrize("column", ["votes_3", "votes_11"])
def test_votes_for_a_choice_that_is_not_on_the_ballot_are_refused(tmp_path, column):
    text = f"contest,place,source,kind,votes_1,{column}\nbupati,{TPS[0]},official,c_hasil,1,4\nbupati,{TPS[1]},official,c_hasil,1,\n"
    got = read(tmp_path, text)
    problem = only(got, "votes-no-choice")
    assert (problem.row, problem.column, problem.value) == (2, column, "4")
    assert places(got) == [TPS[1]]


def test_votes_of_the_wider_contest_are_not_those_of_the_narrower(tmp_path):
    wide = contest(code="gub", choices=tuple(Choice(n, str(n), str(n)) for n in (1, 2, 3)))
    text = f"contest,place,source,kind,votes_1,votes_3\ngub,{TPS[0]},official,c_hasil,1,4\nbupati,{TPS[0]},official,c_hasil,1,4\n"
    got = read(tmp_path, text, on=frame(contest(), wide))
    assert only(got, "votes-no-choice").row == 3
    assert got.forms.select("contest", "votes_3").rows() == [("gub", 4)]


TIMES = [
    ("2024-11-27T14:05:30+07:00", (7, 5, 30)),
    ("2024-11-27 14:05 +0700", (7, 5, 0)),
    ("2024-11-27 14:05 WIB", (7, 5, 0)),
    ("2024-11-27 14:05 WITA", (6, 5, 0)),
    ("2024-11-27 14:05 WIT", (5, 5, 0)),
    ("2024-11-27 14:05", (6, 5, 0)),
    ("2024-11-27T14:05:30Z", (14, 5, 30)),
    ("2024-11-27T14:05:30.123456Z", (14, 5, 30)),
]


@pytest.mark.parametrize(("text", "utc"), TIMES)
def test_a_time_is_read_in_its_zone_else_in_that_of_the_place(tmp_path, text, utc):
    got = read(tmp_path, table(row(at=text)))
    assert got.problems == []
    assert got.forms.item(0, "entered_at") == dt.datetime(2024, 11, 27, *utc, tzinfo=dt.UTC)


BAD_TIMES = [
    ("27/11/2024 14:05", "time-day-month"),
    ("11/12/24", "time-day-month"),
    ("45623.58", "time-serial"),
    ("2024-02-31 10:00", "time-no-such"),
    ("2024-11-27 25:00", "time-no-such"),
    ("2024-11-27", "time-form"),
    ("kemarin", "time-form"),
    ("1924-11-27 10:00", "time-absurd"),
    ("2024-11-26 10:00", "time-absurd"),
    ("9999-11-26 10:00", "time-absurd"),
    ("2024-11-27 10:00+99:00", "time-zone"),
]


@pytest.mark.parametrize(("text", "code"), BAD_TIMES)
def test_a_time_that_can_be_misread_or_cannot_be_is_refused(tmp_path, text, code):
    got = read(tmp_path, table(row(at=text), row(TPS[1], at="2024-11-27 14:05")))
    assert (only(got, code).row, only(got, code).column) == (2, "entered_at")
    assert places(got) == [TPS[1]]


def test_the_same_row_twice_is_taken_once(tmp_path):
    got = read(tmp_path, table(row(TPS[0]), row(TPS[1]), row(TPS[0])))
    assert places(got) == [TPS[0], TPS[1]]
    said = only(got, "row-same")
    assert (said.row, said.blocking) == (4, False) and "row 2" in said.why


def test_the_same_form_with_different_figures_is_refused_naming_both_rows(tmp_path):
    got = read(tmp_path, table(row(TPS[0]), row(TPS[1]), row(TPS[0], (11, 20), 31)))
    assert places(got) == [TPS[1]]
    assert [(p.row, p.code) for p in got.problems] == [(2, "row-conflict"), (4, "row-conflict")]
    assert "rows 2, 4" in got.problems[0].why


def test_statements_of_different_times_are_versions_of_one_form(tmp_path):
    early, late = "2024-11-27 14:00", "2024-11-27 15:00"
    got = read(tmp_path, table(row(at=early), row(votes=(11, 20), valid=31, at=late)))
    assert got.problems == [] and got.forms.height == 2


def test_an_ordered_repeat_may_stand_without_figures_but_a_count_may_not(tmp_path):
    blank = {"votes": ("", ""), "valid": ""}
    got = read(tmp_path, table(row(kind="c_hasil_psu", **blank), row(TPS[1], **blank), row(TPS[2])))
    assert only(got, "nothing-stated").row == 3
    assert got.forms.select("place", "kind").rows()[0] == (TPS[0], "c_hasil_psu")


def test_texts_are_kept_on_one_plain_line(tmp_path):
    evidence = "ab" * 32
    text = f"{HEADER},basis,evidence\n{row(cited=chr(34) + 'a' + chr(10) + 'b' + chr(34))},exercise,{evidence.upper()}; {evidence}\n"
    got = read(tmp_path, text)
    form = got.forms.row(0, named=True)
    assert (form["cited"], form["basis"]) == ("a b", "exercise")
    assert form["evidence"] == [evidence, evidence]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [("basis", "latihan", "basis-unknown"), ("evidence", "foto.jpg", "evidence-hash")],
)
def test_a_wrong_basis_or_hash_is_refused(tmp_path, column, value, code):
    got = read(tmp_path, f"{HEADER},{column}\n{row()},{value}\n{row(TPS[1])},\n")
    assert only(got, code).row == 2 and places(got) == [TPS[1]]


def test_parquet_keeps_its_types_and_reads_like_csv(tmp_path):
    text = table(row(TPS[0], at="2024-11-27 14:05"), row(TPS[1], (1, ""), ""))
    first = read(tmp_path, text)
    first.forms.write_parquet(tmp_path / "again.parquet")
    again = read(tmp_path, (tmp_path / "again.parquet").read_bytes(), "again.parquet")
    assert again.problems == []
    assert again.forms.drop("origin").equals(first.forms.drop("origin"))


def test_parquet_of_other_types_is_judged_as_strictly(tmp_path):
    rows = {
        "contest": ["bupati"] * 4,
        "place": list(TPS),
        "source": ["official"] * 4,
        "kind": ["c_hasil"] * 4,
    }
    odd = pl.DataFrame(rows | {"votes_1": [5.0, 5.5, float("nan"), None], "valid": [1, 2, 3, -4]})
    odd.with_columns(pl.col("source").cast(pl.Categorical)).write_parquet(tmp_path / "a")
    got = read(tmp_path, (tmp_path / "a").read_bytes())
    assert got.forms.select("place", "votes_1").rows() == [(TPS[0], 5)]
    assert {(p.row, p.column) for p in got.problems} == {
        (3, "votes_1"),
        (4, "votes_1"),
        (5, "valid"),
    }
