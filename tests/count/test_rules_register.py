"""The register: complete, in both languages, and the source of every sentence and page."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from rukun.count import compare
from rukun.count.findings import SEVERITIES
from rukun.count.forms import FIELD_NAMES, field
from rukun.count.rules import RULES, check, checkability, describe, register_rows
from rukun.count.rules.page import fields_page, rules_page

from . import test_rules_form, test_rules_places
from .rule_tables import FRAME, Case, good, row, table

REPO = Path(__file__).parents[2]
CODES = [
    *(f"H{i}" for i in range(1, 13)),
    *(f"P{i}" for i in range(1, 8)),
    *(f"C{i}" for i in range(1, 6)),
    *(f"A{i}" for i in range(1, 5)),
    *("S1", "S2", "S3"),
    *(f"F{i}" for i in range(1, 7)),
]
SEVERITY = (
    dict.fromkeys([f"H{i}" for i in range(1, 13)] + [f"A{i}" for i in range(1, 5)], "error")
    | {"P1": "warning", "P2": "notice", "P3": "warning", "P4": "notice", "P5": "notice"}
    | {"P6": "notice", "P7": "warning"}
    | {"C1": "error", "C2": "warning", "C3": "warning", "C4": "notice", "C5": "warning"}
    | {"S1": "error", "S2": "warning", "S3": "notice"}
)


def sentence(code, name, finding, en, id_):
    return pytest.param(code, finding, en, id_, id=f"{code}-{name}")


def figures(name, expected, found, sources=()):
    return {"field": name, "expected": expected, "found": found, "sources": list(sources)}


SENTENCES = [
    sentence("H1", "men-and-women", figures("registered_j", 1234, 1235),
             "All voters, registered: all: 1\u202f235 stated; men and women together make 1\u202f234.",
             "Data pemilih, seluruh pemilih: jumlah: tertulis 1\u202f235; laki-laki dan perempuan berjumlah 1\u202f234."),
    sentence("H2", "lists", figures("registered_l", 5, 6),
             "All voters, registered: men: 6 stated; the three voter lists make 5.",
             "Data pemilih, seluruh pemilih: laki-laki: tertulis 6; ketiga daftar pemilih berjumlah 5."),
    sentence("H3", "attendance", figures("voters_p", 5, 6),
             "All voters, who voted: women: 6 stated; the three attendance lists make 5.",
             "Pengguna hak pilih, seluruh pemilih: perempuan: tertulis 6; ketiga daftar hadir berjumlah 5."),
    sentence("H4", "ballots", figures("ballots_received", 1, 2),
             "Ballots received, with the reserve: 2 stated; used, returned and unused ballots make 1.",
             "Surat suara diterima, termasuk cadangan: tertulis 2; digunakan, dikembalikan, dan tidak digunakan berjumlah 1."),
    sentence("H5", "votes", figures("valid", 370, 430),
             "Valid votes: 430 stated; the votes of all choices make 370.",
             "Suara sah: tertulis 430; suara semua pilihan berjumlah 370."),
    sentence("H6", "sum", figures("cast", 377, 380),
             "Valid and invalid votes: 380 stated; valid and invalid votes make 377.",
             "Suara sah dan tidak sah: tertulis 380; suara sah dan tidak sah berjumlah 377."),
    sentence("H7", "used", figures("ballots_used", 377, 376),
             "Ballots used: 376 stated; 377 votes were counted.",
             "Surat suara digunakan: tertulis 376; suara yang dihitung 377."),
    sentence("H8", "voters", figures("voters_j", 440, 437),
             "All voters, who voted: all: 437 stated; 440 votes were counted.",
             "Pengguna hak pilih, seluruh pemilih: jumlah: tertulis 437; suara yang dihitung 440."),
    sentence("H9", "list", figures("voters_tetap_l", 10, 11),
             "On the voter list, who voted: men: 11, more than the 10 on the list.",
             "Pengguna hak pilih, dalam DPT: laki-laki: 11, melebihi 10 yang terdaftar."),
    sentence("H10", "disability", figures("disabled_voters_p", 2, 3),
             "Voters with a disability, who voted: women: 3; at most 2 can be right.",
             "Pemilih disabilitas, menggunakan hak pilih: perempuan: 3; paling banyak 2 yang mungkin."),
    sentence("H11", "limit", figures("votes_2", 999, 1000),
             "Votes for choice 2: 1\u202f000; the limit is 999.",
             "Suara pilihan 2: 1\u202f000; batasnya 999."),
    sentence("H12", "never", figures("votes", None, None),
             "Votes of all choices: not checkable from these tables.",
             "Suara semua pilihan: tidak dapat diperiksa."),
    sentence("P1", "delivered", figures("ballots_received", 540, 539),
             "Ballots received, with the reserve: 539 stated; the voter list and its reserve make 540.",
             "Surat suara diterima, termasuk cadangan: tertulis 539; DPT dan cadangannya berjumlah 540."),
    sentence("P2", "size", figures("registered_tetap_j", 600, 601),
             "On the voter list, registered: all: 601; a station of this election has at most 600.",
             "Data pemilih, dalam DPT: jumlah: 601; TPS pada pemilihan ini paling banyak 600."),
    sentence("P3", "bound", figures("cast", 514, 515),
             "Valid and invalid votes: 515, more than the 514 ballots due to this voter list.",
             "Suara sah dan tidak sah: 515, melebihi 514 surat suara menurut DPT ini."),
    sentence("P4", "added", figures("voters_tambahan_j", 4, 3),
             "Added voters (identity card), who voted: all: 3; on the list stand 4.",
             "Pengguna hak pilih, pemilih tambahan (KTP-el): jumlah: 3; di daftar tercatat 4."),
    sentence("P5", "returned", figures("ballots_returned", 13, 14),
             "Ballots returned (damaged or mis-marked): 14, more than the reserve of 13.",
             "Surat suara dikembalikan (rusak/keliru coblos): 14, melebihi cadangan 13."),
    sentence("P6", "turnout", figures("turnout", 8500, 8507),
             "Turnout 85.07 %, outside its village's range, which ends at 85.00 %.",
             "Kehadiran 85,07 %, di luar kisaran desanya yang berakhir pada 85,00 %."),
    sentence("P6", "invalid", figures("invalid", 30, 31),
             "Invalid votes: 31, more than one vote in ten (30).",
             "Suara tidak sah: 31, lebih dari sepersepuluh suara (30)."),
    sentence("P6", "one-choice", figures("votes_12", None, 80),
             "Votes for choice 12: 80, which is every valid vote of the station.",
             "Suara pilihan 12: 80, yaitu seluruh suara sah di TPS ini."),
    sentence("P6", "all-zero", figures("valid", None, 0),
             "All votes are stated as zero.", "Seluruh suara tertulis nol."),
    sentence("P6", "whole-list", figures("cast", None, 300),
             "Valid and invalid votes: 300, exactly as many as are on the voter list.",
             "Suara sah dan tidak sah: 300, tepat sama dengan DPT."),
    sentence("P7", "twin", figures("votes", None, 200),
             "Votes and invalid votes are the same as at another station of this village (200 valid votes).",
             "Suara dan suara tidak sah sama dengan TPS lain di desa ini (200 suara sah)."),
    sentence("C1", "list", figures("registered_tetap_j", 501, 502),
             "On the voter list, registered: all: 502 here, 501 on the form of the other contest.",
             "Data pemilih, dalam DPT: jumlah: 502 di sini, 501 pada formulir pemilihan lainnya."),
    sentence("C2", "moved", figures("registered_pindahan_j", 5, 6),
             "Moved voters, registered: all: 6 here, more than the 5 of the wider contest.",
             "Data pemilih, pemilih pindahan: jumlah: 6 di sini, melebihi 5 pada pemilihan yang lebih luas."),
    sentence("C3", "users", figures("voters_j", 299, 298),
             "All voters, who voted: all: 298 here; the other contest's form and the moved voters ask for 299.",
             "Pengguna hak pilih, seluruh pemilih: jumlah: 298 di sini; menurut formulir pemilihan lain dan pemilih pindahan seharusnya 299."),
    sentence("C3", "moved", figures("voters_pindahan_j", 2, 3),
             "Moved voters, who voted: all: 3 here, more than the 2 of the wider contest.",
             "Pengguna hak pilih, pemilih pindahan: jumlah: 3 di sini, melebihi 2 pada pemilihan yang lebih luas."),
    sentence("C4", "distance", figures("valid", 1121, 1000),
             "Valid votes: 1\u202f000 here, 1\u202f121 in the other contest: an unusual distance.",
             "Suara sah: 1\u202f000 di sini, 1\u202f121 pada pemilihan lain: selisih yang tidak lazim."),
    sentence("C5", "stations", figures("tps_total", 141, 142),
             "Stations in all: 142 here, 141 in the other contest.",
             "Jumlah seluruh TPS: 142 di sini, 141 pada pemilihan lain."),
    sentence("A1", "sum", figures("valid", 34_101, 34_201),
             "Valid votes: 34\u202f201 stated; the places under it make 34\u202f101.",
             "Suara sah: tertulis 34\u202f201; tempat di bawahnya berjumlah 34\u202f101."),
    sentence("A2", "like-a-form", figures("H5.valid", 34_101, 34_201),
             "On the recapitulation — valid votes: 34\u202f201 stated; the votes of all choices make 34\u202f101.",
             "Pada rekapitulasi — suara sah: tertulis 34\u202f201; suara semua pilihan berjumlah 34\u202f101."),
    sentence("A3", "progress", figures("tps_in", 8, 9),
             "Stations counted in: 9 stated; the places under it make 8.",
             "TPS yang sudah masuk: tertulis 9; tempat di bawahnya berjumlah 8."),
    sentence("A4", "column", figures("votes_1", 9, 90),
             "Votes for choice 1: 90 in the column above, 9 on the place's own form.",
             "Suara pilihan 1: 90 di kolom atas, 9 di formulir tempat itu sendiri."),
    sentence("S1", "votes", figures("votes_1", 100, 101, ["official", "witness:2"]),
             "Votes for choice 1: 101, against 100 of another source (official form, witnesses of pair 2).",
             "Suara pilihan 1: 101, sedangkan sumber lain 100 (formulir resmi, saksi pasangan 2)."),
    sentence("S2", "cell", figures("ballots_unused", 3, 4, ["supervisor", "observer"]),
             "Ballots not used, with the rest of the reserve: 4, against 3 of another source (supervisor, observer).",
             "Surat suara tidak digunakan, termasuk sisa cadangan: 4, sedangkan sumber lain 3 (pengawas, pemantau)."),
    sentence("S3", "feed", figures("votes_2", 100, 10, ["official", "feed"]),
             "Votes for choice 2: 10, against 100 of another source (official form, publication).",
             "Suara pilihan 2: 10, sedangkan sumber lain 100 (formulir resmi, publikasi)."),
    sentence("F1", "zero", figures("votes_1", None, 0),
             "Votes for choice 1: every vote reads zero while stations are in.",
             "Suara pilihan 1: seluruh suara nol padahal TPS sudah masuk."),
    sentence("F2", "fell", figures("votes_1", 31_529, 31_211),
             "Votes for choice 1: 31\u202f211, after 31\u202f529 before, with the same stations in.",
             "Suara pilihan 1: 31\u202f211, sebelumnya 31\u202f529, dengan jumlah TPS masuk yang sama."),
    sentence("F3", "early", figures("valid", 0, 12),
             "Valid votes: 12 votes while no station is in.",
             "Suara sah: 12 suara padahal belum ada TPS masuk."),
    sentence("F4", "none", figures("tps_in", None, 4),
             "Stations counted in: stations are in but no votes are stated.",
             "TPS yang sudah masuk: TPS sudah masuk tetapi suaranya tidak dinyatakan."),
    sentence("F5", "vanished", figures("votes_2", 50, None),
             "Votes for choice 2: no longer stated; it was 50 before.",
             "Suara pilihan 2: tidak lagi dinyatakan; sebelumnya 50."),
    sentence("F6", "back", figures("tps_in", 40, 39),
             "Stations counted in: 39, after 40 before.",
             "TPS yang sudah masuk: 39, sebelumnya 40."),
]  # fmt: skip


def test_the_register_holds_every_rule_in_reading_order():
    assert list(RULES) == CODES


def test_every_rule_has_boundary_cases_and_a_sentence():
    judged = {c.code for c in (*test_rules_form.CASES, *test_rules_places.CASES)}
    compared = {c.code for c in SOURCE_CASES}
    told = {p.values[0] for p in SENTENCES}
    assert judged == {c for c in CODES if c[0] in "HPCA"}
    assert compared == {"S1", "S2", "S3"}
    assert told == set(CODES)


def test_every_judged_rule_breaks_in_some_case_except_the_tally_rows():
    cases = (*test_rules_form.CASES, *test_rules_places.CASES)
    assert {c.code for c in cases if c.findings} == {c for c in CODES if c[0] in "HPCA"} - {"H12"}
    assert {c.code for c in cases if not c.findings} == {c for c in CODES if c[0] in "HPCA"}


def test_severities_are_those_agreed():
    assert {c: RULES[c].severity for c in SEVERITY} == SEVERITY
    assert {r.severity for r in RULES.values()} <= set(SEVERITIES)


@pytest.mark.parametrize(("code", "finding", "en", "id_"), SENTENCES)
def test_rule(code, finding, en, id_):
    row_ = {"code": code, **finding}
    assert (describe(row_, "en"), describe(row_, "id")) == (en, id_)


def cell(*sources, **figures_):
    return [row(source=s, **{k: v[i] for k, v in figures_.items()}) for i, s in enumerate(sources)]


PAIR, FEED = ("official", "witness:1"), ("official", "feed")
SOURCE_CASES = [
    Case("S1", "equal", cell(*PAIR, votes_1=(9, 9), votes_2=(5, 5))),
    Case("S1", "one-vote", cell(*PAIR, votes_1=(9, 8), votes_2=(5, 5)), [("votes_1", 9, 8, 1)]),
    Case("S1", "not-stated-is-no-difference", cell(*PAIR, votes_1=(9, None), votes_2=(5, 5))),
    Case("S2", "another-cell", cell(*PAIR, voters_j=(15, 14)), [("voters_j", 15, 14, 1)]),
    Case("S2", "equal", cell(*PAIR, voters_j=(15, 15))),
    Case("S3", "publication-differs", cell(*FEED, votes_1=(9, 90)), [("votes_1", 9, 90, 81)]),
    Case("S3", "publication-equal", cell(*FEED, votes_1=(9, 9))),
]


@pytest.mark.parametrize("case", SOURCE_CASES, ids=lambda c: c.id)
def test_rule_of_sources(case):
    found = compare(table(*case.rows), FRAME).findings.filter(pl.col("code") == case.code)
    seen = found.select("field", "expected", "found", "votes_at_stake").rows()
    assert seen == case.findings
    assert set(found.get_column("severity")) <= {RULES[case.code].severity}


def test_check_leaves_sources_and_time_to_others():
    rows = [*cell(*PAIR, votes_1=(9, 8)), row("510101", source="feed", tps_in=3, votes_1=0)]
    codes = set(check(table(*rows), FRAME).get_column("code"))
    assert not {c for c in codes if c[0] in "SF"}
    assert not {c for c in checkability(table(*rows), FRAME).get_column("code") if c[0] in "SF"}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_both_languages_are_complete(rule):
    texts = [rule.title, rule.law, rule.typist, rule.coordinator, rule.finding]
    for text in (*texts, *rule.variants.values()):
        assert text.en.strip() and text.id.strip()
        assert set(re.findall(r"{(\w+)}", text.en)) == set(re.findall(r"{(\w+)}", text.id))
    for text in (rule.typist, rule.coordinator):
        assert text.en != text.id


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_rule_offers_to_make_a_form_balance(rule):
    words = " ".join([*rule.typist, *rule.coordinator, *rule.finding]).lower()
    for offer in (
        "adjust",
        "make it",
        "so that it",
        "sesuaikan",
        "agar cocok",
        "supaya cocok",
        "change the",
    ):
        assert offer not in words


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_named_fields_are_fields_of_a_form(rule):
    for name in rule.fields:
        assert " " in name or name == "votes_n" or field(name).name == name


def test_the_table_of_rules_speaks_the_readers_language():
    en, id_ = register_rows("en"), register_rows("id")
    assert [r["code"] for r in en] == CODES
    assert list(en[0]) == ["code", "severity", "formula", "title", "law"]
    assert en[4]["title"] == "The votes of all choices make the valid votes"
    assert id_[4]["title"] == "Jumlah suara pilihan = suara sah"


@pytest.mark.parametrize(("name", "page"), [("rules.md", rules_page), ("fields.md", fields_page)])
def test_the_committed_reference_page_is_the_generated_one(name, page):
    committed = (REPO / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert committed == page(), "run python -m rukun.count.rules.page docs/reference"


def test_the_pages_name_every_rule_and_every_field():
    assert re.findall(r"^### (\w+) ", rules_page(), re.M) == CODES
    named = re.findall(r"^\| `(\w+)`", fields_page(), re.M)
    assert [n for n in named if n in FIELD_NAMES] == list(FIELD_NAMES)


def test_findings_come_in_one_order_whatever_the_order_of_forms():
    rows = [
        good(),
        good(valid=369, source="witness:1"),
        good("5101011001002", valid=1),
        row("510101", valid=3),
    ]
    assert check(table(*rows), FRAME).equals(check(table(*reversed(rows)), FRAME))
