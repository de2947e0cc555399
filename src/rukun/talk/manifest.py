"""The manifest of an archive: which parts count, line by line, the last line last.

A change writes its parts first and its line at the end, so that a kill at any moment leaves the
archive as it was or as it is to be. A line that was cut off while it was written counts for nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from rukun.talk.storage_words import refusal

FILE: Final = "manifest.jsonl"
#: Parts that were replaced stay so many changes longer, for those who are reading them.
GRACE: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of the archive: its path below the folder, its rows and bytes."""

    path: str
    rows: int
    size: int

    @property
    def day(self) -> str:
        """The day of its posts, or ``none``."""
        return self.path.partition("/")[0].removeprefix("day=")


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what was done, for which file (SHA-256), and which parts came and went."""

    number: int
    what: str
    origin: str
    added: tuple[Part, ...]
    dropped: tuple[str, ...]
    counts: Mapping[str, int]


@dataclass
class State:
    """The archive after some changes: parts by path, the files taken with their counts."""

    number: int = 0
    parts: dict[str, Part] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    origins: dict[str, Mapping[str, int]] = field(default_factory=dict)

    def apply(self, change: Change) -> None:
        """Go one change further."""
        self.number = change.number
        for path in change.dropped:
            self.parts.pop(path, None)
            self.dropped[path] = change.number
        self.parts.update({p.path: p for p in change.added})
        if change.origin:
            self.origins[change.origin] = change.counts


def read(folder: Path) -> State:
    """The state of the archive in ``folder``; empty where there is none yet.

    Raises ``UserError``: ``archive-manifest`` naming the line that cannot be read,
    ``archive-unreadable`` where the file cannot be opened.
    """
    state = State()
    for i, line in enumerate(_whole(folder).splitlines(), 1):
        try:
            change = _change(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as err:
            raise refusal("archive-manifest", folder / FILE, line=i) from err
        if change.number != state.number + 1:
            raise refusal("archive-manifest", folder / FILE, line=i)
        state.apply(change)
    return state


def write(folder: Path, change: Change) -> None:
    """Add a line behind the last whole one, and wait until the disk has it."""
    whole = len(_whole(folder))
    line = json.dumps(asdict(change), separators=(",", ":")).encode() + b"\n"
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        os.ftruncate(handle, whole)
        _written(handle, line, whole)
        os.fsync(handle)
    finally:
        os.close(handle)


def _written(handle: int, line: bytes, at: int) -> None:
    """Write all of it or nothing: a disk that is full may take a part."""
    try:
        if os.pwrite(handle, line, at) < len(line):
            raise OSError(28, os.strerror(28))
    except OSError:
        os.ftruncate(handle, at)
        raise


def _whole(folder: Path) -> bytes:
    """The lines that were written to their end."""
    try:
        data = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as err:
        raise refusal("archive-unreadable", folder, error=err.strerror or "?") from err
    return data[: data.rfind(b"\n") + 1]


def _change(line: Any) -> Change:
    added = tuple(Part(str(p["path"]), int(p["rows"]), int(p["size"])) for p in line["added"])
    counts = {str(k): int(v) for k, v in line["counts"].items()}
    dropped = tuple(str(p) for p in line["dropped"])
    return Change(int(line["number"]), line["what"], line["origin"], added, dropped, counts)
