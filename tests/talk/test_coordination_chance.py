"""Tails and corrections against values worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukun.talk.coordination.chance import (
    benjamini_hochberg,
    binomial_tail,
    bonferroni,
    poisson_tail,
)


def _poisson(seen: int, rate: float) -> float:
    return float(poisson_tail(np.array([seen]), np.array([rate]))[0])


def _binomial(hits: int, trials: int, chance: float) -> float:
    return float(binomial_tail(np.array([hits]), np.array([trials]), np.array([chance]))[0])


@pytest.mark.parametrize(
    ("seen", "rate", "chance"),
    [
        (0, 3.0, 1.0),
        (1, 0.5, 1 - math.exp(-0.5)),
        (2, 1.0, 1 - 2 / math.e),
        (3, 5.0, 1 - 18.5 * math.exp(-5)),
        (1, 0.0, 0.0),
        (9, 0.04, math.exp(-0.04) * 0.04**9 / math.factorial(9) * (1 + 0.04 / 10 + 0.0016 / 110)),
    ],
)
def test_the_poisson_tail_is_that_of_the_book(seen, rate, chance):
    assert _poisson(seen, rate) == pytest.approx(chance, rel=1e-6, abs=1e-300)


def test_a_tail_far_out_is_small_and_not_nought():
    assert 0 < _poisson(60, 0.1) < 1e-130


@given(st.integers(1, 80), st.floats(1e-3, 120.0))
def test_poisson_tails_fall_with_what_is_seen_and_rise_with_the_rate(seen, rate):
    here = _poisson(seen, rate)
    assert 0 <= here <= 1
    assert _poisson(seen + 1, rate) <= here + 1e-9
    assert _poisson(seen, rate * 1.1) >= here - 1e-9
    complement = sum(math.exp(-rate + i * math.log(rate) - math.lgamma(i + 1)) for i in range(seen))
    assert here == pytest.approx(1 - complement, abs=1e-9)


@pytest.mark.parametrize(
    ("hits", "trials", "chance", "tail"),
    [
        (0, 4, 0.3, 1.0),
        (2, 3, 0.5, 0.5),
        (3, 3, 0.2, 0.008),
        (9, 10, 0.5, 11 / 1024),
        (1, 1, 0.25, 0.25),
    ],
)
def test_the_binomial_tail_is_that_of_the_book(hits, trials, chance, tail):
    assert _binomial(hits, trials, chance) == pytest.approx(tail, rel=1e-9)


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.05, 0.6))
def test_binomial_tails_are_exact(hits, more, chance):
    trials = hits + more
    exact = sum(
        math.comb(trials, i) * chance**i * (1 - chance) ** (trials - i)
        for i in range(hits, trials + 1)
    )
    assert _binomial(hits, trials, chance) == pytest.approx(min(exact, 1.0), rel=1e-7)


def test_bonferroni_counts_every_test_and_stops_at_one():
    assert bonferroni(np.array([1e-6, 0.4]), 1000).tolist() == pytest.approx([1e-3, 1.0])


def test_benjamini_hochberg_takes_the_smallest_over_all_larger_p():
    q = benjamini_hochberg(np.array([0.03, 0.01, 0.5, 0.02]), 10)
    assert q.tolist() == pytest.approx([0.1, 0.1, 1.0, 0.1])
    q = benjamini_hochberg(np.array([0.001, 0.008, 0.039]), 3)
    assert q.tolist() == pytest.approx([0.003, 0.012, 0.039])


def test_tests_that_were_not_given_count_against_the_given():
    few = benjamini_hochberg(np.array([0.001, 0.002]), 2)
    many = benjamini_hochberg(np.array([0.001, 0.002]), 200)
    assert (many == 100 * few).all()
