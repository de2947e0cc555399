"""Junkipedia, CrowdTangle's old exports, and Brandwatch.

Field names: Junkipedia's API as public clients use it; CrowdTangle's CSV (closed August 2024);
Brandwatch's columns as developers.brandwatch.com lists them.
"""

from __future__ import annotations

import re
from typing import Final

from rukun.talk.readers.format import Format, Found, Record

_LAST: Final = re.compile(r"([^/?#]+)/*(?:[?#].*)?$")

JUNKIPEDIA: Final = Format(
    code="junkipedia",
    title="Junkipedia, JSON",
    tool="Junkipedia: posts of a list, through its API",
    platform="",
    container="json",
    fields={
        "platform": ("attributes.search_data_fields.platform_name", "attributes.channel.platform_name"),
        "id": ("attributes.post_uid", "attributes.post_data.id_str", "id"),
        "account_id": ("attributes.channel_id", "attributes.channel.id"),
        "name": ("attributes.search_data_fields.channel_name", "attributes.channel.channel_name"),
        "posted_at": ("attributes.published_at",),
        "text": (
            "attributes.search_data_fields.description",
            "attributes.search_data_fields.sanitized_text",
            "attributes.search_data_fields.all_text",
            "attributes.search_data_fields.post_title",
            "+attributes.search_data_fields.transcript_text",
            "+attributes.image_text",
        ),
        "links": ("attributes.search_data_fields.url",),
        "likes": ("attributes.engagement_data.like_count", "attributes.engagement_data.likes"),
        "comments": ("attributes.engagement_data.comment_count", "attributes.engagement_data.comments"),
        "shares": ("attributes.engagement_data.share_count", "attributes.engagement_data.shares"),
        "views": ("attributes.engagement_data.view_count", "attributes.engagement_data.views"),
        "url": ("attributes.url",),
    },
    shape=(("id", "attributes.search_data_fields"), ("id", "attributes.post_uid")),
    zone="UTC",
    covers=lambda record, around: {"pages": 1} if _more(around) else {},
    notes=(
        "`channel_id` is Junkipedia's own number of the channel, not the platform's: aliases of other tools do not meet it.",
        "An interface stops at 10,000 posts of one question: ask by shorter spans of time.",
        "Which engagement is stated differs by platform; what is missing stays missing.",
    ),
)  # fmt: skip


def _more(around: Record) -> bool:
    links = around.get("links")
    return isinstance(links, dict) and bool(links.get("next"))


def _last(found: Found) -> None:
    last = _LAST.search(found.get("url") or "")
    found["id"] = last[1] if last else None


def _fix_facebook(found: Found, record: Record, around: Record) -> None:
    _last(found)
    if record.get("Group Name"):
        found["space_id"], found["space_name"] = found.get("account_id"), record["Group Name"]
        found["account_id"] = found["handle"] = found["name"] = None


FACEBOOK: Final = Format(
    code="crowdtangle-facebook",
    title="CrowdTangle, Facebook (CSV)",
    tool="CrowdTangle, closed on 14 August 2024: old exports",
    platform="facebook",
    container="table",
    fields={
        "account_id": ("Facebook Id",),
        "handle": ("User Name",),
        "name": ("Page Name", "Name"),
        "posted_at": ("Post Created", "Created"),
        "text": ("Message", "+Image Text"),
        "links": ("Final Link", "Link"),
        "likes": ("Likes",),
        "comments": ("Comments",),
        "shares": ("Shares",),
        "views": ("Post Views",),
        "url": ("URL",),
    },
    shape=(
        ("Facebook Id", "Post Created", "Message", "URL"),
        ("Facebook Id", "Created", "Message", "URL"),
        ("Group Name", "Post Created", "Message", "URL"),
    ),
    fix=_fix_facebook,
    notes=(
        "The post's id is the last part of `URL`. Times state their zone by name (`EST`, `PDT`).",
        "In exports of groups `Facebook Id` is the group's; who posted is not stated.",
        "`Likes` are likes alone, without the other reactions.",
    ),
)


def _fix_instagram(found: Found, record: Record, around: Record) -> None:
    _last(found)


INSTAGRAM: Final = Format(
    code="crowdtangle-instagram",
    title="CrowdTangle, Instagram (CSV)",
    tool="CrowdTangle, closed on 14 August 2024: old exports",
    platform="instagram",
    container="table",
    fields={
        "handle": ("User Name",),
        "name": ("Account",),
        "posted_at": ("Post Created", "Created"),
        "text": ("Title", "+Description", "+Image Text"),
        "links": ("Link",),
        "likes": ("Likes",),
        "comments": ("Comments",),
        "views": ("Views",),
        "url": ("URL",),
    },
    shape=(("Account", "User Name", "Post Created", "URL"), ("Account", "User Name", "Created", "URL")),
    fix=_fix_instagram,
)  # fmt: skip


def _fix_brandwatch(found: Found, record: Record, around: Record) -> None:
    if not found.get("account_id") and not found.get("handle"):
        found["handle"] = found.get("name")
    entry = str(record.get("Thread Entry Type") or record.get("Engagement Type") or "").upper()
    if entry in ("RETWEET", "REPOST", "SHARE") or found.get("repost_of"):
        found["kind"] = "repost"


BRANDWATCH: Final = Format(
    code="brandwatch",
    title="Brandwatch mentions (CSV, XLSX)",
    tool="Brandwatch Consumer Research: export of mentions",
    platform="",
    container="table",
    fields={
        "platform": ("Domain", "Content Source Name"),
        "id": ("Resource Id", "Mention Id", "Url"),
        "account_id": ("X Author ID", "Twitter Author ID", "Facebook Author ID", "Bluesky Author Id", "Instagram Author ID"),
        "handle": ("Author",),
        "name": ("Full Name",),
        "posted_at": ("Date",),
        "text": ("Full Text", "Snippet", "Title"),
        "links": ("Expanded URLs", "Original Url"),
        "reply_to": ("X Reply to", "Twitter Reply to", "Parent Post Id"),
        "repost_of": ("X Repost of", "Twitter Retweet of"),
        "likes": ("Likes", "X Likes"),
        "comments": ("Comments", "X Replies"),
        "shares": ("Shares", "X Reposts"),
        "views": ("Impressions",),
        "place": ("City", "Region", "Country"),
        "url": ("Url",),
    },
    shape=(("Resource Id", "Date", "Full Text"), ("Mention Id", "Date", "Snippet"), ("Url", "Date", "Full Text", "Author")),
    zone="UTC",
    fix=_fix_brandwatch,
    notes=(
        "The lines above the headings are passed over.",
        "Times are in the zone of the account; state another than UTC in a mapping (`[time] zone`).",
        "The text of posts on X may have been taken out by contract: bring it from another tool.",
    ),
)  # fmt: skip
FORMATS: Final = (JUNKIPEDIA, FACEBOOK, INSTAGRAM, BRANDWATCH)
