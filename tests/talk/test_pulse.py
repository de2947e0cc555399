"""The pulse: sums up the chain, baselines of earlier days, rises, and what stays unknown."""

from __future__ import annotations

import datetime as dt
from math import comb, exp, lgamma

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukun.errors import UserError
from rukun.tables import UTC_TIME
from rukun.talk import pulse_words as words
from rukun.talk.pulse import (
    ALL,
    DAILY,
    PULSE,
    READINGS,
    REASONS,
    STATES,
    Carrier,
    behind,
    daily,
    pulse,
    wilson,
)
from rukun.talk.pulse_rises import Settings, tail, weighed

FIRST = dt.date(2024, 11, 1)
TREE = pl.DataFrame(
    [
        ("5101", "regency", None),
        ("510101", "kecamatan", "5101"),
        ("510102", "kecamatan", "5101"),
        ("5101011001", "village", "510101"),
        ("5101011002", "village", "510101"),
        ("5101021001", "village", "510102"),
    ],
    schema=["code", "kind", "parent"],
    orient="row",
)
VILLAGE, OTHER = "5101011001", "5101021001"


def posts(day, number, hostile, place=VILLAGE, hour=4, **more):
    """``number`` posts of a day, the first ``hostile`` of them hostile, each by its own account."""
    at = dt.datetime.combine(FIRST + dt.timedelta(days=day), dt.time(hour), dt.UTC)
    rows = {
        "post_id": [f"{more.get('stream', '')}{place}-{day}-{i}" for i in range(number)],
        "posted_at": pl.Series([at] * number, dtype=UTC_TIME),
        "place": pl.Series([place] * number, dtype=pl.String),
        "label": ["hostile" if i < hostile else "none" for i in range(number)],
        "score": [1 - i / max(1, number) for i in range(number)],
        "account": [f"a{i}" for i in range(number)],
    }
    return pl.DataFrame(rows).with_columns(**{k: pl.lit(v) for k, v in more.items()})


def quiet(days=20, number=100, hostile=5, **more):
    """Days with nearly the same share, one post up, one down."""
    return pl.concat([posts(d, number, hostile + d % 3 - 1, **more) for d in range(days)])


def seen(readings, place=VILLAGE, rules=None):
    table = pulse(daily(readings, TREE, "WITA"), rules).filter(pl.col("place") == place)
    return table.sort("day").to_dicts()


def test_a_place_counts_with_all_places_below_it():
    both = pl.concat([posts(0, 10, 2), posts(0, 6, 1, "5101011002"), posts(0, 4, 4, OTHER)])
    nowhere = posts(0, 5, 5, None)
    table = pulse(daily(pl.concat([both, nowhere]), TREE, "WITA"))
    counts = {r["place"]: (r["posts"], r["hostile"]) for r in table.to_dicts()}
    assert counts == {
        VILLAGE: (10, 2),
        "5101011002": (6, 1),
        OTHER: (4, 4),
        "510101": (16, 3),
        "510102": (4, 4),
        "5101": (20, 7),
        ALL: (25, 12),
    }


def test_a_post_of_the_kecamatan_is_not_put_into_a_village():
    table = daily(posts(0, 3, 1, "510101"), TREE, "WITA")
    assert set(table["place"]) == {"510101", "5101", ALL}


def test_only_hostile_threat_and_incite_are_hostile():
    labels = ["none", "claim", "help", "hostile", "threat", "incite"]
    table = posts(0, 6, 0).with_columns(label=pl.Series(labels))
    assert daily(table, TREE, "WITA")["hostile"].to_list() == [3, 3, 3, 3]


@pytest.mark.parametrize(("zone", "day"), [("WIB", 0), ("WITA", 1), ("WIT", 1)])
def test_the_day_is_the_local_one(zone, day):
    table = daily(posts(0, 1, 0, hour=16), TREE, zone)
    assert set(table["day"]) == {FIRST + dt.timedelta(days=day)}


def test_a_rise_is_seen_on_its_day_with_all_above_it():
    table = pl.concat([quiet(), posts(20, 100, 40)])
    for place in (VILLAGE, "510101", "5101", ALL):
        rows = seen(table, place)
        assert [r["state"] for r in rows[-2:]] == ["usual", "rise"]
        assert rows[-1]["since"] == rows[-1]["day"]
        assert rows[-1]["chance"] < 0.001 and rows[-1]["baseline"] == pytest.approx(0.05, abs=0.01)


def test_the_day_itself_is_no_part_of_its_baseline():
    calm = seen(pl.concat([quiet(), posts(20, 100, 5)]))[-1]
    wild = seen(pl.concat([quiet(), posts(20, 100, 100)]))[-1]
    assert calm["baseline"] == wild["baseline"] and calm["days"] == wild["days"]


def test_later_days_change_nothing_that_was_said():
    before = seen(quiet(20))
    after = seen(pl.concat([quiet(20), posts(20, 100, 90), posts(21, 400, 1)]))
    assert after[:20] == before


