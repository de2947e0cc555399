"""Instagram and Threads as Zeeschuimer records them in a browser.

Field names: Zeeschuimer's and 4CAT's documentation; there are two shapes of Instagram's posts.
"""

from __future__ import annotations

import re
from typing import Final

from rukun.talk.readers.format import Format, Found, Record
from rukun.talk.readers.formats.looking import each, id_of, inner, know

_BEHIND: Final = re.compile(r"[?&]u=([^&#]+)")
_ESCAPED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def _ad(record: Record, around: Record) -> str:
    redirect = str(record.get("link") or "")
    paid = record.get("product_type") == "ad" or "facebook.com/ads/ig_redirect" in redirect
    return "record-ad" if paid else ""


def _fix_instagram(found: Found, record: Record, around: Record) -> None:
    if record.get("like_and_view_counts_disabled") is True:
        found["likes"] = None
    know(found, [(found.get("handle"), found.get("account_id"))])
    for tag in each(inner(record, "usertags", "in")):
        know(found, [(inner(tag, "user", "username"), inner(tag, "user", "pk"))])


INSTAGRAM: Final = Format(
    code="zeeschuimer-instagram",
    title="Instagram through Zeeschuimer (or 4CAT), NDJSON",
    tool="Zeeschuimer: Instagram",
    platform="instagram",
    container="json",
    fields={
        "id": ("code", "shortcode"),
        "account_id": ("user.pk", "user.id", "owner.id", "owner.pk"),
        "handle": ("user.username", "owner.username"),
        "name": ("user.full_name", "owner.full_name"),
        "posted_at": ("taken_at", "taken_at_timestamp"),
        "text": ("caption.text", "edge_media_to_caption.edges[].node.text"),
        "likes": ("like_count", "edge_media_preview_like.count"),
        "comments": ("comment_count", "edge_media_preview_comment.count", "edge_media_to_comment.count"),
        "views": ("view_count", "play_count", "video_view_count"),
        "place": ("location.name",),
        "collected_at": ("^timestamp_collected",),
    },
    shape=(("code", "media_type"), ("shortcode", "__typename"), ("code", "user", "taken_at")),
    passed=_ad,
    fix=_fix_instagram,
    notes=(
        "The grid of a profile gives partial posts, without time.",
        "Where an account hides its likes they are not stated, never 0. Of several authors the first is read.",
    ),
)  # fmt: skip


def _fix_threads(found: Found, record: Record, around: Record) -> None:
    """The link of a preview leads over the platform's own address; what is behind it counts."""
    found["links"] = [_behind(link) for link in found["links"]]
    info = record.get("text_post_app_info")
    shared = inner(info, "share_info")
    found["repost_of"] = id_of(inner(shared, "reposted_post", "code"))
    found["quote_of"] = id_of(inner(shared, "quoted_post", "code"))
    said = inner(shared, "reposted_post", "caption", "text")
    if found["repost_of"] and isinstance(said, str):
        found["text"] = said
    know(found, [(found.get("handle"), found.get("account_id"))])


def _behind(link: str) -> str:
    found = _BEHIND.search(link) if "l.threads." in link or "l.instagram." in link else None
    return _ESCAPED.sub(_unescaped, found[1]) if found else link


def _unescaped(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")


THREADS: Final = Format(
    code="zeeschuimer-threads",
    title="Threads through Zeeschuimer (or 4CAT), NDJSON",
    tool="Zeeschuimer: Threads",
    platform="threads",
    container="json",
    fields={
        "id": ("code",),
        "account_id": ("user.pk", "user.id"),
        "handle": ("user.username",),
        "name": ("user.full_name",),
        "posted_at": ("taken_at",),
        "text": ("caption.text",),
        "links": ("text_post_app_info.link_preview_attachment.url",),
        "likes": ("like_count",),
        "comments": ("text_post_app_info.direct_reply_count",),
        "shares": ("text_post_app_info.repost_count",),
        "collected_at": ("^timestamp_collected",),
    },
    shape=(("code", "text_post_app_info"),),
    fix=_fix_threads,
    notes=("Threads states whom a reply answers by name only; replies stand as posts.",),
)
FORMATS: Final = (THREADS, INSTAGRAM)
