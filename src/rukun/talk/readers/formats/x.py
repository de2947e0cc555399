"""X: pages of the API, twarc's JSONL, and what Zeeschuimer records in a browser.

Field names: docs.x.com (Tweet object); twarc; 4CAT's and Zeeschuimer's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from rukun.talk.readers.format import Format, Found, Record
from rukun.talk.readers.formats.looking import each, id_of, inner, know
from rukun.talk.readers.values import as_links, as_name

#: “RT @name: ” before the words of somebody else.
RETWEETED: Final = re.compile(r"^RT @\w{1,20}:? ")
_USERS, _POSTS = "\0users", "\0posts"


def _index(around: Record, name: str, key: str) -> Mapping[str, Any]:
    """What a page includes, by id; made once a page."""
    if name not in around:
        parts = each(inner(around, "includes", key))
        index = {str(p.get("id")): p for p in parts if isinstance(p, dict)}
        if not isinstance(around, dict) or "includes" not in around:
            return index
        around[name] = index
    index = around[name]
    return index if isinstance(index, dict) else {}


def _fix_v2(found: Found, record: Record, around: Record) -> None:
    users = _index(around, _USERS, "users")
    user = users.get(str(record.get("author_id")))
    if isinstance(user, dict):
        found.setdefault("handle", as_name(user.get("username")))
        found.setdefault("name", as_name(user.get("name")))
    for person in each(inner(record, "entities", "mentions")):
        know(found, [(inner(person, "username"), inner(person, "id"))])
    know(
        found, [(u.get("username"), u.get("id")) for u in users.values()] if _first(around) else ()
    )
    for part in each(record.get("referenced_tweets")):
        if isinstance(part, dict):
            _referenced(found, part, _index(around, _POSTS, "tweets"))


def _first(around: Record) -> bool:
    """Whether this is the first post of its page."""
    if not isinstance(around, dict) or "\0seen" in around or "includes" not in around:
        return False
    around["\0seen"] = True
    return True


def _referenced(found: Found, part: dict[str, Any], posts: Mapping[str, Any]) -> None:
    fields = {"retweeted": "repost_of", "quoted": "quote_of", "replied_to": "reply_to"}
    name = fields.get(str(part.get("type")))
    native = id_of(part.get("id"))
    if not name or not native:
        return
    found[name] = native
    if name == "repost_of":
        whole = posts.get(native, part)
        said = inner(whole, "note_tweet", "text") or inner(whole, "text")
        found["text"] = said if isinstance(said, str) else RETWEETED.sub("", found["text"])
        urls = each(inner(whole, "entities", "urls"))
        found["links"] += as_links([inner(u, "expanded_url") for u in urls])


V2: Final = Format(
    code="x-api",
    title="X API v2 (pages with `data` and `includes`), twarc JSONL",
    tool="X API v2; `twarc2 search`, `twarc2 flatten`; 4CAT NDJSON",
    platform="x",
    container="json",
    fields={
        "id": ("id",),
        "account_id": ("author_id",),
        "handle": ("author.username", "author_user.username", "author_username"),
        "name": ("author.name", "author_user.name", "author_fullname"),
        "posted_at": ("created_at",),
        "text": ("note_tweet.text", "text"),
        "links": ("entities.urls[].unwound_url", "entities.urls[].expanded_url"),
        "likes": ("public_metrics.like_count",),
        "comments": ("public_metrics.reply_count",),
        "shares": ("public_metrics.retweet_count",),
        "views": ("public_metrics.impression_count",),
        "place": ("geo.full_name", "geo.place.full_name"),
    },
    shape=(("id", "text", "author_id"), ("id", "text", "edit_history_tweet_ids")),
    zone="UTC",
    whole=True,
    fix=_fix_v2,
    notes=(
        "Names come from `includes.users`. `referenced_tweets[].{type,id}` gives what is reposted, quoted and answered; the text of a repost is that of the original (`includes.tweets`), since X cuts it.",
        "Posts that stand only in `includes` were not collected for themselves and are not read.",
    ),
    covers=lambda record, around: {"pages": 1} if inner(around, "meta", "next_token") else {},
)


def _result(value: Any) -> Any:
    """The post in a `result`, which may lie one level deeper."""
    result = inner(value, "result")
    return result.get("tweet", result) if isinstance(result, dict) else None


def _person(post: Any) -> tuple[Any, Any, Any]:
    """Handle, name and id of a post's author; they stand in one of two places, or nowhere."""
    user = inner(post, "core", "user_results", "result")
    core, legacy = inner(user, "core"), inner(user, "legacy")
    name = inner(core, "screen_name") or inner(legacy, "screen_name")
    shown = inner(core, "name") or inner(legacy, "name")
    return name, shown, inner(user, "rest_id") or inner(post, "legacy", "user_id_str")


