"""JSON and NDJSON as a stream of records: one record in memory, whatever the size of the file.

Not read as forms are (``rukun.count.readers.jsontext``): there one odd number makes the whole file
doubtful, here a record that cannot be read costs itself, and NaN is how a tool says nothing.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final, NamedTuple

from rukun.talk.readers.notes import PostNotes

_MIB: Final = 1 << 20
#: The largest single record, in bytes.
MOST_RECORD: Final = 64 * _MIB
#: The largest file on one line that is decoded at once, in bytes.
MOST_LINE: Final = 8 * _MIB
#: Keys under which exports keep their lists of records.
LISTS: Final = (
    "data", "items", "posts", "feed", "records", "results", "videos", "comments",
    "reposted_videos", "messages", "chats", "left_chats", "list",
)  # fmt: skip
#: Key in what surrounds a record: the way to it through the lists of the file.
WAY: Final = "\0way"


class Raw(NamedTuple):
    """A record as it stands: row, SHA-256 of its text, its value, and what surrounds it."""

    row: int
    sha256: str
    value: dict[str, Any]
    around: dict[str, Any]


class _Parser:
    """Decodes values, and remembers whether a key stood twice in one of their objects."""

    def __init__(self) -> None:
        self.twice = False
        self._quick = self._decoder()
        self._patient = self._decoder(parse_int=_integer)

    def _decoder(self, **more: Any) -> json.JSONDecoder:
        return json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=_constant, strict=False, **more
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            self.twice = True
        return found

    def decode(self, text: str, at: int = 0) -> tuple[Any, int]:
        """The value that begins at ``at``, and where it ends."""
        self.twice = False
        try:
            return self._quick.raw_decode(text, at)
        except json.JSONDecodeError:
            raise
        except ValueError:  # more digits than Python turns into a number
            return self._patient.raw_decode(text, at)


def _integer(text: str) -> int | str:
    return int(text) if len(text) < 1000 else text


def _constant(name: str) -> str | None:
    """NaN is how some programs write nothing; infinities are no figures."""
    return None if name == "NaN" else name


def lines(source: Iterable[bytes], notes: PostNotes) -> Iterator[Raw]:
    """The records of an NDJSON file (UTF-8). A bad line is listed, the next is read."""
    parser = _Parser()
    for row, (line, whole) in enumerate(_lines(source), 1):
        bare = line.strip(b" \t\r\n\0")
        if not bare:
            continue
        digest = hashlib.sha256(bare).hexdigest()
        if len(bare) > MOST_RECORD:
            notes.leave("record-large", row, digest, most=MOST_RECORD // _MIB)
            continue
        value, fault = _line(parser, bare, whole)
        if fault:
            notes.leave(fault, row, digest)
        else:
            yield Raw(row, digest, value, {})


def _line(parser: _Parser, line: bytes, whole: bool) -> tuple[Any, str]:
    """The object of a line, or the code of what is wrong with it."""
    try:
        text = line.decode("utf-8")
        value, end = parser.decode(text)
    except UnicodeDecodeError:
        return None, "row-encoding"
    except RecursionError:
        return None, "record-deep"
    except ValueError:
        return None, "record-broken" if whole else "record-cut"
    if parser.twice:
        return None, "record-key-twice"
    if text[end:].strip(", \t") or not isinstance(value, dict):
        return None, "record-broken"
    return value, ""


def _lines(source: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each line, and whether it ends in a newline. Of a line that is too large, the start."""
    rest = b""
    for chunk in source:
        if b"\n" not in chunk:
            rest = rest + chunk if len(rest) <= MOST_RECORD else rest
            continue
        first, *more, last = chunk.split(b"\n")
        yield rest + first, True
        for line in more:
            yield line, True
        rest = last
    if rest:
        yield rest, False


class _Cut(Exception):
    """The text ends, or breaks, before a value is whole."""


