"""Versions: what is new, what is known, what stands, and what a feed did in time."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukun.contests import Choice, Contest
from rukun.count.findings import FINDINGS
from rukun.count.forms import form_columns
from rukun.count.readers import read_forms
from rukun.count.rules import describe
from rukun.count.versions import content_hash, feed_faults, hold_faulty, in_force, merge
from rukun.frame import Frame
from rukun.places import check_places
from rukun.tables import empty
from tests.count.small import forms, frame, station

DATA = Path(os.environ.get("RUKUN_DATA", Path(__file__).parents[3] / "shared" / "data")) / "sirekap"
shared = pytest.mark.skipif(not DATA.is_dir(), reason=f"there is no election data in {DATA}")
NOTHING = empty(form_columns(2))


def at(hour):
    return dt.datetime(2024, 11, 28, hour, tzinfo=dt.UTC)


def entered(hour, votes=(1, 2), place="A1a1", **more):
    moment = None if hour is None else at(hour)
    return station(place, list(votes), entered_at=moment, **more)


def stored(*rows):
    return merge(NOTHING, forms(*rows)).new


def snapshot(hour, votes=(10, 20), stations=5, **more):
    row = {"place": "A", "source": "feed", "kind": "d_hasil", "votes": list(votes)}
    return row | {"entered_at": at(hour), "tps_in": stations} | more


def faults(*rows):
    return feed_faults(merge(NOTHING, forms(*rows)).new, frame())


def said(found):
    return list(found.select("code", "version", "field", "expected", "found").iter_rows())


def test_a_form_seen_for_the_first_time_is_version_one():
    result = merge(NOTHING, forms(entered(1, version=7), entered(1, place="A1a2")))
    assert result.new.get_column("version").to_list() == [1, 1]
    assert result.unchanged.is_empty() and result.problems == []


def test_the_same_figures_again_are_unchanged():
    again = merge(stored(entered(1)), forms(entered(2), entered(None)))
    assert again.new.is_empty() and again.unchanged.height == 2 and again.problems == []


def test_other_figures_are_the_next_version():
    result = merge(stored(entered(1)), forms(entered(2, (1, 3))))
    assert result.new.select("version", "votes_2").row(0) == (2, 3)


def test_several_statements_of_one_form_are_put_in_order_of_time():
    new = stored(entered(3, (3, 3)), entered(1, (1, 1)), entered(2, (2, 2)))
    assert dict(new.select("votes_1", "version").iter_rows()) == {1: 1, 2: 2, 3: 3}


def test_without_times_the_order_of_the_file_holds():
    new = stored(entered(None, (5, 5)), entered(None, (4, 4)))
    assert new.select("votes_1", "version").rows() == [(5, 1), (4, 2)]


def test_a_replaced_version_again_is_a_problem_and_kept_out():
    before = stored(entered(1, (1, 1)), entered(2, (2, 2)))
    result = merge(before, forms(entered(1, (1, 1), origin_row=9)), "old.csv")
    problem = result.problems[0]
    assert result.new.is_empty() and result.unchanged.is_empty()
    assert (problem.code, problem.file, problem.row) == ("version-older", "old.csv", 9)
    assert "version 1" in problem.why and "entered_at later" in problem.hint


def test_a_replaced_version_without_a_time_is_kept_out_too():
    before = stored(entered(None, (1, 1)), entered(None, (2, 2)))
    assert merge(before, forms(entered(None, (1, 1)))).problems[0].code == "version-older"


def test_a_return_to_earlier_figures_holds_where_it_says_it_is_later():
    before = stored(entered(1, (1, 1)), entered(2, (2, 2)))
    assert merge(before, forms(entered(3, (1, 1)))).new.item(0, "version") == 3


def test_a_statement_from_before_the_newest_is_kept_out():
    result = merge(stored(entered(5)), forms(entered(4, (8, 8)), entered(4, place="A1a2")))
    assert result.new.get_column("place").to_list() == ["A1a2"]
    assert result.problems[0].code == "version-late"
    assert "04:00" in result.problems[0].why and "05:00" in result.problems[0].why


def test_each_source_and_kind_has_versions_of_its_own():
    rows = [entered(1), entered(1, (5, 5), source="witness:1"), entered(1, kind="c_hasil_psu")]
    assert stored(*rows).get_column("version").to_list() == [1, 1, 1]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.none() | st.integers(1, 9)), min_size=1, max_size=8)
)
def test_merging_accounts_for_every_row_and_twice_adds_nothing_new(rows):
    incoming = forms(*(entered(hour, (votes, votes)) for votes, hour in rows))
    first = merge(NOTHING, incoming)
    assert first.new.height + first.unchanged.height + len(first.problems) == incoming.height
    numbers = first.new.get_column("version").sort().to_list()
    assert numbers == list(range(1, len(numbers) + 1))
    newest = in_force(first.new)
    again = merge(first.new, newest)
    assert (again.new.height, again.unchanged.height) == (0, 1)


def test_the_hash_of_a_form_looks_at_figures_only():
    one = forms(entered(1, (1, 2), source="witness:1"))
    two = forms(entered(9, (1, 2), place="A1b1", cited="x"))
    assert content_hash(one).to_list() == content_hash(two).to_list()


def test_the_hash_does_not_depend_on_columns_that_state_nothing():
    one = forms(entered(1, (1, 2)))
    wide = forms(entered(1, (1, 2)), choices=5).select(pl.all().reverse())
    shuffled = wide.select(sorted(wide.columns, reverse=True))
    assert content_hash(one).to_list() == content_hash(shuffled).to_list()


@pytest.mark.parametrize("other", [(2, 1), (12, None), (1, None), (None, 12), (1, 22)])
def test_other_figures_have_another_hash(other):
    assert (
        content_hash(forms(entered(1, (1, 2)))).item()
        != content_hash(forms(entered(1, other))).item()
    )


def test_the_hash_stays_the_same_for_ever():
    stated = hashlib.sha256(b"votes_1=1;votes_2=2;").hexdigest()
    assert content_hash(forms(entered(1, (1, 2)))).to_list() == [stated]


def test_the_highest_version_that_is_not_held_stands():
    table = stored(entered(1, (1, 1)), entered(2, (2, 2)), entered(3, (3, 3)))
    assert in_force(table).item(0, "votes_1") == 3
    held = table.with_columns(held=pl.Series([None, False, True]))
    assert in_force(held).item(0, "votes_1") == 2
    assert in_force(table.with_columns(held=pl.lit(value=True))).is_empty()


def test_F1_all_votes_zero_while_stations_are_in():
    assert said(faults(snapshot(1), snapshot(2, (0, 0)))) == [("F1", 2, "votes", None, 0)]
    assert said(faults(snapshot(1, (0, 0), 1))) == [("F1", 1, "votes", None, 0)]
    assert said(faults(snapshot(1, (0, 0), 0))) == []
    assert said(faults(snapshot(1, (0, 1), 1))) == []


def test_F2_votes_fall_with_the_same_stations_in():
    found = faults(snapshot(1), snapshot(2, (9, 20)))
    assert said(found) == [("F2", 2, "votes_1", 10, 9)]
    assert found.item(0, "votes_at_stake") == 1
    assert said(faults(snapshot(1), snapshot(2, (10, 21)))) == []
    assert said(faults(snapshot(1), snapshot(2, (9, 20), 6))) == []


def test_F2_looks_at_valid_votes_too():
    found = faults(snapshot(1, valid=30), snapshot(2, valid=29))
    assert said(found) == [("F2", 2, "valid", 30, 29)]


def test_F3_votes_before_a_station_is_in():
    assert said(faults(snapshot(1, (3, 4), 0))) == [("F3", 1, "votes", 0, 7)]
    assert said(faults(snapshot(1, (None, None), 0))) == []


def test_F4_stations_in_without_votes():
    assert said(faults(snapshot(1, (None, None), 1))) == [("F4", 1, "votes", None, None)]
    assert said(faults(snapshot(1, (None, 0), 0))) == []


def test_F5_a_choice_vanishes():
    assert said(faults(snapshot(1), snapshot(2, (10, None)))) == [("F5", 2, "votes_2", 20, None)]
    assert said(faults(snapshot(1, (10, None)), snapshot(2, (10, 20)))) == []


def test_F6_stations_in_fall():
    assert said(faults(snapshot(1), snapshot(2, (10, 21), 4))) == [("F6", 2, "tps_in", 5, 4)]


def test_only_the_feed_is_judged_in_time():
    assert faults(entered(1, (5, 5)), entered(2, (0, 0))).is_empty()


def test_a_snapshot_is_compared_with_the_last_good_one():
    found = faults(snapshot(1), snapshot(2, (0, 0)), snapshot(3, (9, 20)), snapshot(4, (9, 21)))
    assert [(c, v) for c, v, *_ in said(found)] == [("F1", 2), ("F2", 3), ("F2", 4)]


def test_a_person_who_accepts_a_version_makes_it_the_one_to_compare_with():
    table = stored(snapshot(1), snapshot(2, (9, 20)), snapshot(3, (9, 21)))
    decided = table.with_columns(held=pl.Series([False, False, None]))
    assert said(feed_faults(decided, frame())) == [("F2", 2, "votes_1", 10, 9)]


@pytest.mark.parametrize("code", ["F1", "F2", "F3", "F5"])
def test_a_faulty_version_is_held_and_the_last_good_one_stands(code):
    bad = {"F1": ((0, 0), 5), "F2": ((9, 20), 5), "F3": ((11, 20), 0), "F5": ((10, None), 6)}
    table = stored(snapshot(1), snapshot(2, *bad[code]))
    found = feed_faults(table, frame())
    assert code in found.get_column("code").to_list()
    assert in_force(hold_faulty(table, found)).item(0, "version") == 1


@pytest.mark.parametrize("later", [snapshot(2, (None, None), 6), snapshot(2, (11, 20), 4)])
def test_other_faults_are_said_and_hold_nothing(later):
    first = snapshot(1, (None, None)) if later["votes"][0] is None else snapshot(1)
    table = stored(first, later)
    found = feed_faults(table, frame())
    assert set(found.get_column("code")) <= {"F4", "F6"} and not found.is_empty()
    assert in_force(hold_faulty(table, found)).item(0, "version") == 2


def test_findings_have_their_schema_and_a_sentence_in_both_languages():
    found = faults(snapshot(1), snapshot(2, (0, 0)), snapshot(3, (10, None), 4))
    assert found.columns == [c.name for c in FINDINGS]
    for row in found.iter_rows(named=True):
        assert describe(row, "en") != describe(row, "id")


def blora(*choices):
    codes = [f"3316{n:02d}" for n in range(1, 17)]
    rows = [("3316", "Blora", "regency", None), *((c, c, "kecamatan", "3316") for c in codes)]
    places = pl.DataFrame(rows, schema=["code", "name", "kind", "parent"], orient="row")
    ballot = tuple(Choice(n, str(n), str(n), feed_id=i) for n, i in enumerate(choices, 1))
    made = Contest("blora", "Blora", "Blora", "3316", dt.date(2024, 11, 27), ballot)
    return Frame(check_places(places), {"blora": made})


@shared
@pytest.mark.data
def test_the_correction_of_blora_is_held_where_it_fell_and_stands_elsewhere():
    on = blora("1000663", "1000664")
    table = NOTHING
    for name in ("0100_before_correction", "0815_votes_decreased"):
        reading = read_forms(DATA / f"pilkada2024_hhcw_pkwkk_3316_blora_{name}.json", on)
        assert reading.problems == []
        table = pl.concat([table, merge(table, reading.forms).new])
    found = feed_faults(table, on)
    ngawen = found.select("code", "place", "expected", "found", "votes_at_stake").rows()
    assert ngawen == [("F2", "331612", 26221, 25964, 257), ("F2", "331612", 5308, 5247, 61)]
    stands = in_force(hold_faulty(table, found))
    assert stands.filter(pl.col("place") == "331612").item(0, "votes_1") == 26221
    top = stands.filter(pl.col("place") == "3316")
    assert top.select("votes_1", "version").row(0) == (395570, 2)


@shared
@pytest.mark.data
def test_the_zeroed_snapshot_of_jembrana_is_held_at_every_place():
    rows = [("51", "province", None), ("5101", "regency", "51")]
    rows += [(f"51010{n}", "kecamatan", "5101") for n in range(1, 6)]
    places = pl.DataFrame([{"code": c, "name": c, "kind": k, "parent": p} for c, k, p in rows])
    ballot = (Choice(1, "1", "1", feed_id="1000832"), Choice(2, "2", "2", feed_id="1000833"))
    made = Contest("reg", "R", "R", "5101", dt.date(2024, 11, 27), ballot)
    on = Frame(check_places(places), {"reg": made})
    table = NOTHING
    for name in ("5101_jembrana", "5101_1045_zeroed"):
        reading = read_forms(DATA / f"pilkada2024_hhcw_pkwkk_{name}.json", on)
        table = pl.concat([table, merge(table, reading.forms).new])
    found = feed_faults(table, on)
    assert (set(found.get_column("code")), found.height) == ({"F1"}, 6)
    stands = in_force(hold_faulty(table, found))
    assert stands.filter(pl.col("place") == "5101").item(0, "votes_1") == 65345