def _said(post: Any) -> Any:
    long = inner(post, "note_tweet", "note_tweet_results", "result", "text")
    return long or inner(post, "legacy", "full_text")


def _gone(record: Record, around: Record) -> str:
    return "record-gone" if "tombstone" in record or not record.get("legacy") else ""


def _fix_browser(found: Found, record: Record, around: Record) -> None:
    legacy = record["legacy"] if isinstance(record["legacy"], dict) else {}
    people = [_person(record)]
    for person in each(inner(legacy, "entities", "user_mentions")):
        know(found, [(inner(person, "screen_name"), inner(person, "id_str"))])
    know(found, [(legacy.get("in_reply_to_screen_name"), legacy.get("in_reply_to_user_id_str"))])
    original = _result(legacy.get("retweeted_status_result"))
    if original:
        people.append(_person(original))
        found["repost_of"] = id_of(original.get("rest_id"))
        said = _said(original)
        found["text"] = said if isinstance(said, str) else RETWEETED.sub("", found["text"])
    quoted = _result(record.get("quoted_status_result"))
    if quoted and not original:
        found["quote_of"] = id_of(quoted.get("rest_id")) or found.get("quote_of")
        people.append(_person(quoted))
    know(found, [(name, native) for name, _, native in people])


BROWSER: Final = Format(
    code="zeeschuimer-x",
    title="X through Zeeschuimer (or 4CAT), NDJSON",
    tool="Zeeschuimer: X/Twitter",
    platform="x",
    container="json",
    fields={
        "id": ("rest_id", "legacy.id_str"),
        "account_id": ("legacy.user_id_str", "core.user_results.result.rest_id"),
        "handle": (
            "core.user_results.result.core.screen_name",
            "core.user_results.result.legacy.screen_name",
        ),
        "name": ("core.user_results.result.core.name", "core.user_results.result.legacy.name"),
        "posted_at": ("legacy.created_at",),
        "text": ("note_tweet.note_tweet_results.result.text", "legacy.full_text"),
        "links": ("legacy.entities.urls[].expanded_url",),
        "reply_to": ("legacy.in_reply_to_status_id_str",),
        "quote_of": ("legacy.quoted_status_id_str",),
        "likes": ("legacy.favorite_count",),
        "comments": ("legacy.reply_count",),
        "shares": ("legacy.retweet_count",),
        "views": ("views.count",),
        "place": ("legacy.place.full_name",),
        "collected_at": ("^timestamp_collected",),
    },
    shape=(("rest_id", "legacy"), ("rest_id", "tombstone")),
    passed=_gone,
    fix=_fix_browser,
    notes=(
        "What is reposted stands in `legacy.retweeted_status_result`, what is quoted in `quoted_status_result`; the text of a repost is that of the original.",
        "The author's name stands in `core.user_results.result.core` or `.legacy`, or is missing; the id is always there.",
    ),
)


def _fix_old(found: Found, record: Record, around: Record) -> None:
    original = record.get("retweeted_status")
    if isinstance(original, dict):
        found["repost_of"] = id_of(original.get("id_str"))
        said = original.get("full_text") or original.get("text")
        found["text"] = said if isinstance(said, str) else found["text"]
        know(found, [(inner(original, "user", "screen_name"), inner(original, "user", "id_str"))])
    for person in each(inner(record, "entities", "user_mentions")):
        know(found, [(inner(person, "screen_name"), inner(person, "id_str"))])


OLD: Final = Format(
    code="x-api-1",
    title="X API v1.1, twarc (version 1) JSONL",
    tool="`twarc search` before 2021; archives",
    platform="x",
    container="json",
    fields={
        "id": ("id_str",),
        "account_id": ("user.id_str",),
        "handle": ("user.screen_name",),
        "name": ("user.name",),
        "posted_at": ("created_at",),
        "text": ("extended_tweet.full_text", "full_text", "text"),
        "links": ("entities.urls[].expanded_url",),
        "reply_to": ("in_reply_to_status_id_str",),
        "quote_of": ("quoted_status_id_str",),
        "likes": ("favorite_count",),
        "shares": ("retweet_count",),
        "place": ("place.full_name",),
    },
    shape=(("id_str", "created_at", "user"),),
    fix=_fix_old,
)
FORMATS: Final = (BROWSER, V2, OLD)
