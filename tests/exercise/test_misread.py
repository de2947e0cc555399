"""How numbers are misread: each kind does what it is called, in the seen proportions."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukun.exercise.draws import generator
from rukun.exercise.misread import DIGIT, DIGITS, LENGTH, SHARES, SHEET, SWAP, kinds, misread

SEEDS = st.integers(0, 2**32)


def test_the_proportions_are_those_seen_in_2720_real_differences():
    found = Counter(kinds(generator(1), 2000))
    assert found == {DIGIT: 1440, LENGTH: 300, DIGITS: 140, SWAP: 90, SHEET: 30}
    assert sum(SHARES.values()) == pytest.approx(1)


@given(SEEDS, st.integers(0, 999), st.sampled_from([DIGIT, LENGTH, DIGITS, SWAP]))
def test_what_is_written_differs_and_fits_three_boxes(seed, value, kind):
    stated, _ = misread(generator(seed), value, kind)
    assert stated != value
    assert 0 <= stated <= 999


@given(SEEDS, st.integers(0, 999), st.sampled_from([DIGIT, DIGITS, SWAP]))
def test_the_kind_that_is_said_is_the_kind_that_is_seen(seed, value, kind):
    stated, said = misread(generator(seed), value, kind)
    before, after = str(value), str(stated)
    assert len(before) == len(after)
    changed = [i for i in range(len(before)) if before[i] != after[i]]
    if said == DIGIT:
        assert len(changed) == 1
    else:
        assert len(changed) == 2
    if said == SWAP:
        i, j = changed
        assert j == i + 1
        assert before[i] + before[j] == after[j] + after[i]


@given(SEEDS, st.integers(100, 999))
def test_a_number_of_three_digits_loses_one(seed, value):
    stated, said = misread(generator(seed), value, LENGTH)
    lost = {int(str(value)[:i] + str(value)[i + 1 :]) for i in range(3)}
    assert said == LENGTH
    assert stated in lost


def test_where_there_is_nothing_to_swap_one_digit_changes():
    assert misread(generator(3), 222, SWAP)[1] == DIGIT
    assert misread(generator(3), 7, DIGITS)[1] == DIGIT
