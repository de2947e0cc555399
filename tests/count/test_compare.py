"""States of a station, and the cells in which sources differ."""

from __future__ import annotations

import polars as pl
import pytest

from rukun.contests import Choice
from rukun.count.compare import STATES, agreement, compare

from .small import TPS, contest, forms, frame, station

FRAME = frame()


def state_of(*rows, place="A1a1", a_frame=FRAME, choices=2):
    states = compare(forms(*rows, choices=choices), a_frame).states
    return states.filter(pl.col("place") == place).to_dicts()[0]


def both(place, votes, **more):
    return [station(place, votes, s, **more) for s in ("official", "witness:1", "witness:2")]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["official", "witness:1", "witness:2"], "agreed"),
        (["official", "witness:1", "witness:2", "observer"], "agreed"),
        (["official", "witness:1"], "confirmed"),
        (["official", "supervisor"], "confirmed"),
        (["official", "observer"], "confirmed"),
        (["witness:1", "witness:2"], "witnessed"),
        (["official"], "single"),
        (["witness:2"], "single"),
        (["official", "recap"], "single"),
        (["official", "feed"], "single"),
        (["feed"], "missing"),
    ],
)
def test_state_follows_from_which_independent_sources_agree(sources, expected):
    rows = [station("A1a1", [100, 90], s) for s in sources]
    assert state_of(*rows)["state"] == expected


def test_station_without_a_form_is_missing():
    states = compare(forms(station("A1a1", [1, 2])), FRAME).states
    assert dict(states.select("place", "state").iter_rows()) == {
        "A1a1": "single",
        **dict.fromkeys(TPS[1:], "missing"),
    }


def test_one_differing_vote_makes_a_station_disputed():
    row = state_of(station("A1a1", [100, 90]), station("A1a1", [100, 91], "witness:2"))
    assert (row["state"], row["cells_differing"], row["votes_touched"]) == ("disputed", 1, 1)


def test_swapped_votes_touch_both_cells():
    row = state_of(station("A1a1", [130, 90]), station("A1a1", [90, 130], "witness:1"))
    assert (row["cells_differing"], row["votes_touched"]) == (2, 80)


def test_accounting_difference_disputes_without_touching_votes():
    row = state_of(
        *both("A1a1", [100, 90])[:2],
        station("A1a1", [100, 90], "witness:2", invalid=3),
        station("A1a1", [100, 90], "observer", invalid=4),
    )
    assert (row["state"], row["votes_touched"], row["cells_differing"]) == ("disputed", 0, 1)


def test_cell_that_one_source_leaves_out_is_not_compared():
    row = state_of(station("A1a1", [100, 90], invalid=3), station("A1a1", [100, 90], "witness:1"))
    assert (row["state"], row["cells_compared"]) == ("confirmed", 2)


def test_a_form_without_all_votes_does_not_confirm():
    row = state_of(station("A1a1", [100, 90]), station("A1a1", [100, None], "witness:1"))
    assert row["state"] == "single"


def test_feed_and_recap_never_dispute_a_station():
    row = state_of(
        *both("A1a1", [100, 90]),
        station("A1a1", [1, 90], "feed"),
        station("A1a1", [2, 90], "recap", kind="d_hasil"),
    )
    assert row["state"] == "agreed"


def test_feed_that_differs_is_a_notice():
    found = compare(
        forms(station("A1a1", [100, 90]), station("A1a1", [10, 90], "feed")), FRAME
    ).findings
    assert found.select("code", "severity", "field", "expected", "found").rows() == [
        ("S3", "notice", "votes_1", 100, 10)
    ]


def test_findings_name_the_official_figure_and_the_one_farthest_from_it():
    found = compare(
        forms(
            station("A1a1", [100, 90]),
            station("A1a1", [101, 90], "witness:1"),
            station("A1a1", [60, 90], "witness:2"),
        ),
        FRAME,
    ).findings.to_dicts()
    assert len(found) == 1
    assert (found[0]["code"], found[0]["expected"], found[0]["found"]) == ("S1", 100, 60)
    assert found[0]["votes_at_stake"] == 41


def test_repeated_vote_replaces_the_first_result():
    row = state_of(
        *both("A1a1", [100, 90]),
        station("A1a1", [80, 95], kind="c_hasil_psu"),
        station("A1a1", [80, 95], "witness:1", kind="c_hasil_psu"),
    )
    assert row["state"] == "confirmed"


def test_order_for_a_repeated_vote_supersedes_the_first_result():
    assert (
        state_of(*both("A1a1", [100, 90]), {"place": "A1a1", "kind": "c_hasil_psu"})["state"]
        == "superseded"
    )


def test_a_witness_cannot_replace_a_result_with_another_kind_of_form():
    row = state_of(
        *both("A1a1", [100, 90]), station("A1a1", [0, 190], "witness:2", kind="c_hasil_psu")
    )
    assert row["state"] == "agreed"


def test_observer_stands_for_the_empty_box_against_the_single_pair():
    box = (Choice(1, "Pair 1", "Pair 1"), Choice(2, "Kolom kosong", "Kolom kosong", empty_box=True))
    rows = [station("A1a1", [100, 90], s) for s in ("official", "witness:1", "observer")]
    assert state_of(*rows)["state"] == "confirmed"
    assert state_of(*rows, a_frame=frame(contest(ballot=box)))["state"] == "agreed"


def test_swapping_the_two_camps_swaps_nothing_in_the_states():
    def swapped(source):
        return {"witness:1": "witness:2", "witness:2": "witness:1"}.get(source, source)

    rows = [
        station("A1a1", [100, 90]),
        station("A1a1", [101, 90], "witness:1"),
        station("A1a2", [5, 9], "witness:2"),
    ]
    other = [station(r["place"], r["votes"][::-1], swapped(r["source"])) for r in rows]
    one = compare(forms(*rows), FRAME).states.drop("sources")
    two = compare(forms(*other), FRAME).states.drop("sources")
    assert one.equals(two)


def test_agreement_adds_up_at_every_place():
    rows = [
        *both("A1a1", [100, 90]),
        station("A1a2", [10, 9]),
        station("A2c1", [7, 7]),
        station("A2c1", [7, 8], "witness:2"),
    ]
    counts = agreement(compare(forms(*rows), FRAME).states, FRAME)
    top = counts.filter(pl.col("place") == "A").to_dicts()[0]
    assert {s: top[s] for s in STATES} == {
        "agreed": 1,
        "confirmed": 0,
        "witnessed": 0,
        "single": 1,
        "disputed": 1,
        "superseded": 0,
        "missing": 2,
    }
    assert top["tps_total"] == 5
    assert counts.filter(pl.col("place") == "A1").item(0, "tps_total") == 3


def test_row_order_changes_nothing():
    rows = [
        *both("A1a1", [100, 90]),
        station("A1a2", [10, 9]),
        station("A1a2", [10, 8], "witness:1"),
    ]
    one, two = (compare(forms(*r), FRAME) for r in (rows, rows[::-1]))
    assert one.states.equals(two.states)
    assert one.findings.equals(two.findings)
