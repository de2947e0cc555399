"""Places in free text: the right code, or none at all."""

from __future__ import annotations

import time

import pytest

from rukun.talk.gazetteer import AMBIGUOUS, LIKELY, SURE, UNKNOWN, gazetteer
from rukun.talk.spelling import fold
from tests.count.small import frame as small_frame
from tests.talk.claim_cases import jembrana, place_code

LEAST_POSTS_A_SECOND = 5_000


@pytest.fixture(scope="module")
def places():
    return gazetteer(jembrana())


def found(places, text, hint=None):
    return [(m.code, m.sure) for m in places.find(text, hint)]


SPELLINGS = [
    ("desa Blimbingsari", "Belimbingsari"),
    ("Belimbing Sari", "Belimbingsari"),
    ("Delodbrawah", "Delodberawah"),
    ("delod brawah", "Delodberawah"),
    ("Delod-Berawah", "Delodberawah"),
    ("desa Airkuning", "Air Kuning"),
    ("desa Air Kuning", "Air Kuning"),
    ("desa Batuagung", "Batu Agung"),
    ("Yehsumbul", "Yeh Sumbul"),
    ("yeh sumbul", "Yeh Sumbul"),
    ("Tegal Cangkring", "Tegalcangkring"),
    ("Manggisari", "Manggissari"),
    ("Pengragoan", "Pengeragoan"),
    ("Asah Duren", "Asahduren"),
    ("Dangin Tukadaya", "Dangintukadaya"),
    ("Loloan Tmr", "Loloan Timur"),
    ("lolbar", "Loloan Barat"),
    ("BB Agung", "Baler Bale Agung"),
    ("Baler Bale Agung", "Baler Bale Agung"),
    ("Tegal Badeng Brt", "Tegal Badeng Barat"),
    ("ds. Medewi", "Medewi"),
    ("kelurahan Pendem", "Pendem"),
    ("YEHEMBANG KANGIN", "Yehembang Kangin"),
    ("Yehembaaang", "Yehembang"),
    ("Mede\u200bwi", "Medewi"),
    ("Ｍｅｄｅｗｉ", "Medewi"),
]


@pytest.mark.parametrize(("text", "name"), SPELLINGS)
def test_spellings_of_a_village_are_one(places, text, name):
    assert found(places, f"warga {text} antre") == [(place_code(name), SURE)]


STATIONS = [
    ("TPS 7 Yehembang", "Yehembang/7", SURE),
    ("tps 007 desa Medewi", "Medewi/7", SURE),
    ("TPS no 3 kel. Pendem", "Pendem/3", SURE),
    ("TPS no. 3 Kelurahan Pendem", "Pendem/3", SURE),
    ("tps07 medewi", "Medewi/7", SURE),
    ("T.P.S 4 Yeh Embang Kangin", "Yehembang Kangin/4", SURE),
    ("Desa Medewi Kec. Pekutatan TPS 3", "Medewi/3", SURE),
    ("Yehembang TPS 7", "Yehembang/7", SURE),
    ("TPS tiga Medewi", "Medewi/3", SURE),
    ("TPS IV Medewi", "Medewi/4", SURE),
    ("TPS 5 banjar Anyar, Baluk", "Baluk/5", LIKELY),
    ("TPS 4 Air Kuning", "Air Kuning/4", LIKELY),
    ("tps 6 pendem", "Pendem/6", LIKELY),
    ("TPS 3 Melaya", "Melaya/3", LIKELY),
    ("TPS 3 Desa Melaya Kec. Melaya", "Melaya/3", SURE),
]


@pytest.mark.parametrize(("text", "name", "sure"), STATIONS)
def test_a_number_and_a_village_are_a_station(places, text, name, sure):
    assert found(places, text) == [(place_code(name), sure)]


def test_several_numbers_are_several_stations(places):
    codes = [c for c, _ in found(places, "TPS 7 dan 8 Yehembang")]
    assert codes == [place_code("Yehembang/7"), place_code("Yehembang/8")]


def test_a_number_the_village_does_not_have_is_no_station(places):
    (mention,) = places.find("TPS 45 Yehembang")
    assert (mention.code, mention.sure, mention.number) == (None, UNKNOWN, 45)


def test_the_only_village_of_a_post_holds_for_its_station(places):
    text = "Ramai di Yehembang sejak pagi. Kabarnya TPS 7 antre"
    assert (place_code("Yehembang/7"), LIKELY) in found(places, text)


