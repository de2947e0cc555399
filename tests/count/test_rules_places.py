"""P6, P7, C1–C5 and A1–A4: boundary cases of the rules that read several forms at once."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from rukun.count.rules import check, checkability
from rukun.frame import Frame

from .rule_tables import (
    A1,
    CONTESTS,
    FRAME,
    KEC,
    KEC2,
    PROV,
    REG,
    A,
    B,
    C,
    Case,
    good,
    row,
    table,
    told,
    tps,
)


def turnouts(*voters, village=A, source="official"):
    """Stations of 1,000 listed voters each, so that a voter is a tenth of a point."""
    return [
        row(tps(village, i), registered_tetap_j=1000, voters_j=u, source=source)
        for i, u in enumerate(voters, start=1)
    ]


def sheets(*votes, village=A):
    return [
        row(tps(village, i), votes_1=v[0], votes_2=v[1], invalid=v[2])
        for i, v in enumerate(votes, start=1)
    ]


TWIN, OTHER = (120, 80, 4), (90, 95, 2)
VILLAGE = [
    Case("P6", "turnout-15-points-above", turnouts(700, 700, 700, 700, 850)),
    Case("P6", "turnout-15.1-points-above", turnouts(700, 700, 700, 700, 851),
         [("turnout", 8500, 8510, None)]),
    Case("P6", "turnout-15.1-points-below", turnouts(700, 700, 700, 549, 700),
         [("turnout", 5500, 5490, None)]),
    Case("P6", "turnout-three-deviations", turnouts(500, 600, 700, 800, 900, 1000)),
    Case("P6", "turnout-of-four-stations-has-no-range", turnouts(700, 700, 700, 0)),
    Case("P6", "turnout-of-another-source-does-not-count",
         turnouts(700, 700, 700, 700) + turnouts(100, source="witness:1")),
    Case("P6", "turnout-voters-not-stated", turnouts(700, 700, 700, 700, None)),
    Case("P6", "turnout-not-stated-does-not-make-five", turnouts(700, 700, 700, None, 0)),
    Case("P7", "same-sheet-in-the-village", sheets(TWIN, OTHER, TWIN),
         [("votes", None, 200, 200), ("votes", None, 200, 200)]),
    Case("P7", "one-invalid-more", sheets(TWIN, (120, 80, 5))),
    Case("P7", "votes-swapped", sheets(TWIN, (80, 120, 4))),
    Case("P7", "no-valid-votes", sheets((0, 0, 4), (0, 0, 4))),
    Case("P7", "another-village", sheets(TWIN) + sheets(TWIN, village=B)),
    Case("P7", "another-source", [*sheets(TWIN), *(r | {"source": "feed"} for r in sheets(OTHER, TWIN))]),
    Case("P7", "another-contest", [*sheets(TWIN), *(r | {"contest": "box"} for r in sheets(OTHER, TWIN))]),
    Case("P7", "invalid-not-stated", sheets((120, 80, None), (120, 80, None))),
    Case("P7", "a-vote-not-stated", sheets((120, None, 4), (120, None, 4))),
    Case("P7", "replaced-sheet-does-not-count",
         [*sheets(TWIN, TWIN), row(A1, kind="c_hasil_recount", votes_1=1, votes_2=2, invalid=0)]),
]  # fmt: skip


def both(governor, regent, place=A1, **more):
    return [row(place, "gov", **governor, **more), row(place, "reg", **regent, **more)]


PAIRS = [
    *(
        case
        for s in "lpj"
        for x in (f"registered_tetap_{s}", f"registered_tambahan_{s}")
        for case in (
            Case("C1", f"{x}-equal", both({x: 250}, {x: 250})),
            Case("C1", f"{x}-one-more", both({x: 250}, {x: 251}), [(x, 250, 251, 1)]),
            Case("C1", f"{x}-one-not-stated", both({x: 250}, {})),
        )
    ),
    Case("C1", "moved-voters-may-differ", both({"registered_pindahan_j": 9}, {"registered_pindahan_j": 2})),
    Case("C1", "another-date-is-another-list",
         [row(A1, "box", registered_tetap_j=1), row(A1, "gov", registered_tetap_j=2)]),
    Case("C1", "another-source-is-no-pair",
         [row(A1, "gov", registered_tetap_j=1), row(A1, "reg", registered_tetap_j=2, source="feed")]),
    Case("C1", "on-recapitulations-too",
         both({"registered_tetap_j": 9_000}, {"registered_tetap_j": 9_010}, KEC),
         [("registered_tetap_j", 9_000, 9_010, 10)]),
    Case("C1", "replaced-forms-are-no-pair",
         [*both({"registered_tetap_j": 1}, {"registered_tetap_j": 2}),
          *both({"registered_tetap_j": 3}, {"registered_tetap_j": 3}, kind="c_hasil_psu")]),
    Case("C2", "equal", both({"registered_pindahan_j": 5}, {"registered_pindahan_j": 5})),
    Case("C2", "governor-has-more", both({"registered_pindahan_j": 6}, {"registered_pindahan_j": 5})),
    Case("C2", "regent-has-more", both({"registered_pindahan_j": 5}, {"registered_pindahan_j": 6}),
         [("registered_pindahan_j", 5, 6, 1)]),
    Case("C2", "one-not-stated", both({}, {"registered_pindahan_j": 6})),
    Case("C3", "jembrana-58",
         both({"voters_j": 174_562, "voters_pindahan_j": 58}, {"voters_j": 174_504, "voters_pindahan_j": 0}, REG)),
    Case("C3", "one-voter-unexplained",
         both({"voters_j": 301, "voters_pindahan_j": 4}, {"voters_j": 298, "voters_pindahan_j": 2}),
         [("voters_j", 299, 298, 1)]),
    Case("C3", "regent-has-more-of-both",
         both({"voters_j": 300, "voters_pindahan_j": 2}, {"voters_j": 301, "voters_pindahan_j": 3}),
         [("voters_pindahan_j", 2, 3, 1)]),
    Case("C3", "moved-not-stated", both({"voters_j": 300}, {"voters_j": 200, "voters_pindahan_j": 0})),
    Case("C4", "twelve-percent-more", both({"valid": 1120}, {"valid": 1000}, KEC)),
    Case("C4", "above-twelve-percent", both({"valid": 1121}, {"valid": 1000}, KEC),
         [("valid", 1121, 1000, 121)]),
    Case("C4", "5.1-percent-less", both({"valid": 949}, {"valid": 1000}, KEC)),
    Case("C4", "more-than-5.1-percent-less", both({"valid": 948}, {"valid": 1000}, KEC),
         [("valid", 948, 1000, 52)]),
    Case("C4", "stations-are-too-small", both({"valid": 10}, {"valid": 100})),
    Case("C4", "villages-are-too-small", both({"valid": 10}, {"valid": 100}, A)),
    Case("C4", "not-stated", both({"valid": 10}, {}, KEC)),
    Case("C5", "equal", both({"tps_total": 141}, {"tps_total": 141}, KEC, source="feed")),
    Case("C5", "one-more", both({"tps_total": 141}, {"tps_total": 142}, KEC, source="feed"),
         [("tps_total", 141, 142, None)]),
    Case("C5", "not-stated", both({"tps_total": 141}, {}, KEC)),
]  # fmt: skip


def recap(place, **figures):
    """The column for ``place`` on the form of the level above."""
    return row(place, source="recap", kind="d_hasil", **figures)


def stations(village, valid, source="official", **more):
    return [row(tps(village, i), valid=v, source=source, **more) for i, v in enumerate(valid, 1)]


A_VALID, B_VALID = (10, 20, 30, 40, 50, 60), (1, 2, 3)  # villages of 210 and 6, kecamatan of 216
UNDER = [*stations(A, A_VALID), *stations(B, B_VALID)]
CHAIN = [
    Case("A1", "village-is-its-stations", [recap(A, valid=210), *UNDER]),
    Case("A1", "village-is-off", [recap(A, valid=211), *UNDER], [("valid", 210, 211, 1)]),
    Case("A1", "kecamatan-is-its-villages", [row(KEC, valid=216), recap(A, valid=210), recap(B, valid=6)]),
    Case("A1", "kecamatan-is-off", [row(KEC, valid=206), recap(A, valid=210), recap(B, valid=6)],
         [("valid", 216, 206, 10)]),
    Case("A1", "without-village-rows-its-stations", [row(KEC, valid=215), *UNDER], [("valid", 216, 215, 1)]),
    Case("A1", "one-village-row-and-the-others-stations",
         [row(KEC, valid=215), recap(A, valid=210), *stations(B, B_VALID)], [("valid", 216, 215, 1)]),
    Case("A1", "a-station-missing", [row(KEC, valid=1), *UNDER[:-1]]),
    Case("A1", "a-station-without-the-field", [row(KEC, valid=1), *stations(A, (*A_VALID[:5], None)),
                                             *stations(B, B_VALID)]),
    Case("A1", "a-village-row-without-the-field",
         [row(KEC, valid=1), recap(A, valid=210), recap(B, invalid=2)]),
    Case("A1", "the-column-stands-before-the-childs-own-form",
         [row(REG, valid=300), recap(KEC, valid=200), row(KEC, valid=150), recap(KEC2, valid=100)]),
    Case("A1", "the-childs-own-form-where-there-is-no-column",
         [row(REG, valid=300), row(KEC, valid=200), row(KEC2, valid=101)], [("valid", 301, 300, 1)]),
    Case("A1", "a-stations-column-stands-before-its-form",
         [recap(C, valid=7), recap(tps(C, 1), valid=3), row(tps(C, 1), valid=9), row(tps(C, 2), valid=4)]),
    Case("A1", "a-repeated-vote-replaces-the-first",
         [recap(C, valid=7), row(tps(C, 1), valid=9), row(tps(C, 1), valid=3, kind="c_hasil_psu"),
          row(tps(C, 2), valid=4)]),
    Case("A1", "votes-of-a-choice", [recap(C, votes_2=8), row(tps(C, 1), votes_2=3), row(tps(C, 2), votes_2=4)],
         [("votes_2", 7, 8, 1)]),
    Case("A1", "disability-touches-no-vote",
         [recap(C, disabled_voters_j=8), row(tps(C, 1), disabled_voters_j=3), row(tps(C, 2), disabled_voters_j=4)],
         [("disabled_voters_j", 7, 8, None)]),
    Case("A1", "witness-against-the-witness",
         [row(KEC2, valid=9, source="witness:1"), *stations(C, (3, 4), "witness:1"), *stations(C, (5, 5))],
         [("valid", 7, 9, 2)]),
    Case("A1", "witness-without-its-own-stations",
         [row(KEC2, valid=9, source="witness:1"), *stations(C, (5, 5)), *stations(C, (5, 5), "witness:2")]),
    Case("A1", "feed-against-the-feed",
         [row(KEC2, valid=9, source="feed"), *stations(C, (3, 4), "feed"), *stations(C, (5, 5))],
         [("valid", 7, 9, 2)]),
    Case("A1", "supervisors-have-no-chain",
         [row(KEC2, valid=9, source="supervisor"), *stations(C, (3, 4), "supervisor")]),
    Case("A1", "contests-are-apart",
         [row(KEC2, valid=7), *stations(C, (3, 4)), *stations(C, (9, 9), contest="gov")]),
    Case("A2", "holds-on-a-recapitulation", [good(KEC)]),
    *(
        Case("A2", f"{code}-breaks", [good(KEC, **{x: figure})], findings)
        for code, x, figure, findings in (
            ("H1", "registered_pindahan_l", 3,
             [("H1.registered_pindahan_j", 4, 3, 1), ("H2.registered_l", 254, 253, 1)]),
            ("H2", "registered_tambahan_j", 5,
             [("H1.registered_tambahan_j", 4, 5, 1), ("H2.registered_j", 509, 508, 1)]),
            ("H3", "voters_tetap_p", 191,
             [("H1.voters_tetap_j", 371, 370, 1), ("H3.voters_p", 195, 194, 1)]),
            ("H4", "ballots_unused", 136, [("H4.ballots_received", 515, 514, 1)]),
            ("H5", "votes_1", 201, [("H5.valid", 371, 370, 1)]),
            ("H6", "invalid", 8, [("H6.cast", 378, 377, 1)]),
            ("H7", "ballots_used", 376,
             [("H4.ballots_received", 513, 514, 1), ("H7.ballots_used", 377, 376, 1)]),
            ("H8", "voters_j", 378,
             [("H1.voters_j", 377, 378, 1), ("H3.voters_j", 377, 378, 1), ("H8.voters_j", 377, 378, 1)]),
        )
    ),
    Case("A2", "on-a-column", [recap(A1, valid=1, invalid=1, cast=3)], [("H6.cast", 2, 3, 1)]),
    Case("A2", "not-checkable", [row(KEC, valid=1, cast=3)]),
    Case("A2", "not-at-the-station", [good(valid=1)]),
    Case("A2", "no-limit-of-three-boxes", [row(KEC, valid=60_000, invalid=1_000, cast=61_000)]),
    Case("A3", "sum", [row(KEC, source="feed", tps_in=8), row(A, source="feed", tps_in=6),
                       row(B, source="feed", tps_in=2)]),
    Case("A3", "one-more", [row(KEC, source="feed", tps_in=9), row(A, source="feed", tps_in=6),
                            row(B, source="feed", tps_in=2)], [("tps_in", 8, 9, None)]),
    Case("A3", "a-child-not-stated", [row(KEC, source="feed", tps_in=9), row(A, source="feed", tps_in=6),
                                      row(B, source="feed", tps_total=3)]),
    Case("A3", "only-the-publication", [row(KEC, tps_in=9), row(A, tps_in=6), row(B, tps_in=2)]),
    Case("A4", "column-repeats-the-form", [recap(KEC, valid=9, cast=10), row(KEC, valid=9, cast=10)]),
    Case("A4", "column-differs", [recap(KEC, valid=9, cast=10), row(KEC, valid=8, cast=10)],
         [("valid", 8, 9, 1)]),
    Case("A4", "either-not-stated", [recap(KEC, valid=9), row(KEC, cast=10)]),
    Case("A4", "at-a-station", [recap(A1, votes_1=90), row(A1, votes_1=9)], [("votes_1", 9, 90, 81)]),
    Case("A4", "at-a-station-the-form-in-force",
         [recap(A1, votes_1=90), row(A1, votes_1=9), row(A1, votes_1=90, kind="c_hasil_psu")]),
    Case("A4", "a-witness-is-not-the-form", [recap(A1, votes_1=90), row(A1, votes_1=9, source="witness:1")]),
    Case("A4", "another-place", [recap(A1, votes_1=90), row(tps(A, 2), votes_1=9)]),
]  # fmt: skip

CASES = [*VILLAGE, *PAIRS, *CHAIN]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_rule(case):
    assert told(case) == sorted(case.findings, key=str)


def _finding(*rows, code):
    return check(table(*rows), FRAME).filter(pl.col("code") == code).to_dicts()[0]


def test_a_finding_on_two_contests_is_laid_to_the_lower_one():
    found = _finding(*both({"registered_tetap_j": 1}, {"registered_tetap_j": 2}), code="C1")
    assert (found["contest"], found["severity"]) == ("reg", "error")


def test_added_voters_that_differ_between_contests_are_a_warning():
    found = _finding(*both({"registered_tambahan_j": 1}, {"registered_tambahan_j": 2}), code="C1")
    assert found["severity"] == "warning"


def test_a_sum_names_the_sources_of_all_forms_in_it():
    rows = [row(KEC, valid=206), recap(A, valid=210), recap(B, valid=6)]
    assert _finding(*rows, code="A1")["sources"] == ["official", "recap"]


def test_a_column_finding_names_no_single_form():
    found = _finding(recap(A1, votes_1=90), row(A1, votes_1=9), code="A4")
    assert (found["sources"], found["kind"], found["version"]) == (
        ["official", "recap"],
        None,
        None,
    )


def test_both_stations_with_the_same_sheet_are_named():
    found = check(table(*sheets(TWIN, OTHER, TWIN)), FRAME)
    assert found.get_column("place").to_list() == [tps(A, 1), tps(A, 3)]


def test_a_parent_with_a_missing_child_is_not_checkable():
    counts = checkability(table(row(KEC, valid=1), *UNDER[:-1]), FRAME)
    assert counts.filter(pl.col("code") == "A1").row(0) == ("A1", 0, 0, 1)


def test_a_place_with_stations_outside_the_frame_is_not_summed():
    rows = [
        row(PROV, "gov", valid=9_999),
        row(REG, "gov", valid=300),
        row("5102", "gov", valid=200),
    ]
    wide = dataclasses.replace(CONTESTS["gov"], tps_elsewhere=6_000)
    partial = Frame(FRAME.places, CONTESTS | {"gov": wide})
    assert check(table(*rows), FRAME).get_column("code").to_list() == ["A1"]
    assert check(table(*rows), partial).is_empty()
