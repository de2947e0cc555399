"""Bad text and bad JSON in forms: named, explained, and the good rows kept."""

from __future__ import annotations

import json

import pytest

from tests.count.reading import TPS, VILLAGE, frame, places, read, row, table
from tests.faults.files import told

GOOD = row(TPS[1])
KEPT = [TPS[1]]
TS = "2024-11-27 21:30:00"
STAMP = f', "ts": "{TS}"}}'


def test_NUL_in_a_code(tmp_path):
    got = read(tmp_path, table(row(TPS[0] + "\0"), GOOD))
    told(got, "text-control", 2, "place")
    assert places(got) == KEPT


def test_NUL_in_a_text_is_taken_out_and_said(tmp_path):
    got = read(tmp_path, table(row(cited="a\0b"), GOOD))
    assert not told(got, "text-cleaned", 2, "cited").blocking
    assert got.forms.get_column("cited").to_list() == ["ab", None]


@pytest.mark.parametrize(
    "raw", [b"\xed\xa0\x80", b"\xff", b"caf\xe9"], ids=["surrogate", "byte", "cp1252"]
)
def test_bytes_that_are_not_utf8_keep_their_row_out_and_no_other(tmp_path, raw):
    text = table(row(cited="@"), GOOD, row(TPS[2])).encode().replace(b"@", raw)
    got = read(tmp_path, text)
    told(got, "row-encoding", 2)
    assert places(got) == [TPS[1], TPS[2]]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("9223372036854775808", "number-large"),
        ("-3", "number-negative"),
        ("TRUE", "number-word"),
        ("NaN", "number-word"),
        ("1e999", "number-exponent"),
        ("7" * 5000, "number-large"),
    ],
    ids=lambda c: c[:8],
)
def test_numbers_that_are_none(tmp_path, cell, code):
    got = read(tmp_path, table(row(valid=cell), GOOD))
    told(got, code, 2, "valid")
    assert places(got) == KEPT


@pytest.mark.parametrize("text", ["😀" * 20_000, "e" + "\u0301" * 20_000, "kata " * 20_000])
def test_over_long_text_is_cut_and_said(tmp_path, text):
    got = read(tmp_path, table(row(cited=text), GOOD))
    assert not told(got, "text-long", 2, "cited").blocking
    assert len(got.forms.item(0, "cited")) <= 300 and got.forms.height == 2


HIDDEN = {"bidi": "\u202e", "zero-width": "\u200b", "isolate": "\u2066", "joiner": "\u2060"}


@pytest.mark.parametrize("mark", HIDDEN.values(), ids=HIDDEN)
def test_hidden_characters_are_refused_in_codes_and_taken_out_of_text(tmp_path, mark):
    got = read(tmp_path, table(row(TPS[0] + mark), row(TPS[1], cited=f"a{mark}b")))
    told(got, "text-control", 2, "place")
    told(got, "text-cleaned", 3, "cited")
    assert got.forms.get_column("cited").to_list() == ["ab"]


def test_look_alike_letters_are_not_the_word(tmp_path):
    got = read(tmp_path, table(row(source="оfficial"), GOOD))
    told(got, "source-unknown", 2, "source")
    assert places(got) == KEPT


MARKUP = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% include x %}",
    "{0.__class__}",
    '#read("x")',
    "=1+1",
    "%s%n",
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_kept_as_the_text_it_is_and_can_stand_in_a_problem(tmp_path, text):
    quoted = '"' + text.replace('"', '""') + '"'
    got = read(tmp_path, table(row(cited=quoted), row(TPS[1], source=quoted), row(quoted)))
    told(got, "source-unknown", 3, "source")
    assert got.forms.get_column("cited").to_list() == [text]


def test_line_ends_in_a_name_do_not_break_a_line(tmp_path):
    got = read(tmp_path, table(row(source="x")), name="a\r\nb.csv")
    assert "\n" not in str(told(got, "source-unknown", 2, "source"))


def test_a_heading_with_markup_or_line_ends_is_said_on_one_line(tmp_path):
    got = read(tmp_path, table(row(cited="x")).replace("cited", '"<b>\n{x}</b>"'))
    assert places(got) == [TPS[0]]
    assert all(str(p).isprintable() for p in got.problems)


def page(table_text):
    inner = '{"chart": {"1000832": 9, "1000833": 9}, "table": {' + table_text + "}}"
    return '{"tungsura": ' + inner + STAMP


GOOD_CHILD = f'"{VILLAGE}": {{"1000832": 1, "1000833": 2}}'


@pytest.mark.parametrize(
    "value",
    ["true", "-1", "NaN", "Infinity", "1e999", "1.5", '"5"', "[]", "9" * 19, "9" * 5000],
    ids=lambda v: v[:8],
)
def test_json_figures_that_are_none_keep_their_place_out_and_no_other(tmp_path, value):
    text = page(f'"510102": {{"1000832": {value}}}, "510101": {{"1000832": 1, "1000833": 2}}')
    got = read(tmp_path, text, "5101.json")
    told(got, "feed-number", 0, "510102 1000832")
    assert places(got) == ["5101", "510101"]


def test_a_key_twice_keeps_its_place_out_and_no_other(tmp_path):
    text = page('"510102": {"1000832": 1, "1000832": 2}, "510101": {"1000832": 1}')
    got = read(tmp_path, text, "5101.json")
    assert told(got, "json-key-twice", 0, "510102").value == "1000832"
    assert places(got) == ["5101", "510101"]


def test_a_place_twice_is_refused(tmp_path):
    text = page('"510101": {"1000832": 1}, "510101": {"1000832": 2}')
    got = read(tmp_path, text, "5101.json")
    told(got, "json-key-twice", 0, "510101")
    assert places(got) == ["5101"]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_bottomless_json(tmp_path, opening):
    got = read(tmp_path, opening * 100_000, "5101.json")
    told(got, "json-deep")
    deep = '{"ts":"' + TS + '","chart":{"1000832":1,"x":' + "[" * 100_000 + "]" * 100_000 + "}}"
    told(read(tmp_path, deep, "5101.json"), "json-deep")


def test_json_that_is_cut(tmp_path):
    text = page(GOOD_CHILD)
    got = read(tmp_path, text[: len(text) // 2], "5101.json")
    assert "line 1" in told(got, "json-broken", 1).why


def test_a_lone_surrogate_in_json(tmp_path):
    text = '{"chart": {"1000832": 1, "\\ud800": 2}' + STAMP
    got = read(tmp_path, text, "5101.json")
    assert told(got, "feed-key", 0, "5101").value == "\\ud800"
    assert places(got) == ["5101"]


@pytest.mark.parametrize("value", [5, "x", [], {"1000832": {"a": 1}}])
def test_a_part_of_another_shape(tmp_path, value):
    text = json.dumps({"tungsura": {"chart": {"1000832": 1}, "table": {"510101": value}}, "ts": TS})
    got = read(tmp_path, text, "5101.json")
    assert any(p.code == "feed-number" and "510101" in p.column for p in got.problems)
    assert places(got) == ["5101"]


@pytest.mark.parametrize(
    "text",
    [
        '{"chart": []}',
        '{"tungsura": []}',
        '{"chart": 5' + STAMP,
        "{}",
        "[[[]]]",
        '{"chart": {}, "table": []' + STAMP,
    ],
)
def test_json_of_any_other_shape_ends_in_a_problem(tmp_path, text):
    got = read(tmp_path, text, "5101.json", on=frame())
    assert got.problems and got.forms.is_empty()
