"""The append-only, hash-chained record of everything that changed. Pure: storage is passed in.

Each entry carries the SHA-256 of its own content and of the entry before it, so a row that is
edited, deleted, moved or replaced breaks the chain at a row that can be named. A chain alone
does not notice that its newest rows are gone; ``verify`` does when it is given a ``Head`` that
was kept elsewhere. Anyone can redo the hash in any language: see ``canonical``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

#: What stands in ``prev`` of the first entry.
GENESIS: Final = "0" * 64
#: Why a row is bad, in words for the command line. The site translates by the key.
REASONS: Final[Mapping[str, str]] = {
    "edited": "its content is not what was recorded: it was edited afterwards.",
    "missing": "it is gone: a row was deleted.",
    "order": "it stands out of order, or twice.",
    "replaced": "it does not follow from the row before it: one of the two was replaced.",
    "tail": "it is gone: the newest rows were cut off.",
    "rewritten": "it is not the row that was newest when the head was kept elsewhere.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is stored.

    ``at`` is UTC with microseconds (``2024-11-27T08:00:00.000000Z``), ``actor`` and ``role`` are
    a snapshot of who acted and as what, ``action`` is a dotted name, ``data`` canonical JSON.
    """

    seq: int
    at: str
    actor: str
    role: str
    action: str
    object: str
    data: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """How long the chain was, and the hash of its newest row then."""

    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found: the rows read and the newest hash, or the first bad row and why."""

    count: int
    head: str
    seq: int | None = None
    reason: str = ""

    @property
    def sound(self) -> bool:
        """Whether no bad row was found."""
        return self.seq is None

    def __str__(self) -> str:
        if self.sound:
            return f"{self.count} rows, unbroken; head {self.head}"
        return f"row {self.seq}: {REASONS[self.reason]}"


def canonical(value: object) -> str:
    """``value`` as JSON that has one spelling only: sorted keys, no spaces, ASCII escapes.

    Takes text, integers, booleans, None, lists and objects with text keys. Floats are refused
    (``TypeError``): languages spell them differently, so write them as text or in whole units.
    """
    _refuse_ambiguous(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _refuse_ambiguous(value: object) -> None:
    if value is None or isinstance(value, str | bool | int):
        return
    if isinstance(value, list | tuple):
        for item in value:
            _refuse_ambiguous(item)
        return
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        for item in value.values():
            _refuse_ambiguous(item)
        return
    raise TypeError(f"the ledger does not take {type(value).__name__}; write it as text or integer")


def entry_hash(
    seq: int, at: str, actor: str, role: str, action: str, object: str, data: str, prev: str
) -> str:
    """SHA-256 (hex) of the canonical JSON list of the eight fields, in this order."""
    text = canonical([seq, at, actor, role, action, object, data, prev])
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def seal(
    last: Head | None, at: str, actor: str, role: str, action: str, object: str, data: object
) -> Entry:
    """The entry that follows ``last`` (None at the start of a chain)."""
    seq, prev = (last.count + 1, last.hash) if last else (1, GENESIS)
    text = canonical(data)
    digest = entry_hash(seq, at, actor, role, action, object, text, prev)
    return Entry(seq, at, actor, role, action, object, text, prev, digest)


def verify(rows: Iterable[Entry], head: Head | None = None) -> Verdict:
    """Walk the chain in the order given and stop at the first bad row.

    ``head`` is the end of the chain as it was kept elsewhere: the chain may have grown since,
    but it must still hold that row. Rows are read one at a time; any length fits.
    """
    count, prev = 0, GENESIS
    for row in rows:
        reason = _fault(row, count + 1, prev)
        if reason:
            bad = row.seq if reason == "order" else count + 1
            return Verdict(count, prev, bad, reason)
        count, prev = row.seq, row.hash
        if head and head.count == count and head.hash != prev:
            return Verdict(count, prev, count, "rewritten")
    if head and head.count > count:
        return Verdict(count, prev, count + 1, "tail")
    return Verdict(count, prev)


def _fault(row: Entry, expected: int, prev: str) -> str:
    """The reason this row is bad as the next one after ``prev``, or an empty text."""
    if not isinstance(row.seq, int):
        return "edited"
    if row.seq != expected:
        return "missing" if row.seq > expected else "order"
    if _own_hash(row) != row.hash:
        return "edited"
    return "" if row.prev == prev else "replaced"


def _own_hash(row: Entry) -> str:
    """The hash of the row's content; empty where somebody put in what no entry can hold."""
    try:
        return entry_hash(
            row.seq, row.at, row.actor, row.role, row.action, row.object, row.data, row.prev
        )
    except TypeError:
        return ""
