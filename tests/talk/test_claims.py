"""Claims in posts: what is stated, about which place; criticism and false friends are none."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from rukun.talk.claims import CLAIMS, GROUPED, extract, grouped
from rukun.talk.claims.schema import FIGURE_KINDS, KINDS
from rukun.talk.gazetteer import gazetteer
from rukun.talk.narratives import MEMBERS
from tests.count.small import frame as small_frame
from tests.talk.claim_cases import APART, LATER, TABLE, cases, jembrana, read, reader, score

TOLD = cases(TABLE)
LEAST_PRECISION, LEAST_RECALL = 0.97, 0.85
_AT = dt.datetime(2024, 11, 28, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize("case", TOLD, ids=lambda c: c.text[:60])
def test_the_claims_of_a_post_are_found_and_nothing_else(case):
    assert sorted(read(case.text), key=str) == sorted(case.claims, key=str)


def test_the_table_is_large_and_half_of_it_is_not_checkable():
    open_ = [c for c in TOLD if not c.claims or all(k.place is None for k in c.claims)]
    assert len(TOLD) >= 120
    assert len(open_) * 2 >= len(TOLD)
    assert {k.kind for c in TOLD for k in c.claims} == set(KINDS)


@pytest.mark.parametrize(("path", "posts"), [(APART, 80), (LATER, 40)], ids=["apart", "later"])
def test_posts_that_the_reader_was_not_tuned_on_are_read_with_precision(path, posts):
    held = cases(path)
    measured = score(held)
    assert len(held) == posts
    assert measured.precision >= LEAST_PRECISION
    assert measured.recall >= LEAST_RECALL


WRITTEN = [
    ("73.468 suara", 73_468, 0),
    ("73,468 suara", 73_468, 0),
    ("73468 suara", 73_468, 0),
    ("73 468 suara", 73_468, 0),
    ("73 ribu 468 suara", 73_468, 0),
    ("73 ribu suara", 73_000, 1_000),
    ("73rb suara", 73_000, 1_000),
    ("73,4 ribu suara", 73_400, 100),
    ("1,4 juta suara", 1_400_000, 100_000),
    ("1.413.604 suara", 1_413_604, 0),
    ("sekitar 200 suara", 200, 10),
]


@pytest.mark.parametrize(("text", "value", "within"), WRITTEN)
def test_thousands_are_read_however_they_are_written(text, value, within):
    (claim,) = reader().read(f"Pilgub di Kabupaten Jembrana paslon 1 {text}")
    (figure,) = claim["figures"]
    assert (figure["value"], figure["within"]) == (value, within)


@pytest.mark.parametrize(
    ("text", "value", "within"),
    [
        ("71,23 %", 7123, 0),
        ("71.23 persen", 7123, 0),
        ("71,2%", 7120, 10),
        ("71 prosen", 7100, 100),
    ],
)
def test_a_share_is_hundredths_of_a_percent(text, value, within):
    (claim,) = reader().read(f"paslon 2 meraih {text} suara di kecamatan Melaya")
    (figure,) = claim["figures"]
    assert (claim["kind"], figure["what"]) == ("share", "share_2")
    assert (figure["value"], figure["within"]) == (value, within)


def test_bounds_are_kept():
    (claim,) = reader().read("paslon 2 dapat lebih dari 200 suara di TPS 3 Medewi")
    assert claim["figures"][0]["bound"] == "least"


OPEN = [
    ("paslon 1 dapat 144 suara di TPS 2 Loloan", "place-ambiguous"),
    ("paslon 1 dapat 144 suara di TPS 3 Mendoyo", "place-ambiguous"),
    ("TPS 88 Pulukan paslon 1 144 suara", "station-unknown"),
    ("paslon 1 dapat 300 suara di TPS 3 Gianyar", "elsewhere"),
    ("partisipasi pemilih 71,23 persen", "place"),
    ("paslon 1 menang di Gianyar", "elsewhere"),
    ("surat suara di TPS 3 Medewi 12 lembar", "row"),
]


@pytest.mark.parametrize(("text", "why"), OPEN)
def test_a_statement_that_no_form_can_answer_is_kept_with_the_reason(text, why):
    (claim,) = reader().read(text)
    assert (claim["checkable"], claim["why_open"]) == (False, why)


def test_an_ambiguous_place_is_narrowed_by_a_figure_it_cannot_hold():
    (claim,) = reader().read("paslon 2 memperoleh 106.119 suara di Jembrana")
    assert (claim["place"], claim["place_sure"]) == ("5101", "likely")


def test_a_place_above_one_contest_says_which_contest_it_is():
    (claim,) = reader().read("di Provinsi Bali paslon 2 raih 1.413.604 suara")
    assert (claim["contest"], claim["contest_by"]) == ("gubernur-bali-2024", "only")


def test_a_pair_is_known_by_its_short_name_too():
    contest = next(iter(jembrana().contests.values()))
    choice = contest.choices[1]
    (claim,) = reader().read(f"{choice.short} dapat 254 suara di TPS 7 Yehembang")
    assert (claim["choice"], claim["contest"]) == (choice.number, contest.code)


def test_a_pair_that_is_not_on_the_ballot_is_none():
    assert reader().read("paslon 7 dapat 254 suara di TPS 7 Yehembang") == []


def test_the_span_holds_the_words_of_the_claim():
    text = "Selamat pagi. Di TPS 7 Yehembang paslon 2 dapat 254 suara. Terima kasih"
    (claim,) = reader().read(text)
    assert text[claim["start"] : claim["end"]] == "paslon 2 dapat 254"
    assert claim["words"] == "Di TPS 7 Yehembang paslon 2 dapat 254 suara"


def posts(*rows):
    """Posts from (id, account, text), a minute apart."""
    return pl.DataFrame(
        [
            {"post_id": p, "account": a, "text": t, "posted_at": _AT + dt.timedelta(minutes=i)}
            for i, (p, a, t) in enumerate(rows)
        ],
        schema_overrides={"posted_at": pl.Datetime("us", "UTC")},
    )


A = "TPS 7 Yehembang paslon 1 dapat 180 suara"
ROWS = (
    ("x:1", "akun-A", A),
    ("x:2", "akun-B", A),
    ("x:3", None, "Apa benar paslon 1 dapat 180 suara di TPS 7 Yehembang?"),
    ("x:4", "akun-A", "tidak benar paslon 1 dapat 180 suara di TPS 007 desa Yeh Embang"),
    ("x:5", "akun-C", "Harga cabai naik lagi"),
    ("x:6", "akun-C", "TPS 7 Yehembang paslon 1 dapat 108 suara"),
)


def test_claims_have_their_schema_and_each_text_is_read_for_every_post():
    claims = extract(posts(*ROWS), gazetteer(jembrana()))
    assert claims.columns == [c.name for c in CLAIMS]
    assert claims["post_id"].to_list() == ["x:1", "x:2", "x:3", "x:4", "x:6"]
    assert claims["claim"].n_unique() == 2


def test_the_code_does_not_depend_on_wording_or_stance():
    claims = extract(posts(*ROWS[:4]), gazetteer(jembrana()))
    assert claims["claim"].n_unique() == 1
    assert claims["claim"][0].startswith("k-")
    assert claims["stance"].to_list() == ["asserts", "asserts", "asks", "denies"]


def test_a_group_counts_posts_accounts_times_and_stances():
    claims = extract(posts(*ROWS), gazetteer(jembrana()))
    members = pl.DataFrame(
        {"post_id": ["x:1", "x:2"], "narrative": ["n-1", "n-1"]},
        schema={c.name: c.dtype for c in MEMBERS},
    )
    groups = grouped(claims, members)
    assert groups.columns == [c.name for c in GROUPED]
    first = groups.row(0, named=True)
    assert (first["posts"], first["accounts"]) == (4, 2)
    assert (first["first_seen"], first["last_seen"]) == (_AT, _AT + dt.timedelta(minutes=3))
    assert (first["asserts"], first["asks"], first["denies"]) == (2, 1, 1)
    assert first["text"] == A
    assert first["narratives"] == ["n-1"]
    assert groups["posts"].to_list() == [4, 1]


def test_groups_do_not_depend_on_the_order_of_posts():
    table = posts(*ROWS)
    there = gazetteer(jembrana())
    one, other = (grouped(extract(t, there)) for t in (table, table.reverse()))
    assert one.sort("claim").equals(other.sort("claim"))


def test_no_posts_give_no_claims():
    claims = extract(posts(*ROWS).clear(), gazetteer(jembrana()))
    assert claims.is_empty()
    assert grouped(claims).columns == [c.name for c in GROUPED]


def test_swapping_the_pairs_swaps_the_claims_and_nothing_else():
    swap = str.maketrans("12", "21")
    for kind in FIGURE_KINDS[:1]:
        for text in ("paslon 1 dapat 333 suara di TPS 7 Yehembang", "TPS 7 Medewi 02: 333"):
            one, other = read(text), read(text.translate(swap))
            assert [c.kind for c in one] == [c.kind for c in other] == [kind]
            assert [c.choice for c in one] == [3 - (c.choice or 0) for c in other]


def test_another_frame_reads_its_own_stations_and_its_only_contest():
    claims = extract(
        posts(("x:1", "akun-A", "paslon 2 dapat 90 suara di desa Village c")),
        gazetteer(small_frame()),
    )
    row = claims.row(0, named=True)
    assert (row["place"], row["contest"], row["contest_by"]) == ("A2c", "reg", "only")
