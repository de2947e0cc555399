"""Bad workbooks: bombs, macros, links, hidden sheets, formulas. Nothing is unpacked unseen."""

from __future__ import annotations

import io
import stat
import time
import zipfile

import pytest
import xlsxwriter

from tests.count.reading import HEADER, TPS, cells, places, read, row, table, workbook
from tests.faults.files import told

HEADINGS = HEADER.split(",")
BOOK = workbook(cells(["bupati", TPS[0], "official", "c_hasil", 10, 20, 30]))


def form(place=TPS[0], *figures):
    return ["bupati", place, "official", "c_hasil", *(figures or (10, 20, 30))]


def with_part(name, content=b"x", mode=0):
    """A good workbook with one part more."""
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, content)
    return out.getvalue()


def changed(part, old, new):
    """A good workbook in which one part reads otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def built(write):
    """A workbook written cell by cell, headings in the first row of its first sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("forms")
        sheet.write_row(0, 0, HEADINGS)
        write(book, sheet)
    return out.getvalue()


def test_the_same_table_reads_the_same_as_workbook_and_as_csv(tmp_path):
    book = read(tmp_path, BOOK, "forms.xlsx")
    text = read(tmp_path, table(row()))
    assert book.problems == [] and book.rows_read == 1
    assert book.forms.drop("origin").equals(text.forms.drop("origin"))


def test_a_workbook_is_known_by_its_content_and_not_its_name(tmp_path):
    assert places(read(tmp_path, BOOK, "forms.csv")) == [TPS[0]]


def test_a_bomb_is_refused_from_its_directory_alone(tmp_path):
    bomb = with_part("xl/worksheets/sheet9.xml", b" " * (210 << 20))
    started = time.perf_counter()
    got = read(tmp_path, bomb, "forms.xlsx")
    told(got, "zip-ratio")
    assert time.perf_counter() - started < 2


def test_a_large_workbook_of_ordinary_ratio_is_refused_too(tmp_path):
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        noise = bytes(range(256)) * 64
        for n in range(5):
            archive.writestr(
                f"xl/media/{n}.bin", b"".join(noise + bytes([i % 251]) * 200 for i in range(2700))
            )
    got = read(tmp_path, out.getvalue(), "forms.xlsx")
    assert any(p.code in ("zip-large", "zip-ratio") for p in got.problems) and got.forms.is_empty()


PARTS = [
    ("../../etc/cron.d/x", "zip-name", 0),
    ("/etc/passwd", "zip-name", 0),
    ("..\\..\\x", "zip-name", 0),
    ("C:/x", "zip-name", 0),
    ("xl/link", "zip-name", stat.S_IFLNK | 0o777),
    ("xl/embeddings/inner.xlsx", "zip-nested", 0),
    ("payload.zip", "zip-nested", 0),
    ("xl/vbaProject.bin", "zip-macro", 0),
]


@pytest.mark.parametrize(("name", "code", "mode"), PARTS)
def test_parts_that_have_no_place_in_a_table(tmp_path, name, code, mode):
    got = read(tmp_path, with_part(name, mode=mode), "forms.xlsx")
    assert told(got, code).blocking and got.forms.is_empty()


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
def test_declared_entities_are_refused(tmp_path, part):
    book = changed(part, b'standalone="yes"?>', b'standalone="yes"?>' + ENTITIES)
    told(read(tmp_path, book, "forms.xlsx"), "zip-entity")


def test_an_external_entity_reads_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("12345")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    book = changed("xl/worksheets/sheet1.xml", b"?>", b"?>" + entity)
    got = read(tmp_path, book, "forms.xlsx")
    assert got.forms.is_empty() and "12345" not in " ".join(map(str, got.problems))


def test_stored_results_of_formulas_are_used_and_others_are_problems(tmp_path):
    def write(book, sheet):
        sheet.write_row(1, 0, form(TPS[0], 10, 20))
        sheet.write_formula(1, 6, "=E2+F2", None, 30)
        sheet.write_row(2, 0, form(TPS[1], 10, 20))
        sheet.write_formula(2, 6, "=E3+F3", None, "")
        sheet.write_row(3, 0, form(TPS[2], 10, 20))
        sheet.write_formula(3, 6, "=1/0", None, "#DIV/0!")

    got = read(tmp_path, built(write), "forms.xlsx")
    assert places(got) == [TPS[0]] and got.forms.item(0, "valid") == 30
    assert told(got, "formula-empty", 3, "valid").sheet == "forms"
    told(got, "cell-error", 4, "valid")
    assert got.rows_read == 3


def test_links_to_other_files_are_said(tmp_path):
    got = read(tmp_path, with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "forms.xlsx")
    assert not told(got, "sheet-links").blocking and places(got) == [TPS[0]]


def test_a_hidden_sheet_is_not_read_and_said(tmp_path):
    def write(book, sheet):
        sheet.write_row(1, 0, form())
        other = book.add_worksheet("old")
        other.write_row(0, 0, HEADINGS)
        other.write_row(1, 0, form(TPS[1]))
        other.hide()

    got = read(tmp_path, built(write), "forms.xlsx")
    assert places(got) == [TPS[0]]
    said = told(got, "sheet-unread")
    assert said.sheet == "old" and "hidden" in said.why
    assert places(read(tmp_path, built(write), "f", {"file": {"sheet": "old"}})) == [TPS[1]]


