"""4CAT's CSV: one table for every platform, whose columns tell the platform.

Column names: 4CAT's data sources.
"""

from __future__ import annotations

import re
from typing import Final

from rukun.talk.profiles import native_post
from rukun.talk.readers.format import Format, Found, Record
from rukun.talk.readers.formats.looking import know
from rukun.talk.readers.formats.x import RETWEETED
from rukun.talk.readers.values import as_name

#: Columns that only the table of one platform has, the most telling first.
_TELLING: Final = (
    ("telegram", "author_forwarded_from_id"),
    ("x", "is_retweet"),
    ("x", "retweeted_user"),
    ("bluesky", "replied_to_post"),
    ("tiktok", "is_comment_on_comment"),
    ("tiktok", "tiktok_url"),
    ("instagram", "num_media"),
    ("threads", "author_is_verified"),
    ("youtube", "youtube_url"),
    ("facebook", "page_id"),
)
_AT: Final = re.compile(r"bsky\.app/profile/([^/]+)/post/([^/?#]+)")


def _fix(found: Found, record: Record, around: Record) -> None:
    platform = next((p for p, column in _TELLING if column in record), None)
    if platform:
        found["platform"] = platform
    special = {"telegram": _telegram, "x": _x, "bluesky": _bluesky}.get(platform or "")
    if special:
        special(found, record)
    if platform == "tiktok" and "is_comment_on_comment" in record:
        found["reply_to"] = record.get("thread_id")
    know(found, [(found.get("handle"), found.get("account_id"))])


def _telegram(found: Found, record: Record) -> None:
    """Here `author` is the number of the account, and ids are “chat-message”."""
    chat = str(record.get("chat") or record.get("thread_id") or "chat")
    number = str(found.get("id") or "").removeprefix(f"{chat}-")
    found["id"] = native_post("telegram", chat, number) if number else None
    found["space_id"] = chat
    found["account_id"] = found.get("account_id") or record.get("author")
    found["handle"] = as_name(record.get("author_username"))
    found["name"] = as_name(record.get("author_name"))
    if found.get("reply_to"):
        found["reply_to"] = native_post("telegram", chat, found["reply_to"])
    found["likes"] = None


def _x(found: Found, record: Record) -> None:
    """The table names whom a repost passes on, but not the post."""
    reply = record.get("is_reply") == "yes" and record.get("thread_id") != found.get("id")
    found["reply_to"] = record.get("thread_id") if reply else None
    if record.get("is_retweet") == "yes":
        found["repost_from"] = as_name(record.get("retweeted_user")) or "?"
        found["text"] = RETWEETED.sub("", found["text"])
        found["reply_to"] = None
    else:
        found["repost_from"] = None


def _bluesky(found: Found, record: Record) -> None:
    """Answers and quotes are stated as addresses on the web."""
    for name, column in (("reply_to", "replied_to_post"), ("quote_of", "quoted_post")):
        at = _AT.search(str(record.get(column) or ""))
        found[name] = native_post("bluesky", at[1], at[2]) if at else None


CSV: Final = Format(
    code="4cat-csv",
    title="4CAT, CSV (X, Telegram, TikTok, Instagram, Threads, Bluesky …)",
    tool="4CAT: download of a dataset as CSV",
    platform="",
    container="table",
    fields={
        "id": ("id",),
        "account_id": ("author_id",),
        "handle": ("author",),
        "name": ("author_fullname", "author_full", "author_display_name", "author_name"),
        "posted_at": ("unix_timestamp", "timestamp"),
        "text": ("body",),
        "links": ("urls", "links", "link_url", "link_attached", "url_original"),
        "reply_to": ("reply_to", "isReplyTo"),
        "repost_from": ("author_forwarded_from_username", "author_forwarded_from_id", "author_forwarded_from_name", "retweeted_user"),
        "quote_of": ("quote_tweet_id",),
        "likes": ("like_count", "likes", "num_likes", "amount_likes"),
        "comments": ("reply_count", "comments", "num_comments", "amount_comments", "replies"),
        "shares": ("retweet_count", "repost_count", "shares", "reposts", "amount_shares"),
        "views": ("impression_count", "views", "plays", "play_count", "view_count", "amount_plays"),
        "place": ("place_name", "location_name", "location_created"),
        "url": ("link", "url", "tiktok_url", "comment_url", "post_url", "youtube_url"),
    },
    shape=(("id", "thread_id", "body", "timestamp"), ("id", "thread_id", "body", "unix_timestamp")),
    zone="UTC",
    fix=_fix,
    notes=(
        "The platform is told by the columns, else by the address of the post, else state it in a mapping (`[constants] platform`).",
        "`unix_timestamp` is preferred: `timestamp` is in the server's own zone for some sources.",
        "The table writes 0 where the platform stated nothing: prefer the NDJSON, where what is missing stays missing.",
        "X: neither the reposted nor the answered post is named. A repost is recognised by account and text (*weak*), an answer leads to the root of the conversation.",
    ),
)  # fmt: skip
FORMATS: Final = (CSV,)
