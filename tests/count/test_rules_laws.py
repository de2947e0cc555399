"""Laws of the rules, on any figures at all: order, repetition, hiding, and a plain second opinion."""

from __future__ import annotations

import math
from fractions import Fraction

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rukun.count.forms import figure_columns
from rukun.count.rules import check, checkability, explain

from .rule_tables import CONTESTS, FRAME, GOOD, A, good, row, table, tps

#: Small figures, so that identities hold and break about as often; some are not stated.
FIGURE = st.one_of(st.none(), st.integers(0, 4), st.integers(0, 1200))
STATED = sorted(GOOD)
FORM = st.fixed_dictionaries(dict.fromkeys(STATED, FIGURE))
NEAR = st.dictionaries(st.sampled_from(STATED), FIGURE, max_size=4).map(lambda d: GOOD | d)
ANY = st.one_of(FORM, NEAR)
CONTEST = st.sampled_from(["reg", "gov", "box"])
KEY = st.tuples(
    st.sampled_from([tps(A, 1), tps(A, 2), A, "510101"]),
    CONTEST,
    st.sampled_from(["official", "witness:1", "recap", "feed"]),
)
FORMS = st.dictionaries(KEY, NEAR, min_size=1, max_size=4).map(
    lambda chosen: [
        row(place, contest, source=source, **figures)
        | ({"kind": "d_hasil"} if source == "recap" else {})
        for (place, contest, source), figures in chosen.items()
    ]
)
FEW = settings(max_examples=40, deadline=None)
MANY = settings(max_examples=100, deadline=None)


def broken_by_hand(f, reserve_permille, limit):
    """H2–H9, H11 (without the boxes) and P1–P5 in plain Python, as a second opinion."""
    out = set()

    def differ(code, name, expected, *needs):
        if None not in (f[name], *needs) and f[name] != expected():
            out.add((code, name, expected()))

    def exceeds(code, name, bound, *needs):
        if None not in (f[name], *needs) and f[name] > bound():
            out.add((code, name, bound()))

    for code, what in (("H2", "registered"), ("H3", "voters")):
        for s in "lpj":
            three = [f[f"{what}_{k}_{s}"] for k in ("tetap", "pindahan", "tambahan")]
            differ(code, f"{what}_{s}", lambda t=three: sum(t), *three)
    spent = [f["ballots_used"], f["ballots_returned"], f["ballots_unused"]]
    differ("H4", "ballots_received", lambda: sum(spent), *spent)
    votes = [f["votes_1"], f["votes_2"]]
    differ("H5", "valid", lambda: sum(votes), *votes)
    both = [f["valid"], f["invalid"]]
    differ("H6", "cast", lambda: sum(both), *both)
    differ("H7", "ballots_used", lambda: f["cast"], f["cast"])
    differ("H8", "voters_j", lambda: f["cast"], f["cast"])
    for k in ("tetap", "pindahan", "tambahan"):
        for s in "lpj":
            listed = f[f"registered_{k}_{s}"]
            exceeds("H9", f"voters_{k}_{s}", lambda x=listed: x, listed)
    d = f["registered_tetap_j"]
    reserve = None if d is None else math.ceil(Fraction(d * reserve_permille, 1000))
    differ("P1", "ballots_received", lambda: d + reserve, d)
    exceeds("P2", "registered_tetap_j", lambda: limit)
    exceeds("P3", "cast", lambda: d + reserve, d)
    exceeds("P5", "ballots_returned", lambda: reserve, d)
    for k in ("tambahan", "pindahan"):
        listed = f[f"registered_{k}_j"]
        differ("P4", f"voters_{k}_j", lambda x=listed: x, listed)
    return out


BY_HAND = {"H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "P1", "P2", "P3", "P4", "P5"}


@MANY
@given(ANY)
def test_the_rules_say_what_plain_arithmetic_says(figures):
    found = check(table(row(**figures)), FRAME).filter(pl.col("code").is_in(sorted(BY_HAND)))
    seen = set(found.select("code", "field", "expected").iter_rows())
    assert seen == broken_by_hand(figures, 25, 600)


@MANY
@given(ANY, CONTEST)
def test_one_form_is_explained_as_the_table_finds_it(figures, contest):
    form = row(contest=contest, **figures)
    found = check(table(form), FRAME)
    told = [o for o in explain(form, CONTESTS[contest]) if o.status == "broken"]
    names = ["code", "severity", "field", "found", "expected"]
    assert sorted(map(str, found.select(names).rows())) == sorted(
        str(tuple(getattr(o, n) for n in names)) for o in told
    )


@MANY
@given(ANY)
def test_missing_figures_and_only_they_make_a_rule_not_checkable(figures):
    for o in explain(row(**figures), CONTESTS["reg"]):
        if o.code != "H12":
            assert (o.status == "not_checkable") == bool(o.missing)


@FEW
@given(FORMS, st.randoms(use_true_random=False))
def test_the_order_of_forms_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert check(table(*rows), FRAME).equals(check(table(*shuffled), FRAME))
    assert checkability(table(*rows), FRAME).equals(checkability(table(*shuffled), FRAME))


@FEW
@given(FORMS)
def test_checking_reads_and_does_not_write(rows):
    before = table(*rows)
    first = check(before, FRAME)
    assert before.equals(table(*rows))
    assert first.equals(check(before, FRAME))


@FEW
@given(FORMS)
def test_hard_findings_of_a_table_are_those_of_its_forms(rows):
    hard = pl.col("code").str.starts_with("H") | (pl.col("code") == "A2")
    whole = check(table(*rows), FRAME).filter(hard)
    each = pl.concat([check(table(r), FRAME).filter(hard) for r in rows])
    assert sorted(map(str, whole.rows())) == sorted(map(str, each.rows()))


@FEW
@given(FORMS, st.sampled_from(STATED))
def test_hiding_a_figure_never_makes_a_form_of_its_own_break(rows, name):
    hard = pl.col("code").str.starts_with("H")
    seen = check(table(*rows), FRAME).filter(hard)
    hidden = check(table(*(r | {name: None} for r in rows)), FRAME).filter(hard)
    assert set(map(str, hidden.rows())) <= set(map(str, seen.rows()))


@MANY
@given(st.sampled_from(STATED), st.integers(-900, 900).filter(bool))
def test_one_wrong_figure_of_a_full_form_never_passes_every_rule(name, error):
    wrong = GOOD[name] + error
    found = check(table(good(**{name: wrong})), FRAME)
    assert not found.is_empty()


@FEW
@given(FORMS)
def test_broken_and_checked_are_counted_of_the_same_rows(rows):
    counts = checkability(table(*rows), FRAME)
    assert counts.filter(pl.col("broken") > pl.col("checked")).is_empty()
    found = set(check(table(*rows), FRAME).get_column("code"))
    assert found == set(counts.filter(pl.col("broken") > 0).get_column("code"))


def test_figures_of_the_good_form_are_fields_of_the_table():
    assert set(GOOD) <= set(figure_columns(table(good())))
