"""Telegram: what its desktop program exports, and the NDJSON of 4CAT.

Field names: core.telegram.org/import-export; 4CAT's documentation of its Telegram data source.
"""

from __future__ import annotations

import re
from typing import Any, Final

from rukun.talk.aliases import EMAIL, NUMBER, PHONE
from rukun.talk.profiles import native_post
from rukun.talk.readers.format import Format, Found, Record
from rukun.talk.readers.formats.looking import id_of
from rukun.talk.readers.jsonfile import WAY

_SIGNED: Final = re.compile(r"^(?:user|channel|chat|group)(?=\d)")
#: Conversations that are never read, and those that only a deliberate export of one chat brings.
_PRIVATE: Final = frozenset({"personal_chat", "bot_chat", "saved_messages", "verify_codes", "replies"})  # fmt: skip
#: Pieces of a text that reach a person are never kept.
_UNSAID: Final = {"phone": PHONE, "email": EMAIL, "bank_card": NUMBER}
_CLOSED: Final = frozenset({"private_group", "private_supergroup", "private_channel"})


def _passed(record: Record, around: Record) -> str:
    kind = around.get("type")
    if kind in _PRIVATE or (kind in _CLOSED and around.get(WAY)):
        return "record-private"
    return "" if record.get("type", "message") == "message" else "record-service"


def _fix(found: Found, record: Record, around: Record) -> None:
    chat = _plain(found.get("space_id")) or "chat"
    found["space_id"] = chat
    found["id"] = native_post("telegram", chat, found["id"]) if found.get("id") else None
    for name in ("account_id", "repost_from"):
        found[name] = _plain(found.get(name))
    answered = id_of(record.get("reply_to_message_id"))
    if answered:
        peer = _plain(id_of(record.get("reply_to_peer_id")))
        found["reply_to"] = native_post("telegram", peer or chat, answered)
    parts = record.get("text_entities") or record.get("text")
    if isinstance(parts, list):
        found["text"] = "".join(_part(p, found) for p in parts)


def _plain(native: Any) -> str | None:
    """“user123” and “channel123” are 123: other tools state the number alone."""
    return _SIGNED.sub("", native) if isinstance(native, str) else None


def _part(part: Any, found: Found) -> str:
    """A piece of text; a person named in it by a link to the account becomes a mention."""
    if not isinstance(part, dict):
        return part if isinstance(part, str) else ""
    text = part.get("text")
    text = text if isinstance(text, str) else ""
    if part.get("type") == "mention_name" and id_of(part.get("user_id")):
        native = str(part["user_id"])
        found.setdefault("known", {})[f"id{native}"] = native
        return f"@id{native}"
    return _UNSAID.get(str(part.get("type")), text)


DESKTOP: Final = Format(
    code="telegram-desktop",
    title="Telegram Desktop, `result.json`",
    tool="Telegram Desktop: ⋮ › Export chat history › JSON",
    platform="telegram",
    container="json",
    fields={
        "id": ("id",),
        "account_id": ("from_id",),
        "name": ("from",),
        "space_id": ("^id",),
        "space_name": ("^name",),
        "posted_at": ("date_unixtime", "date"),
        "text": ("text_entities[].text", "text"),
        "links": ("text_entities[].href", "text_entities[].text"),
        "reply_to": ("reply_to_message_id",),
        "repost_from": ("forwarded_from_id", "forwarded_from"),
        "likes": ("reactions[].count",),
    },
    shape=(("id", "type", "date", "text"), ("id", "type", "date", "action")),
    glue="",
    passed=_passed,
    fix=_fix,
    notes=(
        "A single chat, or a full export (`chats.list`). Of a full export only public channels and groups are read; private conversations are never read, contacts and sessions are not looked at.",
        "`date` is the local time of the computer that exported; it is used only where `date_unixtime` is missing, and then needs `[time] zone`.",
        "A forwarded message names its source but not the message: the repost is recognised by source and text (*weak*).",
        "No views are stated. `reactions[].count` are added up.",
    ),
)


def _fix_4cat(found: Found, record: Record, around: Record) -> None:
    chat = str(found.get("space_id") or "chat")
    found["id"] = native_post("telegram", chat, found["id"]) if found.get("id") else None
    for name in ("reply_to", "repost_of"):
        if found.get(name):
            space = chat if name == "reply_to" else found.get("repost_from")
            found[name] = native_post("telegram", space, found[name]) if space else None


def _service(record: Record, around: Record) -> str:
    return "" if isinstance(record.get("message"), str) else "record-service"


FOURCAT: Final = Format(
    code="telegram-4cat",
    title="Telegram through 4CAT, NDJSON",
    tool="4CAT: Telegram data source, download as NDJSON",
    platform="telegram",
    container="json",
    fields={
        "id": ("id",),
        "account_id": ("_sender.id", "from_id.user_id", "from_id.channel_id"),
        "handle": ("_sender.username",),
        "name": ("_sender.first_name", "_sender.title"),
        "space_id": ("_chat.username", "_chat.id", "peer_id.channel_id"),
        "space_name": ("_chat.title",),
        "posted_at": ("date",),
        "text": ("message",),
        "links": ("media.webpage.url", "entities[].url"),
        "reply_to": ("reply_to.reply_to_msg_id",),
        "repost_of": ("fwd_from.channel_post",),
        "repost_from": (
            "_forward._chat.username",
            "fwd_from.from_id.channel_id",
            "fwd_from.from_id.user_id",
            "fwd_from.from_name",
        ),
        "likes": ("reactions.results[].count",),
        "comments": ("replies.replies",),
        "shares": ("forwards",),
        "views": ("views",),
    },
    shape=(("id", "date", "message", "peer_id"), ("id", "date", "message", "_chat")),
    passed=_service,
    fix=_fix_4cat,
    notes=(
        "Better than the export of the desktop program: views, forwards and the message that was forwarded are stated.",
    ),
)


FORMATS: Final = (DESKTOP, FOURCAT)