class _Window:
    """A text that is read piece by piece, and forgotten once its values are taken."""

    def __init__(self, source: Iterable[bytes], notes: PostNotes) -> None:
        self._source = iter(source)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace")
        self._notes = notes
        self._text, self._at, self._said = "", 0, False
        self.parser = _Parser()

    def _more(self) -> bool:
        chunk = next(self._source, None)
        if chunk is None:
            return False
        text = self._decode.decode(chunk)
        if not self._said and "\ufffd" in text and b"\xef\xbf\xbd" not in chunk:
            self._notes.add("text-replaced")
            self._said = True
        self._text, self._at = self._text[self._at :] + text, 0
        return True

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in " \t\r\n\ufeff\0":
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, marks: str) -> str:
        """The next character, which must be one of ``marks``."""
        mark = self.peek()
        if not mark or mark not in marks:
            raise _Cut
        self._at += 1
        return mark

    def value(self) -> tuple[Any, str]:
        """The next value and its text."""
        if not self.peek():
            raise _Cut
        while True:
            try:
                value, end = self.parser.decode(self._text, self._at)
            except ValueError as err:
                if len(self._text) - self._at > MOST_RECORD or not self._more():
                    raise _Cut from err
                continue
            if end == len(self._text) and self._more():  # a number may go on in the next piece
                continue
            raw, self._at = self._text[self._at : end], end
            return value, raw


def document(source: Iterable[bytes], notes: PostNotes) -> Iterator[Raw]:
    """The records of a JSON file (UTF-8): those of its lists, or the whole where it has none.

    ``around`` of a record is what the object around its list has stated so far. Where the file is
    cut or broken, what stands before it is kept, and it is said.
    """
    walk = _Walk(_Window(source, notes), notes)
    try:
        yield from walk.values((), {})
    except (_Cut, RecursionError) as err:
        deep = isinstance(err, RecursionError)
        if deep:
            notes.add("record-deep", walk.count + 1)
        else:
            notes.add("json-cut", record=walk.count + 1)


class _Walk:
    """The way through a JSON file, down into the lists that hold records."""

    def __init__(self, window: _Window, notes: PostNotes) -> None:
        self._window, self._notes, self.count = window, notes, 0

    def values(self, way: tuple[str, ...], around: dict[str, Any]) -> Iterator[Raw]:
        """The records of the value that comes next."""
        mark = self._window.peek()
        if mark == "[":
            yield from self._list(way, around)
        elif mark == "{":
            yield from self._object(way)
        else:
            self._window.value()

    def _list(self, way: tuple[str, ...], around: dict[str, Any]) -> Iterator[Raw]:
        self._window.take("[")
        while self._window.peek() != "]":
            if way in (("chats", "list"), ("left_chats", "list")):
                yield from self.values(way, {})
            else:
                yield from self._record(around)
            if self._window.peek() != "]":
                self._window.take(",")
        self._window.take("]")

    def _record(self, around: dict[str, Any]) -> Iterator[Raw]:
        value, text = self._window.value()
        self.count += 1
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if self._window.parser.twice:
            self._notes.leave("record-key-twice", self.count, digest)
        elif not isinstance(value, dict):
            self._notes.leave("record-broken", self.count, digest)
        else:
            yield Raw(self.count, digest, value, around)

    def _object(self, way: tuple[str, ...]) -> Iterator[Raw]:
        """The records of an object's lists; the object itself where it has none."""
        stated: dict[str, Any] = {WAY: ".".join(way)}
        before, lists = self.count, False
        self._window.take("{")
        while self._window.peek() != "}":
            key, _ = self._window.value()
            self._window.take(":")
            if key in LISTS and self._window.peek() in ("[", "{"):
                lists = True
                yield from self.values((*way, key), stated)
            else:
                stated[str(key)] = self._window.value()[0]
            if self._window.peek() != "}":
                self._window.take(",")
        self._window.take("}")
        if not lists and self.count == before and len(stated) > 1:
            self.count += 1
            value = {k: v for k, v in stated.items() if k != WAY}
            text = json.dumps(value, sort_keys=True)
            yield Raw(self.count, hashlib.sha256(text.encode()).hexdigest(), value, {})


def is_lines(head: bytes) -> bool:
    """Whether a file that begins so is NDJSON: its first line is an object, closed again.

    A whole file on one line is one line, unless it is too large to be decoded at once.
    """
    first, _, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    bare = first.strip()
    if len(bare) > MOST_LINE and not rest.strip():
        return False
    if bare.startswith(b"{") and bare.endswith(b"}") and len(bare) > 2:
        return True
    return bare.startswith(b'{"') and rest.lstrip().startswith(b'{"')


def first_line(source: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The start of a source, its first line whole if it is no larger than ``MOST_LINE``, and the
    source as it was."""
    taken: list[bytes] = []
    size = 0
    for chunk in source:
        taken.append(chunk)
        size += len(chunk)
        if size > MOST_LINE or (chunk.find(b"\n") >= 0 and b"".join(taken).strip().count(b"\n")):
            break
    return b"".join(taken), chain(taken, source)
