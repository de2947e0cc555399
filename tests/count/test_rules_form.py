"""H1–H12 and P1–P6: boundary cases of the rules of one form, written from the paper's labels."""

from __future__ import annotations

import polars as pl
import pytest

from rukun.count.forms import FIELD_NAMES
from rukun.count.rules import check, checkability, explain

from .rule_tables import A1, CONTESTS, FRAME, GOOD, Case, good, row, table, told


def one(code, name, changes, *findings):
    return Case(code, name, [good(**changes)], list(findings))


def only(code, name, figures, *findings, contest="reg"):
    """A form that states nothing but ``figures``."""
    return Case(code, name, [row(A1, contest, **figures)], list(findings))


def people(what, men, women, everyone):
    return {f"{what}_l": men, f"{what}_p": women, f"{what}_j": everyone}


H1 = [
    one("H1", "holds", {}),
    *(
        case
        for x in (
            "registered_tetap", "registered_pindahan", "registered_tambahan", "registered",
            "voters_tetap", "voters_pindahan", "voters_tambahan", "voters",
        )
        for case in (
            only("H1", f"{x}-equal", people(x, 2, 3, 5)),
            only("H1", f"{x}-one-over", people(x, 2, 3, 6), (f"{x}_j", 5, 6, 1)),
            only("H1", f"{x}-two-under", people(x, 2, 3, 3), (f"{x}_j", 5, 3, 2)),
            only("H1", f"{x}-men-not-stated", people(x, None, 3, 6)),
            only("H1", f"{x}-total-not-stated", people(x, 2, 3, None)),
        )
    ),
    only("H1", "disability-touches-no-vote", people("disabled_voters", 1, 1, 3),
         ("disabled_voters_j", 2, 3, None)),
    only("H1", "disability-registered", people("disabled_registered", 1, 1, 1),
         ("disabled_registered_j", 2, 1, None)),
    only("H1", "zero-is-a-figure", people("voters_tambahan", 0, 0, 1),
         ("voters_tambahan_j", 0, 1, 1)),
]  # fmt: skip


def lists(what, sex, d, p, t, n):
    names = ("tetap_", "pindahan_", "tambahan_", "")
    return {f"{what}_{k}{sex}": v for k, v in zip(names, (d, p, t, n), strict=True)}


H2_H3 = [
    case
    for code, what in (("H2", "registered"), ("H3", "voters"))
    for s in "lpj"
    for case in (
        only(code, f"{s}-equal", lists(what, s, 100, 2, 3, 105)),
        only(code, f"{s}-one-over", lists(what, s, 100, 2, 3, 106), (f"{what}_{s}", 105, 106, 1)),
        only(code, f"{s}-ten-under", lists(what, s, 100, 2, 3, 95), (f"{what}_{s}", 105, 95, 10)),
        only(code, f"{s}-moved-not-stated", lists(what, s, 100, None, 3, 106)),
        only(code, f"{s}-sum-not-stated", lists(what, s, 100, 2, 3, None)),
    )
]

