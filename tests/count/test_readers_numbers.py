"""The strict parser: plain digits or nothing."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukun.count.readers.numbers import LARGEST, NotWhole, figures, parse_integer
from rukun.count.readers.problems import Notes

REFUSED = {
    "1.234": "number-separator",
    "1,234": "number-separator",
    "12,5": "number-separator",
    "1'234": "number-separator",
    "1 234": "number-space",
    "1\u00a0234": "number-space",
    "234\u00a0": "number-space",
    "1e3": "number-exponent",
    "3.27E+15": "number-exponent",
    "-5": "number-negative",
    "−5": "number-negative",
    "2147483648": "number-large",
    "9" * 5000: "number-large",
    "TRUE": "number-word",
    "NaN": "number-word",
    "inf": "number-word",
    "+5": "number-word",
    "-": "number-word",
    "٣": "number-word",
    "１２": "number-word",
    "0x1F": "number-word",
    "1_000": "number-word",
    "12a": "number-word",
}


@pytest.mark.parametrize(("text", "code"), REFUSED.items(), ids=lambda v: v[:12])
def test_what_is_not_plain_digits_is_refused_with_its_reason(text, code):
    with pytest.raises(NotWhole) as err:
        parse_integer(text)
    assert err.value.code == code


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0), ("007", 7), (" 12 ", 12), ("2147483647", LARGEST), ("0" * 30, 0)]
)
def test_plain_digits_are_read(text, value):
    assert parse_integer(text) == value


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1.234", ".", 1234),
        ("12.345.678", ".", 12345678),
        ("1,234", ",", 1234),
        ("1 234", " ", 1234),
        ("1\u00a0234", " ", 1234),
        ("1\u202f234", " ", 1234),
        ("1234", ".", 1234),
    ],
)
def test_the_thousands_mark_counts_once_it_is_stated(text, mark, value):
    assert parse_integer(text, mark) == value


@pytest.mark.parametrize(
    ("text", "mark"),
    [("1.23", "."), ("1234.567", "."), ("1,234", "."), (".234", "."), ("1..234", ".")],
)
def test_a_stated_mark_must_stand_between_groups_of_three(text, mark):
    with pytest.raises(NotWhole):
        parse_integer(text, mark)


@given(st.integers(0, LARGEST))
def test_every_number_reads_back(number):
    assert parse_integer(str(number)) == number
    assert parse_integer(f"{number:,}", ",") == number
    assert parse_integer(f"{number:,}".replace(",", "."), ".") == number


@settings(deadline=None)
@given(st.lists(st.text(max_size=6) | st.from_regex(r"[-+]?[0-9.,e ]{1,6}", fullmatch=True)))
def test_a_column_is_read_exactly_as_cell_by_cell(texts):
    notes = Notes("f.csv")
    column = pl.DataFrame(
        {"row": range(len(texts)), "valid": texts}, schema={"row": pl.Int64, "valid": pl.String}
    )
    read = figures(column, ["valid"], notes).get_column("valid").to_list()
    refused = {p.row for p in notes.found}
    for at, text in enumerate(texts):
        try:
            expected = parse_integer(text) if text.strip(" ") else None
        except NotWhole:
            assert read[at] is None and at in refused
        else:
            assert read[at] == expected and at not in refused


def test_typed_columns_keep_whole_numbers_and_refuse_the_rest():
    notes = Notes("f.parquet")
    column = pl.DataFrame({"row": [2, 3, 4, 5], "valid": [5, -1, None, 2**31]})
    assert figures(column, ["valid"], notes).get_column("valid").to_list() == [5, None, None, None]
    assert [(p.row, p.code) for p in notes.found] == [(5, "number-large"), (3, "number-negative")]


def test_many_alike_are_listed_up_to_a_thousand_and_then_counted():
    notes = Notes("f.csv")
    column = pl.DataFrame({"row": range(2, 1502), "valid": ["x"] * 1500})
    figures(column.with_columns(pl.col("row").cast(pl.Int64)), ["valid"], notes)
    assert len(notes.found) == 1001
    assert "500 more rows" in notes.found[-1].why and notes.found[-1].blocking
    assert notes.kept_out().len() == 1500
