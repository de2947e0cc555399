"""YouTube: comments of its API, and the tables of YouTube Data Tools.

Field names: developers.google.com (commentThreads, comments); YouTube Data Tools.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

from rukun.talk.readers.format import Format, Found, Record
from rukun.talk.readers.formats.looking import each, inner, know

_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]{0,500}>")


def _unfold(record: Record, around: Record) -> Iterable[tuple[Record, Record]] | None:
    """A thread is the comment at its top and the replies that came with it."""
    top = inner(record, "snippet", "topLevelComment")
    if not isinstance(top, dict):
        return None
    snippet = record["snippet"]
    replies = each(inner(record, "replies", "comments"))
    return [(top, snippet), *((r, {}) for r in replies if isinstance(r, dict))]


def _named(found: Found) -> None:
    """Since 2023 the name that is shown is the handle, with its @."""
    name = found.get("name") or ""
    if name.startswith("@"):
        found["handle"] = name
        know(found, [(name, found.get("account_id"))])


def _fix(found: Found, record: Record, around: Record) -> None:
    _named(found)
    stated, reply = around.get("totalReplyCount"), inner(record, "snippet", "parentId")
    found["counted"] = {
        "replies": stated if isinstance(stated, int) else 0,
        "replies_here": int(reply is not None),
    }
    if not inner(record, "snippet", "textOriginal"):
        found["text"] = html.unescape(_TAG.sub("", _BREAK.sub("\n", found["text"])))


API: Final = Format(
    code="youtube-comments",
    title="YouTube comments, JSON of the API",
    tool="YouTube Data API: `commentThreads.list`, `comments.list` (pages, a list of them, or NDJSON)",
    platform="youtube",
    container="json",
    fields={
        "id": ("id",),
        "account_id": ("snippet.authorChannelId.value",),
        "name": ("snippet.authorDisplayName",),
        "space_id": ("snippet.channelId",),
        "posted_at": ("snippet.publishedAt",),
        "text": ("snippet.textOriginal", "snippet.textDisplay"),
        "reply_to": ("snippet.parentId", "snippet.videoId"),
        "likes": ("snippet.likeCount",),
        "comments": ("^totalReplyCount",),
    },
    shape=(("snippet.topLevelComment.snippet",), ("id", "snippet.authorDisplayName", "snippet.publishedAt")),
    zone="UTC",
    comment=True,
    unfold=_unfold,
    fix=_fix,
    notes=(
        "A comment at the top answers the video (`videoId`), a reply the comment above it (`parentId`).",
        "A thread comes with at most five of its replies; how many more it states is said as coverage. Fetch the others with `comments.list`.",
    ),
)  # fmt: skip


def _fix_row(found: Found, record: Record, around: Record) -> None:
    _named(found)


COMMENTS: Final = Format(
    code="ytdt-comments",
    title="YouTube Data Tools, comments (CSV)",
    tool="YouTube Data Tools: Video Comments",
    platform="youtube",
    container="table",
    fields={
        "id": ("id",),
        "account_id": ("authorChannelId",),
        "name": ("authorName",),
        "posted_at": ("publishedAt",),
        "text": ("text",),
        "reply_to": ("isReplyTo", "videoId"),
        "likes": ("likeCount",),
        "comments": ("replyCount",),
    },
    shape=(("id", "isReplyTo", "authorName", "text", "publishedAt"),),
    zone="UTC",
    comment=True,
    fix=_fix_row,
    notes=(
        "The video is named by the file only: without a column `videoId` a comment at the top answers nothing.",
    ),
)
VIDEOS: Final = Format(
    code="ytdt-videos",
    title="YouTube Data Tools, videos (CSV)",
    tool="YouTube Data Tools: Video List",
    platform="youtube",
    container="table",
    fields={
        "id": ("videoId",),
        "account_id": ("channelId",),
        "name": ("channelTitle",),
        "posted_at": ("publishedAt", "publishedAtSQL"),
        "text": ("videoTitle", "+videoDescription"),
        "likes": ("likeCount",),
        "comments": ("commentCount",),
        "views": ("viewCount",),
        "place": ("locationDescription",),
    },
    shape=(("videoId", "channelId", "publishedAt"),),
    zone="UTC",
)
FORMATS: Final = (API, COMMENTS, VIDEOS)