H4_H8 = [
    one("H4", "received-is-used-returned-unused", {}),
    one("H4", "one-ballot-too-many", {"ballots_received": 515}, ("ballots_received", 514, 515, 1)),
    one("H4", "unused-typed-wrong", {"ballots_unused": 165}, ("ballots_received", 544, 514, 30)),
    one("H4", "returned-not-stated", {"ballots_returned": None, "ballots_unused": 1}),
    one("H4", "none-returned-is-zero", {"ballots_returned": 0}, ("ballots_received", 512, 514, 2)),
    one("H5", "votes-make-valid", {}),
    one("H5", "digit-substituted", {"votes_1": 260}, ("valid", 430, 370, 60)),
    one("H5", "valid-one-less", {"valid": 369}, ("valid", 370, 369, 1)),
    one("H5", "digits-swapped", {"votes_2": 107}, ("valid", 307, 370, 63)),
    one("H5", "a-missing-vote-is-not-zero", {"votes_2": None}),
    one("H5", "valid-not-stated", {"valid": None, "votes_1": 999}),
    only("H5", "three-choices-equal", {"votes_1": 1, "votes_2": 2, "votes_3": 3, "valid": 6}, contest="pres"),
    only("H5", "three-choices-off", {"votes_1": 1, "votes_2": 2, "votes_3": 3, "valid": 7}, ("valid", 6, 7, 1),
         contest="pres"),
    only("H5", "three-choices-third-not-stated", {"votes_1": 1, "votes_2": 2, "valid": 7}, contest="pres"),
    only("H5", "only-the-choices-on-the-ballot", {"votes_1": 1, "votes_2": 2, "votes_3": 9, "valid": 3}),
    only("H5", "empty-box-is-a-choice", {"votes_1": 100, "votes_2": 120, "valid": 220}, contest="box"),
    only("H5", "empty-box-left-out", {"votes_1": 100, "votes_2": 120, "valid": 100}, ("valid", 220, 100, 120),
         contest="box"),
    one("H6", "valid-and-invalid-make-all", {}),
    one("H6", "invalid-typed-wrong", {"invalid": 10}, ("cast", 380, 377, 3)),
    one("H6", "sum-one-over", {"cast": 378}, ("cast", 377, 378, 1)),
    one("H6", "invalid-not-stated", {"invalid": None, "cast": 900}),
    one("H7", "used-equal-counted", {}),
    one("H7", "one-used-too-few", {"ballots_used": 376}, ("ballots_used", 377, 376, 1)),
    one("H7", "one-used-too-many", {"ballots_used": 378}, ("ballots_used", 377, 378, 1)),
    one("H7", "used-not-stated", {"ballots_used": None}),
    one("H7", "counted-not-stated", {"ballots_used": 1, "cast": None}),
    one("H8", "voted-equal-counted", {}),
    one("H8", "melayu-437-for-440", {"voters_j": 437, "cast": 440}, ("voters_j", 440, 437, 3)),
    one("H8", "one-more-voted", {"voters_j": 378}, ("voters_j", 377, 378, 1)),
    one("H8", "voters-not-stated", {"voters_j": None}),
    one("H8", "men-and-women-alone-do-not-decide", {"voters_j": None, "voters_l": 1}),
]  # fmt: skip

H9_H11 = [
    one("H9", "as-many-as-listed", {"voters_tetap_j": 501}),
    *(
        case
        for k in ("tetap", "pindahan", "tambahan")
        for s in "lpj"
        for v, d in ((f"voters_{k}_{s}", f"registered_{k}_{s}"),)
        for case in (
            only("H9", f"{k}-{s}-equal", {v: 7, d: 7}),
            only("H9", f"{k}-{s}-one-more", {v: 8, d: 7}, (v, 7, 8, 1)),
            only("H9", f"{k}-{s}-list-not-stated", {v: 8}),
        )
    ),
    one("H10", "holds", {}),
    only("H10", "as-many-as-both", {"disabled_registered_j": 5, "disabled_voters_j": 5, "voters_j": 5}),
    only("H10", "more-than-registered",
         {"disabled_registered_j": 5, "disabled_voters_j": 6, "voters_j": 300},
         ("disabled_voters_j", 5, 6, None)),
    only("H10", "more-than-voted", {"disabled_registered_l": 9, "disabled_voters_l": 4, "voters_l": 3},
         ("disabled_voters_l", 3, 4, None)),
    only("H10", "women", {"disabled_registered_p": 1, "disabled_voters_p": 2, "voters_p": 3},
         ("disabled_voters_p", 1, 2, None)),
    only("H10", "registered-not-stated", {"disabled_voters_j": 6, "voters_j": 3}),
    only("H10", "voters-not-stated", {"disabled_registered_j": 5, "disabled_voters_j": 6}),
    one("H11", "holds", {}),
    only("H11", "all-ballots-used", {"voters_j": 514, "ballots_received": 514}),
    only("H11", "more-voted-than-ballots", {"voters_j": 515, "ballots_received": 514},
         ("voters_j", 514, 515, 1)),
    only("H11", "all-invalid", {"invalid": 9, "cast": 9}),
    only("H11", "more-invalid-than-cast", {"invalid": 10, "cast": 9}, ("invalid", 9, 10, 1)),
    only("H11", "choice-has-all", {"votes_2": 30, "valid": 30}),
    only("H11", "choice-above-valid", {"votes_2": 31, "valid": 30}, ("votes_2", 30, 31, 1)),
    only("H11", "third-choice", {"votes_3": 31, "valid": 30}, ("votes_3", 30, 31, 1), contest="pres"),
    only("H11", "third-choice-not-on-the-ballot", {"votes_3": 31, "valid": 30}),
    only("H11", "three-boxes-hold-999", {"registered_j": 999}),
    only("H11", "three-boxes-do-not-hold-1000", {"registered_j": 1000},
         ("registered_j", 999, 1000, None)),
    only("H11", "zero-is-allowed", {"invalid": 0}),
    only("H11", "below-zero", {"invalid": -1}, ("invalid", 0, -1, None)),
    only("H11", "votes-below-zero", {"votes_1": -1}, ("votes_1", 0, -1, None)),
    only("H11", "whole-not-stated", {"voters_j": 900, "invalid": 800, "votes_1": 700}),
    one("H12", "never-judged", {}),
    only("H12", "never-judged-without-figures", {}),
]  # fmt: skip


