"""One small file of each format, made up for exercises: nobody in them exists.

``examples(folder)`` writes them all. Texts speak of “latihan” (exercise), camps are pairs 1 and 2.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import xlsxwriter

#: 27 November 2024, 14:05 in Jembrana.
AT = 1732687500
ISO = "2024-11-27T06:05:00.000Z"
SQL = "2024-11-27 06:05:00"


@dataclass(frozen=True)
class People:
    """Everything that names somebody in the example files: who writes, who is named, a group."""

    handle: str = "contoh_warga_a"
    name: str = "Warga Contoh A"
    number: str = "9007199254740993"
    other: str = "contoh_warga_b"
    other_name: str = "Warga Contoh B"
    other_number: str = "9007199254740995"
    group: str = "grup_contoh"
    group_name: str = "Grup Contoh Latihan"
    group_number: str = "1500000000001"
    phone: str = "081234567890"
    did: str = "did:plc:contohwargaaaaaaaaaaaaaa"
    other_did: str = "did:plc:contohwargabbbbbbbbbbbbbb"

    def all(self) -> tuple[str, ...]:
        """Every name and number."""
        return tuple(getattr(self, f.name) for f in fields(self))


Made = Callable[[People], tuple[str, bytes]]


def said(p: People, platform: str = "x") -> str:
    """A text that names another account, links to its profile, and gives a telephone number."""
    where = {
        "x": f"https://x.com/{p.other}",
        "telegram": f"https://t.me/{p.other}",
        "tiktok": f"https://www.tiktok.com/@{p.other}",
        "youtube": f"https://www.youtube.com/@{p.other}",
        "instagram": f"https://www.instagram.com/{p.other}/",
        "threads": f"https://www.threads.net/@{p.other}",
        "facebook": f"https://www.facebook.com/{p.other}",
        "bluesky": f"https://bsky.app/profile/{p.other}.bsky.social",
    }[platform]
    mention = f"@{p.other}.bsky.social" if platform == "bluesky" else f"@{p.other}"
    return f"Latihan: {mention} hitung ulang suara paslon 1 di TPS 3, lihat {where} atau {p.phone}"


def table(rows: list[dict[str, Any]], mark: str = ",") -> bytes:
    """A CSV file of these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=mark, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def lines(*records: Mapping[str, Any]) -> bytes:
    """An NDJSON file of these records."""
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def document(value: Any) -> bytes:
    """A JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def envelope(platform: str, *payloads: Mapping[str, Any]) -> bytes:
    """Records as Zeeschuimer keeps them."""
    return lines(
        *(
            {
                "nav_index": "s:1:0",
                "item_id": str(n),
                "timestamp_collected": (AT + 3600) * 1000,
                "source_platform": platform,
                "source_platform_url": f"https://{platform}/latihan",
                "source_url": f"https://{platform}/latihan",
                "user_agent": "latihan",
                "data": dict(p),
            }
            for n, p in enumerate(payloads, 1)
        )
    )


def workbook(rows: list[dict[str, Any]]) -> bytes:
    """An XLSX file of these rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("kiriman")
        for at, cells in enumerate([list(rows[0]), *(list(r.values()) for r in rows)]):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, str(cell))
    return out.getvalue()


def _plain_rows(p: People) -> list[dict[str, Any]]:
    own = {
        "platform": "facebook", "id": "901", "account_id": p.number, "handle": p.handle,
        "name": p.name, "space_id": p.group_number, "space_name": p.group_name,
        "posted_at": "2024-11-27T14:05:00+08:00", "text": said(p, "facebook"),
        "links": f"https://www.facebook.com/{p.other}/posts/12 https://contoh.example/berita",
        "reply_to": "", "repost_of": "", "repost_from": "", "quote_of": "", "kind": "",
        "likes": "3", "comments": "", "shares": "0", "views": "", "place": "Negara",
        "collected_at": "2024-11-27T15:00:00+08:00",
        "url": f"https://www.facebook.com/{p.handle}/posts/901",
    }  # fmt: skip
    answer = {**own, "id": "902", "reply_to": "901", "text": "Latihan: setuju, hitung ulang saja"}
    passed = {
        **own,
        "id": "903",
        "account_id": p.other_number,
        "handle": p.other,
        "name": p.other_name,
    }
    return [own, answer, {**passed, "repost_of": "901", "url": ""}]


