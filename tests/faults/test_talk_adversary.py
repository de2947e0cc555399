"""Identities where nobody expects them, and texts made to stop the reader: nothing gets through."""

from __future__ import annotations

import time
from typing import Any

import polars as pl
import pytest

from rukun.frame import Frame
from rukun.talk.aliases import Aliases
from rukun.talk.claims.reading import Reader
from rukun.talk.claims.words import shipped
from rukun.talk.gazetteer import gazetteer
from rukun.talk.located import place_of
from rukun.talk.readers import tables
from rukun.talk.readers.notes import harmless
from rukun.talk.readers.values import LONGEST_TEXT, as_links
from tests.count.small import frame
from tests.talk.readers.making import lines, table
from tests.talk.readers.reading import read

KEY = bytes(range(32))
#: Written as people write them; each names somebody by “qzxnama” or a number that begins so.
HANDLES = [
    "ig/@qzxnama",
    "@lain/@qzxnama",
    "_@qzxnama_ kata",
    "*@qzxnama*",
    "halo@qzx_nama apa kabar",
    "qzxnama@gmail",
    "qzxnama.qzx@yahoo, ya",
    "@qzx\u200cnama",
    "@qzx\u0301nama",
    "@ab·qzxnama",
    "-x.com/qzxnama",
    "...x.com/qzxnama",
    "x.com/lain,x.com/qzxnama",
    "https://x.com/lain|https://x.com/qzxnama",
    "https://x.com/lainhttps://x.com/qzxnama",
    "https://web.archive.org/web/2024/https://x.com/qzxnama",
    "https://x.com//qzxnama",
    "https://x.com/./qzxnama",
    "https://x.com./qzxnama",
    "https://x。com/qzxnama",
    "https://ｘ.com/qzxnama",
    r"https://x.com\qzxnama",
    "https://twitter.com/#!/qzxnama",
    "https://x.com/search?q=from%3Aqzxnama",
    "https://x.com/search?q=(to%3Aqzxnama)%20curang",
    "twitter://user?screen_name=qzxnama",
    "instagram://user?username=qzxnama",
    "https://www.instagram.com/p/abc/?taken-by=qzxnama",
    "https://www.reddit.com/user/qzxnama",
    "https://line.me/ti/p/~qzxnama",
    "https://linktr.ee/qzxnama",
    "https://mastodon.example/users/qzxnama/statuses/1",
    "https://vk.com/qzxnama",
]
NUMBERS = [
    "telp.081377007700",
    "WA081377007700",
    "no-081377007700",
    "HP=0813-7700-7700",
    "081200000000/081377007700",
    "081377007700ya",
    "whatsapp://send?phone=6281377007700",
    "NIK.8137700770077007",
    "fb://profile/100081377007700",
    "tg://user?id=81377007700",
    "https://www.facebook.com/photo.php?fbid=5&set=a.1.2.100081377007700",
    "https://www.facebook.com/media/set/?set=pb.100081377007700.-2207",
    "https://m.tiktok.com/h5/share/usr/81377007700.html",
    "https://web.telegram.org/a/#81377007700",
    "https://discord.com/users/81377007700",
]
#: What looks like one of those and is none.
NOBODY = [
    "b@kar s@ja, serb4@ 5 ribu",
    "Rp 1.081.234.567 dan 27/08/1234 pukul 08.15-12.00",
    "https://berita.example/2024/11/27/081377007700",
    "suara 72.468, dari 0812 menjadi 0813",
    "https://www.facebook.com/watch?v=100081377007700",
    "https://www.youtube.com/watch?v=abc,https://youtu.be/def",
]


@pytest.mark.parametrize("text", HANDLES)
def test_no_handle_stands_in_a_text_however_it_is_written(text):
    masked = Aliases(KEY).mask(text, "x")
    assert "qzx" not in masked.lower() and "nama" not in masked
    assert Aliases(KEY).mask(masked, "x") == masked


@pytest.mark.parametrize("text", NUMBERS)
def test_no_number_of_a_person_stands_in_a_text_however_it_is_written(text):
    masked = Aliases(KEY).mask(text, "x")
    assert "7700" not in masked
    assert Aliases(KEY).mask(masked, "x") == masked


@pytest.mark.parametrize("text", NOBODY)
def test_what_names_nobody_stays_as_it_was_written(text):
    assert Aliases(KEY).mask(text, "x") == text


def test_a_handle_glued_to_a_word_goes_where_the_vault_knows_it():
    aliases = Aliases(KEY)
    named = f"@{aliases.account('x', 'contoh_warga')}"
    assert aliases.mask("mari@contoh_warga", "x") == f"mari{named}"


def test_an_alias_in_a_text_stands_in_the_vault_also_behind_a_slash(tmp_path):
    row = {"platform": "x", "id": "1", "text": "ig/@qzxsatu dan _@qzxdua_"}
    reading = read(tmp_path, lines(row), "a.ndjson")
    known = set(reading.secrets.get_column("alias"))
    assert set(reading.posts["text"].str.extract_all("akun-[A-Z2-9]{10}").item(0)) <= known


# --- In columns that are not for names -------------------------------------------------------------


def told(reading: Any) -> str:
    """Everything of a reading but the secrets."""
    parts = (reading.posts.to_dicts(), reading.problems, reading.unmapped, reading.coverage)
    return str((*parts, reading.left_out.to_dicts())).lower()


