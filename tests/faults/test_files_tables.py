"""Bad tables: encodings, separators, headings, rows and times. The good rows always survive."""

from __future__ import annotations

import polars as pl
import pytest

from rukun.count.readers import read_forms
from rukun.count.rules import check
from rukun.count.versions import merge
from tests.count.reading import HEADER, TPS, VILLAGE, frame, places, read, row, table
from tests.faults.files import told

GOOD = row(TPS[1])
KEPT = [TPS[1]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_byte_order_mark_decides_the_encoding(tmp_path, encoding):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    text = marks.get(encoding, b"") + table(row(cited="Wéda"), GOOD).encode(encoding)
    got = read(tmp_path, text)
    assert got.problems == [] and got.forms.item(0, "cited") == "Wéda"


def test_utf16_without_its_mark_is_refused_with_what_to_do(tmp_path):
    got = read(tmp_path, table(GOOD).encode("utf-16-le"))
    assert "UTF-8" in told(got, "file-encoding").hint


def test_windows_text_is_read_once_the_mapping_says_so(tmp_path):
    text = table(row(cited="Wéda"), GOOD).encode("cp1252")
    assert "cp1252" in told(read(tmp_path, text), "row-encoding", 2).hint
    got = read(tmp_path, text, mapping={"file": {"encoding": "cp1252"}})
    assert got.problems == [] and got.forms.item(0, "cited") == "Wéda"


def test_a_heading_that_is_not_utf8(tmp_path):
    got = read(tmp_path, table(GOOD).replace("cited", "é").encode("cp1252"))
    told(got, "file-encoding", 1)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_kind(tmp_path, end):
    got = read(tmp_path, table(row(TPS[0]), GOOD).replace("\n", end).encode())
    assert got.problems == [] and places(got) == [TPS[0], TPS[1]]


def test_mixed_line_ends_and_blank_lines_keep_the_count_of_rows(tmp_path):
    got = read(tmp_path, f"{HEADER}\r\n{row(TPS[0])}\n\n\r{row('zzz')}\r{GOOD}".encode())
    told(got, "place-length", 5, "place")
    assert places(got) == [TPS[0], TPS[1]]
    assert got.forms.get_column("origin_row").to_list() == [2, 6]


SEPARATED = [("1.234", {}), ("1 234", {}), ("1\u00a0234", {}), ("1\u202f234", {})]


@pytest.mark.parametrize(("cell", "_"), SEPARATED)
def test_thousands_marks_are_refused_until_stated(tmp_path, cell, _):
    got = read(tmp_path, table(row(valid=cell), GOOD))
    code = "number-separator" if "." in cell else "number-space"
    told(got, code, 2, "valid")
    assert places(got) == KEPT
    mark = "." if "." in cell else " "
    stated = read(tmp_path, table(row(valid=cell), GOOD), mapping={"numbers": {"thousands": mark}})
    assert stated.problems == [] and stated.forms.item(0, "valid") == 1234


def test_a_decimal_comma_is_no_whole_number(tmp_path):
    got = read(tmp_path, table(row(valid="12,5"), GOOD).replace("12,5", '"12,5"'))
    told(got, "number-separator", 2, "valid")
    assert places(got) == KEPT


@pytest.mark.parametrize(
    ("code", "problem"), [("510101100601", "place-zeros"), ("3.27E+15", "place-exponent")]
)
def test_codes_that_a_spreadsheet_has_changed(tmp_path, code, problem):
    got = read(tmp_path, table(row(code), GOOD))
    assert "text" in told(got, problem, 2, "place").hint
    assert places(got) == KEPT


def test_a_missing_heading(tmp_path):
    told(read(tmp_path, table(GOOD).replace("kind", "jenis")), "column-missing", 1)


def test_a_renamed_heading(tmp_path):
    got = read(tmp_path, table(GOOD).replace("valid", "vallid"))
    told(got, "column-misspelt", 1, "vallid")
    assert places(got) == KEPT


def test_a_heading_twice_keeps_the_rows_in_which_both_columns_agree(tmp_path):
    text = f"{HEADER},valid\n{row()},31\n{GOOD},30\n"
    got = read(tmp_path, text)
    told(got, "column-twice", 1, "valid")
    assert "30 / 31" in told(got, "column-differs", 2, "valid").why
    assert places(got) == KEPT


def test_a_file_without_headings(tmp_path):
    got = read(tmp_path, f"{row()}\n{GOOD}\n")
    assert told(got, "column-missing", 1).blocking


def test_titles_above_the_headings_are_skipped_once_the_mapping_says_so(tmp_path):
    text = "REKAP SUARA\nKabupaten Jembrana\n" + table(GOOD)
    assert read(tmp_path, text).forms.is_empty()
    got = read(tmp_path, text, mapping={"file": {"skip_rows": 2}})
    assert places(got) == KEPT and got.forms.item(0, "origin_row") == 4


@pytest.mark.parametrize("word", ["TOTAL", "Jumlah Akhir", "Sub total", "jml"])
def test_a_row_of_totals_is_kept_out_and_said(tmp_path, word):
    got = read(tmp_path, table(GOOD, f"{word},,,,99,99,198,,"))
    assert not told(got, "row-total", 3, "contest").blocking
    assert places(got) == KEPT


def test_repeated_headings_are_kept_out_and_said(tmp_path):
    got = read(tmp_path, table(row(), HEADER, GOOD))
    assert not told(got, "row-header", 3, "contest").blocking
    assert places(got) == [TPS[0], TPS[1]]


def test_the_same_file_twice_adds_nothing(tmp_path):
    first = read(tmp_path, table(row(), GOOD)).forms
    again = merge(merge(first.clear(), first).new, first)
    assert again.new.is_empty() and again.unchanged.height == 2 and again.problems == []


def test_the_same_file_with_one_cell_changed_adds_that_form_only(tmp_path):
    first = read(tmp_path, table(row(), GOOD)).forms
    changed = read(tmp_path, table(row(votes=(11, 20)), GOOD)).forms
    result = merge(merge(first.clear(), first).new, changed)
    assert result.new.select("place", "version", "votes_1").rows() == [(TPS[0], 2, 11)]
    assert result.unchanged.height == 1


def test_an_older_file_after_a_newer_one(tmp_path):
    old, new = read(tmp_path, table(row())).forms, read(tmp_path, table(row(votes=(11, 20)))).forms
    stored = merge(old.clear(), old).new
    stored = pl.concat([stored, merge(stored, new).new])
    result = merge(stored, old, "old.csv")
    problem = result.problems[0]
    assert result.new.is_empty()
    assert (problem.code, problem.file, problem.row) == ("version-older", "old.csv", 2)
    assert problem.hint_id and "version 1" in problem.why


def test_a_station_twice_with_different_figures(tmp_path):
    got = read(tmp_path, table(row(), GOOD, row(votes=(1, 2))))
    assert "rows 2, 4" in told(got, "row-conflict", 2, "place").why
    assert places(got) == KEPT


def test_an_unknown_station(tmp_path):
    got = read(tmp_path, table(row(f"{VILLAGE}777"), GOOD))
    assert VILLAGE in told(got, "place-unknown", 2, "place").hint
    assert places(got) == KEPT


def test_a_station_in_the_wrong_kecamatan(tmp_path):
    text = table(row(cited="Mendoyo"), row(TPS[1], cited="Negara")).replace("cited", "within")
    got = read(tmp_path, text)
    assert "Mendoyo" in told(got, "place-within", 2, "place").why
    assert places(got) == KEPT


def test_votes_over_ballots_over_voters_are_read_and_found_by_the_rules(tmp_path):
    text = f"contest,place,source,kind,votes_1,votes_2,valid,invalid,cast,ballots_received,voters_j\nbupati,{TPS[0]},official,c_hasil,900,20,920,1,921,300,400\n"
    got = read(tmp_path, text)
    assert got.problems == []
    codes = set(check(got.forms, frame()).get_column("code"))
    assert {"H8", "H11"} <= codes


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("27/11/2024 10:00", "time-day-month"),
        ("11/27/2024 10:00", "time-day-month"),
        ("45623.5", "time-serial"),
        ("2024-02-31 10:00", "time-no-such"),
        ("1900-01-01 00:00", "time-absurd"),
    ],
)
def test_dates_that_can_be_taken_in_two_ways_or_cannot_be(tmp_path, at, code):
    got = read(tmp_path, table(row(at=at), GOOD))
    told(got, code, 2, "entered_at")
    assert places(got) == KEPT


