"""The measurement of coordination itself, on few posts."""

from __future__ import annotations

import pytest

from tests.bench.coordination import CASES, PROMISED, Run, measured, row


@pytest.mark.parametrize("case", ["nothing planted", "rings, virality"])
def test_a_small_run_is_measured_and_keeps_what_is_promised(case):
    run = measured(20_000, case, 101)
    assert run.seconds > 0
    assert run.broken() == []
    assert (run.recall is None) == (case == "nothing planted")


def test_a_promise_that_is_not_kept_is_named():
    assert Run(100_000, "nothing planted", 1, 1.0, None, None, 2).broken() != []
    assert Run(100_000, "and fans", 1, 1.0, 0.94, 0.99, 5).broken() != []
    assert Run(100_000, "and fans", 1, 1.0, 0.95, 0.85, 5).broken() == []
    assert Run(100_000, "and fans", 1, 1.0, None, 0.0, 0).broken() != []
    assert Run(1_000_000, "nothing planted", 1, 15.1, None, None, 0).broken() != []
    assert set(PROMISED) < set(CASES)


def test_what_cannot_be_said_is_a_dash():
    assert "–" in row(Run(100_000, "nothing planted", 1, 1.0, None, None, 0))
