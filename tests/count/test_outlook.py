"""What could still change, worked by hand."""

from __future__ import annotations

import pytest

from rukun.count.outlook import outlook

from .small import TPS, contest, forms, frame, station


def look(*rows, a_frame=None, choices=2):
    return outlook(forms(*rows, choices=choices), a_frame or frame()).to_dicts()[0]


def all_in(votes, places=TPS):
    return [station(p, votes) for p in places]


def test_everything_in_leaves_nothing_outstanding():
    row = look(*all_in([200, 100]))
    assert (row["tps_in"], row["tps_outstanding"], row["ballots_outstanding"]) == (5, 0, 0)
    assert (row["margin"], row["valid"], row["leader"], row["runner_up"]) == (500, 1500, 1, 2)
    assert not row["winner_can_change"]


def test_missing_station_counts_at_list_and_reserve_rounded_up():
    row = look(*all_in([200, 100], TPS[:4]), a_frame=frame(registered=401))
    assert row["ballots_outstanding"] == 401 + 11  # 2.5 % of 401 is 10.025


def test_unknown_voter_list_counts_at_the_legal_maximum():
    row = look(*all_in([200, 100], TPS[:4]), a_frame=frame(registered=None))
    assert row["ballots_outstanding"] == 600 + 15


def test_list_on_a_witness_form_is_used_where_the_frame_has_none():
    rows = [
        *all_in([200, 100], TPS[:4]),
        station(TPS[4], [None, None], "witness:1", registered_tetap_j=200),
    ]
    assert look(*rows, a_frame=frame(registered=None))["ballots_outstanding"] == 205


@pytest.mark.parametrize(("lead", "can"), [(409, True), (410, True), (411, False)])
def test_winner_can_change_up_to_the_bound_and_not_beyond(lead, can):
    # One station missing at 400 + 10 ballots; the other four give this lead.
    rows = [station(TPS[0], [lead, 0]), *(station(p, [50, 50]) for p in TPS[1:4])]
    assert look(*rows)["winner_can_change"] is can


def test_disputed_station_is_outstanding_as_a_whole():
    rows = [*all_in([200, 100]), station(TPS[0], [199, 100], "witness:2")]
    row = look(*rows)
    assert (row["tps_disputed"], row["tps_outstanding"], row["ballots_outstanding"]) == (1, 1, 410)
    assert row["tps_in"] == 5


def test_number_of_stations_to_flip_takes_the_largest_swings_first():
    # Each station swings 200 - 100 + 410 = 510 at most; the lead is 500, so one is enough.
    assert look(*all_in([200, 100]))["tps_to_flip"] == 1
    # Lead 1,500 of five stations, each swinging 300 - 0 + 410 = 710: two give 1,420, three 2,130.
    assert look(*all_in([300, 0]))["tps_to_flip"] == 3


@pytest.mark.parametrize(
    ("permille", "first", "within"),
    [(20, 510, True), (18, 509, True), (17, 509, False), (5, 503, False), (6, 503, True)],
)
def test_dispute_threshold_is_met_exactly(permille, first, within):
    # 1,000 valid votes in all, so the threshold is exactly ``permille`` votes.
    rows = [station(TPS[0], [first, 1000 - first]), *(station(p, [0, 0]) for p in TPS[1:])]
    row = look(*rows, a_frame=frame(contest(dispute_permille=permille), registered=2000))
    assert (row["dispute_limit"], row["margin"]) == (permille, 2 * first - 1000)
    assert row["within_dispute"] is within


def test_jembrana_threshold_is_the_figure_of_the_law():
    rows = [station(TPS[0], [65345, 106119]), *(station(p, [0, 0]) for p in TPS[1:])]
    row = look(*rows, a_frame=frame(registered=244978))
    assert (row["dispute_limit_thousandths"], row["dispute_limit"]) == (2_571_960, 2572)
    assert (row["margin"], row["within_dispute"], row["leader"]) == (40774, False, 2)


def test_nothing_in_says_nothing_about_a_winner():
    row = look(station("A1a1", [None, None], "witness:1"))
    assert row["leader"] is None
    assert row["winner_can_change"]
    assert row["margin"] is None


def test_tie_has_no_margin_and_can_change():
    row = look(*all_in([100, 100]))
    assert row["margin"] == 0
    assert row["winner_can_change"]


@pytest.mark.parametrize(
    ("votes", "reached"), [([100, 50, 49], True), ([100, 50, 50], False), ([99, 60, 40], False)]
)
def test_more_than_half_is_more_than_half(votes, reached):
    a_frame = frame(contest(choices=3, more_than_half=True))
    row = look(*all_in(votes), a_frame=a_frame, choices=3)
    assert row["half_reached"] is reached
    assert row["half_can_change"] is False


def test_more_than_half_can_change_with_a_station_missing():
    a_frame = frame(contest(choices=3, more_than_half=True))
    row = look(*all_in([200, 90, 90], TPS[:4]), a_frame=a_frame, choices=3)
    assert (row["half_reached"], row["half_can_change"]) == (True, True)


def test_threshold_is_unknown_where_the_law_gives_none():
    row = look(*all_in([2, 1]), a_frame=frame(contest(dispute_permille=None)))
    assert row["within_dispute"] is None


def test_any_loser_can_be_the_one_who_overtakes():
    a_frame = frame(contest(choices=3))
    rows = [station(TPS[0], [300, 290, 0]), *(station(p, [0, 0, 0]) for p in TPS[1:4])]
    row = look(*rows, a_frame=a_frame, choices=3)
    assert row["runner_up"] == 2
    assert row["winner_can_change"]


def test_stations_outside_the_frame_stay_outstanding():
    a_frame = frame(contest(tps_elsewhere=3, registered_elsewhere=1001))
    row = look(*all_in([200, 100]), a_frame=a_frame)
    assert (row["tps_total"], row["tps_in"], row["tps_outstanding"]) == (8, 5, 3)
    # 1,001 voters + 25 reserve, and at most one ballot more for the rounding up of each station.
    assert row["ballots_outstanding"] == 1001 + 25 + 3
    assert row["winner_can_change"]
