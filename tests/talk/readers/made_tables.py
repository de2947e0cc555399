"""Example tables, and the records that go with them."""

from __future__ import annotations

from typing import Any

from .making import AT, SQL, People, document, lines, said, table, workbook


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