def plain(p: People) -> tuple[str, bytes]:
    return "kiriman.csv", table(_plain_rows(p))


def plain_xlsx(p: People) -> tuple[str, bytes]:
    return "kiriman.xlsx", workbook(_plain_rows(p))


def plain_json(p: People) -> tuple[str, bytes]:
    return "kiriman.ndjson", lines(*_plain_rows(p))


def telegram_desktop(p: People) -> tuple[str, bytes]:
    return "result.json", document(
        {
            "name": p.group_name,
            "type": "public_supergroup",
            "id": int(p.group_number),
            "messages": [
                {
                    "id": 1, "type": "service", "date": "2024-11-27T13:00:00",
                    "date_unixtime": str(AT - 4000), "actor": p.name, "actor_id": f"user{p.number}",
                    "action": "join_group_by_link", "text": "", "text_entities": [],
                },
                {
                    "id": 2, "type": "message", "date": "2024-11-27T14:05:00",
                    "date_unixtime": str(AT), "from": p.name, "from_id": f"user{p.number}",
                    "text": [
                        "Latihan: ",
                        {"type": "mention", "text": f"@{p.other}"},
                        " dan ",
                        {"type": "mention_name", "text": p.other_name, "user_id": int(p.other_number)},
                        " ke kantor, telepon ",
                        {"type": "phone", "text": p.phone},
                    ],
                    "text_entities": [
                        {"type": "plain", "text": "Latihan: "},
                        {"type": "mention", "text": f"@{p.other}"},
                        {"type": "plain", "text": " dan "},
                        {"type": "mention_name", "text": p.other_name, "user_id": int(p.other_number)},
                        {"type": "plain", "text": " ke kantor, telepon "},
                        {"type": "phone", "text": p.phone},
                        {"type": "link", "text": f"https://t.me/{p.other}/7"},
                    ],
                    "reactions": [{"type": "emoji", "count": 4, "emoji": "👍"}, {"type": "emoji", "count": 2, "emoji": "🔥", "recent": [{"from": p.other_name, "from_id": f"user{p.other_number}", "date": "2024-11-27T14:06:00"}]}],
                },
                {
                    "id": 3, "type": "message", "date": "2024-11-27T14:06:00",
                    "date_unixtime": str(AT + 60), "from": p.other_name,
                    "from_id": f"user{p.other_number}", "reply_to_message_id": 2,
                    "text": "Latihan: setuju", "text_entities": [{"type": "plain", "text": "Latihan: setuju"}],
                },
                {
                    "id": 4, "type": "message", "date": "2024-11-27T14:07:00",
                    "date_unixtime": str(AT + 120), "from": p.other_name,
                    "from_id": f"user{p.other_number}", "forwarded_from": p.name,
                    "text": "Latihan: kabar dari TPS 4", "text_entities": [{"type": "plain", "text": "Latihan: kabar dari TPS 4"}],
                },
            ],
        }
    )  # fmt: skip


def telegram_4cat(p: People) -> tuple[str, bytes]:
    chat = {"id": int(p.group_number), "username": p.group, "title": p.group_name}
    sender = {"id": int(p.number), "username": p.handle, "first_name": p.name, "phone": p.phone}
    first = {
        "id": 11, "date": AT, "message": said(p, "telegram"), "peer_id": {"channel_id": chat["id"]},
        "_chat": chat, "_sender": sender, "views": 120, "forwards": 5, "media": None,
        "replies": {"replies": 2}, "reactions": {"results": [{"count": 3}]},
    }  # fmt: skip
    source = {"channel_id": int(p.other_number)}
    second = {
        **first, "id": 12, "message": "Latihan: diteruskan", "reactions": None,
        "fwd_from": {"from_id": source, "channel_post": 77, "date": AT - 900},
        "_forward": {"_chat": {"username": p.other}},
        "reply_to": {"reply_to_msg_id": 11},
    }  # fmt: skip
    return "4cat-telegram.ndjson", lines(first, second)


