"""Whole numbers that sum to what they must."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukun.exercise.draws import apportion, bell, generator, part, rare

SHARES = st.lists(st.tuples(st.floats(0, 1000), st.integers(0, 600)), min_size=1, max_size=40)


@given(SHARES, st.floats(0, 1))
def test_apportioned_numbers_sum_to_the_total_within_their_limits(parts, fill):
    weights, most = (np.array(x) for x in zip(*parts, strict=True))
    total = int(fill * most.sum())
    given_out = apportion(weights.astype(float), total, most)
    assert given_out.sum() == total
    assert (given_out >= 0).all()
    assert (given_out <= most).all()


def test_apportionment_is_by_largest_remainders():
    got = apportion(np.array([41.0, 33.0, 26.0]), 10, np.array([10, 10, 10]))
    assert got.tolist() == [4, 3, 3]


def test_more_than_there_is_room_for_is_refused():
    with pytest.raises(ValueError, match="11 does not fit into 10"):
        apportion(np.array([1.0, 1.0]), 11, np.array([5, 5]))


def test_the_draws_have_the_mean_and_spread_they_promise():
    rng, n = generator(7), 40_000
    values = bell(rng, n)
    assert abs(values.mean()) < 4 / n**0.5
    assert values.var() == pytest.approx(1, abs=0.04)
    assert rare(rng, n, 0.4).mean() == pytest.approx(0.4, abs=0.02)
    drawn = part(rng, np.full(n, 400), 0.25)
    assert drawn.mean() == pytest.approx(100, abs=0.2)
    assert drawn.std() == pytest.approx((400 * 0.25 * 0.75) ** 0.5, abs=0.3)
