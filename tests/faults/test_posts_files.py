"""Bad files of posts: named, explained in both languages, and every good record kept."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import pytest

from rukun.errors import Problem
from rukun.talk.readers import PostReading, read_posts
from tests.talk.readers.made import MADE, People, lines, table, workbook
from tests.talk.readers.reading import posts, read

GOOD = {"platform": "facebook", "id": "2", "text": "Latihan: baik", "likes": "3"}
LAST = {"platform": "facebook", "id": "3", "text": "Latihan: akhir", "likes": "4"}
KEPT = ["Latihan: baik", "Latihan: akhir"]


def told(reading: PostReading, code: str, row: int | None = None) -> Problem:
    """The first problem with this code: it says where, why and what to do, in both languages, and
    can be printed anywhere."""
    found = [p for p in reading.problems if p.code == code]
    assert found, [str(p) for p in reading.problems]
    problem = found[0]
    assert row is None or problem.row == row
    assert problem.file and problem.file in str(problem)
    for words in (problem.why, problem.hint, problem.why_id, problem.hint_id):
        assert words.strip() and "{" not in words
    assert str(problem).isprintable() and len(str(problem)) < 900
    return problem


def texts(reading: PostReading) -> list[str]:
    return reading.posts["text"].to_list()


def ndjson(*middle: bytes) -> bytes:
    return b"\n".join([lines(GOOD).strip(), *middle, lines(LAST).strip()]) + b"\n"


BAD_LINES = {
    "not JSON": (b"ini bukan JSON", "record-broken"),
    "cut": (b'{"platform": "facebook", "text": "a', "record-broken"),
    "a list": (b"[1, 2]", "record-broken"),
    "a number": (b"5", "record-broken"),
    "two objects": (b'{"a": 1} {"b": 2}', "record-broken"),
    "deep": (b'{"a":' * 100_000, "record-deep"),
    "deep list": (b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "record-deep"),
    "a key twice": (b'{"platform": "x", "text": "a", "text": "b"}', "record-key-twice"),
    "not UTF-8": b'{"platform": "x", "text": "caf\xe9"}',
    "a surrogate as bytes": b'{"platform": "x", "text": "\xed\xa0\x80"}',
    "another shape": (b'{"nama": "a"}', "record-shape"),
    "empty": (b'{"platform": "x", "text": ""}', "record-empty"),
    "no platform": (b'{"platform": "", "text": "a"}', "platform-unknown"),
    "a platform that is none": (b'{"platform": "<b>x</b>", "text": "a"}', "platform-unknown"),
}


@pytest.mark.parametrize("kind", BAD_LINES)
def test_a_bad_line_costs_itself_and_no_other(tmp_path, kind):
    line, code = (
        BAD_LINES[kind] if isinstance(BAD_LINES[kind], tuple) else (BAD_LINES[kind], "row-encoding")
    )
    reading = read(tmp_path, ndjson(line), "a.ndjson")
    assert told(reading, code, 2).blocking
    assert texts(reading) == KEPT
    assert reading.unmapped == {code: 1} and reading.rows_read == 3
    assert reading.left_out.row(0)[:2] == (2, code) and len(reading.left_out.item(0, "raw")) == 64


def test_a_file_that_ends_in_the_middle_of_a_line(tmp_path):
    reading = read(tmp_path, ndjson()[:-10], "a.ndjson")
    told(reading, "record-cut", 2)
    assert texts(reading) == KEPT[:1]


def test_a_first_line_that_is_cut_does_not_hide_the_others(tmp_path):
    reading = read(tmp_path, b'{"platform": "facebook", "te\n' + ndjson(), "a.ndjson")
    told(reading, "record-broken", 1)
    assert texts(reading) == KEPT


def test_blank_lines_CRLF_and_NUL_between_lines(tmp_path):
    content = b"\r\n" + ndjson(b"", b"\0\0").replace(b"\n", b"\r\n")
    assert texts(read(tmp_path, content, "a.ndjson")) == KEPT


ODD_VALUES = [
    ("likes", "9" * 5000, "count-odd"),
    ("likes", "-1", "count-odd"),
    ("likes", "true", "count-odd"),
    ("likes", "1e999", "count-odd"),
    ("likes", "Infinity", "count-odd"),
    ("likes", "9223372036854775808", "count-odd"),
    ("likes", '{"a": 1}', "count-odd"),
    ("posted_at", '"besok"', "time-form"),
    ("posted_at", '"2024-11-27 10:00"', "time-naive"),
    ("posted_at", '"31/02/2024 10:00"', "time-day-month"),
    ("posted_at", '"0001-01-01T00:00:00Z"', "time-absurd"),
    ("posted_at", "1e999", "time-absurd"),
    ("posted_at", "9" * 400, "time-absurd"),
    ("id", "1.861e18", "id-lost"),
    ("id", '"1.86E+18"', "id-lost"),
    ("kind", '"retweet"', "kind-odd"),
]


@pytest.mark.parametrize(("field", "value", "code"), ODD_VALUES, ids=lambda v: str(v)[:16])
def test_a_value_that_cannot_be_is_left_out_and_its_post_kept(tmp_path, field, value, code):
    line = f'{{"platform": "x", "text": "Latihan", "{field}": {value}}}'.encode()
    reading = read(tmp_path, ndjson(line), "a.ndjson")
    problem = told(reading, code, 2)
    assert problem.column == field and not problem.blocking
    assert texts(reading) == [KEPT[0], "Latihan", KEPT[1]]


def test_NaN_is_nothing(tmp_path):
    line = b'{"platform": "x", "id": NaN, "text": "Latihan", "likes": NaN}'
    reading = read(tmp_path, ndjson(line), "a.ndjson")
    assert not reading.problems and posts(reading)[1]["engagement"] is None


HIDING = {
    "NUL": "\\u0000",
    "half a character": "\\ud800",
    "right to left": "\\u202e",
    "no width": "\\u200b",
    "BOM": "\\ufeff",
}


@pytest.mark.parametrize("mark", HIDING.values(), ids=HIDING)
def test_what_hides_in_a_text_is_taken_out_and_said(tmp_path, mark):
    line = f'{{"platform": "x", "name": "a{mark}b", "handle": "c{mark}d", "text": "Lati{mark}han"}}'
    reading = read(tmp_path, ndjson(line.encode()), "a.ndjson")
    told(reading, "text-cleaned", 2)
    assert texts(reading)[1].replace("\ufffd", "") == "Latihan"
    secret = reading.secrets.filter(platform="x", what="account").row(0, named=True)
    assert secret["name"].isprintable() and secret["handle"].replace("\ufffd", "") == "cd"


@pytest.mark.parametrize("text", ["😀" * 100_000, "e" + "\u0301" * 100_000, "kata " * 1_000_000])
def test_an_over_long_text_is_cut_and_said(tmp_path, text):
    reading = read(tmp_path, ndjson(lines({**GOOD, "id": "9", "text": text}).strip()), "a.ndjson")
    assert not told(reading, "text-long", 2).blocking
    assert len(texts(reading)[1]) <= 65_536 and reading.posts.height == 3


MARKUP = ["<script>alert(1)</script>", "{{ 7*7 }}", "{0.__class__}", '#read("x")', "=1+1", "%s%n"]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_kept_as_the_text_it_is(tmp_path, text):
    row = {"platform": "x", "id": "5", "text": text, "kind": text, "likes": text, "posted_at": text}
    reading = read(tmp_path, table([row]))
    assert texts(reading) == [text]
    assert all(str(p).isprintable() for p in reading.problems)


def test_a_file_name_with_line_ends_stays_on_one_line(tmp_path):
    assert "\n" not in str(told(read(tmp_path, b"", "a\r\nb.csv"), "file-empty"))


BOMS = {"utf-8-sig": "utf-8-sig", "utf-16": "utf-16", "utf-32": "utf-32"}


@pytest.mark.parametrize("encoding", BOMS)
@pytest.mark.parametrize("kind", ["csv", "ndjson", "json"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path, encoding, kind):
    rows = [{**GOOD, "text": "Latihan é 😀"}, LAST]
    made = {"csv": table(rows), "ndjson": lines(*rows), "json": json.dumps(rows).encode()}[kind]
    reading = read(tmp_path, made.decode().encode(encoding), f"a.{kind}")
    assert texts(reading) == ["Latihan é 😀", KEPT[1]] and not reading.problems


def test_a_windows_file_is_read_with_its_encoding(tmp_path):
    content = table([{**GOOD, "text": "Café"}, LAST]).decode().encode("cp1252")
    reading = read(tmp_path, content)
    told(reading, "row-encoding", 2)
    assert texts(reading) == KEPT[1:]
    assert texts(read(tmp_path, content, mapping={"file": {"encoding": "cp1252"}}))[0] == "Café"


NO_EXPORTS = {
    "a web page": b"<!DOCTYPE html><html><body>latihan</body></html>",
    "a PDF": b"%PDF-1.7 latihan",
    "a picture": b"\x89PNG\r\n\x1a\n latihan",
    "gzip": b"\x1f\x8b\x08 latihan",
    "XML": b'<?xml version="1.0"?><a/>',
}


@pytest.mark.parametrize("content", NO_EXPORTS.values(), ids=NO_EXPORTS)
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xlsx"])
def test_a_file_is_what_it_holds_not_what_it_is_called(tmp_path, content, name):
    reading = read(tmp_path, content, name)
    told(reading, "file-kind")
    assert reading.sha256 == hashlib.sha256(content).hexdigest()
    assert reading.posts.is_empty() and reading.posts.columns[0] == "post_id"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_file(tmp_path, content):
    told(read(tmp_path, content), "file-empty")


def test_a_file_that_is_not_there(tmp_path):
    reading = read_posts(tmp_path / "tiada.csv", b"k" * 32)
    told(reading, "file-missing")
    assert reading.sha256 == "" and reading.rows_read == 0


@pytest.mark.parametrize("content", [b"[]", b'{"data": []}', b"{}", b'{"items": [], "kind": "x"}'])
def test_an_export_without_posts(tmp_path, content):
    reading = read(tmp_path, content, "a.json")
    assert {p.code for p in reading.problems} <= {"file-no-records", "shape-unknown"}
    assert reading.problems and reading.posts.is_empty()


def test_headings_without_rows(tmp_path):
    told(read(tmp_path, "platform,text\n"), "file-header-only")


@pytest.mark.parametrize(
    "content",
    [
        b'{"error": "rate limit"}',
        b'{"errors": [{"message": "latihan"}], "data": null}',
        b'{"data": {"videos": []}, "error": {"code": "scope"}}',
        b'[["a", "b"], ["c", "d"]]',
        b'{"messages": {"a": 1}}',
        b"5",
        b'[{"data": 5}]',
    ],
)
def test_an_error_that_was_saved_in_place_of_posts(tmp_path, content):
    reading = read(tmp_path, content, "a.json")
    assert reading.problems and reading.posts.is_empty()
    assert all(p.why_id for p in reading.problems)


def test_a_json_file_that_is_cut_keeps_what_stands_before(tmp_path):
    records = [{**GOOD, "id": str(n), "text": f"Latihan {n}"} for n in range(200)]
    content = json.dumps(records, indent=1).encode()
    reading = read(tmp_path, content[: len(content) // 2], "a.json")
    assert 90 < reading.posts.height < 110
    assert str(reading.posts.height + 1) in told(reading, "json-cut").why


def test_a_json_file_that_breaks_in_the_middle_keeps_what_stands_before(tmp_path):
    records = json.dumps([GOOD, LAST, GOOD], indent=1).replace('"3"', '"3', 1)
    told(read(tmp_path, records.replace("akhir", 'ak"hir'), "a.json"), "json-cut")


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"data":', b'[{"data":['])
def test_bottomless_json(tmp_path, opening):
    reading = read(tmp_path, opening * 100_000, "a.json")
    assert {p.code for p in reading.problems} & {"record-deep", "json-cut"}


def test_a_bottomless_record_in_a_list_keeps_those_before_it(tmp_path):
    content = f"[{json.dumps(GOOD)},\n" + "[" * 100_000
    reading = read(tmp_path, content, "a.json")
    told(reading, "record-deep", 2)
    assert texts(reading) == KEPT[:1]


def test_bytes_that_are_not_UTF_8_in_a_json_file_are_said(tmp_path):
    content = json.dumps([GOOD, LAST], indent=1).encode().replace(b"baik", b"ba\xffik")
    reading = read(tmp_path, content, "a.json")
    told(reading, "text-replaced")
    assert reading.posts.height == 2


HEAD = b"platform,id,text,likes\n"


def test_a_row_that_is_cut_ragged_or_unclosed_costs_itself(tmp_path):
    content = (
        HEAD + b'x,1,"Latihan satu\ndua",3\nx,2\nx,3,"Latihan tiga,5\nx,4,Latihan empat,6\nx,5,"La'
    )
    reading = read(tmp_path, content)
    told(reading, "row-cells", 3)
    told(reading, "row-quote", 4)
    assert texts(reading) == ["Latihan satu\ndua", "Latihan empat"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators(tmp_path, mark):
    assert texts(read(tmp_path, table([GOOD, LAST], mark))) == KEPT


def test_headings_that_are_repeated_where_tables_were_put_together(tmp_path):
    reading = read(tmp_path, table([GOOD]) + table([{**LAST}]))
    assert not told(reading, "row-header", 3).blocking
    assert texts(reading) == KEPT and reading.unmapped == {"row-header": 1}


def test_a_heading_twice(tmp_path):
    reading = read(tmp_path, "platform,text,text\nx,satu,dua\n")
    assert told(reading, "column-twice", 1).column == "text"
    assert texts(reading) == ["satu"]


def test_ids_that_a_spreadsheet_has_destroyed_are_not_trusted(tmp_path):
    rows = [{**GOOD, "id": "1.86E+18"}, {**LAST, "id": "1.86E+18"}]
    reading = read(tmp_path, table(rows))
    assert told(reading, "id-lost", 2).value == "1.86E+18"
    assert reading.posts["post_id"].n_unique() == 2 and reading.posts["weak"].all()


def test_the_same_record_twice_is_one_post_as_it_was_collected_last(tmp_path):
    rows = [
        {**GOOD, "collected_at": "2024-11-27T10:00:00Z", "likes": "1"},
        {**GOOD, "collected_at": "2024-11-27T12:00:00Z", "likes": "9"},
        {**GOOD, "collected_at": "2024-11-27T11:00:00Z", "likes": "5"},
    ]
    reading = read(tmp_path, table(rows))
    assert [p["engagement"]["likes"] for p in posts(reading)] == [9]
    assert reading.unmapped == {"record-again": 2} and reading.rows_read == 3
    assert not told(reading, "record-again", 2).blocking


def test_the_same_problem_in_ten_thousand_rows_is_listed_a_thousand_times(tmp_path):
    rows = [{**GOOD, "id": str(n), "likes": "-1"} for n in range(1, 10_001)]
    reading = read(tmp_path, table(rows))
    assert len(reading.problems) == 1001 and reading.posts.height == 10_000
    assert "9000" in told(reading, "more-alike").why


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


WORKBOOKS = {
    "a bomb": ({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 300_000_000}, "zip-ratio"),
    "a way out": ({"../../a": b"x", "xl/workbook.xml": b"<a/>"}, "zip-name"),
    "another packed file": ({"xl/a.zip": b"x", "xl/workbook.xml": b"<a/>"}, "zip-nested"),
    "macros": ({"xl/vbaProject.bin": b"x", "xl/workbook.xml": b"<a/>"}, "zip-macro"),
    "entities": ({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "zip-entity"),
    "no workbook": ({"kiriman.csv": b"a,b"}, "file-kind"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "code"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_that_must_not_be_opened(tmp_path, parts, code):
    told(read(tmp_path, packed(parts), "a.xlsx"), code)


def test_a_workbook_of_something_else(tmp_path):
    told(read(tmp_path, workbook([{"Nilai": "1", "Rapor": "2"}]), "a.xlsx"), "sheet-none")


#: What may stand where something else should; as when a platform changes its shape.
STRANGE = (None, 5, "x", [1], {"a": 1})
JSON = [c for c, make in MADE.items() if not make(People())[0].endswith(".csv")]


@pytest.mark.parametrize("code", JSON)
def test_a_record_whose_parts_have_another_shape_never_stops_its_file(tmp_path, code):
    name, content = MADE[code](People())
    by_line = not name.endswith(".json")
    whole = json.loads(content.splitlines()[0] if by_line else content)
    for n, changed in enumerate(_changed(whole)):
        made = lines(changed) if by_line else json.dumps(changed).encode()
        reading = read(tmp_path, made, f"{n}.json")
        assert reading.posts.height or reading.problems, changed
        assert reading.rows_read == reading.posts.height + reading.left_out.height


TABLES = [c for c, make in MADE.items() if c not in JSON]


@pytest.mark.parametrize("code", TABLES)
def test_a_table_whose_cells_are_anything_never_stops(tmp_path, code):
    name, content = MADE[code](People())
    above, _, _ = content.partition(b"Date,") if code == "brandwatch" else (b"", b"", b"")
    rows = list(csv.DictReader(io.StringIO(content[len(above) :].decode())))
    for column in rows[0]:
        for odd in ("", "x", "-1", "9" * 30, "😀", "1e400", "https://", "@", "//", "?"):
            made = table([rows[0] | {column: odd}, *rows[1:]])
            reading = read(tmp_path, above + made, name)
            assert reading.posts.height or reading.problems, (column, odd)
            assert reading.rows_read == reading.posts.height + reading.left_out.height


def _changed(value):
    """The value with one part after the other replaced by what should not stand there."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in list(parts):
        inner = _changed(part) if isinstance(part, (dict, list)) else ()
        for odd in (*STRANGE, *inner):
            copy = value.copy()
            copy[key] = odd
            yield copy