def tweet(p: People, native: str, text: str, **legacy: Any) -> dict[str, Any]:
    """A post as X's own pages hold it."""
    mention = {"screen_name": p.other, "id_str": p.other_number, "name": p.other_name}
    return {
        "rest_id": native,
        "core": {
            "user_results": {
                "result": {
                    "rest_id": p.number,
                    "core": {"screen_name": p.handle, "name": p.name},
                    "legacy": {"description": "latihan"},
                }
            }
        },
        "views": {"count": "1500"},
        "legacy": {
            "created_at": "Wed Nov 27 06:05:00 +0000 2024",
            "user_id_str": p.number,
            "full_text": text,
            "conversation_id_str": native,
            "favorite_count": 3,
            "retweet_count": 2,
            "reply_count": 1,
            "quote_count": 0,
            "entities": {
                "user_mentions": [mention],
                "urls": [{"expanded_url": f"https://x.com/{p.other}/status/1700000000000000003"}],
            },
            **legacy,
        },
    }


def zeeschuimer_x(p: People) -> tuple[str, bytes]:
    swapped = People(handle=p.other, name=p.other_name, number=p.other_number, other=p.handle,
                     other_number=p.number, other_name=p.name)  # fmt: skip
    post = tweet(p, "1861000000000000001", said(p))
    again = tweet(
        swapped, "1861000000000000002", f"RT @{p.handle}: Latihan: @{p.other} hitung…",
        retweeted_status_result={"result": {"tweet": post}},
    )  # fmt: skip
    answer = tweet(
        swapped, "1861000000000000003", f"@{p.handle} Latihan: kami menunggu hasil",
        in_reply_to_status_id_str="1861000000000000001", in_reply_to_screen_name=p.handle,
        in_reply_to_user_id_str=p.number,
    )  # fmt: skip
    return "zeeschuimer-x.ndjson", envelope("x.com", post, again, answer)


def x_api(p: People) -> tuple[str, bytes]:
    person = {"id": p.number, "username": p.handle, "name": p.name}
    other = {"id": p.other_number, "username": p.other, "name": p.other_name}
    metrics = {"like_count": 3, "reply_count": 1, "retweet_count": 2, "impression_count": 1500}
    post = {
        "id": "1861000000000000001", "author_id": p.number, "created_at": ISO, "text": said(p),
        "edit_history_tweet_ids": ["1861000000000000001"], "public_metrics": metrics,
        "conversation_id": "1861000000000000001",
        "entities": {"mentions": [{"username": p.other, "id": p.other_number}],
                     "urls": [{"expanded_url": f"https://x.com/{p.other}"}]},
    }  # fmt: skip
    again = {
        "id": "1861000000000000002", "author_id": p.other_number, "created_at": ISO,
        "text": f"RT @{p.handle}: Latihan: @{p.other} hitung…", "public_metrics": metrics,
        "referenced_tweets": [{"type": "retweeted", "id": "1861000000000000001"}],
    }  # fmt: skip
    return "x-pages.json", document(
        {
            "data": [post, again],
            "includes": {"users": [person, other], "tweets": [post]},
            "meta": {"result_count": 2, "next_token": "latihan"},
        }
    )


def x_api_1(p: People) -> tuple[str, bytes]:
    user = {"id_str": p.number, "screen_name": p.handle, "name": p.name}
    post = {
        "id": 1861000000000000001, "id_str": "1861000000000000001", "user": user,
        "created_at": "Wed Nov 27 06:05:00 +0000 2024", "full_text": said(p),
        "favorite_count": 3, "retweet_count": 2,
        "entities": {"user_mentions": [{"screen_name": p.other, "id_str": p.other_number}], "urls": []},
    }  # fmt: skip
    again = {
        **post, "id": 1861000000000000002, "id_str": "1861000000000000002",
        "user": {"id_str": p.other_number, "screen_name": p.other, "name": p.other_name},
        "full_text": f"RT @{p.handle}: Latihan …", "retweeted_status": post,
    }  # fmt: skip
    return "twarc-1.jsonl", lines(post, again)