def listed(d, contest="reg", **more):
    return {"registered_tetap_j": d, **more}


P1_P5 = [
    *(
        only("P1", f"{d}-and-{r - d}", listed(d, ballots_received=r))
        for d, r in ((0, 0), (1, 2), (40, 41), (41, 43), (526, 540), (600, 615))
    ),
    only("P1", "rounded-down", listed(526, ballots_received=539), ("ballots_received", 540, 539, 1)),
    only("P1", "one-over", listed(40, ballots_received=42), ("ballots_received", 41, 42, 1)),
    only("P1", "general-election-two-percent", listed(300, ballots_received=306), contest="pres"),
    only("P1", "general-election-not-2.5", listed(300, ballots_received=308),
         ("ballots_received", 306, 308, 2), contest="pres"),
    only("P1", "list-not-stated", {"ballots_received": 308}),
    only("P1", "received-not-stated", listed(308)),
    only("P2", "600", listed(600)),
    only("P2", "601", listed(601), ("registered_tetap_j", 600, 601, None)),
    only("P2", "general-election-300", listed(300), contest="pres"),
    only("P2", "general-election-301", listed(301), ("registered_tetap_j", 300, 301, None),
         contest="pres"),
    only("P2", "not-stated", {}),
    only("P3", "every-ballot", listed(501, cast=514)),
    only("P3", "one-above", listed(501, cast=515), ("cast", 514, 515, 1)),
    only("P3", "general-election", listed(300, cast=307), ("cast", 306, 307, 1), contest="pres"),
    only("P3", "list-not-stated", {"cast": 900}),
    one("P4", "as-many-as-listed", {}),
    one("P4", "added-differ", {"voters_tambahan_j": 3}, ("voters_tambahan_j", 4, 3, 1)),
    one("P4", "moved-differ", {"registered_pindahan_j": 5}, ("voters_pindahan_j", 5, 3, 2)),
    only("P4", "list-not-stated", {"voters_tambahan_j": 3, "voters_pindahan_j": 1}),
    only("P5", "the-whole-reserve", listed(501, ballots_returned=13)),
    only("P5", "one-above-the-reserve", listed(501, ballots_returned=14),
         ("ballots_returned", 13, 14, 1)),
    only("P5", "list-not-stated", {"ballots_returned": 99}),
]  # fmt: skip

P6 = [
    one("P6", "usual", {}),
    only("P6", "invalid-one-in-ten", {"invalid": 30, "cast": 300}),
    only("P6", "invalid-above-one-in-ten", {"invalid": 31, "cast": 300}, ("invalid", 30, 31, None)),
    only("P6", "invalid-rounding", {"invalid": 31, "cast": 309}, ("invalid", 30, 31, None)),
    only("P6", "invalid-of-not-stated", {"invalid": 300}),
    only("P6", "choice-with-all", {"votes_1": 0, "votes_2": 80, "valid": 80}, ("votes_2", None, 80, None)),
    only("P6", "choice-with-all-but-one", {"votes_1": 1, "votes_2": 80, "valid": 81}),
    only("P6", "others-not-stated", {"votes_2": 80, "valid": 80}),
    only("P6", "empty-box-with-all", {"votes_1": 0, "votes_2": 8, "valid": 8}, ("votes_2", None, 8, None),
         contest="box"),
    only("P6", "third-choice-with-all", {"votes_1": 0, "votes_2": 0, "votes_3": 8, "valid": 8},
         ("votes_3", None, 8, None), contest="pres"),
    only("P6", "all-zero", {"votes_1": 0, "votes_2": 0, "valid": 0}, ("valid", None, 0, None)),
    only("P6", "zero-with-a-vote-not-stated", {"votes_1": 0, "valid": 0}),
    only("P6", "votes-equal-the-list", listed(300, cast=300), ("cast", None, 300, None)),
    only("P6", "votes-one-under-the-list", listed(300, cast=299)),
    only("P6", "nobody-on-the-list", listed(0, cast=0)),
]  # fmt: skip

