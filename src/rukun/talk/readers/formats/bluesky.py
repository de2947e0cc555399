"""Bluesky: posts and feeds of its API, repost records, and lines of its public stream.

Field names: the lexicons of app.bsky.feed (docs.bsky.app).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from rukun.talk.readers.format import Format, Found, Record
from rukun.talk.readers.formats.looking import each, id_of, inner, know
from rukun.talk.readers.times import Clock
from rukun.talk.readers.values import Odd, as_links, as_name

_REPOST: Final = "app.bsky.feed.repost"
_POST: Final = "app.bsky.feed.post"
_CLOCK: Final = Clock(dt.UTC)


def _unfold(record: Record, around: Record) -> Iterable[tuple[Record, Record]] | None:
    """An element of a feed is a post, and why it stands there."""
    post = record.get("post")
    return [(post, record)] if isinstance(post, dict) and "uri" in post else None


def _record(record: Record) -> Record:
    """What the account itself wrote: it stands under one of three names."""
    for value in (record.get("record"), record.get("value"), inner(record, "commit", "record")):
        if isinstance(value, dict):
            return value
    return {}


def _passed(record: Record, around: Record) -> str:
    kind = _record(record).get("$type") or _record(record).get("py_type") or _POST
    collection = inner(record, "commit", "collection") or kind
    known = collection in (_POST, _REPOST) and kind in (_POST, _REPOST)
    return "" if known and _record(record) else "record-service"


def _fix(found: Found, record: Record, around: Record) -> None:
    said = _record(record)
    uri = found.get("id") or ""
    if "commit" in record:
        commit = record["commit"]
        uri = f"at://{record.get('did')}/{commit.get('collection')}/{commit.get('rkey')}"
        found["id"] = uri
    owner = uri.removeprefix("at://").partition("/")[0]
    if not found.get("account_id") and owner.startswith("did:"):
        found["account_id"] = owner
    found["repost_of"] = id_of(inner(said, "subject", "uri"))
    _mentions(found, said)
    for part in (said.get("embed"), inner(said, "embed", "record")):
        quoted = id_of(inner(part, "record", "uri")) or id_of(inner(part, "uri"))
        if quoted and f"/{_POST}/" in quoted:
            found["quote_of"] = quoted
    if _told(around):
        _passed_on(found, around["reason"])


def _told(around: Record) -> bool:
    return str(inner(around.get("reason"), "$type") or "").endswith("#reasonRepost")


def _passed_on(found: Found, reason: dict[str, Any]) -> None:
    """A post that stands in a feed because an account reposted it is that account's repost."""
    by = reason.get("by")
    found["repost_of"] = found["id"]
    found["account_id"], found["handle"] = id_of(inner(by, "did")), as_name(inner(by, "handle"))
    found["name"] = as_name(inner(by, "displayName"))
    found["id"] = id_of(reason.get("uri")) or f"{found['id']}#{found['account_id']}"
    found["url"] = None
    found["posted_at"] = _time(reason.get("indexedAt"))
    for name in ("likes", "comments", "shares", "views", "reply_to", "quote_of"):
        found[name] = None


def _time(value: Any) -> dt.datetime | None:
    try:
        return _CLOCK.read(value)
    except Odd:
        return None


def _mentions(found: Found, said: Record) -> None:
    """Handles beside their DIDs, by the bytes of the text they take up; and links."""
    raw = str(said.get("text") or "").encode("utf-8", "replace")
    for facet in each(said.get("facets")):
        first, last = inner(facet, "index", "byteStart"), inner(facet, "index", "byteEnd")
        for feature in each(inner(facet, "features")):
            did = inner(feature, "did")
            if did and isinstance(first, int) and isinstance(last, int):
                know(found, [(raw[first:last].decode("utf-8", "replace"), did)])
            found["links"] += as_links(inner(feature, "uri"))


BLUESKY: Final = Format(
    code="bluesky",
    title="Bluesky: posts, feeds, repost records, stream (JSON, NDJSON)",
    tool="Bluesky's API (`getPosts`, `getAuthorFeed`, `searchPosts`, `listRecords`), Jetstream, 4CAT NDJSON",
    platform="bluesky",
    container="json",
    fields={
        "id": ("uri",),
        "account_id": ("author.did", "did"),
        "handle": ("author.handle",),
        "name": ("author.displayName", "author.display_name"),
        "posted_at": (
            "record.createdAt", "record.created_at", "value.createdAt", "commit.record.createdAt",
            "indexedAt", "indexed_at", "time_us",
        ),
        "text": ("record.text", "value.text", "commit.record.text"),
        "links": (
            "record.embed.external.uri", "embed.external.uri", "value.embed.external.uri",
            "commit.record.embed.external.uri",
        ),
        "reply_to": (
            "record.reply.parent.uri", "value.reply.parent.uri", "commit.record.reply.parent.uri",
        ),
        "likes": ("likeCount", "like_count"),
        "comments": ("replyCount", "reply_count"),
        "shares": ("repostCount", "repost_count"),
    },
    shape=(("uri", "author.did", "record"), ("uri", "value"), ("did", "commit"), ("post.uri", "post.record")),
    zone="UTC",
    passed=_passed,
    unfold=_unfold,
    fix=_fix,
    notes=(
        "The account's id is its DID; handles change.",
        "`createdAt` is the clock of the device that posted; where it cannot be, `indexedAt` is taken.",
        "Reposts are records of their own (`app.bsky.feed.repost`, `subject.uri`), or stand in a feed with `reason.by`; 4CAT collects none.",
    ),
)  # fmt: skip
FORMATS: Final = (BLUESKY,)