def instagram(p: People) -> tuple[str, bytes]:
    listed = {
        "code": "DLatihan001", "media_type": 1, "taken_at": AT, "product_type": "feed",
        "user": {"pk": p.number, "username": p.handle, "full_name": p.name},
        "caption": {"text": said(p, "instagram")}, "like_count": 5, "comment_count": 2,
        "location": {"name": "Negara, Jembrana"},
        "usertags": {"in": [{"user": {"pk": p.other_number, "username": p.other}}]},
    }  # fmt: skip
    graph = {
        "shortcode": "DLatihan002", "__typename": "GraphImage", "taken_at_timestamp": AT + 60,
        "owner": {"id": p.other_number, "username": p.other},
        "edge_media_to_caption": {"edges": [{"node": {"text": "Latihan: foto di TPS 5"}}]},
        "edge_media_preview_like": {"count": 9}, "edge_media_preview_comment": {"count": 1},
    }  # fmt: skip
    hidden = {**listed, "code": "DLatihan003", "like_and_view_counts_disabled": True}
    ad = {**listed, "code": "DLatihan004", "product_type": "ad"}
    return "zeeschuimer-instagram.ndjson", envelope("instagram.com", listed, graph, hidden, ad)


def threads(p: People) -> tuple[str, bytes]:
    post = {
        "code": "DThread001", "taken_at": AT, "caption": {"text": said(p, "threads")},
        "user": {"pk": p.number, "username": p.handle, "full_name": p.name}, "like_count": 2,
        "media_type": 19,
        "text_post_app_info": {
            "repost_count": 1, "direct_reply_count": 0, "quote_count": 0,
            "link_preview_attachment": {
                "url": f"https://l.threads.net/?u=https%3A%2F%2Fwww.instagram.com%2F{p.other}%2F&e=x"
            },
        },
    }  # fmt: skip
    return "zeeschuimer-threads.ndjson", envelope("threads.com", post)


def tiktok(p: People) -> tuple[str, bytes]:
    video = {
        "id": "7441000000000000001", "desc": said(p, "tiktok"), "createTime": AT,
        "author": {"id": p.number, "uniqueId": p.handle, "nickname": p.name},
        "stats": {"diggCount": 10, "commentCount": 2, "shareCount": 1, "playCount": 500},
        "stickersOnItem": [{"stickerText": ["Latihan: coblos ulang"]}], "music": {"id": "1"},
        "video": {}, "locationCreated": "ID", "duetInfo": {"duetFromId": "0"},
    }  # fmt: skip
    older = {
        **video,
        "id": "7441000000000000002",
        "author": p.handle,
        "nickname": p.name,
        "desc": "Latihan",
    }
    return "zeeschuimer-tiktok.ndjson", envelope("tiktok.com", video, older)


def tiktok_comments(p: People) -> tuple[str, bytes]:
    top = {
        "cid": "7441000000000000101", "aweme_id": "7441000000000000001", "reply_id": "0",
        "text": said(p, "tiktok"), "create_time": AT, "digg_count": 1, "reply_comment_total": 1,
        "user": {"uid": p.number, "unique_id": p.handle, "nickname": p.name},
        "share_info": {"url": f"https://www.tiktok.com/@{p.handle}/video/7441000000000000001.html"},
    }  # fmt: skip
    answer = {**top, "cid": "7441000000000000102", "reply_id": "7441000000000000101"}
    return "zeeschuimer-tiktok-comments.ndjson", envelope("tiktok.com", top, answer)


def tiktok_research(p: People) -> tuple[str, bytes]:
    video = {
        "id": 7441000000000000001, "username": p.handle, "create_time": AT,
        "video_description": said(p, "tiktok"), "voice_to_text": "latihan hitung suara",
        "like_count": 10, "comment_count": 2, "share_count": 1, "view_count": 500, "region_code": "ID",
    }  # fmt: skip
    return "tiktok-research.json", document(
        {"data": {"videos": [video], "cursor": 100, "has_more": True}, "error": {"code": "ok"}}
    )


def tiktok_research_comments(p: People) -> tuple[str, bytes]:
    comment = {
        "id": 7441000000000000101, "video_id": 7441000000000000001, "create_time": AT,
        "parent_comment_id": 7441000000000000001, "text": said(p, "tiktok"),
        "like_count": 1, "reply_count": 0,
    }  # fmt: skip
    return "tiktok-research-comments.json", document(
        {"data": {"comments": [comment], "cursor": 100, "has_more": False}}
    )


