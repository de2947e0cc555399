"""Agreement of reviewers, by hand to 1e-9, and the draw of cases that are read twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukun.talk.agreement import (
    FEWEST,
    Reading,
    agreement,
    alpha,
    figure,
    kappa,
    raw,
    twice,
    units,
)

#: Twenty yes/yes, five yes/no, ten no/yes, fifteen no/no.
FIFTY = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
#: The four-observer example of Krippendorff (2011, “Computing Krippendorff's alpha-reliability”):
#: twelve units, gaps, one unit with a single value.
KRIPPENDORFF = [
    "111",
    "2232",
    "3333",
    "3333",
    "2222",
    "1234",
    "4444",
    "1121",
    "2222",
    "555",
    "11",
    "3",
]


def test_kappa_by_hand():
    # seen 35/50 = .7; chance .5·.6 + .5·.4 = .5; (.7 − .5) / .5
    assert raw(FIFTY) == pytest.approx(0.7, abs=1e-9)
    assert kappa(FIFTY) == pytest.approx(0.4, abs=1e-9)


def test_alpha_by_hand_for_two_readers():
    # coincidences: yy 40, yn 15, ny 15, nn 30; totals y 55, n 45, of 100
    # 1 − 99 · 30 / (100² − 55² − 45²) = 1 − 2970 / 4950
    assert alpha(FIFTY) == pytest.approx(0.4, abs=1e-9)
    assert alpha([("a", "a"), ("a", "b"), ("b", "b")]) == pytest.approx(1 - 5 * 2 / 18, abs=1e-9)


def test_alpha_of_the_published_example_with_gaps():
    cases = [tuple(u) for u in KRIPPENDORFF]
    # of 40 paired values (9, 13, 10, 5, 3 of the five kinds), 1600 − 384 = 1216 expected;
    # units 2, 6 and 8 disagree: 6/3 + 12/3 + 6/3 = 8
    assert alpha(cases) == pytest.approx(1 - 39 * 8 / 1216, abs=1e-9)
    assert alpha(cases) == pytest.approx(0.743, abs=5e-4)


def test_raw_agreement_of_three_readers_is_by_pairs():
    assert raw([("a", "a", "b")]) == pytest.approx(1 / 3, abs=1e-9)


def test_what_is_not_defined_is_none_and_not_one():
    assert raw([]) is kappa([]) is alpha([]) is None
    assert kappa([("a", "a")] * 9) is None and alpha([("a", "a")] * 9) is None
    assert raw([("a", "a")] * 9) == 1
    assert kappa([("a", "b", "a")]) is None
    assert figure(alpha, [("a", "a")] * 9, seed=1).low is None


def test_opposite_readers_are_below_chance():
    cases = [("a", "b"), ("b", "a")] * 10
    assert kappa(cases) == pytest.approx(-1, abs=1e-9)
    assert alpha(cases) < 0


def test_an_interval_holds_its_value_and_is_the_same_for_the_same_seed():
    first, again = (figure(kappa, FIFTY, seed=7) for _ in range(2))
    assert first == again != figure(kappa, FIFTY, seed=8)
    assert first.low < 0.4 < first.high
    # standard error of this kappa after Fleiss, Cohen and Everitt (1969): about .125
    assert first.high - first.low == pytest.approx(2 * 1.96 * 0.127, rel=0.15)


def test_an_interval_that_rests_on_few_resamples_is_not_given():
    one = figure(kappa, [("a", "b")] + [("a", "a")] * 1, seed=1)
    assert one.value == 0 and one.cases == 2
    assert figure(alpha, [("a", "a"), ("b", "b")], seed=1, resamples=9).value == 1


def test_the_last_answer_of_a_reader_counts_and_lone_readings_do_not():
    readings = [
        Reading("1", "adi", "x"),
        Reading("1", "budi", "y"),
        Reading("1", "adi", "y"),
        Reading("2", "adi", "x"),
    ]
    assert units(readings) == [("y", "y")]


def test_the_page_is_told_how_many_cases_are_missing_and_what_was_confused():
    readings = [Reading(str(i), who, "calm") for i in range(3) for who in ("adi", "budi")]
    readings[1] = Reading("0", "budi", "refer")
    found = agreement(readings, seed=1, resamples=50)
    assert found.missing == FEWEST - 3
    assert found.raw.value == pytest.approx(2 / 3)
    assert found.differ == (("calm", "refer", 1),)


ANSWERS = st.lists(
    st.lists(st.sampled_from("abc"), min_size=2, max_size=4).map(tuple), min_size=2, max_size=20
)


@settings(max_examples=100, deadline=None)
@given(ANSWERS, st.permutations("abc"))
def test_names_of_answers_and_order_of_cases_and_readers_change_nothing(cases, names):
    new = dict(zip("abc", names, strict=True))
    other = [tuple(new[a] for a in reversed(u)) for u in reversed(cases)]
    assert alpha(other) == pytest.approx(alpha(cases)) if alpha(cases) is not None else True
    assert raw(other) == pytest.approx(raw(cases))


@settings(max_examples=100, deadline=None)
@given(ANSWERS)
def test_nothing_agrees_more_than_wholly(cases):
    assert alpha(cases) is None or alpha(cases) <= 1 + 1e-12
    assert 0 <= raw(cases) <= 1


def test_a_tenth_of_the_cases_is_read_twice_and_the_key_decides_which():
    key, other = b"k" * 32, b"o" * 32
    drawn = [twice(f"case-{i}", key, 0.1) for i in range(20_000)]
    assert sum(drawn) / len(drawn) == pytest.approx(0.1, abs=0.01)
    assert drawn == [twice(f"case-{i}", key, 0.1) for i in range(20_000)]
    assert drawn != [twice(f"case-{i}", other, 0.1) for i in range(20_000)]
    assert not any(twice(f"{i}", key, 0.0) for i in range(99))
    assert all(twice(f"{i}", key, 1.0) for i in range(99))


def test_a_larger_part_holds_the_smaller_one():
    key = b"k" * 32
    small = {i for i in range(2_000) if twice(str(i), key, 0.1)}
    assert small < {i for i in range(2_000) if twice(str(i), key, 0.3)}