CASES = [*H1, *H2_H3, *H4_H8, *H9_H11, *P1_P5, *P6]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_rule(case):
    assert told(case) == sorted(case.findings, key=str)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_one_form_explained_says_the_same_as_the_table(case):
    (form,) = case.rows
    outcomes = explain(form, CONTESTS[form["contest"]])
    broken = [o for o in outcomes if o.status == "broken" and o.code == case.code]
    assert sorted(((o.field, o.expected, o.found) for o in broken), key=str) == sorted(
        (f[:3] for f in case.findings), key=str
    )


def test_the_good_form_breaks_nothing():
    assert check(table(good()), FRAME).is_empty()


def test_every_rule_of_the_good_form_is_judged_except_the_tally_rows():
    outcomes = explain(good(), CONTESTS["reg"])
    assert {o.code for o in outcomes if o.status != "passed"} == {"H12"}
    single = {f"H{i}" for i in range(1, 13)} | {f"P{i}" for i in range(1, 7)}
    assert {o.code for o in outcomes} == single


#: Which figure each rule cannot be judged without, read from the formulas by hand.
NEEDED = {
    "H4": ["ballots_received", "ballots_used", "ballots_returned", "ballots_unused"],
    "H5": ["votes_1", "votes_2", "valid"],
    "H6": ["valid", "invalid", "cast"],
    "H7": ["ballots_used", "cast"],
    "H8": ["voters_j", "cast"],
    "P1": ["ballots_received", "registered_tetap_j"],
    "P2": ["registered_tetap_j"],
    "P3": ["cast", "registered_tetap_j"],
    "P5": ["ballots_returned", "registered_tetap_j"],
}


@pytest.mark.parametrize(
    ("code", "missing"), [(c, f) for c, fields in NEEDED.items() for f in fields]
)
def test_without_a_figure_it_needs_a_rule_is_not_checkable(code, missing):
    form = good(**{missing: None})
    (outcome,) = [o for o in explain(form, CONTESTS["reg"]) if o.code == code]
    assert (outcome.status, outcome.missing) == ("not_checkable", (missing,))
    counts = checkability(table(form), FRAME).filter(pl.col("code") == code)
    assert counts.row(0) == (code, 0, 0, 1)


@pytest.mark.parametrize(("code", "missing"), [(c, f) for c, fs in NEEDED.items() for f in fs])
def test_a_rule_reads_no_figure_but_its_own(code, missing):
    own = {f: GOOD[f] for f in NEEDED[code]}
    (outcome,) = [o for o in explain(row(**own), CONTESTS["reg"]) if o.code == code]
    assert outcome.status == "passed"


def test_an_empty_form_passes_nothing():
    empty = row(**dict.fromkeys(FIELD_NAMES))
    assert {o.status for o in explain(empty, CONTESTS["reg"])} == {"not_checkable"}


def test_hard_rules_look_at_replaced_forms_and_plausibility_does_not():
    first = good(valid=369, ballots_received=515)
    again = good(kind="c_hasil_psu")
    found = check(table(first, again), FRAME)
    assert found.select("code", "kind").rows() == [
        ("H4", "c_hasil"),
        ("H5", "c_hasil"),
        ("H6", "c_hasil"),
    ]


def test_another_sources_revote_replaces_nothing():
    found = check(
        table(good(ballots_received=515), good(kind="c_hasil_psu", source="witness:1")), FRAME
    )
    assert "P1" in found.get_column("code").to_list()
