"""Charts of talk: the same rows give the same picture, and every state has its own sign."""

from __future__ import annotations

import datetime as dt
import random

from rukun.brief import talk_charts
from rukun.brief.charts import svg

DAY = dt.date(2024, 12, 1)
WORDS = {"rise": "higher", "raised": "raised", "usual": "as usual", "unknown": "cannot be said"}


def beats() -> list[talk_charts.Beat]:
    states = ("unknown", "usual", "raised", "rise")
    return [
        talk_charts.Beat(DAY + dt.timedelta(days=n), 0.1 * n, 0.0, 0.4, 0.1, state)
        for n, state in enumerate(states)
    ]


def pulse_svg(some: list[talk_charts.Beat]) -> str:
    return svg(talk_charts.pulse(some, WORDS, ("share", "usual"), 0.5, DAY))


def test_each_state_of_the_pulse_has_a_shape_of_its_own():
    drawing = pulse_svg(beats())
    shapes = {s for s in WORDS.values() if f'aria-label="{s}"' in drawing or s in drawing}
    assert shapes == set(WORDS.values())
    assert "var(--chart-alert)" in drawing
    assert "style=" not in drawing


def test_a_day_without_a_share_has_no_mark():
    blank = talk_charts.Beat(DAY, None, None, None, None, "unknown")
    assert "cannot be said" not in pulse_svg([blank])


def test_a_ring_is_drawn_the_same_in_whatever_order_its_pairs_come():
    names = [f"akun-{letter * 10}" for letter in "ABCDEFGH"]
    edges = [(a, b, 3 + i, "strong") for i, a in enumerate(names) for b in names[i + 1 :]]
    mixed = random.Random(1).sample(names, len(names))
    shuffled = random.Random(2).sample(edges, len(edges))
    places = talk_charts._circle(names, edges)
    assert talk_charts._circle(mixed, shuffled) == places
    assert all(name in svg(talk_charts.ring(names, edges)) for name in names)


def test_names_of_a_large_ring_are_left_out():
    names = [f"akun-{n:010}" for n in range(talk_charts.NAMED + 1)]
    edges = [(names[0], b, 3, "look") for b in names[1:]]
    assert names[5] + "</text>" not in svg(talk_charts.ring(names, edges))


def test_hours_and_lags_are_drawn_from_nought():
    hours = [(dt.datetime(2024, 12, 1, h), h + 1) for h in range(4)]
    assert "posts" in svg(talk_charts.hours(hours, ("hour", "posts")))
    lags = [("at once", 0.2), ("1 hour", 1.0)]
    assert "1 hour" in svg(talk_charts.lags(lags, ("after", "share")))