def test_one_wild_day_in_the_past_does_not_hide_a_rise():
    wild = pl.concat([posts(d, 100, 90 if d == 9 else 4 + d % 3) for d in range(24)])
    rows = seen(pl.concat([wild, posts(24, 100, 45)]))
    assert rows[-1]["baseline"] < 0.08
    assert rows[-1]["state"] == "rise"


def test_a_rise_that_goes_on_keeps_its_first_day():
    table = pl.concat([quiet(), *(posts(d, 100, 40) for d in (20, 21))])
    rows = seen(table)
    assert [r["state"] for r in rows[-2:]] == ["rise", "rise"]
    assert rows[-1]["since"] == rows[-2]["day"] == FIRST + dt.timedelta(days=20)


def test_missing_days_are_unknown_and_not_nought():
    rows = seen(quiet(20).filter(pl.col("posted_at").dt.day() != 12))
    gap = rows[11]
    assert (gap["state"], gap["reason"]) == ("unknown", "no_posts")
    assert gap["posts"] is None and gap["share"] is None and gap["volume"] is None
    assert rows[-1]["days"] == 16


def test_a_place_without_posts_on_a_covered_day_has_none_but_no_share():
    table = pl.concat([quiet(10), posts(10, 50, 2, OTHER)])
    row = seen(table)[-1]
    assert (row["posts"], row["share"], row["reason"]) == (0, None, "no_posts")


def test_few_posts_and_a_short_history_are_unknown_whatever_they_say():
    few = seen(pl.concat([quiet(), posts(20, 9, 9)]))[-1]
    short = seen(pl.concat([quiet(8), posts(8, 100, 100)]))[-1]
    assert (few["state"], few["reason"]) == ("unknown", "few_posts")
    assert (short["state"], short["reason"]) == ("unknown", "short_history")
    assert short["chance"] is None and short["baseline"] is None
    enough = seen(pl.concat([quiet(9), posts(9, 100, 100)]))[-1]
    assert enough["state"] == "rise"


def test_more_posts_of_the_same_mood_are_no_rise():
    row = seen(pl.concat([quiet(), posts(20, 2_000, 100)]))[-1]
    assert row["state"] == "usual"
    assert row["volume"] == pytest.approx(20)


def test_a_new_file_can_neither_raise_nor_hide():
    old = quiet(stream="x")
    angry = posts(20, 60, 60, stream="comments")
    row = seen(pl.concat([old, posts(20, 100, 5, stream="x"), angry]))[-1]
    assert row["posts"] == 160 and row["state"] == "usual"
    assert row["volume"] == pytest.approx(1)
    calm = posts(20, 60, 0, stream="comments")
    assert seen(pl.concat([old, posts(20, 100, 40, stream="x"), calm]))[-1]["state"] == "rise"


def test_where_a_new_file_brings_most_posts_nothing_is_said():
    flood = posts(20, 900, 500, stream="new")
    row = seen(pl.concat([quiet(stream="x"), posts(20, 100, 5, stream="x"), flood]))[-1]
    assert (row["state"], row["reason"], row["chance"]) == ("unknown", "coverage", None)


def test_one_loud_account_is_one_voice():
    many = seen(pl.concat([quiet(), posts(20, 60, 40)]))[-1]
    loud = posts(20, 60, 40).with_columns(
        account=pl.when(pl.col("label") == "hostile").then(pl.lit("loud")).otherwise("account")
    )
    one = seen(pl.concat([quiet(), loud]))[-1]
    assert many["state"] == "rise" and one["state"] != "rise"
    assert one["voices"] < many["voices"] == 60
    assert one["high"] - one["low"] > many["high"] - many["low"]


def test_posts_without_account_count_each():
    table = posts(0, 30, 3).with_columns(account=pl.lit(None, pl.String))
    assert seen(table)[-1]["voices"] == 30


def test_posts_without_a_time_are_left_out():
    table = posts(0, 4, 1).with_columns(posted_at=pl.lit(None, UTC_TIME))
    assert daily(table, TREE, "WITA").is_empty()
    assert pulse(daily(table, TREE, "WITA")).columns == [c.name for c in PULSE]


def test_fewer_false_alarms_need_a_clearer_rise():
    table = pl.concat([quiet(), posts(20, 100, 18)])
    assert seen(table, rules=Settings(alarms=0.5))[-1]["state"] == "rise"
    assert seen(table, rules=Settings(alarms=1e-9))[-1]["state"] == "raised"


def test_a_share_far_above_the_usual_is_not_called_usual_where_it_raises_no_alarm():
    strict = Settings(alarms=1e-9)
    row = seen(pl.concat([quiet(), posts(20, 100, 18)]), rules=strict)[-1]
    assert row["low"] > row["baseline"]
    assert (row["state"], row["reason"], row["since"]) == ("raised", None, None)
    near = seen(pl.concat([quiet(), posts(20, 100, 8)]), rules=strict)[-1]
    assert near["low"] < near["baseline"] < near["share"]
    assert near["state"] == "usual"
    calm = seen(pl.concat([quiet(), posts(20, 100, 0)]), rules=strict)[-1]
    assert calm["state"] == "usual"