def test_mixed_zones_are_one_moment(tmp_path):
    times = ["2024-11-27 13:00 WIB", "2024-11-27 14:00 WITA", "2024-11-27 15:00 WIT"]
    got = read(tmp_path, table(*(row(t, at=at) for t, at in zip(TPS, times, strict=False))))
    assert got.problems == [] and got.forms.get_column("entered_at").n_unique() == 1


PRETENDERS = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "pdf-after-junk": b"\n\njunk\n%PDF-1.4\n",
    "html": b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
    "html-bom": b"\xef\xbb\xbf  <HTML><table><tr><td>contest</td></tr></table></HTML>",
    "xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 64,
    "gzip": b"\x1f\x8b\x08" + b"\0" * 64,
    "sqlite": b"SQLite format 3\0" + b"\0" * 64,
}


@pytest.mark.parametrize("content", PRETENDERS.values(), ids=PRETENDERS)
@pytest.mark.parametrize("name", ["forms.csv", "forms.xlsx"])
def test_what_is_no_table_is_told_by_its_content(tmp_path, content, name):
    got = read(tmp_path, content, name)
    assert told(got, "file-kind").blocking and got.forms.is_empty()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"   \r\n", b"\0" * 100])
def test_an_empty_file(tmp_path, content):
    told(read(tmp_path, content), "file-empty")


