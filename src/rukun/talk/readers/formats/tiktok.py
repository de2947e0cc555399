"""TikTok: the Research API, and what Zeeschuimer records in a browser.

Field names: developers.tiktok.com (query videos, comments, reposted videos); Zeeschuimer and 4CAT.
"""

from __future__ import annotations

from typing import Final

from rukun.talk.readers.format import Format, Found, Record
from rukun.talk.readers.formats.looking import id_of, inner, know
from rukun.talk.readers.values import as_name


def _covers(record: Record, around: Record) -> dict[str, int]:
    return {"pages": 1} if around.get("has_more") is True else {}


RESEARCH: Final = Format(
    code="tiktok-research",
    title="TikTok Research API, videos",
    tool="TikTok Research API: query videos",
    platform="tiktok",
    container="json",
    fields={
        "id": ("id", "video_id"),
        "handle": ("username", "author_name"),
        "posted_at": ("create_time",),
        "text": ("video_description", "+voice_to_text"),
        "likes": ("like_count",),
        "comments": ("comment_count",),
        "shares": ("share_count",),
        "views": ("view_count",),
        "place": ("region_code",),
    },
    shape=(("id", "create_time", "video_description"), ("id", "create_time", "region_code", "username")),
    zone="UTC",
    covers=_covers,
    notes=(
        "The account is known by `username` only: its alias is that of the handle, also where another tool states the id.",
        "Ids are larger than spreadsheets and JavaScript can hold.",
        "The list of reposted videos states the time of the video, not of the repost; bring it as videos.",
    ),
)  # fmt: skip
RESEARCH_COMMENTS: Final = Format(
    code="tiktok-research-comments",
    title="TikTok Research API, comments",
    tool="TikTok Research API: query video comments",
    platform="tiktok",
    container="json",
    fields={
        "id": ("id",),
        "posted_at": ("create_time",),
        "text": ("text",),
        "reply_to": ("parent_comment_id", "video_id"),
        "likes": ("like_count",),
        "comments": ("reply_count",),
    },
    shape=(("id", "video_id", "create_time", "text"),),
    zone="UTC",
    comment=True,
    covers=_covers,
    notes=("Comments state no account: they count for narratives and claims, never for rings.",),
)


def _fix_video(found: Found, record: Record, around: Record) -> None:
    author = record.get("author")
    if isinstance(author, str):
        found["handle"], found["name"] = as_name(author), as_name(record.get("nickname"))
        found["account_id"] = id_of(record.get("authorId"))
    know(found, [(found.get("handle"), found.get("account_id"))])


VIDEOS: Final = Format(
    code="zeeschuimer-tiktok",
    title="TikTok videos through Zeeschuimer (or 4CAT), NDJSON",
    tool="Zeeschuimer: TikTok (posts)",
    platform="tiktok",
    container="json",
    fields={
        "id": ("id",),
        "account_id": ("author.id",),
        "handle": ("author.uniqueId",),
        "name": ("author.nickname",),
        "posted_at": ("createTime",),
        "text": ("desc", "+stickersOnItem[].stickerText[]"),
        "quote_of": ("duetInfo.duetFromId",),
        "likes": ("stats.diggCount",),
        "comments": ("stats.commentCount",),
        "shares": ("stats.shareCount",),
        "views": ("stats.playCount",),
        "place": ("locationCreated",),
        "collected_at": ("^timestamp_collected",),
    },
    shape=(("id", "desc", "createTime"),),
    passed=lambda record, around: "record-ad" if record.get("isAd") is True else "",
    fix=_fix_video,
    notes=(
        "`author` is an object or only the handle, by the page that was watched.",
        "TikTok shows no reposts here; a duet counts as a quote.",
    ),
)


def _fix_comment(found: Found, record: Record, around: Record) -> None:
    found["handle"] = found.get("handle") or as_name(inner(record, "user", "unique_id"))
    know(found, [(found.get("handle"), found.get("account_id"))])


COMMENTS: Final = Format(
    code="zeeschuimer-tiktok-comments",
    title="TikTok comments through Zeeschuimer (or 4CAT), NDJSON",
    tool="Zeeschuimer: TikTok (comments)",
    platform="tiktok",
    container="json",
    fields={
        "id": ("cid",),
        "account_id": ("user.uid",),
        "handle": ("user.unique_id",),
        "name": ("user.nickname",),
        "posted_at": ("create_time",),
        "text": ("text",),
        "reply_to": ("reply_id", "aweme_id"),
        "likes": ("digg_count",),
        "comments": ("reply_comment_total",),
        "collected_at": ("^timestamp_collected",),
        "url": ("share_info.url",),
    },
    shape=(("cid", "aweme_id", "text"),),
    comment=True,
    fix=_fix_comment,
    notes=('`reply_id` "0" is an answer to the video itself.',),
)
FORMATS: Final = (COMMENTS, VIDEOS, RESEARCH_COMMENTS, RESEARCH)
