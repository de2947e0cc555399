"""One reader for each format: what it takes from a record, checked on files made for it."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from rukun.talk.posts import as_posts
from rukun.talk.readers import FORMATS, read_posts

from .made import (
    MADE,
    People,
    bluesky,
    bluesky_records,
    examples,
    fourcat_telegram,
    lines,
    telegram_desktop,
    tweet,
    x_api,
)
from .reading import ALIASES, KEY, posts, read

P = People()
AT = dt.datetime(2024, 11, 27, 6, 5, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    return examples(tmp_path_factory.mktemp("ekspor"))


@pytest.fixture(scope="module")
def got(paths):
    return {code: read_posts(path, KEY) for code, path in paths.items()}


def test_there_is_a_file_of_every_format():
    assert set(MADE) == {f.code for f in FORMATS}


@pytest.mark.parametrize("code", MADE)
def test_a_file_is_recognised_and_read_without_a_fault(got, code):
    reading = got[code]
    assert reading.format == code
    assert not [p for p in reading.problems if p.blocking]
    assert reading.rows_read == reading.posts.height + sum(reading.unmapped.values())
    assert as_posts(reading.posts).equals(reading.posts) and reading.posts.height


@pytest.mark.parametrize("code", MADE)
def test_every_post_has_a_time_and_names_the_file_it_came_from(got, code):
    for post in posts(got[code]):
        assert post["posted_at"].date() in (dt.date(2024, 11, 27), dt.date(2024, 7, 27))
        assert post["origin"] == got[code].sha256 and post["origin_row"] >= 1
        assert len(post["raw"]) == 64 and not set(post["raw"]) - set("0123456789abcdef")


def test_the_same_file_gives_the_same_posts(got, paths):
    again = read_posts(paths["zeeschuimer-x"], KEY)
    assert again.posts.equals(got["zeeschuimer-x"].posts)
    assert again.secrets.equals(got["zeeschuimer-x"].secrets)


def test_another_key_gives_other_aliases(got, paths):
    other = read_posts(paths["zeeschuimer-x"], b"x" * 32)
    mine = got["zeeschuimer-x"].posts
    for column in ("post_id", "account"):
        assert not set(other.posts[column]) & set(mine[column])


@pytest.mark.parametrize("code", ["x-api", "x-api-1", "4cat-csv"])
def test_the_same_post_has_the_same_id_and_account_whatever_tool_brought_it(got, code):
    own, mine = posts(got[code])[0], posts(got["zeeschuimer-x"])[0]
    assert (own["post_id"], own["account"]) == (mine["post_id"], mine["account"])
    assert own["text"] == mine["text"]


def test_the_account_is_known_by_its_stable_id_and_a_mention_of_its_handle_is_the_same(got):
    first, again, answer = posts(got["zeeschuimer-x"])
    assert first["account"] == ALIASES.account("x", P.number)
    assert f"@{ALIASES.account('x', P.other_number)} hitung" in first["text"]
    assert again["account"] == ALIASES.account("x", P.other_number)
    assert answer["text"].startswith(f"@{first['account']} ")


def test_zeeschuimer_x(got):
    first, again, answer = posts(got["zeeschuimer-x"])
    assert first["kind"] == "post" and first["posted_at"] == AT
    assert first["engagement"] == {"likes": 3, "comments": 1, "shares": 2, "views": 1500}
    assert first["collected_at"] == AT + dt.timedelta(hours=1)
    assert (again["kind"], again["repost_of"], again["weak"]) == ("repost", first["post_id"], False)
    assert again["text"] == first["text"], "the text of a repost is that of the original"
    assert (answer["kind"], answer["reply_to"]) == ("comment", first["post_id"])


def test_a_quoted_post_and_a_withheld_one_on_x(tmp_path):
    quoting = tweet(P, "5", "Latihan", quoted_status_id_str="7") | {
        "quoted_status_result": {"result": {"tweet": {"rest_id": "7", "legacy": {}}}}
    }
    gone = {"rest_id": "6", "tombstone": {}}
    reading = read(tmp_path, lines(quoting, gone), "x.ndjson")
    assert posts(reading)[0]["quote_of"] == ALIASES.post("x", "7")
    assert reading.unmapped == {"record-gone": 1}


def test_x_pages_take_names_and_whole_texts_from_what_they_include(got):
    first, again = posts(got["x-api"])
    assert again["text"] == first["text"] and again["repost_of"] == first["post_id"]
    handles = set(got["x-api"].secrets["handle"].drop_nulls())
    assert {P.handle, P.other} <= handles
    assert [t.code for t in got["x-api"].coverage.told] == ["more-pages"]


def test_x_pages_line_by_line_and_flattened(tmp_path):
    page = json.loads(x_api(P)[1])
    paged = read(tmp_path, lines(page, page), "pages.jsonl")
    flat = read(tmp_path, lines(*page["data"]), "flat.jsonl")
    assert paged.format == flat.format == "x-api"
    assert paged.posts["post_id"].to_list() == flat.posts["post_id"].to_list()
    assert paged.unmapped == {"record-again": 2}


def test_telegram_desktop(got):
    reading = got["telegram-desktop"]
    first, answer, passed = posts(reading)
    assert reading.unmapped == {"record-service": 1}
    assert first["engagement"]["likes"] == 6 and first["engagement"]["views"] is None
    assert f"@{ALIASES.account('telegram', P.other_number)} ke kantor" in first["text"]
    assert "[telepon]" in first["text"]
    assert first["space"] == ALIASES.space("telegram", P.group_number)
    assert answer["reply_to"] == first["post_id"] and answer["kind"] == "comment"
    assert (passed["kind"], passed["weak"]) == ("repost", True)
    assert passed["repost_of"] is not None


def test_of_a_full_telegram_export_only_public_chats_are_read(tmp_path):
    chat = json.loads(telegram_desktop(P)[1])
    private = {**chat, "type": "personal_chat", "id": 5, "name": P.other_name}
    closed = {**chat, "type": "private_group", "id": 6}
    full = {
        "about": "latihan",
        "contacts": {"list": [{"first_name": P.name, "phone_number": P.phone}]},
        "chats": {"about": "latihan", "list": [chat, private, closed]},
    }
    reading = read(tmp_path, json.dumps(full), "result.json")
    assert reading.posts["space"].unique().to_list() == [ALIASES.space("telegram", P.group_number)]
    assert reading.unmapped == {"record-private": 8, "record-service": 1}
    assert P.phone not in reading.secrets.write_json()
    alone = read(tmp_path, json.dumps(closed), "result.json")
    assert alone.posts.height == 3, "one chat exported by itself was meant to be read"


def test_a_forward_is_led_to_its_original_where_the_file_holds_it(tmp_path):
    chat = json.loads(telegram_desktop(P)[1])
    text = "Latihan: kabar dari TPS 4"
    chat["messages"][1] |= {"text": text, "text_entities": [{"type": "plain", "text": text}]}
    first, _, passed = posts(read(tmp_path, json.dumps(chat), "result.json"))
    assert passed["repost_of"] == first["post_id"] and passed["weak"]


def test_telegram_without_unix_time_needs_a_zone(tmp_path):
    chat = json.loads(telegram_desktop(P)[1])
    for message in chat["messages"]:
        del message["date_unixtime"]
    bare = read(tmp_path, json.dumps(chat), "result.json")
    assert bare.posts["posted_at"].null_count() == 3
    assert {p.code for p in bare.problems} == {"time-naive", "record-service"}
    zoned = read(tmp_path, json.dumps(chat), "result.json", {"time": {"zone": "WITA"}})
    assert zoned.posts["posted_at"][0] == AT


def test_telegram_through_4cat_names_the_message_that_was_forwarded(got, tmp_path):
    first, passed = posts(got["telegram-4cat"])
    assert first["engagement"] == {"likes": 3, "comments": 2, "shares": 5, "views": 120}
    assert (passed["kind"], passed["weak"]) == ("repost", False)
    assert passed["repost_of"] == ALIASES.post("telegram", f"{P.other}/77")
    row = posts(read(tmp_path, fourcat_telegram(P)))[0]
    assert row["post_id"] == first["post_id"] and row["account"] == first["account"]
    assert row["reply_to"] == ALIASES.post("telegram", f"{P.group}/10")


def test_4cat_csv_names_no_reposted_post_so_account_and_text_stand_for_it(got):
    first, again, answer = posts(got["4cat-csv"])
    assert again["weak"] and again["repost_of"] == first["post_id"]
    assert again["text"] == first["text"]
    assert first["links"][1] == "https://contoh.example/a"
    assert answer["reply_to"] == first["post_id"]


def test_instagram_in_both_shapes(got):
    listed, graph, hidden = posts(got["zeeschuimer-instagram"])
    assert listed["engagement"] == {"likes": 5, "comments": 2, "shares": None, "views": None}
    assert listed["place_hint"] == "Negara, Jembrana"
    assert graph["engagement"]["likes"] == 9 and graph["text"] == "Latihan: foto di TPS 5"
    assert hidden["engagement"]["likes"] is None
    assert got["zeeschuimer-instagram"].unmapped == {"record-ad": 1}


def test_threads_links_are_those_behind_the_platforms_own(got):
    (post,) = posts(got["zeeschuimer-threads"])
    other = ALIASES.account("instagram", P.other)
    assert post["links"] == [f"https://www.instagram.com/{other}/"]
    assert post["engagement"] == {"likes": 2, "comments": 0, "shares": 1, "views": None}


def test_tiktok_videos_say_what_stands_on_them_too(got):
    video, older = posts(got["zeeschuimer-tiktok"])
    assert video["text"].endswith("\nLatihan: coblos ulang")
    assert video["account"] == older["account"] == ALIASES.account("tiktok", P.number)
    assert video["quote_of"] is None, "“0” is no id"


def test_tiktok_comments_answer_the_video_or_another_comment(got):
    top, answer = posts(got["zeeschuimer-tiktok-comments"])
    assert {top["kind"], answer["kind"]} == {"comment"}
    assert top["reply_to"] == posts(got["zeeschuimer-tiktok"])[0]["post_id"]
    assert answer["reply_to"] == top["post_id"]


def test_tiktok_research(got):
    (video,) = posts(got["tiktok-research"])
    (comment,) = posts(got["tiktok-research-comments"])
    assert video["account"] == ALIASES.account("tiktok", P.handle)
    assert video["text"].endswith("\nlatihan hitung suara")
    assert comment["account"] is None and comment["reply_to"] == video["post_id"]
    assert got["tiktok-research-comments"].coverage.without_account == 1


def test_numbers_beyond_what_a_float_can_hold_stay_whole(got):
    ids = got["tiktok-research"].secrets.filter(what="post")["native_id"].to_list()
    assert ids == ["7441000000000000001"]


def test_youtube_threads_hold_few_of_their_replies_and_say_so(got):
    top, answer = posts(got["youtube-comments"])
    assert top["reply_to"] == ALIASES.post("youtube", "latihanVid1")
    assert answer["reply_to"] == top["post_id"] and answer["kind"] == "comment"
    assert top["account"] == ALIASES.account("youtube", f"UC{P.number}")
    assert answer["text"].startswith(f"@{top['account']} setuju\nSalam & damai")
    told = got["youtube-comments"].coverage.told
    assert [t.code for t in told] == ["replies-missing"] and "7" in told[0].en


def test_youtube_data_tools(got):
    top, answer = posts(got["ytdt-comments"])
    assert top["account"] == posts(got["youtube-comments"])[0]["account"]
    assert answer["reply_to"] == top["post_id"]
    (video,) = posts(got["ytdt-videos"])
    assert video["post_id"] == ALIASES.post("youtube", "latihanVid1")
    assert video["engagement"] == {"likes": 20, "comments": 4, "shares": None, "views": 900}


def test_bluesky_posts_replies_and_reposts(got, tmp_path):
    first, answer, passed = posts(got["bluesky"])
    assert first["account"] == ALIASES.account("bluesky", P.did)
    assert f"@{answer['account']}" in first["text"], "a mention leads to the DID beside it"
    assert answer["reply_to"] == first["post_id"]
    assert (passed["kind"], passed["account"]) == ("repost", answer["account"])
    assert passed["repost_of"] == first["post_id"] and passed["engagement"] is None
    (record,) = posts(read(tmp_path, bluesky_records(P), "records.json"))
    assert record["repost_of"] == first["post_id"] and record["account"] == answer["account"]


def test_the_stream_of_bluesky(tmp_path):
    event = {
        "did": P.did, "time_us": 1732687500000000, "kind": "commit",
        "commit": {
            "operation": "create", "collection": "app.bsky.feed.post", "rkey": "latihan1",
            "record": {"$type": "app.bsky.feed.post", "text": "Latihan", "createdAt": "1970-01-01T00:00:00Z"},
        },
    }  # fmt: skip
    like = {
        **event,
        "commit": {
            **event["commit"],
            "collection": "app.bsky.feed.like",
            "record": {"$type": "app.bsky.feed.like"},
        },
    }
    reading = read(tmp_path, lines(event, like), "jetstream.ndjson")
    (post,) = posts(reading)
    assert post["post_id"] == posts(read(tmp_path, bluesky(P)[1], "b.json"))[0]["post_id"]
    assert post["posted_at"] == AT, "a clock that cannot be right gives way to the stream's"
    assert reading.unmapped == {"record-service": 1}


def test_meta_content_library_in_both_forms(got):
    first, again = posts(got["mcl-csv"])
    same, instagram = posts(got["mcl-json"])
    assert first["post_id"] == same["post_id"] and first["account"] == same["account"]
    assert again["repost_of"] == first["post_id"]
    assert first["engagement"] == {"likes": 7, "comments": 1, "shares": 2, "views": 300}
    assert first["space"] == ALIASES.space("facebook", P.group_number)
    assert (first["platform"], instagram["platform"]) == ("facebook", "instagram")


def test_junkipedia(got):
    (post,) = posts(got["junkipedia"])
    assert post["platform"] == "facebook" and post["text"].endswith("\nlatihan")
    assert post["engagement"] == {"likes": 3, "comments": None, "shares": 1, "views": None}


def test_crowdtangle_states_its_zone_by_name(got, tmp_path):
    (page,) = posts(got["crowdtangle-facebook"])
    assert page["posted_at"] == dt.datetime(2024, 7, 27, 10, 5, tzinfo=dt.UTC)
    assert page["engagement"]["likes"] == 1200
    (photo,) = posts(got["crowdtangle-instagram"])
    assert photo["posted_at"].hour == 13
    group = MADE["crowdtangle-facebook"](P)[1].replace(b"Page Name", b"Group Name")
    (post,) = posts(read(tmp_path, group))
    assert post["account"] is None and post["space"] == ALIASES.space("facebook", P.number)


def test_brandwatch_has_lines_above_its_headings(got):
    (post,) = posts(got["brandwatch"])
    assert post["platform"] == "x" and post["origin_row"] > 5
    assert post["post_id"] == posts(got["zeeschuimer-x"])[0]["post_id"]


def test_the_plain_table_as_csv_xlsx_and_records(got):
    csv, xlsx, ndjson = (posts(got[c]) for c in ("plain", "plain-xlsx", "plain-json"))
    keep = ("post_id", "account", "space", "posted_at", "text", "links", "engagement", "kind")
    assert [[p[k] for k in keep] for p in csv] == [[p[k] for k in keep] for p in xlsx]
    assert [[p[k] for k in keep] for p in csv] == [[p[k] for k in keep] for p in ndjson]
    first, answer, passed = csv
    assert first["engagement"] == {"likes": 3, "comments": None, "shares": 0, "views": None}
    assert [p["kind"] for p in csv] == ["post", "comment", "repost"]
    assert answer["reply_to"] == passed["repost_of"] == first["post_id"]
