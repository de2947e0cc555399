"""Meta Content Library: posts and comments of Facebook and Instagram, CSV and JSON.

Field names: Meta's data dictionary of the Content Library and its API.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rukun.talk.readers.format import Format, Found, Record

_ADDRESS: Final = "instagram.com"


def _states(record: Record, key: str) -> bool:
    """Whether there is such a field, as a column “a.b” or as an object a."""
    return key in record or any(name.startswith(f"{key}.") for name in record)


def _fix(found: Found, record: Record, around: Record) -> None:
    instagram = _ADDRESS in (found.get("url") or "") or not any(
        _states(record, key) for key in ("surface", "shared_post_id", "is_reshare", "post_id")
    )
    found.setdefault("platform", "instagram" if instagram else "facebook")
    if found.get("space_id") == found.get("account_id"):
        found["space_id"] = found["space_name"] = None


CSV: Final = Format(
    code="mcl-csv",
    title="Meta Content Library, CSV",
    tool="Meta Content Library: download of a search (approved researchers)",
    platform="",
    container="table",
    fields={
        "id": ("id", "mcl_url"),
        "account_id": ("post_owner.id", "owner.id"),
        "handle": ("post_owner.username", "owner.username"),
        "name": ("post_owner.name", "owner.name"),
        "space_id": ("surface.id",),
        "space_name": ("surface.name",),
        "posted_at": ("creation_time",),
        "text": ("text",),
        "links": ("link_attachment.link", "link_url"),
        "reply_to": ("parent_comment_id", "post_id"),
        "repost_of": ("shared_post_id",),
        "likes": (
            "statistics.reaction_count",
            "statistics.like_count",
            "reaction_count",
            "like_count",
        ),
        "comments": ("statistics.comment_count", "comment_count", "reply_count"),
        "shares": ("statistics.share_count", "share_count"),
        "views": ("statistics.views", "view_count"),
        "url": ("mcl_url",),
    },
    shape=(
        ("id", "creation_time", "post_owner.id"),
        ("id", "creation_time", "surface.id"),
        ("id", "creation_time", "owner.id"),
        ("mcl_url", "creation_time"),
    ),
    zone="UTC",
    fix=_fix,
    notes=(
        "`id` is Meta's own number in the Library, not that of the public post; keep it as text, a spreadsheet destroys it.",
        "Facebook has `surface`, Instagram has none: so the two are told apart.",
        "Pages from 15,000 and profiles from 100 followers may be downloaded; rows of the API may not leave Meta's clean room, and Threads cannot be downloaded.",
    ),
)
JSON: Final = replace(
    CSV, code="mcl-json", title="Meta Content Library, JSON", container="json", notes=CSV.notes[1:]
)
FORMATS: Final = (CSV, JSON)
