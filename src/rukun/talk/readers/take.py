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
from rukun.talk.readers.format import ALSO, AROUND, Format, Found, Look, Record, bare, look
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
#: What a file may call a platform. Any other word may be somebody's name in a column that is
#: shifted, and a platform stands in the clear before the code of a post: a mapping has to say it.
_OTHERS: Final = (
    "mastodon gettr gab truthsocial parler rumble twitch lemon8 snackvideo likee pinterest quora "
    "tumblr web forum news blog"
)
_PLATFORMS: Final = frozenset((*NETWORKS.values(), *_OTHERS.split()))
#: Posts made up for practice say so in their platform.
_MADE_UP: Final = re.compile(rf"latihan(?:-(?:{'|'.join(sorted(_PLATFORMS))}))?")
_CALLED: Final = {"twitter": "x", "fb": "facebook", "ig": "instagram", "yt": "youtube", "bsky": "bluesky"}  # fmt: skip
_HOST: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)*?([\w-]+\.[a-z]+)(?:[/:?#]|$)", re.IGNORECASE)  # fmt: skip


class _Place(NamedTuple):
    """A place where something may stand: its path, how to look there, in the record or around it,
    and whether it is added to what was found before."""

    path: str
    get: Look
    around: bool
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
        self._platforms: dict[str, str] = {}
        reads = {"id": as_id, "time": self.clock.read, "count": as_count}
        plan = {t: [self._place(p) for p in ps] for t, ps in self.form.fields.items()}
        self._texts = plan.pop("text", [])
        self._links = plan.pop("links", [])
        self._others = [
            (t, self._translating(t, reads.get(BY_NAME[t].kind, as_name)), places)
            for t, places in plan.items()
        ]

    def take(self, record: Record, around: Record, row: int, raw: str) -> Found | None:
        """The post of a record; None (and a note) where it holds none."""
        reason = self.form.passed(record, around) if self.form.passed else ""
        if reason:
            self.notes.leave(reason, row, raw)
            return None
        found: Found = {**self.constants, "row": row, "raw": raw, "weak": False}
        for target, read, places in self._others:
            for place in places:
                value = place.get(around if place.around else record)
                if value is None or value == "":
                    continue
                try:
                    value = read(value)
                except Odd as odd:
                    self.notes.add(odd.code, row, place.path, value)
                    continue
                if value is not None:
                    found[target] = value
                    break
        self._say(found, record, around)
        if self.form.fix:
            self.form.fix(found, record, around)
        self._clean(found, row)
        return self._whole(found, row, raw)

    def _place(self, path: str) -> _Place:
        is_around = path.lstrip(ALSO).startswith(AROUND)
        flat = self.form.container == "table"
        return _Place(bare(path), look(path, flat), is_around, path.startswith(ALSO))

    def _translating(self, target: str, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        table = self.values.get(target)
        return read if table is None else lambda v: read(table.get(str(v).strip(), v))

    def _say(self, found: Found, record: Record, around: Record) -> None:
        """What the post says, and the links in it."""
        said: list[str] = []
        for place in self._texts:
            if said and not place.also:
                continue
            value = place.get(around if place.around else record)
            text = value if isinstance(value, str) else as_text(value, self.form.glue)
            if text and text not in said:
                said.append(text)
        links: list[str] = []
        for place in self._links:
            value = place.get(around if place.around else record)
            if value:
                links += as_links(value)
        found["text"], found["links"] = "\n".join(said), links

    def _clean(self, found: Found, row: int) -> None:
        text = found["text"]
        if not text.isprintable():
            if hides(text):
                self.notes.add("text-cleaned", row, "text")
            text = as_text(text)
        if len(text) > LONGEST_TEXT:
            self.notes.add("text-long", row, "text", length=len(text), most=LONGEST_TEXT)
            text = text[:LONGEST_TEXT]
        found["text"] = text.strip()
        if len(found["links"]) > 1:
            found["links"] = list(dict.fromkeys(found["links"]))

    def _whole(self, found: Found, row: int, raw: str) -> Found | None:
        """The post with its platform and kind; None where it is none."""
        if not (found.get("id") or found["text"] or found["links"]):
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
            self._platforms[stated] = name if self._is_platform(name, stated) else ""
        return self._platforms[stated]

    def _is_platform(self, name: str, stated: str) -> bool:
        """Whether it is one that is known here, or that the mapping names."""
        mapped = (self.constants.get("platform"), *self.values.get("platform", {}).values())
        known = name in _PLATFORMS or stated in mapped or bool(_MADE_UP.fullmatch(name))
        return known and bool(_PLATFORM.fullmatch(name))

    def _kind(self, found: Found, row: int) -> str:
        stated = found.get("kind")
        if stated in KINDS:
            return str(stated)
        if stated:
            self.notes.add("kind-odd", row, "kind", stated)
        if found.get("repost_of") or found.get("repost_from"):
            return "repost"
        return "comment" if self.form.comment or found.get("reply_to") else "post"


def digest_of(cells: Iterable[object]) -> str:
    """SHA-256 of the cells of a row, whatever separates them in the file."""
    text = json.dumps(list(cells), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
