"""From a raw record to a post, still with its identities: by the places a format names."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from rukun.talk.posts import KINDS
from rukun.talk.profiles import NETWORKS
from rukun.talk.readers.format import ALSO, Format, Found, Get, Record, bare, getter
from rukun.talk.readers.notes import PostNotes
from rukun.talk.readers.targets import BY_NAME
from rukun.talk.readers.times import Clock
from rukun.talk.readers.values import (
    LONGEST_TEXT,
    Odd,
    as_count,
    as_id,
    as_links,
    as_name,
    as_text,
    hides,
)

_PLATFORM: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,29}")
_CALLED: Final = {"twitter": "x", "fb": "facebook", "ig": "instagram", "yt": "youtube", "bsky": "bluesky"}  # fmt: skip
_HOST: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)*?([\w-]+\.[a-z]+)(?:[/:?#]|$)", re.IGNORECASE)  # fmt: skip
_BARE: Final = ("id", "text", "links")


class _Place(NamedTuple):
    path: str
    get: Get
    also: bool


@dataclass
class Taker:
    """Takes posts out of records of one format; what is wrong goes to ``notes``.

    ``constants`` hold for every record that does not say otherwise, ``values`` translate what a
    file calls things.
    """

    form: Format
    notes: PostNotes
    clock: Clock
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._platforms: dict[Any, str] = {}
        self._read: dict[str, Callable[[Any], Any]] = {
            "id": as_id,
            "name": as_name,
            "word": as_name,
            "time": self.clock.read,
            "count": as_count,
        }
        flat = self.form.container == "table"
        plan = [(t, [_place(p, flat) for p in paths]) for t, paths in self.form.fields.items()]
        self._links = [p for t, places in plan if t == "links" for p in places]
        self._texts = [
            (t, places) for t, places in plan if BY_NAME[t].kind == "text" and t != "place"
        ]
        self._others = [
            (t, self._read.get(BY_NAME[t].kind, as_name), places)
            for t, places in plan
            if t not in ("links", "text")
        ]

    def take(self, record: Record, around: Record, row: int, raw: str) -> Found | None:
        """The post of a record; None (and a note) where it holds none."""
        reason = self.form.passed(record, around) if self.form.passed else ""
        if reason:
            self.notes.leave(reason, row, raw)
            return None
        found: Found = {"row": row, "raw": raw, "weak": False}
        for target, read, places in self._others:
            value = self._first(target, read, places, record, around, row)
            if value is not None:
                found[target] = value
        self._say(found, record, around)
        if self.form.fix:
            self.form.fix(found, record, around)
        self._clean(found, row)
        return self._whole(found, row, raw)

    def _first(
        self,
        target: str,
        read: Callable[[Any], Any],
        places: list[_Place],
        record: Record,
        around: Record,
        row: int,
    ) -> Any:
        """What the first place that states something states."""
        for place in places:
            value = place.get(record, around)
            if value is None or value == "":
                continue
            try:
                value = read(self._translated(target, value))
            except Odd as odd:
                self.notes.add(odd.code, row, place.path, value)
                continue
            if value is not None:
                return value
        return self.constants.get(target)

    def _translated(self, target: str, value: Any) -> Any:
        table = self.values.get(target)
        return table.get(str(value).strip(), value) if table else value

    def _say(self, found: Found, record: Record, around: Record) -> None:
        """What the post says, and the links in it."""
        glue = self.form.glue
        for target, places in self._texts:
            said: list[str] = []
            for place in places:
                if said and not place.also:
                    continue
                value = place.get(record, around)
                text = value if isinstance(value, str) else as_text(value, glue)
                if text and text not in said:
                    said.append(text)
            found[target] = "\n".join(said)
        links: list[str] = []
        for place in self._links:
            links += as_links(place.get(record, around))
        found["links"] = links

    def _clean(self, found: Found, row: int) -> None:
        text = found.get("text") or ""
        if hides(text):
            self.notes.add("text-cleaned", row, "text")
        text = as_text(text)
        if len(text) > LONGEST_TEXT:
            self.notes.add("text-long", row, "text", length=len(text), most=LONGEST_TEXT)
            text = text[:LONGEST_TEXT]
        found["text"] = text.strip()
        found["links"] = list(dict.fromkeys(found["links"]))

    def _whole(self, found: Found, row: int, raw: str) -> Found | None:
        """The post with its platform and kind; None where it is none."""
        if not any(found.get(name) for name in _BARE):
            self.notes.leave("record-empty", row, raw)
            return None
        platform = self._platform(found)
        if not platform:
            self.notes.leave("platform-unknown", row, raw)
            return None
        found["platform"] = platform
        found["kind"] = self._kind(found, row)
        if found["kind"] == "repost" and not found.get("repost_of"):
            found["weak"] = True
        return found

    def _platform(self, found: Found) -> str:
        stated = found.get("platform") or self.form.platform
        if not stated:
            host = _HOST.match(found.get("url") or "")
            stated = NETWORKS.get(host[1].lower(), "") if host else ""
        if stated not in self._platforms:
            name = stated.lower().removesuffix(".com").replace(" ", "-")
            name = _CALLED.get(name, name)
            self._platforms[stated] = name if _PLATFORM.fullmatch(name) else ""
        return self._platforms[stated]

    def _kind(self, found: Found, row: int) -> str:
        stated = found.get("kind")
        if stated in KINDS:
            return str(stated)
        if stated:
            self.notes.add("kind-odd", row, "kind", stated)
        if found.get("repost_of") or found.get("repost_from"):
            return "repost"
        return "comment" if self.form.comment or found.get("reply_to") else "post"


def _place(path: str, flat: bool) -> _Place:
    return _Place(bare(path), getter(path, flat), path.startswith(ALSO))


def digest_of(cells: Iterable[object]) -> str:
    """SHA-256 of the cells of a row, whatever separates them in the file."""
    text = json.dumps(list(cells), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