def youtube(p: People) -> tuple[str, bytes]:
    def comment(native: str, text: str, **more: Any) -> dict[str, Any]:
        snippet = {
            "videoId": "latihanVid1", "textDisplay": f"{text}<br>Salam &amp; damai",
            "authorDisplayName": f"@{p.handle}", "authorChannelId": {"value": f"UC{p.number}"},
            "authorChannelUrl": f"http://www.youtube.com/@{p.handle}",
            "channelId": f"UC{p.group_number}", "likeCount": 3, "publishedAt": "2024-11-27T06:05:00Z",
            "updatedAt": "2024-11-27T06:05:00Z", **more,
        }  # fmt: skip
        return {"kind": "youtube#comment", "id": native, "snippet": snippet}

    top = comment("UgLatihan1", said(p, "youtube"), textOriginal=said(p, "youtube"))
    answer = comment("UgLatihan1.1", f"@{p.handle} setuju", parentId="UgLatihan1")
    thread = {
        "kind": "youtube#commentThread", "id": "UgLatihan1",
        "snippet": {"videoId": "latihanVid1", "totalReplyCount": 7, "topLevelComment": top},
        "replies": {"comments": [answer]},
    }  # fmt: skip
    page = {"kind": "youtube#commentThreadListResponse", "items": [thread], "nextPageToken": "x"}
    return "youtube-comments.json", document([page])


def ytdt_comments(p: People) -> tuple[str, bytes]:
    row = {
        "id": "UgLatihan2", "replyCount": "1", "likeCount": "3", "publishedAt": SQL,
        "authorName": f"@{p.handle}", "text": said(p, "youtube"), "authorChannelId": f"UC{p.number}",
        "authorChannelUrl": f"http://www.youtube.com/@{p.handle}", "isReply": "0",
        "isReplyTo": "", "isReplyToName": "",
    }  # fmt: skip
    answer = {
        **row, "id": "UgLatihan2.1", "isReply": "1", "isReplyTo": "UgLatihan2",
        "isReplyToName": f"@{p.other}", "text": f"@{p.other} latihan",
    }  # fmt: skip
    return "ytdt-comments.csv", table([row, answer])


def ytdt_videos(p: People) -> tuple[str, bytes]:
    row = {
        "position": "1", "channelId": f"UC{p.number}", "channelTitle": p.name,
        "videoId": "latihanVid1", "publishedAt": "2024-11-27T06:05:00Z", "publishedAtSQL": SQL,
        "videoTitle": "Latihan: hitung cepat", "videoDescription": said(p, "youtube"),
        "viewCount": "900", "likeCount": "20", "commentCount": "4",
    }  # fmt: skip
    return "ytdt-videos.csv", table([row])


def bluesky(p: People) -> tuple[str, bytes]:
    def post(key: str, did: str, name: str, text: str, **record: Any) -> dict[str, Any]:
        return {
            "uri": f"at://{did}/app.bsky.feed.post/{key}", "cid": f"bafy{key}",
            "author": {"did": did, "handle": f"{name}.bsky.social", "displayName": p.name},
            "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": ISO, **record},
            "likeCount": 4, "repostCount": 1, "replyCount": 0, "quoteCount": 0, "indexedAt": ISO,
        }  # fmt: skip

    text = said(p, "bluesky")
    at = text.index("@")
    mention = {
        "index": {"byteStart": at, "byteEnd": at + len(f"@{p.other}.bsky.social")},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "did": p.other_did}],
    }
    first = post("latihan1", p.did, p.handle, text, facets=[mention])
    parent = {"uri": first["uri"], "cid": first["cid"]}
    answer = post(
        "latihan2",
        p.other_did,
        p.other,
        "Latihan: setuju",
        reply={"root": parent, "parent": parent},
    )
    passed = {
        "post": first,
        "reason": {
            "$type": "app.bsky.feed.defs#reasonRepost", "indexedAt": ISO,
            "by": {"did": p.other_did, "handle": f"{p.other}.bsky.social", "displayName": p.other_name},
        },
    }  # fmt: skip
    return "bluesky-feed.json", document(
        {"feed": [{"post": first}, {"post": answer}, passed], "cursor": "latihan"}
    )


