"""Answers to claims: worked by hand on small forms, and the press's errors on the real result."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import polars as pl
import pytest

from rukun.brief.answer_likeness import digits
from rukun.brief.answer_words import TEXTS
from rukun.brief.answers import ANSWERS, Evidence, answer, answers
from rukun.count.readers import read_forms
from rukun.count.versions import in_force
from rukun.talk.claims import extract
from rukun.talk.claims.schema import claim_code, figure
from rukun.talk.gazetteer import gazetteer
from tests.count.small import TPS, contest, forms, frame, station
from tests.house import ROOT
from tests.talk.claim_cases import jembrana, reader

_AT = dt.datetime(2024, 11, 27, 10, 13, tzinfo=dt.UTC)


def claim(kind, place="A1a1", choice=None, *figures, **more):
    """A claim as the reader of posts makes it."""
    row = {
        "kind": kind,
        "place": place,
        "candidates": [],
        "contest": "reg",
        "choice": choice,
        "figures": list(figures),
        "checkable": True,
        "why_open": None,
        **more,
    }
    return {"claim": claim_code(row), **row}


def votes(value, choice=1, place="A1a1", **more):
    return claim("votes", place, choice, figure(f"votes_{choice}", value), **more)


def evidence(*rows, **more):
    return Evidence.of(forms(*rows), frame(**more))


def said(row, *rows):
    found = answer(row, evidence(*rows))
    return found.verdict, found.reason


OFFICIAL = station("A1a1", [120, 180], voters_j=305, invalid=5, cast=305)
WITNESS_1 = station("A1a1", [120, 180], "witness:1")
WITNESS_2 = station("A1a1", [120, 180], "witness:2")


def test_the_official_form_alone_agrees_or_differs():
    assert said(votes(120), OFFICIAL) == ("agrees", None)
    assert said(votes(121), OFFICIAL) == ("differs", None)


def test_two_independent_sources_do_without_the_official_form():
    assert said(votes(120), WITNESS_1, WITNESS_2) == ("agrees", None)
    assert said(votes(99), WITNESS_1, WITNESS_2) == ("differs", None)


def test_one_camps_form_says_nothing_for_sure_but_its_figure_is_shown():
    found = answer(votes(120), evidence(WITNESS_1))
    assert (found.verdict, found.reason) == ("cannot_be_said", "one-source")
    assert [(u.source, int(u.value)) for u in found.used] == [("witness:1", 120)]
    assert "witnesses of pair 1" in found.draft_en
    assert "120" in found.draft_en


def test_a_copy_is_no_source():
    feed = station("A1a1", [120, 180], "feed")
    assert said(votes(120), feed) == ("cannot_be_said", "copy-only")


def test_without_a_form_nothing_is_said():
    assert said(votes(0), station("A1b1", [1, 2])) == ("cannot_be_said", "no-form")


def test_what_a_form_does_not_state_is_not_zero():
    row = station("A1a1", [120, 180])
    invalid = claim("invalid", "A1a1", None, figure("invalid", 0))
    assert said(invalid, row) == ("cannot_be_said", "not-stated")


def test_where_sources_differ_nobody_is_said_to_be_right():
    other = station("A1a1", [102, 180], "witness:2")
    for value in (120, 102, 99):
        found = answer(votes(value), evidence(OFFICIAL, other))
        assert (found.verdict, found.reason) == ("cannot_be_said", "sources-differ")
        assert {int(u.value) for u in found.used} == {120, 102}
        assert "does not say which" in found.draft_en
        assert "tidak menyatakan mana" in found.draft_id


def test_another_cell_in_dispute_does_not_close_this_one():
    other = station("A1a1", [120, 108], "witness:2")
    assert said(votes(120), OFFICIAL, other) == ("agrees", None)


def test_a_recapitulation_column_that_differs_opens_the_matter():
    column = station("A1a1", [102, 180], "recap", kind="d_hasil")
    assert said(votes(120), OFFICIAL, column) == ("cannot_be_said", "sources-differ")


def test_closed_figures_stay_closed():
    open_only = evidence(WITNESS_1)
    found = answer(votes(120), open_only)
    assert "witness:2" not in {u.source for u in found.used}
    assert "pair 2" not in found.draft_en.replace("votes for pair 2", "")


def test_a_repeated_vote_replaces_the_result():
    again = station("A1a1", [90, 210], kind="c_hasil_psu")
    assert said(votes(90), OFFICIAL, again) == ("agrees", None)
    assert said(votes(120), OFFICIAL, again) == ("differs", None)


def test_a_result_that_is_to_be_replaced_is_not_answered_from_the_old_form():
    ordered = {"place": "A1a1", "kind": "c_hasil_psu"}
    assert said(votes(120), OFFICIAL, ordered) == ("cannot_be_said", "replaced")


def all_stations(missing=()):
    return [station(t, [100, 50], voters_j=160) for t in TPS if t not in missing]


def test_above_stations_a_sum_counts_only_when_all_are_in():
    total = votes(500, 1, "A")
    assert said(total, *all_stations()) == ("agrees", None)
    assert said(total, *all_stations(("A2c2",))) == ("cannot_be_said", "incomplete")
    assert said(votes(200, 1, "A1a"), *all_stations(("A2c2",))) == ("agrees", None)


def test_a_sum_over_a_disputed_station_is_not_settled():
    other = station("A1a1", [10, 50], "witness:2")
    assert said(votes(500, 1, "A"), *all_stations(), other) == ("cannot_be_said", "stations-differ")


def test_a_recapitulation_form_stands_before_the_sum():
    above = {"place": "A", "votes": [501, 250], "kind": "d_hasil"}
    assert said(votes(501, 1, "A"), *all_stations(), above) == ("agrees", None)


def test_a_rounded_or_bounded_figure_is_held_to_what_it_says():
    loose = figure("votes_1", 100, within=50)
    assert said(claim("votes", "A1a1", 1, loose), OFFICIAL)[0] == "agrees"
    least, most = (figure("votes_1", 121, bound=b) for b in ("least", "most"))
    assert said(claim("votes", "A1a1", 1, least), OFFICIAL)[0] == "differs"
    assert said(claim("votes", "A1a1", 1, most), OFFICIAL)[0] == "agrees"


def test_a_share_is_of_the_valid_votes_rounded_or_cut():
    for value, verdict in ((4000, "agrees"), (4100, "differs")):
        row = claim("share", "A1a1", 1, figure("share_1", value))
        assert said(row, OFFICIAL)[0] == verdict


def test_the_winner_is_read_from_all_votes():
    assert said(claim("winner", "A1a1", 2), OFFICIAL) == ("agrees", None)
    assert said(claim("winner", "A1a1", 1), OFFICIAL) == ("differs", None)
    assert said(claim("loser", "A1a1", 1), OFFICIAL) == ("agrees", None)
    tie = station("A1a1", [150, 150])
    for kind in ("winner", "loser"):
        assert said(claim(kind, "A1a1", 1), tie) == ("differs", None)
    part = station("A1a1", [150, None])
    assert said(claim("winner", "A1a1", 1), part) == ("cannot_be_said", "not-stated")


def test_more_votes_than_voters_is_the_identity_of_the_form():
    row = claim("over_voters")
    assert said(row, OFFICIAL) == ("differs", None)
    broken = station("A1a1", [120, 180], voters_j=300, invalid=5, cast=305)
    assert said(row, broken) == ("agrees", None)
    assert said(row, station("A1a1", [120, 180])) == ("cannot_be_said", "not-stated")


def test_more_votes_than_the_list():
    row = claim("over_list")
    listed = {"registered_tetap_j": 300}
    over = station("A1a1", [120, 180], invalid=5, cast=305, **listed)
    assert said(row, over) == ("agrees", None)
    assert said(row, OFFICIAL) == ("differs", None)  # the frame's list holds 400


def test_swapped_votes_are_looked_for_between_the_form_and_its_copies():
    row = claim("swapped")
    crossed = station("A1a1", [180, 120], "feed")
    assert said(row, OFFICIAL, crossed) == ("agrees", None)
    assert said(row, OFFICIAL, WITNESS_1) == ("differs", None)
    assert said(row, OFFICIAL) == ("cannot_be_said", "one-source")
    turned = station("A1a1", [180, 120], "witness:2")
    assert said(row, OFFICIAL, turned) == ("cannot_be_said", "sources-differ")


def test_lost_votes_are_those_that_a_copy_lacks():
    column = station("A1a1", [100, 180], "recap", kind="d_hasil")
    lost = claim("vanished", "A1a1", 1, figure("votes_1", 20))
    assert said(lost, OFFICIAL, column) == ("agrees", None)
    assert said(claim("vanished", "A1a1", 1), OFFICIAL, column) == ("agrees", None)
    more = claim("vanished", "A1a1", 1, figure("votes_1", 50))
    assert said(more, OFFICIAL, column) == ("differs", None)
    assert said(claim("added", "A1a1", 1), OFFICIAL, column) == ("differs", None)
    assert said(lost, OFFICIAL, WITNESS_1) == ("differs", None)


def test_a_changed_figure_agrees_only_where_both_figures_stand_on_papers():
    changed = claim("altered", "A1a1", 1, figure("votes_1", 120), figure("votes_1", 102, on="feed"))
    feed = station("A1a1", [102, 180], "feed")
    assert said(changed, OFFICIAL, feed) == ("agrees", None)
    assert said(changed, OFFICIAL, WITNESS_1) == ("differs", None)
    later = claim("altered", "A1a1", 1, figure("votes_1", 102), figure("votes_1", 120))
    assert said(later, OFFICIAL, WITNESS_1) == ("cannot_be_said", "earlier-version")


@pytest.mark.parametrize("kind", ["box_opened", "seal_broken"])
def test_what_forms_do_not_record_is_left_to_those_who_know(kind):
    found = answer(claim(kind), evidence(OFFICIAL, WITNESS_1))
    assert (found.verdict, found.reason) == ("cannot_be_said", "not-on-form")
    assert "KEJADIAN KHUSUS" in found.draft_id


@pytest.mark.parametrize("why", ["place", "place-ambiguous", "station-unknown", "choice", "row"])
def test_an_open_claim_says_what_is_open(why):
    row = votes(120, place=None, checkable=False, why_open=why, candidates=["A1a1", "A1a2"])
    found = answer(row, evidence(OFFICIAL))
    assert (found.verdict, found.reason) == ("cannot_be_said", why)
    assert found.used == ()
    if why == "place-ambiguous":
        assert "TPS A1a1, Village a; TPS A1a2, Village a" in found.draft_en


def two_contests(*rows):
    second = contest(code="gov", name_en="Governor", name_id="Gubernur")
    return Evidence.of(forms(*rows), frame(contest(), second))


def test_a_contest_that_is_not_said_must_not_matter():
    gov = OFFICIAL | {"contest": "gov", "votes": [130, 170]}
    both = two_contests(OFFICIAL, gov)
    for value, expected in ((99, "differs"), (120, "cannot_be_said"), (130, "cannot_be_said")):
        assert answer(votes(value, contest=None), both).verdict == expected
    assert answer(votes(120, contest=None), both).reason == "contest"
    same = two_contests(OFFICIAL, OFFICIAL | {"contest": "gov"})
    assert answer(votes(120, contest=None), same).verdict == "agrees"


def kinds(row, held):
    return [k.kind for k in answer(row, held).likeness]


def test_a_figure_of_something_else_is_recognised():
    gov = station("A1a1", [133, 166], contest="gov")
    neighbour = station("A1a2", [77, 99])
    held = two_contests(OFFICIAL, gov, neighbour)
    assert kinds(votes(180), held)[0] == "other-choice"
    assert kinds(votes(300), held)[0] == "other-row"
    assert "other-contest" in kinds(votes(133), held)
    assert kinds(votes(77), held) == ["other-place"]
    share = claim("share", "A1a1", 1, figure("share_1", 7625))
    assert kinds(share, held) == ["turnout-as-share"]  # 305 of 400 on the list


SLIPS = [
    (72_468, 73_468, "one-digit"),
    (37_468, 73_468, "swapped"),
    (7_468, 73_468, "dropped"),
    (733_468, 73_468, "added"),
    (63_354, 65_345, "several"),
    (174_863, 174_504, None),
    (2_299_885, 2_299_855, "one-digit"),
    (120, 210, "swapped"),
    (12, 120, "dropped"),
    (5, 50, None),
    (110, 150, "one-digit"),
    (111, 150, None),
    (1, 2, "one-digit"),
]


@pytest.mark.parametrize(("claimed", "true", "kind"), SLIPS)
def test_slips_of_the_pen_are_told_from_other_differences(claimed, true, kind):
    assert digits(claimed, true) == kind


def test_small_and_rounded_figures_resemble_nothing():
    assert kinds(votes(19), evidence(station("A1a1", [18, 30]))) == []
    loose = claim("votes", "A1a1", 1, figure("votes_1", 200, within=10))
    assert kinds(loose, evidence(OFFICIAL)) == []


@lru_cache(1)
def result():
    """The real recapitulation of the example."""
    path = ROOT / "examples" / "jembrana-2024" / "recapitulation.csv"
    return Evidence.of(in_force(read_forms(path, jembrana()).forms), jembrana())


def answered(text, held=None):
    return [answer(c, held or result()) for c in reader().read(text)]


def test_press_error_one_digit_of_the_governors_votes():
    (found,) = answered("Pilgub di Kabupaten Jembrana: paslon 1 mendapat 72.468 suara")
    assert (found.verdict, [k.kind for k in found.likeness]) == ("differs", ["one-digit"])
    assert "73\u202f468" in found.draft_id
    assert "5 Desember 2024 pukul 12.00 WITA" in found.draft_id
    assert "5 December 2024, 12:00 WITA" in found.draft_en


def test_press_error_turnout_printed_as_a_share():
    right, share = answered("Pilbup Jembrana: paslon 2 meraih 106.119 suara (71,23 %)")
    assert right.verdict == "agrees"
    assert (share.verdict, [k.kind for k in share.likeness]) == ("differs", ["turnout-as-share"])
    assert "61,89 %" in share.draft_id
    assert "71,23 % adalah tingkat kehadiran pemilih" in share.draft_id


def test_press_error_two_slips_in_one_figure():
    (found,) = answered("Pilbup Kabupaten Jembrana paslon 1 memperoleh 63.354 suara")
    assert (found.verdict, [k.kind for k in found.likeness]) == ("differs", ["several"])


def test_press_error_users_of_the_right_to_vote():
    (found,) = answered("Pengguna hak pilih pilbup se-Jembrana 174.863 orang")
    assert (found.verdict, found.likeness) == ("differs", ())
    assert "174\u202f504" in found.draft_en


def test_press_error_voter_lists_shuffled_between_kecamatan():
    (found,) = answered("DPT Kecamatan Melaya 47.753 pemilih")
    assert found.verdict == "differs"
    assert "47\u202f603" in found.draft_id
    assert [k.kind for k in found.likeness] == ["other-place"]
    assert "Jembrana" in found.draft_en
    (right,) = answered("DPT Kecamatan Melaya 47.603 pemilih")
    assert right.verdict == "agrees"


def test_press_error_a_digit_of_the_provinces_valid_votes():
    text = "Pilgub Provinsi Bali suara sah 2.299.885"
    (unknown,) = answered(text)
    assert (unknown.verdict, unknown.reason) == ("cannot_be_said", "no-form")
    row = {
        "contest": "gubernur-bali-2024",
        "place": "51",
        "kind": "d_hasil",
        "votes": [886_251, 1_413_604],
        "valid": 2_299_855,
        "invalid": 64_620,
        "entered_at": _AT,
    }
    (found,) = answered(text, Evidence.of(forms(row), jembrana()))
    assert (found.verdict, [k.kind for k in found.likeness]) == ("differs", ["one-digit"])


def test_press_error_a_wrong_running_mate_is_nothing_the_count_can_answer():
    assert answered("Paslon 1 berpasangan dengan wakil yang salah ditulis koran") == []


def test_the_right_figures_agree():
    text = "Pilbup Kabupaten Jembrana: paslon 1 65.345 suara, paslon 2 106.119 suara"
    assert [a.verdict for a in answered(text)] == ["agrees", "agrees"]
    (margin,) = answered("Selisih suara pilbup se-Jembrana 40.774")
    assert margin.verdict == "agrees"
    (turnout,) = answered("Partisipasi pemilih pilbup Kabupaten Jembrana 71,23 persen")
    assert turnout.verdict == "agrees"


def test_exercise_forms_are_said_to_be_exercise():
    found = answer(votes(120), evidence(OFFICIAL | {"basis": "exercise"}))
    assert found.exercise
    assert found.draft_en.startswith("EXERCISE")
    assert found.draft_id.startswith("LATIHAN")
    assert not answered("DPT Kecamatan Melaya 47.603")[0].exercise


def test_a_draft_blames_nobody():
    shown = " ".join(t.lower() for pair in TEXTS.values() for t in pair)
    for word in ("fraud", "curang", "bohong", "liar", "lie", "hoax", "hoaks", "fitnah", "!"):
        assert word not in shown.split()


def test_findings_of_the_place_are_carried():
    broken = station("A1a1", [120, 180], valid=310)
    found = answer(claim("valid", "A1a1", None, figure("valid", 310)), evidence(broken))
    assert "H5" in {f["code"] for f in found.findings}


def test_answers_are_a_table_with_one_row_a_claim():
    text = "TPS 7 Yehembang paslon 1 dapat 180 suara"
    posts = pl.DataFrame({"post_id": ["x:1", "x:2"], "text": [text, text]})
    table = answers(extract(posts, gazetteer(jembrana())), result())
    assert table.columns == [c.name for c in ANSWERS]
    assert table.height == 1
    assert table["verdict"].to_list() == ["cannot_be_said"]
    assert answers(extract(posts.clear(), gazetteer(jembrana())), result()).is_empty()


def test_no_forms_at_all_answer_nothing_and_break_nothing():
    held = Evidence.of(forms(OFFICIAL).clear(), frame(registered=None))
    for row in (votes(1), votes(1, place="A"), claim("over_list"), claim("swapped")):
        assert answer(row, held).verdict == "cannot_be_said"
