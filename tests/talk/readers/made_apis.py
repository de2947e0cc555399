"""Example files of platforms' own interfaces and programs."""

from __future__ import annotations

from typing import Any

from .making import AT, ISO, People, document, lines, said


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