def test_a_new_file_does_not_make_a_day_raised():
    strict = Settings(alarms=1e-9)
    angry = posts(20, 60, 60, stream="comments")
    row = seen(pl.concat([quiet(stream="x"), posts(20, 100, 5, stream="x"), angry]), rules=strict)[
        -1
    ]
    assert row["low"] > row["baseline"]
    assert row["state"] == "usual"


def test_a_table_that_is_not_what_it_should_be_is_named():
    with pytest.raises(UserError) as caught:
        daily(posts(0, 2, 1).drop("label"), TREE, "WITA")
    assert "label" in caught.value.message


def test_columns_and_words_are_as_declared():
    counts = daily(quiet(), TREE, "WITA")
    table = pulse(counts)
    assert counts.columns == [c.name for c in DAILY]
    assert dict(table.schema) == {c.name: c.dtype for c in PULSE}
    assert set(table["state"]) <= set(STATES)
    assert set(table["reason"].drop_nulls()) <= set(REASONS)
    assert table.filter(pl.any_horizontal(pl.col(pl.Float64).is_nan())).is_empty()
    assert {c.name for c in READINGS if not c.nullable} == {"post_id", "label", "score"}


def test_behind_a_rise_stand_its_posts_and_what_grew():
    before = pl.concat([posts(d, 10, 1, narrative="old") for d in range(10)])
    new = posts(10, 8, 6).with_columns(
        narrative=pl.Series(["new", "old", "new", "new", None, "new", None, None])
    )
    rises = pl.DataFrame({"place": ["510101"], "day": [FIRST + dt.timedelta(days=10)]})
    found = behind(pl.concat([before, new]), TREE, "WITA", rises, most=3)[0]
    assert found.posts == tuple(f"{VILLAGE}-10-{i}" for i in range(3))
    assert found.narratives == (Carrier("new", 4, 0.0),)
    elsewhere = behind(new, TREE, "WITA", rises.with_columns(place=pl.lit("510102")))[0]
    assert elsewhere.posts == ()


# --- the numbers ---------------------------------------------------------------------------------


def test_wilson_by_hand():
    low, high = wilson(np.array([0.1]), np.array([100.0]), z=1.96)
    centre, half = (0.1 + 1.96**2 / 200) / (1 + 1.96**2 / 100), None
    half = 1.96 / (1 + 1.96**2 / 100) * (0.09 / 100 + 1.96**2 / 40_000) ** 0.5
    assert (low[0], high[0]) == pytest.approx((centre - half, centre + half), abs=1e-12)
    assert (low[0], high[0]) == pytest.approx((0.0552, 0.1744), abs=1e-4)


def test_voices_by_hand():
    # ten posts: one account six, four accounts one each: Σ m² = 40, mean 4
    n, squares = np.array([10.0]), np.array([40.0])
    assert weighed(n, squares, 0.0)[0] == 10
    assert weighed(n, squares, 1.0)[0] == pytest.approx(2.5)
    assert weighed(n, squares, 0.5)[0] == pytest.approx(4.0)


def _beta(a, b):
    return lgamma(a) + lgamma(b) - lgamma(a + b)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.floats(0.01, 0.9), st.floats(0.001, 0.5), st.data())
def test_the_tail_is_that_of_the_beta_binomial(n, p, rho, data):
    k = data.draw(st.integers(0, n))
    a, b = p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho
    terms = [comb(n, i) * exp(_beta(i + a, n - i + b) - _beta(a, b)) for i in range(k, n + 1)]
    assert tail(k / n, n, p, rho) == pytest.approx(min(1, sum(terms)), rel=1e-6, abs=1e-12)


def test_the_tail_nears_the_binomial_without_overdispersion():
    exact = sum(comb(20, i) * 0.1**i * 0.9 ** (20 - i) for i in range(5, 21))
    assert tail(0.25, 20, 0.1, 1e-7) == pytest.approx(exact, rel=1e-4)


def test_a_huge_day_has_a_chance_too():
    assert 0 < tail(0.06, 1e7, 0.05, 0.001) < 1
    assert tail(1.0, 5e4, 0.01, 1e-4) == pytest.approx(0, abs=1e-300)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_order_of_rows_and_names_of_accounts_change_nothing(seed):
    table = pl.concat([quiet(12), posts(12, 50, 9), posts(12, 30, 2, OTHER)])
    other = table.sample(fraction=1, shuffle=True, seed=seed).with_columns(
        account="z" + pl.col("account")
    )
    assert pulse(daily(other, TREE, "WITA")).equals(pulse(daily(table, TREE, "WITA")))


def test_everything_that_is_said_is_said_in_both_languages():
    assert list(words.STATE_WORDS) == list(STATES) and list(words.REASON_WORDS) == list(REASONS)
    assert list(words.MEASURE_WORDS) == list(words.MEASURE_HELP)
    tables = (words.STATE_WORDS, words.REASON_WORDS, words.NOTICES, words.MEASURE_WORDS)
    for table in (*tables, words.MEASURE_HELP):
        assert all(set(w) == {"id", "en"} and all(w.values()) for w in table.values())
