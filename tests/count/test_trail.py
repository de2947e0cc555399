"""Where a vote moved between the station and the top."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rukun.count.trail import trail

from .small import TPS, forms, frame, station

FRAME = frame()
BELOW = {
    "A": ("A1", "A2"),
    "A1": ("A1a", "A1b"),
    "A2": ("A2c",),
    "A1a": TPS[:2],
    "A1b": TPS[2:3],
    "A2c": TPS[3:],
}


def chain(tps, printed=None, own=None):
    """Every figure of choice 1 up the chain; ``printed`` and ``own`` overrule what adds up."""
    printed, own = printed or {}, own or {}
    figures, rows = dict(zip(TPS, tps, strict=True)), []
    rows += [station(p, [v, 0]) for p, v in figures.items()]
    up = {p: printed.get(p, v) for p, v in figures.items()}
    for place in ("A1a", "A1b", "A2c", "A1", "A2", "A"):
        total = own.get(place, sum(up[c] for c in BELOW[place]))
        up[place] = printed.get(place, total)
        if len(place) < 3:
            rows.append(station(place, [total, 0], kind="d_hasil"))
    rows += [station(p, [v, 0], "recap", kind="d_hasil") for p, v in up.items() if p != "A"]
    return forms(*rows)


def moved(table):
    return table.filter(pl.col("moved") != 0).select("place", "step", "moved").rows()


def test_nothing_moves_where_everything_adds_up():
    steps = trail(chain([10, 20, 30, 40, 50]), FRAME, "reg", 1)
    assert moved(steps) == []
    assert steps.get_column("moved").null_count() == 0
    assert (
        steps.filter((pl.col("place") == "A") & (pl.col("step") == "sum")).item(0, "above") == 150
    )


def test_a_misread_station_column_is_named():
    assert moved(trail(chain([10, 20, 30, 40, 50], printed={"A1a2": 25}), FRAME, "reg", 1)) == [
        ("A1a2", "copy", 5)
    ]


def test_a_wrong_village_sum_is_named():
    assert moved(trail(chain([10, 20, 30, 40, 50], printed={"A1a": 40}), FRAME, "reg", 1)) == [
        ("A1a", "sum", 10)
    ]


def test_a_wrong_total_and_a_wrong_copy_are_told_apart():
    steps = trail(chain([10, 20, 30, 40, 50], own={"A2": 80}, printed={"A1": 61}), FRAME, "reg", 1)
    assert moved(steps) == [("A2", "sum", -10), ("A1", "copy", 1)]


def test_an_unknown_step_is_unknown_not_zero():
    rows = [station("A1a1", [10, 0]), station("A1a2", [5, 0], "recap", kind="d_hasil")]
    steps = trail(forms(*rows), FRAME, "reg", 1)
    assert steps.select("place", "below", "above", "moved").rows() == [("A1a2", None, 5, None)]


def test_sum_without_all_parts_is_unknown():
    rows = [station("A1a1", [10, 0]), station("A1", [30, 0], kind="d_hasil")]
    steps = trail(forms(*rows), FRAME, "reg", 1)
    assert steps.filter(pl.col("place") == "A1").item(0, "moved") is None


figures = st.integers(0, 600)


@given(
    st.lists(figures, min_size=5, max_size=5),
    st.dictionaries(st.sampled_from([*TPS, "A1a", "A1", "A2"]), figures),
    st.dictionaries(st.sampled_from(["A", "A1", "A2"]), figures),
)
def test_what_moved_is_the_difference_between_bottom_and_top(tps, printed, own):
    steps = trail(chain(tps, printed, own), FRAME, "reg", 1)
    top = steps.filter((pl.col("place") == "A") & (pl.col("step") == "sum")).item(0, "above")
    assert steps.get_column("moved").sum() == top - sum(tps)
