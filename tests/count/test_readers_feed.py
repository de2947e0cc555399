"""The election body's feed: halves that arrive apart, keys that are absent, ids that are known."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import polars as pl
import pytest

from rukun.contests import Choice
from rukun.count.readers import read_forms, read_sirekap
from rukun.frame import Frame
from rukun.places import check_places
from tests.count.reading import TPS, contest, frame, only, places, read

DATA = Path(os.environ.get("RUKUN_DATA", Path(__file__).parents[3] / "shared" / "data")) / "sirekap"
shared = pytest.mark.skipif(not DATA.is_dir(), reason=f"there is no election data in {DATA}")
TS = "2024-11-27 21:30:00"


def counted(one=None, two=None, stations=3, total=4):
    votes = {"1000832": one, "1000833": two}
    progress = {"total": total, "persen": 75.0, "progres": stations}
    return {k: v for k, v in votes.items() if v is not None} | {"progres": progress}


def page(chart, table=None, **more):
    inner = {"chart": chart} | ({"table": table} if table is not None else {})
    return json.dumps({"mode": "hhcw", "tungsura": inner, "psu": "Reguler", "ts": TS} | more)


def child(*figures, **more):
    return counted(*figures, **more) | {"psu": "Reguler", "status_progress": True}


def test_an_aggregate_states_the_place_and_those_below_it(tmp_path):
    text = page(counted(30, 40), {"510101": child(10, 15), "510102": child(20, 25)})
    got = read(tmp_path, text, "5101.json")
    assert got.problems == [] and got.rows_read == 3
    columns = ("place", "source", "kind", "votes_1", "votes_2", "tps_in", "tps_total")
    assert got.forms.select(columns).rows() == [
        ("5101", "feed", "d_hasil", 30, 40, 3, 4),
        ("510101", "feed", "d_hasil", 10, 15, 3, 4),
        ("510102", "feed", "d_hasil", 20, 25, 3, 4),
    ]
    assert got.forms.item(0, "entered_at") == dt.datetime(2024, 11, 27, 14, 30, tzinfo=dt.UTC)
    assert got.forms.get_column("origin").unique().to_list() == [got.sha256]


def test_a_missing_candidate_key_is_null_and_not_zero(tmp_path):
    got = read(tmp_path, page(counted(), {"510101": child(7)}), "5101.json")
    assert got.forms.select("votes_1", "votes_2", "tps_in").rows() == [
        (None, None, 3),
        (7, None, 3),
    ]


def test_an_all_zero_snapshot_is_read_as_it_stands(tmp_path):
    got = read(tmp_path, page(counted(0, 0)), "5101.json")
    assert got.problems == []
    assert got.forms.select("votes_1", "votes_2", "tps_in").row(0) == (0, 0, 3)


ADMINISTRATION = {
    "suara_sah": 216,
    "suara_tidak_sah": 3,
    "suara_total": 219,
    **{f"pemilih_dpt_{s}": n for s, n in zip("lpj", (138, 139, 277), strict=True)},
    **{f"pengguna_dpt_{s}": n for s, n in zip("lpj", (108, 106, 214), strict=True)},
    **{f"pengguna_dptb_{s}": n for s, n in zip("lpj", (0, 3, 3), strict=True)},
    **{f"pengguna_non_dpt_{s}": n for s, n in zip("lpj", (1, 1, 2), strict=True)},
    **{f"pengguna_total_{s}": n for s, n in zip("lpj", (109, 110, 219), strict=True)},
}


def station(chart, administration, wrap=False):
    body = {"chart": chart, "administrasi": administration}
    rest = {"images": [None], "psu": None, "ts": TS, "status_suara": True, "status_adm": True}
    return json.dumps({"tungsura": body, **rest} if wrap else {**body, **rest})


@pytest.mark.parametrize("wrap", [False, True])
def test_a_station_states_votes_and_administration(tmp_path, wrap):
    chart = {"null": None, "1000832": 72, "1000833": 144}
    got = read(tmp_path, station(chart, ADMINISTRATION, wrap), f"{TPS[0]}.json")
    form = got.forms.row(0, named=True)
    assert got.problems == [] and (form["place"], form["kind"]) == (TPS[0], "c_hasil")
    assert (form["votes_1"], form["votes_2"], form["valid"], form["cast"]) == (72, 144, 216, 219)
    assert (form["registered_tetap_j"], form["voters_tetap_p"]) == (277, 106)
    assert (form["voters_pindahan_p"], form["voters_tambahan_j"]) == (3, 2)
    assert (form["voters_l"], form["voters_j"]) == (109, 219)
    assert form["tps_in"] is None and form["registered_j"] is None


def test_the_two_halves_of_a_station_are_independent(tmp_path):
    votes = read(tmp_path, station({"1000832": 7}, None), f"{TPS[0]}.json").forms
    people = read(tmp_path, station(None, ADMINISTRATION), f"{TPS[0]}.json").forms
    assert votes.select("votes_1", "valid").row(0) == (7, None)
    assert people.select("votes_1", "valid").row(0) == (None, 216)


def test_a_station_that_states_nothing_is_no_form(tmp_path):
    got = read(tmp_path, station({"null": None}, None), f"{TPS[0]}.json")
    assert got.forms.is_empty() and not only(got, "feed-nothing").blocking


def test_the_empty_box_is_a_candidate_like_any_other(tmp_path):
    ballot = (
        Choice(1, "Kolom kosong", "Kosong", empty_box=True, feed_id="1000832"),
        Choice(2, "Pair", "Pair", feed_id="1000833"),
    )
    got = read(tmp_path, page(counted(8, 9)), "5101.json", on=frame(contest(choices=ballot)))
    assert got.forms.select("votes_1", "votes_2").row(0) == (8, 9)


def test_an_unknown_candidate_keeps_its_place_out_and_no_other(tmp_path):
    table = {"510101": child(1, 2) | {"999": 5}, "510102": child(3, 4)}
    got = read(tmp_path, page(counted(4, 6), table), "5101.json")
    problem = only(got, "feed-candidate")
    assert (problem.column, problem.value) == ("510101", "999")
    assert places(got) == ["5101", "510102"]


def test_candidates_say_which_contest_it_is(tmp_path):
    other = (Choice(1, "A", "A", feed_id="77"), Choice(2, "B", "B", feed_id="78"))
    on = frame(contest(), contest(code="gub", place="51", choices=other, feed="pkwkp"))
    got = read(
        tmp_path,
        json.dumps({"tungsura": {"chart": {"77": 1, "78": 2}}, "ts": TS}),
        "5101.json",
        on=on,
    )
    assert got.forms.select("contest", "votes_2").row(0) == ("gub", 2)
    unsaid = read(tmp_path, page(counted()), "5101.json", on=on)
    assert only(unsaid, "feed-contest").blocking
    named = read(tmp_path, page(counted()), "pkwkp_5101.json", on=on)
    assert named.forms.item(0, "contest") == "gub"


def test_the_caller_may_say_contest_and_place(tmp_path):
    path = tmp_path / "download"
    path.write_text(page(counted(1, 2)))
    assert only(read_forms(path, frame()), "feed-place").blocking
    said = read_forms(path, frame(), {"constants": {"place": "5101", "contest": "bupati"}})
    assert places(said) == ["5101"]
    assert read_sirekap(path, frame(), "bupati", "510101").forms.item(0, "place") == "510101"


def test_a_table_of_another_place_than_the_name_says_is_refused(tmp_path):
    got = read(tmp_path, page(counted(1, 2), {TPS[0]: child(1, 2)}), "510102.json")
    assert "5101011006" in only(got, "feed-place-differs").why


def test_places_outside_the_contests_are_counted_in_one_line(tmp_path):
    got = read(
        tmp_path,
        page(counted(), {"5101": child(1, 2), "5102": child(), "5103": child()}),
        "51.json",
    )
    assert places(got) == ["5101"]
    said = only(got, "feed-outside")
    assert not said.blocking and said.why.startswith("3 places")


NOT_RESULTS = [
    "[]",
    '[{"nama": "BADUNG", "kode": "5103"}]',
    '{"status": 500, "message": "error"}',
    '{"tungsura": null, "ts": "2024-11-27 21:30:00"}',
    '{"5101": {"1000832": {"nama": "Pair"}}}',
]


@pytest.mark.parametrize("text", NOT_RESULTS)
def test_an_answer_without_results_is_a_problem(tmp_path, text):
    got = read(tmp_path, text, "5101.json")
    assert only(got, "feed-not").blocking and got.forms.is_empty()


@pytest.mark.parametrize("ts", [None, "", "kemarin", "2024-02-14 10:00:00", "2024-13-27 10:00:00"])
def test_a_snapshot_without_a_possible_time_is_refused(tmp_path, ts):
    got = read(tmp_path, page(counted(1, 2), ts=ts), "5101.json")
    assert only(got, "feed-time").blocking and got.forms.is_empty()


def jembrana():
    names = [("51", "province", None), ("5101", "regency", "51")]
    names += [(f"51010{n}", "kecamatan", "5101") for n in range(1, 6)]
    table = [{"code": c, "name": c, "kind": k, "parent": p} for c, k, p in names]
    return Frame(check_places(pl.DataFrame(table)), {"bupati": contest()})


@shared
@pytest.mark.data
def test_jembrana_is_read_as_it_was_published():
    got = read_forms(DATA / "pilkada2024_hhcw_pkwkk_5101_jembrana.json", jembrana())
    assert got.problems == [] and got.rows_read == 6
    top = got.forms.filter(pl.col("place") == "5101")
    assert top.select("votes_1", "votes_2", "tps_in").row(0) == (65345, 106119, 487)
    below = got.forms.filter(pl.col("place") != "5101")
    assert below.select(pl.col("votes_1", "votes_2", "tps_in").sum()).row(0) == (65345, 106119, 487)


@shared
@pytest.mark.data
def test_a_province_page_gives_the_regencies_of_the_frame():
    got = read_forms(DATA / "pilkada2024_hhcw_pkwkk_51_bali.json", jembrana())
    assert places(got) == ["5101"]
    assert only(got, "feed-outside").why.startswith("9 places")


def february(place):
    levels = {10: "village", 13: "tps"}
    table = [
        {"code": place[:n], "name": "x", "kind": k, "parent": None if n == 10 else place[:10]}
        for n, k in levels.items()
    ]
    ballot = tuple(Choice(n, str(n), str(n), feed_id=f"{100024 + n}") for n in (1, 2, 3))
    made = contest(place=place[:10], date=dt.date(2024, 2, 14), choices=ballot, feed="ppwp")
    return Frame(check_places(pl.DataFrame(table)), {"bupati": made})


@shared
@pytest.mark.data
def test_stations_of_february_2024_are_read_with_and_without_administration():
    with_both = read_forms(
        DATA / "pemilu2024_hhcw_ppwp_tps_3173011006272_suara_dan_adm.json",
        february("3173011006272"),
    )
    assert with_both.problems == []
    form = with_both.forms.row(0, named=True)
    assert [form[f"votes_{n}"] for n in (1, 2, 3)] == [72, 109, 35]
    assert (form["valid"], form["voters_pindahan_j"], form["voters_tambahan_j"]) == (216, 3, 2)
    votes_only = read_forms(
        DATA / "pemilu2024_hhcw_ppwp_tps_3173011001199_suara_tanpa_adm.json",
        february("3173011001199"),
    )
    form = votes_only.forms.row(0, named=True)
    assert (form["votes_1"], form["votes_3"], form["valid"]) == (5, 136, None)


@shared
@pytest.mark.data
@pytest.mark.parametrize("name", ["paslon_pkwkk_excerpt", "wilayah_51"])
def test_lists_of_pairs_and_areas_are_not_taken_for_results(name):
    got = read_forms(DATA / f"pilkada2024_{name}.json", jembrana())
    assert only(got, "feed-not").blocking