def bluesky_records(p: People) -> bytes:
    """Repost records of one account, as ``listRecords`` gives them."""
    return document(
        {
            "records": [
                {
                    "uri": f"at://{p.other_did}/app.bsky.feed.repost/latihan3",
                    "cid": "bafylatihan3",
                    "value": {
                        "$type": "app.bsky.feed.repost",
                        "createdAt": ISO,
                        "subject": {"uri": f"at://{p.did}/app.bsky.feed.post/latihan1", "cid": "c"},
                    },
                }
            ]
        }
    )


def _mcl(p: People) -> dict[str, Any]:
    return {
        "id": 1861000000000000001, "mcl_url": "https://www.facebook.com/transparency/mcl/latihan1",
        "creation_time": "2024-11-27T06:05:00+00:00", "modified_time": "2024-11-27T06:05:00+00:00",
        "lang": "id", "text": said(p, "facebook"), "shared_post_id": None, "is_branded_content": False,
        "post_owner": {"type": "page", "id": int(p.number), "name": p.name, "username": p.handle},
        "surface": {"type": "group", "id": int(p.group_number), "name": p.group_name, "username": p.group},
        "link_attachment": {"link": f"https://www.facebook.com/{p.other}"},
        "statistics": {"reaction_count": 7, "share_count": 2, "comment_count": 1, "views": 300},
    }  # fmt: skip


def mcl_csv(p: People) -> tuple[str, bytes]:
    post = _mcl(p)
    flat: dict[str, Any] = {}
    for key, value in post.items():
        if isinstance(value, dict):
            flat.update({f"{key}.{k}": v for k, v in value.items()})
        else:
            flat[key] = value
    again = {**flat, "id": 1861000000000000002, "shared_post_id": 1861000000000000001}
    return "meta-content-library.csv", table([flat, again])


def mcl_json(p: People) -> tuple[str, bytes]:
    instagram = {
        "id": 1861000000000000009, "creation_time": "2024-11-27T06:05:00+0000",
        "text": said(p, "instagram"), "post_owner": {"id": int(p.number), "username": p.handle, "name": p.name},
        "statistics": {"like_count": 7, "comment_count": 1, "views": 300},
    }  # fmt: skip
    return "meta-content-library.json", document({"data": [_mcl(p), instagram]})


def fourcat(p: People) -> tuple[str, bytes]:
    row = {
        "id": "1861000000000000001", "thread_id": "1861000000000000001", "timestamp": SQL,
        "unix_timestamp": str(AT), "link": f"https://x.com/{p.handle}/status/1861000000000000001",
        "body": said(p), "author": p.handle, "author_fullname": p.name, "author_id": p.number,
        "retweet_count": "2", "reply_count": "1", "like_count": "3", "quote_count": "0",
        "impression_count": "1500", "is_retweet": "no", "retweeted_user": "", "is_quote_tweet": "no",
        "quote_tweet_id": "", "is_reply": "no", "replied_author": "", "mentions": p.other,
        "urls": f"https://x.com/{p.other},https://contoh.example/a", "place_name": "Jembrana",
    }  # fmt: skip
    again = {
        **row, "id": "1861000000000000002", "author": p.other, "author_fullname": p.other_name,
        "author_id": p.other_number, "body": f"RT @{p.handle}: {said(p)}", "is_retweet": "yes",
        "retweeted_user": p.handle, "link": "",
    }  # fmt: skip
    answer = {
        **row, "id": "1861000000000000003", "is_reply": "yes", "replied_author": p.other,
        "body": f"@{p.other} latihan",
    }  # fmt: skip
    return "4cat.csv", table([row, again, answer])


def fourcat_telegram(p: People) -> bytes:
    """4CAT's table of a Telegram channel."""
    row = {
        "id": f"{p.group}-11", "thread_id": p.group, "chat": p.group, "author": p.number,
        "author_username": p.handle, "author_name": p.name, "body": said(p, "telegram"),
        "reply_to": "10", "views": "120", "reactions": "👍👍", "timestamp": SQL,
        "unix_timestamp": str(AT), "author_forwarded_from_name": p.other_name,
        "author_forwarded_from_username": p.other, "author_forwarded_from_id": p.other_number,
        "link_attached": f"https://t.me/{p.other}",
    }  # fmt: skip
    return table([row])


