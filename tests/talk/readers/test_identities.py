"""Nobody is named outside the secrets: not in posts, problems, counts or what is printed."""

from __future__ import annotations

import json

import pytest

from rukun.talk.aliases import ALIAS, SPACE
from rukun.talk.readers import read_posts

from .made import MADE, People, bluesky_records, examples, fourcat_telegram, said, table
from .reading import ALIASES, KEY, everything, posts, read

#: As unlike any word of a file as can be, so that each trace of them is found.
PLANTED = People(
    handle="qzxhandlea", name="Qzxnama Pertama", number="70077007700770071",
    other="qzxhandleb", other_name="Qzxnama Kedua", other_number="70077007700770073",
    group="qzxgrupnya", group_name="Qzxgrup Rahasia", group_number="1770077007701",
    phone="081377007700", did="did:plc:qzxdidaaaaaaaaaaaaaaaaaa",
    other_did="did:plc:qzxdidbbbbbbbbbbbbbbbbbb",
)  # fmt: skip


@pytest.fixture(scope="module")
def got(tmp_path_factory):
    paths = examples(tmp_path_factory.mktemp("ekspor"), PLANTED)
    return {code: read_posts(path, KEY) for code, path in paths.items()}


def named(text):
    """Everything of the people that can still be read in a text."""
    low = text.lower()
    return [n for n in (*PLANTED.all(), "qzx") if n.lower() in low]


@pytest.mark.parametrize("code", [*MADE, "plain-xlsx"])
def test_a_reading_names_nobody(got, code):
    assert named(everything(got[code])) == []


@pytest.mark.parametrize("code", MADE)
def test_the_secrets_name_whom_the_aliases_stand_for(got, code):
    secrets = got[code].secrets
    behind = dict(secrets.select("alias", "native_id").iter_rows())
    for post in posts(got[code]):
        assert post["post_id"] in behind
        assert post["account"] is None or post["account"] in behind
        assert post["space"] is None or post["space"] in behind
        assert all(
            r is None or r in behind
            for r in (post["reply_to"], post["repost_of"], post["quote_of"])
        )
    assert set(secrets["what"]) <= {"account", "space", "post"}
    assert named(secrets.write_json()), "the test plants names that a reading must have met"


@pytest.mark.parametrize("code", MADE)
def test_an_account_that_is_only_mentioned_is_known_to_the_secrets(got, code):
    known = set(got[code].secrets.filter(what="account")["alias"])
    mentioned = {m for p in posts(got[code]) for m in ALIAS.findall(p["text"])}
    assert mentioned <= known


@pytest.mark.parametrize("code", MADE)
def test_aliases_look_like_aliases(got, code):
    for post in posts(got[code]):
        assert post["account"] is None or ALIAS.fullmatch(post["account"])
        assert post["space"] is None or SPACE.fullmatch(post["space"])
        assert post["post_id"].startswith(f"{post['platform']}:")


@pytest.mark.parametrize("code", MADE)
@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8, 0.97])
def test_a_file_that_is_cut_anywhere_names_nobody_either(tmp_path, code, cut):
    name, content = MADE[code](PLANTED)
    reading = read(tmp_path, content[: int(len(content) * cut)], name)
    assert named(everything(reading)) == []


@pytest.mark.parametrize("content", [bluesky_records(PLANTED), fourcat_telegram(PLANTED)])
def test_the_other_shapes_name_nobody(tmp_path, content):
    reading = read(tmp_path, content, "lain")
    assert reading.posts.height and named(everything(reading)) == []


def test_what_stands_in_the_wrong_column_is_not_said(tmp_path):
    row = {
        "platform": "facebook", "id": "1", "text": "Latihan", "posted_at": PLANTED.handle,
        "likes": PLANTED.phone + "x", "kind": PLANTED.name, "collected_at": PLANTED.number,
    }  # fmt: skip
    reading = read(tmp_path, table([row]))
    assert {p.code for p in reading.problems} == {
        "time-form",
        "count-odd",
        "kind-odd",
        "time-absurd",
    }
    assert named(everything(reading)) == []


def test_a_table_without_headings_does_not_say_its_first_row(tmp_path):
    text = f"{PLANTED.handle},{PLANTED.name},{said(PLANTED)}\n" * 2
    reading = read(tmp_path, text)
    assert [p.code for p in reading.problems] == ["shape-unknown"]
    assert named(everything(reading)) == []


def test_keys_that_are_names_are_not_said(tmp_path):
    reading = read(tmp_path, json.dumps({PLANTED.handle: {"text": 1}, "text": "a"}), "x.json")
    assert [p.code for p in reading.problems] == ["shape-unknown"]
    assert named(everything(reading)) == []


def test_a_handle_broken_by_invisible_characters_is_still_found(tmp_path):
    broken = PLANTED.handle[:4] + "\u200b" + PLANTED.handle[4:]
    row = {
        "platform": "x",
        "id": "1",
        "account_id": "5",
        "handle": PLANTED.handle,
        "text": f"hai @{broken}",
    }
    reading = read(tmp_path, table([row]))
    assert posts(reading)[0]["text"] == f"hai @{ALIASES.account('x', '5')}"


def test_case_does_not_make_another_account(tmp_path):
    rows = [
        {
            "platform": "x",
            "id": "1",
            "account_id": "",
            "handle": "@Contoh_A",
            "text": "satu @CONTOH_A",
        },
        {"platform": "x", "id": "2", "account_id": "", "handle": "contoh_a", "text": "dua"},
    ]
    reading = read(tmp_path, table(rows))
    assert reading.posts["account"].n_unique() == 1
    assert reading.posts["account"][0] in reading.posts["text"][0]


def test_an_account_known_by_id_in_one_row_and_by_handle_in_the_next_is_one(tmp_path):
    rows = [
        {"platform": "x", "id": "1", "account_id": "", "handle": "contoh_a", "text": "satu"},
        {"platform": "x", "id": "2", "account_id": "77", "handle": "contoh_a", "text": "dua"},
    ]
    reading = read(tmp_path, table(rows))
    assert reading.posts["account"].to_list() == [ALIASES.account("x", "77")] * 2
