"""Example files as Zeeschuimer makes them."""

from __future__ import annotations

from typing import Any

from .making import AT, People, envelope, said


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