def junkipedia(p: People) -> tuple[str, bytes]:
    post = {
        "id": "501", "type": "posts",
        "attributes": {
            "post_uid": "901", "channel_id": 77, "published_at": ISO,
            "url": f"https://www.facebook.com/{p.handle}/posts/901", "image_text": "latihan",
            "search_data_fields": {
                "channel_name": p.name, "platform_name": "Facebook",
                "description": said(p, "facebook"), "url": f"https://www.facebook.com/{p.other}",
            },
            "engagement_data": {"like_count": 3, "share_count": 1},
        },
    }  # fmt: skip
    return "junkipedia.json", document(
        {"data": [post], "links": {"next": "https://contoh.example/2"}}
    )


def crowdtangle(p: People) -> tuple[str, bytes]:
    row = {
        "Page Name": p.name, "User Name": p.handle, "Facebook Id": p.number, "Page Category": "LATIHAN",
        "Post Created": "2024-07-27 06:05:00 EDT", "Type": "Link", "Total Interactions": "1,234",
        "Likes": "1,200", "Comments": "30", "Shares": "4", "Post Views": "0",
        "URL": f"https://www.facebook.com/{p.number}/posts/901", "Message": said(p, "facebook"),
        "Link": f"https://www.facebook.com/{p.other}", "Final Link": "", "Image Text": "", "Link Text": "",
    }  # fmt: skip
    return "crowdtangle-facebook.csv", table([row])


def crowdtangle_instagram(p: People) -> tuple[str, bytes]:
    row = {
        "Account": p.name, "User Name": p.handle, "Followers at Posting": "100",
        "Post Created": "2024-07-27 06:05:00 PDT", "Type": "Photo", "Likes": "12", "Comments": "3",
        "Views": "", "URL": "https://www.instagram.com/p/DLatihan009/", "Link": "", "Photo": "",
        "Title": "", "Description": said(p, "instagram"),
    }  # fmt: skip
    return "crowdtangle-instagram.csv", table([row])


def brandwatch(p: People) -> tuple[str, bytes]:
    row = {
        "Date": "2024-11-27 06:05:00.0", "Url": f"https://x.com/{p.handle}/status/1861000000000000001",
        "Domain": "x.com", "Author": p.handle, "Full Name": p.name, "X Author ID": p.number,
        "Resource Id": "1861000000000000001", "Full Text": said(p), "Title": "", "Snippet": "",
        "X Reply to": "", "X Repost of": "", "Likes": "3", "Comments": "", "Shares": "1",
        "Impressions": "50", "Expanded URLs": f"https://x.com/{p.other}", "Region": "Bali",
    }  # fmt: skip
    above = b"Report:,Latihan\nQuery:,pilkada\nFrom:,2024-11-20\n\n"
    return "brandwatch.csv", above + table([row])


#: Format code → what makes its file.
MADE: dict[str, Made] = {
    "plain": plain,
    "plain-json": plain_json,
    "telegram-desktop": telegram_desktop,
    "telegram-4cat": telegram_4cat,
    "zeeschuimer-x": zeeschuimer_x,
    "x-api": x_api,
    "x-api-1": x_api_1,
    "zeeschuimer-instagram": instagram,
    "zeeschuimer-threads": threads,
    "zeeschuimer-tiktok": tiktok,
    "zeeschuimer-tiktok-comments": tiktok_comments,
    "tiktok-research": tiktok_research,
    "tiktok-research-comments": tiktok_research_comments,
    "youtube-comments": youtube,
    "ytdt-comments": ytdt_comments,
    "ytdt-videos": ytdt_videos,
    "bluesky": bluesky,
    "mcl-csv": mcl_csv,
    "mcl-json": mcl_json,
    "4cat-csv": fourcat,
    "junkipedia": junkipedia,
    "crowdtangle-facebook": crowdtangle,
    "crowdtangle-instagram": crowdtangle_instagram,
    "brandwatch": brandwatch,
}


def examples(folder: Path, people: People | None = None) -> dict[str, Path]:
    """Write one valid file of each format; format code → file. The plain table also as XLSX."""
    folder.mkdir(parents=True, exist_ok=True)
    p = people or People()
    made = {**{code: make(p) for code, make in MADE.items()}, "plain-xlsx": plain_xlsx(p)}
    paths = {code: folder / name for code, (name, _) in made.items()}
    for code, (_, content) in made.items():
        paths[code].write_bytes(content)
    return paths
