"""Single values: ids stay text, counts are counts, texts are cleaned of what hides."""

from __future__ import annotations

import pytest

from rukun.talk.readers.notes import harmless
from rukun.talk.readers.values import Odd, as_count, as_id, as_links, as_name, as_text


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (9007199254740993, "9007199254740993"),
        ("9007199254740993", "9007199254740993"),
        ("007", "007"),
        ("12345.0", "12345"),
        (5.0, "5"),
        (" a\u200bb ", "ab"),
        ("0", None),
        (0, None),
        ("", None),
        ("nan", None),
        (None, None),
        (True, None),
    ],
)
def test_ids(value, wanted):
    assert as_id(value) == wanted


@pytest.mark.parametrize("value", ["1.86E+18", "1,86E+18", "1e18", 1.861e18, 2.5, [1], {}])
def test_ids_whose_digits_are_lost(value):
    with pytest.raises(Odd):
        as_id(value)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(0, 0), ("0", 0), ("1,234", 1234), ("12.0", 12), (3.0, 3), ("", None), ("nan", None), ([1, 2], 3), ([], None)],
)  # fmt: skip
def test_counts(value, wanted):
    assert as_count(value) == wanted


@pytest.mark.parametrize(
    "value", [-1, "-1", True, 1.5, "1.5", "1.234", "banyak", 2**63, "9" * 30, float("nan"), {}, "Infinity"]
)  # fmt: skip
def test_what_is_no_count(value):
    with pytest.raises(Odd):
        as_count(value)


def test_a_text_keeps_what_can_be_read():
    assert as_text("a\0b\r\nc\u202ed\u200be\ud800 👨\u200d👩") == "ab\ncde\ufffd 👨\u200d👩"
    assert as_text(["satu ", {"text": "dua"}, 3], "") == "satu dua3"


def test_a_name_is_one_line_without_anything_invisible():
    assert as_name(" Bu\u200ddi\r\n\u202eA \x07") == "Budi A"
    assert as_name("\u200b") is None


def test_links_of_a_cell_or_a_list():
    assert as_links("https://a.example/1,2 https://b.example, www.c.example") == [
        "https://a.example/1,2",
        "https://b.example",
        "www.c.example",
    ]
    assert as_links('["https://a.example","https://b.example"]') == [
        "https://a.example",
        "https://b.example",
    ]
    assert as_links(["https://a.example", None, "kata", "t.me/contoh"]) == [
        "https://a.example",
        "t.me/contoh",
    ]
    assert as_links("https://" + "a" * 5000)[0] == "https://" + "a" * 1992


@pytest.mark.parametrize(
    "value",
    ["2024-11-27 14:05", "Wed Nov 31 06:05:00 +0000 2024", "-3", "1e9", "NaN", "true", "12 Jan"],
)
def test_times_and_figures_are_said(value):
    assert harmless(value) == value


@pytest.mark.parametrize(
    "value", ["contoh_warga", "081234567890", "Budi", "2024-11-27 oleh Budi", "a@b.example"]
)
def test_whatever_may_name_somebody_is_not_said(value):
    told = harmless(value)
    assert value not in told and str(len(value)) in told
