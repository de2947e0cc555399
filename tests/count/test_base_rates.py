"""The rules find on two real elections what plain counting finds, and what the methods expect."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rukun.count.rules import check

from . import base_rates
from .base_rates import DATA, NATIONAL, SIREKAP, SITUNG, rates_2019, rates_2024, situng

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(
        not (DATA / SITUNG).is_file() or not (DATA / SIREKAP).is_file(),
        reason=f"the shared election data are not at {DATA} (set RUKUN_DATA)",
    ),
]
LISTS = ("pengguna_dpt", "pengguna_dptb", "pengguna_non_dpt")


@pytest.fixture(scope="module")
def rates():
    return {(r.entry, r.what): r for r in (*rates_2019(), *rates_2024())}


@pytest.fixture(scope="module")
def old():
    return pl.read_parquet(DATA / SITUNG).to_dicts()


@pytest.fixture(scope="module")
def feed():
    return pl.read_parquet(DATA / SIREKAP).to_dicts()


def count(rows, test):
    """``(checked, broken)`` of a test that answers None where a figure is missing."""
    answers = [a for a in map(test, rows) if a is not None]
    return len(answers), sum(answers)


def apart(left, right):
    """Whether a sum differs from a figure; None where anything is missing."""
    return None if None in (*left, right) else sum(left) != right


def too_many(votes, listed):
    """P3 as the law words it: the list and two percent of it, each started ballot whole."""
    return None if None in (votes, listed) else votes > listed + -(-listed * 2 // 100)


def listed_2019(r):
    return None if r["dpt_l"] < 0 else r["dpt_l"] + r["dpt_p"]


def by_hand_2019(who):
    return {
        "H5": lambda r: apart([r[f"{who}_pas1"], r[f"{who}_pas2"]], r[f"{who}_sah"]),
        "H6": lambda r: apart([r[f"{who}_sah"], r[f"{who}_tsah"]], r[f"{who}_jum"]),
        "P3": lambda r: too_many(r[f"{who}_jum"], listed_2019(r)),
    }


def by_hand_2024():
    votes = ["paslon1", "paslon2", "paslon3"]
    tests = {
        "H5": lambda r: apart([r[v] for v in votes], r["suara_sah"]),
        "H6": lambda r: apart([r["suara_sah"], r["suara_tidak_sah"]], r["suara_total"]),
        "H8": lambda r: apart([r["pengguna_total_j"]], r["suara_total"]),
        "P3": lambda r: too_many(r["suara_total"], r["pemilih_dpt_j"]),
        "H9.voters_tetap_j": lambda r: (
            None
            if None in (r["pengguna_dpt_j"], r["pemilih_dpt_j"])
            else r["pengguna_dpt_j"] > r["pemilih_dpt_j"]
        ),
    }
    for s in "jlp":
        tests[f"H3.voters_{s}"] = lambda r, s=s: apart(
            [r[f"{x}_{s}"] for x in LISTS], r[f"pengguna_total_{s}"]
        )
    names = ("registered_tetap", "voters_tetap", "voters_pindahan", "voters_tambahan", "voters")
    for name, x in zip(names, ("pemilih_dpt", *LISTS, "pengguna_total"), strict=True):
        tests[f"H1.{name}_j"] = lambda r, x=x: apart([r[f"{x}_l"], r[f"{x}_p"]], r[f"{x}_j"])
    return tests


@pytest.mark.parametrize("code", ["H5", "H6", "P3"])
@pytest.mark.parametrize(("who", "entry"), [("kpu", "2019 election body"), ("kp", "2019 citizens")])
def test_2019_breaks_are_those_of_plain_counting(rates, old, who, entry, code):
    rate = rates[entry, code]
    assert (rate.checked, rate.broken) == count(old, by_hand_2019(who)[code])


@pytest.mark.parametrize("what", list(by_hand_2024()))
def test_february_2024_breaks_are_those_of_plain_counting(rates, feed, what):
    rate = rates["February 2024", what]
    assert (rate.checked, rate.broken) == count(feed, by_hand_2024()[what])


def test_two_entries_of_2019_differ_where_plain_counting_says(rates, old):
    def differs(r):
        theirs = (r["kp_pas1"], r["kp_pas2"])
        return None if None in theirs else theirs != (r["kpu_pas1"], r["kpu_pas2"])

    rate = rates["2019 both", "votes differ"]
    assert (rate.checked, rate.broken) == count(old, differs) == (12_339, 71)


def test_arithmetic_alone_misses_a_good_part_of_wrong_entries(rates):
    """National: 41.9 % of differing stations break a rule on the election body's side."""
    rate = rates["2019 both", "of these, H5 or H6 breaks"]
    assert (rate.checked, rate.broken) == (71, 41)


def test_eighteen_of_206_forms_of_jembrana_break_a_hard_rule_in_february_2024():
    """206 is the number of forms that state the total of votes (V.C); 205 state all figures."""
    (rate,) = [r for r in rates_2024("5101") if r.what == "any hard"]
    assert (rate.broken, rate.checked) == (18, 206)


def test_the_voter_list_of_jembrana_2019_is_the_published_one():
    forms, frame = situng()
    jembrana = frame.places.filter(pl.col("parent") == "JEMBRANA").get_column("code")
    villages = frame.places.filter(pl.col("parent").is_in(jembrana.implode())).get_column("code")
    own = forms.filter((pl.col("source") == "official") & pl.col("place").is_in(villages.implode()))
    assert (own.height, own.get_column("registered_tetap_j").sum()) == (876, 235_284)


def test_rates_of_2019_are_near_the_national_ones(rates):
    """Bali is one province of 34: within a factor of 2.2 of each national rate of 2019."""
    for (entry, what), national in NATIONAL.items():
        if entry.startswith("2019"):
            assert national / 2.2 <= rates[entry, what].percent <= national * 2.2, (entry, what)


def test_rates_of_february_2024_are_a_third_to_nine_tenths_of_eight_provinces(rates):
    """Bali's stations were entered better than the mean of the eight provinces, in every rule."""
    for (entry, what), national in NATIONAL.items():
        if entry == "February 2024":
            assert 0.3 * national <= rates[entry, what].percent <= 0.9 * national, what


def test_forms_without_ballot_accounting_are_not_judged_by_it():
    """No fetchable set states ballots received, returned or unused: H4, H7 and P1 stay silent."""
    found = check(*situng())
    assert not set(found.get_column("code")) & {"H4", "H7", "P1", "P5"}


def test_the_page_of_measurements_holds_these_figures():
    page = Path(__file__).parents[2] / "docs" / "measurements.md"
    assert base_rates.section() in page.read_text(encoding="utf-8")
