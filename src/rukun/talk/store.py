"""Archive and vault of one collection together: what is done to one is done to the other.

The vault is written first and the archive's manifest last. A kill between leaves names in the
vault that the archive does not have; the next ``take`` of the file or the next ``forget`` mends it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import polars as pl

from rukun.errors import Problem
from rukun.talk.archive import Added, Archive
from rukun.talk.storage_words import refusal
from rukun.talk.vault import Vault


class Read(Protocol):
    """What a reader makes of a file; see ``rukun.talk.readers.read_posts``."""

    @property
    def posts(self) -> pl.DataFrame: ...
    @property
    def secrets(self) -> pl.DataFrame: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def rows_read(self) -> int: ...
    @property
    def format(self) -> str: ...
    @property
    def unmapped(self) -> Mapping[str, int]: ...
    @property
    def sha256(self) -> str: ...


#: Reads a file with the vault's key.
Reader = Callable[[Path, bytes], Read]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. ``added`` is None where nothing in it could be read.

    ``rows`` are its rows or records, of which ``added.rows`` became posts; ``unmapped`` counts the
    others by reason.
    """

    file: str
    sha256: str
    format: str
    rows: int
    added: Added | None
    problems: tuple[Problem, ...] = ()
    unmapped: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """``taken``, ``again`` (it was taken before) or ``refused``."""
        if self.added is None:
            return "refused"
        return "again" if self.added.again else "taken"


class Store:
    """An archive, and the vault that holds what stands behind its aliases."""

    def __init__(self, archive: Archive, vault: Vault) -> None:
        self.archive, self.vault = archive, vault
        self._settle()

    def take(self, path: Path, read: Reader) -> Taken:
        """Read a file and keep its posts in the archive, its names and itself in the vault.

        A file that was taken before, under whatever name, is not read again. Raises ``UserError``
        (``file-changed``) where it changes meanwhile; nothing of it is kept then.
        """
        sha256 = sha256_of(path)
        if sha256 in self.archive.origins():
            return Taken(path.name, sha256, "", 0, Added(0, again=True))
        found = read(path, self.vault.key)
        taken = Taken(
            path.name,
            sha256,
            found.format,
            found.rows_read,
            None,
            tuple(found.problems),
            found.unmapped,
        )
        if found.posts.is_empty() and any(p.blocking for p in found.problems):
            return taken
        with self.archive.locked():
            if found.sha256 != sha256 or self.vault.keep(path) != sha256:
                raise refusal("file-changed", path.name)
            self.vault.add(found.secrets, sha256)
            added = self.archive.append(found.posts, sha256)
        return replace(taken, added=added)

    def forget(self, before: dt.datetime, keep: Collection[str]) -> pl.DataFrame:
        """Delete the posts from before, but those to keep, and all that the vault holds of what
        no longer stands in the archive; returns day, platform, posts."""
        with self.archive.locked():
            went = self.archive.forget(before, keep)
            self.vault.keep_only(*self.archive.named())
        return went

    def rotate(self, key: bytes, *bearers: str) -> pl.DataFrame:
        """Go over to another key, in vault and archive; returns ``old`` and ``new`` names.

        ``bearers``: who else bears them, and settles that with the vault; see ``Vault.rotate``.
        """
        with self.archive.locked():
            borne = self.archive.named()
            others = pl.concat([borne.posts, borne.accounts])
            pairs = self.vault.rotate(key, *bearers, others=others)
            self._settle()
        return pairs

    def _settle(self) -> None:
        """Finish a change of the key that was broken off between vault and archive."""
        pairs = self.vault.moved()
        if pairs.height:
            self.archive.rename(pairs)
            self.vault.settled()


def sha256_of(path: Path) -> str:
    """Of the file's bytes. Raises ``UserError`` (``file-unreadable``)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as err:
        raise refusal("file-unreadable", path.name, error=err.strerror or "?") from err