def test_a_hint_finds_the_village_of_a_lone_number(places):
    assert found(places, "TPS 7 ramai", "Yehembang") == [(place_code("Yehembang/7"), LIKELY)]
    assert found(places, "TPS 7 ramai", "5101022008") == [(place_code("Yehembang/7"), LIKELY)]
    assert found(places, "TPS 7 ramai") == [(None, UNKNOWN)]


def test_a_code_is_its_place(places):
    assert found(places, "kode 5101022008007") == [("5101022008007", SURE)]


OPEN = [
    "menang di Jembrana",
    "TPS 3 Loloan",
    "warga Loloan antre",
    "warga Tegal Badeng antre",
    "Melaya ramai",
    "TPS 3 Mendoyo",
]


@pytest.mark.parametrize("text", OPEN)
def test_a_name_of_several_places_stays_open(places, text):
    (mention,) = places.find(text)
    assert mention.code is None
    assert mention.sure == AMBIGUOUS
    assert len(mention.candidates) > 1


CONTEXT = [
    ("Kecamatan Jembrana", "kec:Jembrana"),
    ("Kabupaten Jembrana", "kab:Jembrana"),
    ("se-Jembrana", "kab:Jembrana"),
    ("KPU Jembrana", "kab:Jembrana"),
    ("PPK Negara", "kec:Negara"),
    ("kec. Melaya", "kec:Melaya"),
    ("desa Melaya", "Melaya"),
    ("Desa Tuwed, Kecamatan Melaya", "Tuwed"),
    ("Desa Pekutatan", "Pekutatan"),
]


@pytest.mark.parametrize(("text", "name"), CONTEXT)
def test_the_words_around_a_name_decide(places, text, name):
    assert [c for c, _ in found(places, text)] == [place_code(name)]


def test_neighbours_in_a_list_decide(places):
    text = "Negara 28.770, Mendoyo 26.207, Pekutatan 9.975, Melaya 19.447, Jembrana 21.720"
    codes = [c for c, _ in found(places, text)]
    assert codes == ["510101", "510102", "510103", "510104", "510105"]


def test_a_name_resolved_once_holds_for_the_post(places):
    codes = [c for c, _ in found(places, "Kabupaten Jembrana tenang. Di Jembrana aman")]
    assert codes == ["5101", "5101"]


EVERYDAY = [
    "negara ini milik kita",
    "di negara kita",
    "Negara harus hadir",
    "Negara: 28 juta rakyat miskin",
    "air kuning dari keran",
    "penyaringan air minum",
    "Penyaringan pasir sungai",
    "mendem sampai pendem",
    "Bu Ekasari guru kami",
    "jalan Pendem rusak",
    "pasar Negara ramai",
    "banjar Pendem kerja bakti",
    "TPS 3R perlu mesin",
    "ke TPS 27 November",
    "ada 141 TPS",
    "TPS 7 pagi sudah buka",
]


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_are_no_places(places, text):
    assert [m for m in places.find(text) if m.code] == []


def test_another_regency_is_elsewhere(places):
    (mention,) = places.find("kejadian di Gianyar")
    assert (mention.code, mention.level) == (None, "elsewhere")
    assert all(m.code is None for m in places.find("TPS 5 Gianyar"))


def test_a_mention_says_where_it_stands(places):
    text = "Di TPS 7 Desa Yehembang, semua aman"
    (mention,) = places.find(text)
    assert text[mention.start : mention.end] == "TPS 7 Desa Yehembang"
    assert mention.level == "tps"


def test_every_place_of_the_frame_is_found_by_its_name(places):
    named = jembrana().places.filter(jembrana().places["kind"].is_in(["kecamatan", "village"]))
    for code, name, kind in named.select("code", "name", "kind").iter_rows():
        level = "kecamatan" if kind == "kecamatan" else "desa"
        assert [m.code for m in places.find(f"warga {level} {name}")] == [code]


def test_another_frame_has_its_own_names():
    places = gazetteer(small_frame())
    assert [m.code for m in places.find("di Village c")] == ["A2c"]
    assert places.find("di Medewi") == []


def test_folding_keeps_different_villages_apart():
    names = jembrana().places.filter(jembrana().places["kind"] == "village")["name"].to_list()
    assert len({fold(n) for n in names}) == len(names)


def test_five_thousand_posts_a_second(places):
    posts = ["Antre panjang di TPS 7 Yehembang, warga kecamatan Mendoyo sabar menunggu"] * 2_000
    begun = time.process_time()
    for post in posts:
        places.find(post)
    assert len(posts) / (time.process_time() - begun) >= LEAST_POSTS_A_SECOND