@pytest.mark.parametrize("name", ["qzxnama", "Qzx Nama", "latihan-qzxnama", "qzxnama.com"])
def test_a_name_in_the_column_of_platforms_becomes_no_platform(tmp_path, name):
    rows = [{"platform": name, "id": "1", "text": "a"}, {"platform": "X", "id": "2", "text": "b"}]
    reading = read(tmp_path, lines(*rows), "a.ndjson")
    assert reading.unmapped == {"platform-unknown": 1}
    assert reading.posts["platform"].to_list() == ["x"] and "qzx" not in told(reading)


def test_a_platform_that_is_not_known_is_taken_where_the_mapping_names_it(tmp_path):
    rows = table([{"platform": "wa-kampung", "id": "1", "text": "a"}])
    mapped = read(tmp_path, rows, mapping={"values": {"platform": {"wa-kampung": "desa-kami"}}})
    assert mapped.posts["platform"].to_list() == ["desa-kami"]
    stated = read(tmp_path, table([{"id": "1", "text": "a"}]), mapping=CONSTANT)
    assert stated.posts["platform"].to_list() == ["desa-kami"]


CONSTANT = {
    "columns": {"id": "id", "text": "text"},
    "constants": {"platform": "desa-kami"},
}


@pytest.mark.parametrize(
    "value",
    ["0813-7700-7700", "+62 813 7700 7700", "7700770", "77007700", "81377007700", "0813 7700.7700"],
)
def test_a_number_of_somebody_in_a_shifted_column_is_in_no_problem(tmp_path, value):
    row = {"platform": "x", "id": "1", "text": "a", "posted_at": value, "likes": f"{value} "}
    assert "7700" not in harmless(value)
    assert "7700" not in told(read(tmp_path, lines(row | {"likes": f"-{value}"}), "a.ndjson"))


def test_names_in_every_column_reach_nothing_but_the_vault(tmp_path):
    kinds = ("kind", "reply_to", "repost_of", "quote_of", "repost_from", "space_id", "space_name")
    row = {n: f"qzxnama {n}" for n in (*kinds, "posted_at", "likes", "collected_at", "views")}
    row |= {"platform": "x", "handle": "qzxnama", "name": "Qzx Nama", "text": "a", "id": "qzxnama1"}
    row |= {"links": "https://x.com/qzxnama,https://t.me/qzxnama/5", "place": "rumah @qzxnama"}
    row |= {"url": "https://x.com/qzxnama/status/9", "account_id": "qzxnama77"}
    for data, name in ((lines(row), "a.ndjson"), (table([row]), "a.csv")):
        reading = read(tmp_path, data, name)
        assert reading.posts.height == 1 and "qzx" not in told(reading)
        assert "qzx" in str(reading.secrets.to_dicts())


# --- Texts that are made to stop the reader --------------------------------------------------------

#: Repeated to the longest text that is kept; each broke a regex of some kind once, or tried to.
ATOMS = [
    *("'", "a", "1", "1 ", "a.", "a-", "@", "@a.", "a@", "/", "//", " ", "\n", "\t", ", ", "; "),
    *("https://x.com/", "x.com/", "http://", "www.", "did:a:", "%41", "&a=b", "?a=", ")", "(0"),
    *("08", "0812 ", "+62 8", "\u0301", "\U0001f600", "\u200d", "TPS 1 ", "TPS 1, ", "suara 1 "),
    *("Village a ", "dari 10 menjadi 20 ", "Mon", "00:", "[", "<", "akun-A", "_@", "a,x."),
]


def quick(do: Any, text: str) -> None:
    """It takes less than a second or two, however the text is made."""
    before = time.process_time()
    do(text)
    assert time.process_time() - before < 2


@pytest.mark.parametrize("atom", ATOMS)
@pytest.mark.parametrize("end", ["", "!", "a"])
def test_no_text_stops_what_reads_it(atom, end):
    text = (atom * LONGEST_TEXT)[:LONGEST_TEXT] + end
    aliases = Aliases(KEY)
    for do in (
        lambda t: aliases.mask(t, "x"),
        lambda t: aliases.link(f"https://x.com/{t}", "x"),
        lambda t: aliases.link(f"https://a.example/?u={t}", "x"),
        as_links,
        harmless,
    ):
        quick(do, text)
    quick(lambda t: tables._above(f"a{t}a".encode(), lambda _: False), text)


@pytest.fixture(scope="module")
def places() -> Frame:
    return frame()


@pytest.mark.parametrize("atom", ATOMS)
def test_no_text_stops_what_looks_for_places_and_claims(places, atom):
    known = gazetteer(places)
    reader = Reader(known, shipped())
    text = (atom * LONGEST_TEXT)[:LONGEST_TEXT]
    quick(lambda t: reader.read(t, None), text)
    quick(lambda t: place_of(known, t, None), text)
    quick(lambda t: reader.read("TPS 1 Village a suara paslon 1 10", t), text)


def test_a_column_of_hostile_texts_is_masked_as_one_by_one():
    column = pl.Series("text", [*HANDLES, *NUMBERS, *NOBODY])
    aliases = Aliases(KEY)
    assert aliases.masks(column, "x").to_list() == [aliases.mask(t, "x") for t in column]
