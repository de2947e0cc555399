"""The evidence of a case as a sealed folder: a zip whose bytes depend on its content alone.

Every member's SHA-256 stands in ``SHA256SUMS``, which ``sha256sum -c`` reads; the hash of the zip
itself belongs into the ledger, since whoever edits a member can edit that list too. Accounts stand
under aliases; a text that still names somebody is refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any, Final

import polars as pl

from rukun.ledger import Head
from rukun.talk.aliases import KEY_BYTES, Aliases
from rukun.talk.cases import Case
from rukun.talk.sealing_words import README, refuse, summary

SUMS: Final = "SHA256SUMS"
#: Columns of the posts and of their verdicts that are kept.
KEPT: Final = (
    "post_id",
    "platform",
    "account",
    "space",
    "posted_at",
    "kind",
    "text",
    "links",
    "reply_to",
    "repost_of",
    "quote_of",
    "place_hint",
    "collected_at",
    "origin",
    "origin_row",
    "raw",
)
JUDGED: Final = ("label", "mode", "act", "target", "score", "flagged", "claim", "help", "reasons")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
#: The key does not matter where it is only asked whether anybody is named.
_NAMED: Final = Aliases(bytes(KEY_BYTES))


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed folder: its file name, its bytes, and their SHA-256 for the ledger."""

    name: str
    data: bytes
    sha256: str


def seal(
    case: Case,
    posts: pl.DataFrame,
    scored: pl.DataFrame,
    links: Mapping[str, str],
    head: Head,
    at: dt.datetime,
) -> Sealed:
    """The sealed folder of a case.

    ``posts`` (POSTS) and ``scored`` (SCORED) hold its posts and what the screen said of them;
    ``links`` the masked link of a post where one is known; ``head`` the ledger's end at the moment
    ``at``. Raises ``UserError`` (``sealing-named``) naming the post or field, never the name, where
    a text still names somebody, and ``sealing-nothing`` for a case without posts.
    """
    if not _ID.fullmatch(case.id):
        raise refuse("sealing-id")
    evidence = _evidence(posts, scored, links)
    if not evidence:
        raise refuse("sealing-nothing", case.id)
    told = _decisions(case)
    for where, text in [
        *_texts(told, case.id),
        *(t for e in evidence for t in _texts(e, e["post_id"])),
    ]:
        if _NAMED.mask(text, "") != text:
            raise refuse("sealing-named", where)
    members = _members(case, told, evidence, head, at)
    data = _zip(f"rukun-{case.id}", members)
    return Sealed(f"rukun-{case.id}.zip", data, hashlib.sha256(data).hexdigest())


def _evidence(
    posts: pl.DataFrame, scored: pl.DataFrame, links: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One object a post, oldest first: what it says, where it came from, what the screen saw."""
    judged = scored.select("post_id", *JUDGED).unique("post_id")
    joined = posts.select(KEPT).join(judged, on="post_id", how="left")
    out = []
    for row in joined.sort("posted_at", "post_id", nulls_last=True).to_dicts():
        reasons = json.loads(row["reasons"]) if row["reasons"] else []
        out.append(
            {
                **{name: _plain(value) for name, value in row.items()},
                "link": links.get(row["post_id"]),
                "reasons": [_plain(r) for r in reasons],
            }
        )
    return out


def _decisions(case: Case) -> dict[str, Any]:
    told = asdict(case)
    told["queue"] = case.queue
    plain: dict[str, Any] = _plain(told)
    return plain


def _plain(value: Any) -> Any:
    """A value as JSON that has one spelling: times in UTC, fractions as text of four digits."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text in a JSON value, with a name of the place it stands in."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{where} · {key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, where)


def _members(
    case: Case, told: dict[str, Any], evidence: list[dict[str, Any]], head: Head, at: dt.datetime
) -> dict[str, bytes]:
    """The members by name, with their sums last."""
    moment = str(_plain(at))
    texts = {
        "README.txt": README,
        "case.json": _json(told),
        "ledger.json": _json({"count": head.count, "hash": head.hash, "at": moment}),
        "posts.json": _json(evidence),
        "ringkasan.txt": summary(case, evidence, head, moment, "id"),
        "summary.txt": summary(case, evidence, head, moment, "en"),
    }
    members = {name: text.encode("utf-8", "replace") for name, text in texts.items()}
    sums = (f"{hashlib.sha256(data).hexdigest()}  {n}\n" for n, data in sorted(members.items()))
    return {**members, SUMS: "".join(sums).encode("ascii")}


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def _zip(folder: str, members: Mapping[str, bytes]) -> bytes:
    """A zip of fixed dates, rights and order, stored: compressors differ, bytes shall not."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(members.items()):
            info = zipfile.ZipInfo(f"{folder}/{name}", (1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # as made on Unix, wherever it is made
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()
