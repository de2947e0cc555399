"""Exports that arrive in a folder on the room's machine, taken in without anybody looking first.

Each file goes the way of one that a person brings: it stands in the list of files, its taking in
is in the ledger in the name of the system, and the posts are worked through.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files import File

from rukun.errors import Problem
from rukun.talk.archive import Added
from rukun.talk.storage_words import refusal
from rukun.talk.store import Taken, sha256_of
from rukun.talk.watching import Watch
from rukun.web.core.services import SYSTEM
from rukun.web.talk import storage
from rukun.web.talk.models import PostFile
from rukun.web.talk.services import bringing

#: Below the data folder: what became of each file.
REPORT: Final = "watch.csv"


@dataclass(frozen=True, slots=True)
class Told:
    """What holds for every file of a folder: mapping (TOML), format, how they were collected."""

    mapping: str = ""
    format: str = ""
    coverage: str = ""


def watch(folder: Path, told: Told) -> Watch:
    """A watch of ``folder`` whose files go into this room."""
    data = Path(settings.DATA_DIR)
    return Watch(folder, lambda path: take(path, told), data / REPORT, data)


def take(path: Path, told: Told) -> Taken:
    """Take one file into the room; one that was taken before is not read again.

    One that was looked at when the watch was killed is gone on with.
    """
    sha256 = sha256_of(path)
    begun = PostFile.objects.filter(sha256=sha256, state=PostFile.State.PREVIEW, by=None).first()
    if begun is not None:
        return _decided(begun)
    if sha256 in storage.archive().origins():
        return Taken(path.name, sha256, "", 0, Added(0, again=True))
    with path.open("rb") as source:
        upload = File(source, path.name)
        file = bringing.preview(
            SYSTEM, upload, told.mapping, told.format, told.coverage, largest=None
        )
    if file.sha256 != sha256:
        bringing.reject(SYSTEM, file.pk)
        raise refusal("file-changed", file.name)
    return _decided(file)


def _decided(file: PostFile) -> Taken:
    """Take in what has posts, turn away what has none."""
    decide = bringing.store if file.counts["posts"] else bringing.reject
    file = decide(SYSTEM, file.pk)
    added = file.counts.get("added")
    return Taken(
        file.name,
        file.sha256,
        file.format,
        file.counts["rows"],
        Added(**added) if added else None,
        tuple(Problem(**p) for p in file.problems),
        file.counts["unmapped"],
    )
