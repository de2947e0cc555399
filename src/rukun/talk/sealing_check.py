"""Whether a sealed folder is as it was sealed: for whoever receives one."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rukun.errors import Problem
from rukun.ledger import Head
from rukun.talk.sealing import SUMS
from rukun.talk.sealing_words import problem

#: No sealed folder is larger, unpacked; more is not read.
MOST_BYTES: Final = 256 * 2**20
MOST_MEMBERS: Final = 100
#: What reading a damaged zip may raise, by way of its compressors too.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._-]+)")


@dataclass(frozen=True, slots=True)
class Check:
    """What was found: the hash of the zip, the ledger's end it was sealed at, and every problem."""

    sha256: str
    head: Head | None
    members: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify(path: Path, sha256: str = "") -> Check:
    """Check a sealed folder against its own sums and, where it is given, the hash that stands in
    the ledger. Never raises for what the file holds: it lists problems."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as err:
        return Check("", None, (), (problem("sealed-unreadable", path.name, str(err.strerror)),))
    if data is None:
        return Check("", None, (), (problem("sealed-large", path.name),))
    digest = hashlib.sha256(data).hexdigest()
    found = [problem("sealed-other", path.name)] if sha256 and sha256 != digest else []
    try:
        members, strange = _members(path)
    except _BROKEN:
        return Check(digest, None, (), (*found, problem("sealed-no-zip", path.name)))
    found += [problem(code, path.name, name) for code, name in strange]
    found += [problem(code, path.name, name) for code, name in _compared(members)]
    return Check(digest, _head(members), tuple(sorted(members)), tuple(found))


def _members(path: Path) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """The members by their name in the one folder, and what should not be there."""
    strange: list[tuple[str, str]] = []
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_MEMBERS or sum(i.file_size for i in infos) > MOST_BYTES:
            return {}, [("sealed-large", "")]
        for info in infos:
            folder, _, name = info.filename.partition("/")
            plain = name and "/" not in name and ".." not in (folder, name) and folder
            if not plain or name in members:
                strange.append(("sealed-strange", info.filename))
                continue
            members[name] = archive.read(info)
    return members, strange


def _compared(members: dict[str, bytes]) -> list[tuple[str, str]]:
    """Where members and sums do not fit each other."""
    if SUMS not in members:
        return [("sealed-no-sums", SUMS)]
    lines = members[SUMS].decode("ascii", "replace").splitlines()
    read = [_LINE.fullmatch(line) for line in lines]
    out = [("sealed-sums", SUMS)] if not lines or None in read else []
    sums = {m[2]: m[1] for m in read if m}
    for name in sorted(sums.keys() | members.keys() - {SUMS}):
        if name not in members:
            out.append(("sealed-missing", name))
        elif name not in sums:
            out.append(("sealed-unlisted", name))
        elif hashlib.sha256(members[name]).hexdigest() != sums[name]:
            out.append(("sealed-edited", name))
    return out


def _head(members: dict[str, bytes]) -> Head | None:
    try:
        told = json.loads(members["ledger.json"])
        return Head(int(told["count"]), str(told["hash"]))
    except (KeyError, ValueError, TypeError, RecursionError):
        return None