def test_of_two_sheets_with_forms_the_first_is_read_and_the_other_said(tmp_path):
    book = workbook([["catatan"]], cells(form()), cells(form(TPS[1])))
    got = read(tmp_path, book, "forms.xlsx")
    assert places(got) == [TPS[0]]
    assert told(got, "sheet-unread").sheet == "sheet3"


def test_a_workbook_without_a_sheet_of_forms(tmp_path):
    told(read(tmp_path, workbook([["a", "b"], [1, 2]]), "forms.xlsx"), "sheet-none")
    told(read(tmp_path, workbook([]), "forms.xlsx"), "sheet-none")
    got = read(tmp_path, BOOK, "forms.xlsx", {"file": {"sheet": "Jembrana"}})
    assert "forms" in told(got, "sheet-missing").hint


def test_merged_cells_are_named_and_the_first_row_survives(tmp_path):
    def write(book, sheet):
        for at, place in enumerate(TPS[:3], 1):
            sheet.write_row(at, 1, form(place)[1:])
        sheet.merge_range(1, 0, 3, 0, "bupati")

    got = read(tmp_path, built(write), "forms.xlsx")
    told(got, "identity-merged", 3, "contest")
    assert places(got) == [TPS[0]]


def test_a_second_table_below_with_the_same_headings_is_read_on(tmp_path):
    rows = [form(), [], HEADINGS, form(TPS[1])]
    got = read(tmp_path, workbook(cells(*rows)), "forms.xlsx")
    told(got, "row-header", 4, "contest")
    assert places(got) == [TPS[0], TPS[1]]


def test_a_second_table_below_of_another_kind_is_listed_row_by_row(tmp_path):
    rows = [form(), [], ["nama", "telepon"], ["Ketut", "0812"]]
    got = read(tmp_path, workbook(cells(*rows)), "forms.xlsx")
    assert places(got) == [TPS[0]]
    assert {p.row for p in got.problems if p.blocking} == {4, 5}


def test_a_second_table_beside_is_said(tmp_path):
    rows = [[*HEADINGS, "", "nama"], [*form(), "", "", "x", "Ketut"]]
    got = read(tmp_path, workbook(rows), "forms.xlsx")
    assert places(got) == [TPS[0]]
    assert {p.code for p in got.problems} == {"column-untitled", "column-unknown"}


def test_numbers_and_codes_of_a_sheet_are_judged_as_strictly_as_text(tmp_path):
    def write(book, sheet):
        sheet.write_row(1, 0, form(int(TPS[0]), 10, 20, 30))
        sheet.write_row(2, 0, form(TPS[1], 1.234, 20, 30))
        sheet.write_row(3, 0, form(TPS[2], True, 20, 30))
        sheet.write_row(4, 0, form(3.27e15, 1, 2, 3))
        sheet.write_row(5, 0, [*form(TPS[3], 1, 2, 3), 45623.5])

    got = read(tmp_path, built(write), "forms.xlsx")
    assert places(got) == [TPS[0]]
    told(got, "number-separator", 3, "votes_1")
    told(got, "number-word", 4, "votes_1")
    told(got, "place-exponent", 5, "place")
    told(got, "time-serial", 6, "entered_at")


def test_a_date_cell_is_a_time_of_the_place(tmp_path):
    import datetime as dt

    def write(book, sheet):
        sheet.write_row(1, 0, form())
        style = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_datetime(1, 7, dt.datetime(2024, 11, 27, 14, 5), style)

    got = read(tmp_path, built(write), "forms.xlsx")
    assert got.forms.item(0, "entered_at") == dt.datetime(2024, 11, 27, 6, 5, tzinfo=dt.UTC)


def test_a_table_that_starts_further_down_and_right_keeps_its_rows(tmp_path):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("forms")
        sheet.write_row(3, 2, HEADINGS)
        sheet.write_row(4, 2, form())
        sheet.write_row(5, 2, form("x"))
    got = read(tmp_path, out.getvalue(), "forms.xlsx")
    assert got.forms.item(0, "origin_row") == 5
    told(got, "place-length", 6, "place")


DAMAGED = {
    "cut": BOOK[: len(BOOK) // 2],
    "only-the-mark": b"PK\x03\x04",
    "noise": b"PK\x03\x04" + bytes(range(256)) * 8,
    "sheet": changed("xl/worksheets/sheet1.xml", b"<v>", b"<v"),
    "book": changed("xl/workbook.xml", b"<sheets>", b"<sheets"),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_workbook_ends_in_a_problem(tmp_path, content):
    got = read(tmp_path, content, "forms.xlsx")
    assert got.problems and got.forms.is_empty()
    told(got, got.problems[0].code)


def test_a_locked_or_old_workbook(tmp_path):
    told(
        read(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "forms.xlsx"),
        "zip-locked",
    )


def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    "names", [("a.csv",), ("word/document.xml",), ("content.xml", "mimetype"), ("xl/workbook.bin",)]
)
def test_a_zip_file_that_is_no_workbook(tmp_path, names):
    assert "XLSX" in told(read(tmp_path, packed(*names), "forms.xlsx"), "file-kind").hint