def test_headings_without_rows(tmp_path):
    told(read(tmp_path, HEADER + "\n"), "file-header-only")
    told(read(tmp_path, HEADER), "file-header-only")


def test_a_file_that_is_cut_in_the_middle_of_a_row(tmp_path):
    text = table(GOOD, row(TPS[2]))
    got = read(tmp_path, text[: text.index(TPS[2]) + 20])
    assert "middle" in told(got, "row-cut", 3).why
    assert places(got) == KEPT


def test_an_unclosed_quote_swallows_no_other_row(tmp_path):
    got = read(tmp_path, table(row(), row(TPS[2], cited='"open'), GOOD))
    told(got, "row-quote", 3)
    assert places(got) == [TPS[0], TPS[1]]


def test_two_unclosed_quotes_swallow_nothing_between_them(tmp_path):
    got = read(tmp_path, table(row(TPS[0], cited='"a'), GOOD, row(TPS[2], cited='"b'), row(TPS[3])))
    assert {p.row for p in got.problems if p.code == "row-quote"} == {2, 4}
    assert places(got) == [TPS[1], TPS[3]]


def test_ragged_rows(tmp_path):
    got = read(tmp_path, table(row() + ",9,9", GOOD, "bupati,x"))
    assert "11 cells" in told(got, "row-cells", 2).why
    assert "2 cells" in next(p for p in got.problems if p.row == 4).why
    assert places(got) == KEPT


def test_quoted_cells_hold_separators_quotes_and_line_ends(tmp_path):
    got = read(tmp_path, table(row(cited='"a, ""b""\nc"'), GOOD))
    assert got.problems == [] and got.forms.item(0, "cited") == 'a, "b" c'
    assert got.forms.get_column("origin_row").to_list() == [2, 3]


def test_two_gibibytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(table(GOOD).encode())
        file.truncate(2 << 30)
    got = read_forms(path, frame())
    assert "2048 MiB" in told(got, "file-large").why


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_opened(tmp_path, name):
    got = read_forms(tmp_path / name, frame(), name="x")
    told(got, "file-missing")


def test_parquet_that_is_broken(tmp_path):
    told(read(tmp_path, b"PAR1" + b"\0" * 200 + b"PAR1", "f.parquet"), "file-broken")


def test_a_file_where_every_row_is_wrong_lists_a_thousand_and_counts_the_rest(tmp_path):
    got = read(tmp_path, table(*(row(valid="x") for _ in range(2500)), GOOD))
    assert places(got) == KEPT and got.rows_read == 2501
    assert len(got.problems) == 1001
    assert "1500 more" in told(got, "more-alike", 1002, "valid").why
