"""Tables with columns of their own, through a mapping."""

from __future__ import annotations

import datetime as dt

import pytest

from rukun.errors import UserError
from rukun.talk.readers import post_mapping

from .made import People, lines, workbook
from .reading import ALIASES, posts, read

TABLE = "Akun;Isi;Waktu;Tautan;Jenis;Suka\n@contoh_a;Latihan: halo;27/11/2024 14:05;https://contoh.example/a;kiriman;3\n@contoh_b;Latihan: ya;27/11/2024 14:06;;komentar;\n"
MAPPING = {
    "columns": {"Akun": "handle", "Isi": "text", "Waktu": "posted_at", "Tautan": ["links", "url"],
                "Jenis": "kind", "Suka": "likes"},
    "constants": {"platform": "facebook", "place": "Negara"},
    "values": {"kind": {"kiriman": "post", "komentar": "comment"}},
    "time": {"zone": "WITA", "format": "%d/%m/%Y %H:%M"},
}  # fmt: skip


def test_a_table_is_read_through_a_mapping(tmp_path):
    reading = read(tmp_path, TABLE, mapping=MAPPING)
    first, second = posts(reading)
    assert first["posted_at"] == dt.datetime(2024, 11, 27, 6, 5, tzinfo=dt.UTC)
    assert first["account"] == ALIASES.account("facebook", "contoh_a")
    assert (first["kind"], second["kind"]) == ("post", "comment")
    assert first["links"] == ["https://contoh.example/a"] and first["place_hint"] == "Negara"
    assert first["engagement"]["likes"] == 3 and second["engagement"] is None
    assert first["weak"], "without an id of its own, the post's was worked out"
    assert reading.format == "plain"


def test_ids_that_were_worked_out_are_the_same_when_the_file_is_brought_again(tmp_path):
    once = read(tmp_path, TABLE, mapping=MAPPING).posts["post_id"]
    longer = read(tmp_path, TABLE + TABLE.splitlines()[2] + "\n", mapping=MAPPING)
    assert longer.posts["post_id"].to_list() == once.to_list()
    assert longer.unmapped == {"record-again": 1}


def test_rows_that_state_neither_account_nor_time_stay_apart(tmp_path):
    rows = "platform,text\nfacebook,setuju\nfacebook,setuju\nfacebook,tidak\n"
    reading = read(tmp_path, rows)
    assert reading.posts.height == 3 and reading.posts["post_id"].n_unique() == 3
    assert read(tmp_path, rows).posts["post_id"].equals(reading.posts["post_id"])


def test_a_mapping_may_be_a_toml_file(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text('[columns]\nIsi = "text"\n[constants]\nplatform = "x"\n', encoding="utf-8")
    assert post_mapping(path).fields() == {"text": ("Isi",)}


def test_a_known_export_takes_only_what_it_lacks_from_a_mapping(tmp_path):
    rows = "id,thread_id,body,timestamp\n1,1,Latihan,2024-11-27 06:05:00\n"
    assert [p.code for p in read(tmp_path, rows).problems] == ["platform-unknown"]
    reading = read(tmp_path, rows, mapping={"constants": {"platform": "vk"}})
    assert reading.format == "4cat-csv" and posts(reading)[0]["platform"] == "vk"


def test_a_column_that_the_mapping_names_and_the_file_lacks_is_said(tmp_path):
    reading = read(tmp_path, TABLE.replace("Suka", "Jumlah"), mapping=MAPPING)
    assert [p.column for p in reading.problems if p.code == "column-missing"] == ["Suka"]
    assert reading.posts.height == 2


def test_records_of_any_shape_are_read_through_a_mapping_of_their_keys(tmp_path):
    record = {
        "isi": {"teks": "Latihan"},
        "oleh": "contoh_a",
        "tautan": [{"url": "https://a.example"}],
    }
    columns = {"isi.teks": "text", "oleh": "handle", "tautan[].url": "links"}
    mapping = {"columns": columns, "constants": {"platform": "x"}}
    (post,) = posts(read(tmp_path, lines(record), "a.ndjson", mapping))
    assert post["text"] == "Latihan" and post["links"] == ["https://a.example"]
    assert post["account"] == ALIASES.account("x", "contoh_a")


def test_a_sheet_is_found_by_the_headings_of_the_mapping(tmp_path):
    content = workbook([{"Akun": "contoh_a", "Isi": "Latihan", "Lain": "x"}])
    mapping = {"columns": {"Akun": "handle", "Isi": "text"}, "constants": {"platform": "x"}}
    assert read(tmp_path, content, "a.xlsx", mapping).posts.height == 1


@pytest.mark.parametrize(
    ("raw", "code", "word"),
    [
        ({"colums": {}}, "mapping-section", "columns"),
        ({"columns": {"A": "txt"}}, "mapping-key", "text"),
        ({"columns": {"A": 5}}, "mapping-key", "field"),
        ({"constants": {"text": "a"}}, "mapping-key", "same"),
        ({"constants": {"platform": 5}}, "mapping-key", "text"),
        ({"values": {"text": {}}}, "mapping-key", "field"),
        ({"values": {"kind": {"a": 5}}}, "mapping-key", "quotes"),
        ({"time": {"zone": "CET"}}, "mapping-key", "WITA"),
        ({"time": {"zon": "WIB"}}, "mapping-key", "zone"),
        ({"file": {"encoding": "ebcdic"}}, "mapping-key", "cp1252"),
    ],
    ids=str,
)
def test_a_mapping_that_cannot_be_is_explained_in_both_languages(raw, code, word):
    with pytest.raises(UserError) as refused:
        post_mapping(raw)
    english, indonesian = refused.value.say("en"), refused.value.say("id")
    assert refused.value.code == code and word in " ".join(english)
    assert all(indonesian) and indonesian[0] != english[0]


def test_an_unknown_format_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(UserError) as refused:
        read(tmp_path, "a", format="telegram-dekstop")
    assert "telegram-desktop" in refused.value.hint


def test_a_stated_format_that_the_file_is_not_is_said(tmp_path):
    reading = read(tmp_path, "platform,text\nx,Latihan\n", format="brandwatch")
    assert [p.code for p in reading.problems] == ["shape-format"]
    assert "Brandwatch" in reading.problems[0].why


def test_a_file_from_before_a_platform_lost_its_shape_says_what_it_looks_like(tmp_path):
    reading = read(tmp_path, "id,thread_id,isi,timestamp\n1,1,a,2\n")
    (problem,) = reading.problems
    assert problem.code == "shape-unknown" and "4CAT" in problem.why and "isi" in problem.why
    assert problem.why_id and problem.why_id != problem.why


def test_people_are_made_up():
    assert all(
        "contoh" in getattr(People(), n).lower() for n in ("handle", "name", "other", "group")
    )
