"""A desk's decisions become its own calibration, or it is said what is missing."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from rukun.talk.cases import ACTIONS, Case, Decision
from rukun.talk.recalibration import NEEDED, Decided, decided, missing, recalibrated
from rukun.talk.screen import Calibration
from rukun.talk.screen.calibrate import reliability

NOW = Calibration()


def decisions(number, slope=0.5, offset=1.0, seed=5):
    """Decisions of a desk whose own curve is not the shipped one."""
    chance = np.random.default_rng(seed)
    raws = chance.normal(0, 3, number)
    own = Calibration(slope, offset)
    return [Decided(float(r), bool(chance.random() < own(float(r)))) for r in raws]


def test_enough_decisions_give_the_desks_own_curve():
    found = recalibrated(decisions(2_000), NOW)
    assert found.missing.none and found.refused is None
    assert found.curve.slope == pytest.approx(0.5, abs=0.06)
    assert found.curve.offset == pytest.approx(1.0, abs=0.2)
    assert found.curve.decisions == 2_000


def test_the_table_shows_that_the_new_curve_says_what_comes_true():
    found = recalibrated(decisions(2_000), NOW)
    assert found.error_after < 0.04 < found.error_before
    assert sum(b.count for b in found.before) == sum(b.count for b in found.after) == 2_000


def test_after_is_judged_by_curves_that_did_not_see_the_decision():
    made = decisions(240)
    found = recalibrated(made, NOW)
    answers = [d.needed for d in made]
    own = reliability([found.curve(d.raw) for d in made], answers)
    assert list(found.after) != own
    # on what it was fitted to a curve is right on average; on what it did not see, only nearly
    mean = sum(b.said * b.count for b in found.after) / len(made)
    assert mean == pytest.approx(sum(answers) / len(made), abs=0.03)


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [
        (0, 0, (200, 10, 10)),
        (195, 4, (1, 0, 6)),
        (190, 10, (0, 0, 0)),
        (191, 9, (0, 0, 1)),
        (9, 300, (0, 1, 0)),
    ],
)
def test_it_says_how_many_are_missing(yes, no, expected):
    made = [Decided(i / 100, True) for i in range(yes)]
    made += [Decided(-i / 100, False) for i in range(no)]
    need = missing(made)
    assert (need.decisions, need.needed, need.not_needed) == expected
    found = recalibrated(made, NOW)
    assert (found.curve is not None) == need.none
    if found.refused:
        assert found.refused.code == "too-few-decisions"
        assert str(expected[0]) in found.refused.message_id
        assert found.after == () and found.error_after is None


def test_decisions_turned_round_are_refused_in_both_languages():
    turned = [Decided(d.raw, not d.needed) for d in decisions(400)]
    found = recalibrated(turned, NOW)
    assert found.curve is None and found.refused.code == "decisions-turned"
    assert all(found.refused.say("id")) and found.refused.say("id") != found.refused.say("en")


def case(action="answer", about="post", state="confirmed"):
    at = dt.datetime(2024, 11, 28, tzinfo=dt.UTC)
    decision = Decision(action, "why", "incite", "adi", at)
    return Case("k", about, "x:A", "incite", state, 3, None, decision, "budi")


@pytest.mark.parametrize("action", ACTIONS)
def test_all_but_no_action_needed_a_person(action):
    assert decided(case(action), 1.5) == Decided(1.5, action in NEEDED)
    assert (action in NEEDED) == (action != "no_action")


@pytest.mark.parametrize(
    "other",
    [case(about="narrative"), case(state="waiting_second"), case(state="returned")],
)
def test_what_is_not_decided_or_no_post_teaches_nothing(other):
    assert decided(other, 1.5) is None
