"""What must not be known elsewhere: the key of the aliases, handles, permalinks, files as they came.

A folder of its own (0700) that only this module opens: ``alias.key``, ``handles.sqlite`` (0600)
and ``originals/<sha256>``. The vault knows no rights: whoever calls ``reveal`` answers for it.
See ``docs/explanation/aliases.md``.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rukun.talk.aliases import KEY_BYTES, Aliases
from rukun.talk.storage_words import refusal
from rukun.talk.strangers import strangers

KEY_FILE, NEXT_KEY, HANDLES, ORIGINALS = (
    "alias.key",
    "alias.key.next",
    "handles.sqlite",
    "originals",
)
#: What a record can be of, and its table.
TABLES: Final = {"account": "accounts", "space": "spaces", "post": "posts"}
#: Who bears aliases outside the vault and is to be renamed with them; a site adds itself.
ARCHIVE: Final = "archive"
_FIELDS: Final = ("platform", "native_id", "handle", "name", "url")
_WAIT: Final = 60.0
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS {table} (
  alias TEXT PRIMARY KEY, platform TEXT NOT NULL, native_id TEXT NOT NULL,
  handle TEXT, name TEXT, url TEXT, origin TEXT NOT NULL
) WITHOUT ROWID
"""
#: What is known stays; only what was left open is filled in.
_INSERT: Final = """
INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (alias) DO UPDATE SET handle = coalesce(handle, excluded.handle),
  name = coalesce(name, excluded.name), url = coalesce(url, excluded.url)
WHERE (handle IS NULL AND excluded.handle IS NOT NULL)
  OR (name IS NULL AND excluded.name IS NOT NULL) OR (url IS NULL AND excluded.url IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What stands behind one alias. ``origin`` is the file it was first seen in."""

    alias: str
    what: str
    platform: str
    native_id: str
    handle: str | None
    name: str | None
    url: str | None
    origin: str

    def __repr__(self) -> str:
        # A log that prints a record must name nobody.
        return f"Record({self.alias})"


def new_key() -> bytes:
    """A key for ``Aliases``, from the system's source of randomness."""
    return secrets.token_bytes(KEY_BYTES)


def load_key(folder: Path) -> bytes:
    """The key of the vault in ``folder``. Raises ``UserError`` (``vault-key``) where it is damaged."""
    try:
        key = (folder / KEY_FILE).read_bytes()
    except OSError as err:
        raise refusal("vault-key", folder) from err
    if len(key) != KEY_BYTES:
        raise refusal("vault-key", folder)
    return key


class Vault:
    """The vault in ``folder``; made with a new key where there is none.

    Raises ``UserError``: ``vault-open`` where others may look into the folder, ``vault-key`` where
    the key is gone or is not the one the aliases were made with, ``vault-write`` where the disk is
    full or cannot be written, ``vault-damaged`` where the handles cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with self._told():
            _folder(folder)
            _folder(folder / ORIGINALS)
            _make_key(folder)
            os.close(os.open(folder / HANDLES, os.O_CREAT | os.O_RDWR, 0o600))
            self._db = sqlite3.connect(folder / HANDLES, timeout=_WAIT, isolation_level=None)
            self._key = self._prepare()
            self._must_be_current()

    @staticmethod
    def stands_in(folder: Path) -> bool:
        """Whether there is a vault in this folder; none is made."""
        return (folder / HANDLES).exists()

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file of handles."""
        self._db.close()

    @property
    def key(self) -> bytes:
        """The key that readers make aliases with. Never to be kept anywhere else."""
        return self._key

    def add(self, found: pl.DataFrame, origin: str) -> int:
        """Keep what a reader set apart (alias, what, platform, native_id, handle, name, url).

        ``origin`` is the file's SHA-256. What is known already is left; returns how many are new.
        """
        before = self._size()
        with self._changing() as db:
            self._must_be_current()
            for what, table in TABLES.items():
                rows = found.filter(pl.col("what") == what).select("alias", *_FIELDS).sort("alias")
                values = ((*row, origin) for row in rows.iter_rows())
                db.executemany(_INSERT.format(table=table), values)
        return self._size() - before

    def reveal(self, alias: str) -> Record | None:
        """The one record behind an alias or the code of a post; None where there is none.

        The caller answers for the right to see it.
        """
        what = {"akun": "account", "ruang": "space"}.get(alias.partition("-")[0], "post")
        query = f"SELECT * FROM {TABLES[what]} WHERE alias = ?"
        with self._told():
            row = self._db.execute(query, (alias,)).fetchone()
        return Record(row[0], what, *row[1:]) if row else None

    def keep(self, file: Path) -> str:
        """Keep a copy of a file as it came; returns its SHA-256. A second time changes nothing."""
        with self._told():
            half = self.folder / ORIGINALS / f".{secrets.token_hex(8)}.half"
            try:
                sha256 = _copied(file, half)
                half.rename(self.folder / ORIGINALS / sha256)
            finally:
                half.unlink(missing_ok=True)
        return sha256

    def original(self, sha256: str) -> Path | None:
        """Where the file with this SHA-256 lies; None where it is not kept."""
        path = self.folder / ORIGINALS / Path(sha256).name
        return path if path.is_file() else None

    def forget(
        self, codes: Iterable[str], accounts: Iterable[str], files: Iterable[str] = ()
    ) -> int:
        """Delete these posts, these aliases (of accounts and spaces) and these originals, and
        write over the place where they stood. Returns how many records went."""
        self._unlink(files)
        return self._delete("IN", codes, accounts)

    def keep_only(self, codes: Iterable[str], accounts: Iterable[str], files: Iterable[str]) -> int:
        """``forget`` everything but these: also what an interrupted step left behind."""
        self._unlink({p.name for p in (self.folder / ORIGINALS).iterdir()} - set(files))
        return self._delete("NOT IN", codes, accounts)

    def rotate(self, key: bytes, *bearers: str, others: Iterable[str] = ()) -> pl.DataFrame:
        """Go over to another key; returns ``old`` and ``new`` of every alias and code it holds.

        ``others`` are names that are borne elsewhere and may have no record here (an account that
        only a link names): they are renamed too, and join nothing that comes later.

        What bears the old ones elsewhere (the archive, and ``bearers``) is to be renamed by this
        table; ``moved`` gives it again until each of them has called ``settled``. A kill at any
        moment leaves the vault wholly under the old key or wholly under the new one. Raises
        ``UserError`` (``vault-moving``) where somebody has not followed the last change yet.
        """
        fresh = Aliases(key)
        with self._changing() as db:
            self._must_be_current()
            if db.execute("SELECT count(*) FROM owed").fetchone()[0]:
                raise refusal("vault-moving", self.folder)
            _write_secret(self.folder / NEXT_KEY, key)
            pairs = [p for what, table in TABLES.items() for p in _renamed(db, what, table, fresh)]
            pairs += strangers(others, pairs, fresh)
            db.execute("UPDATE about SET mark = ?", (_mark(key),))
            db.executemany("INSERT INTO moved VALUES (?, ?)", pairs)
            owed = (ARCHIVE, *bearers) if pairs else ()
            db.executemany("INSERT INTO owed VALUES (?)", ((b,) for b in owed))
        with self._changing():
            self._finish_rotation()
        self._key = key
        return _pairs(pairs)

    def moved(self, bearer: str = ARCHIVE) -> pl.DataFrame:
        """``old`` and ``new`` of the last change of the key, until this bearer has settled it."""
        owed = "EXISTS (SELECT 1 FROM owed WHERE bearer = ?)"
        with self._told():
            rows = self._db.execute(f"SELECT old, new FROM moved WHERE {owed}", (bearer,))
            return _pairs(rows.fetchall())

    def settled(self, bearer: str = ARCHIVE) -> None:
        """This bearer bears the new aliases; once all do, which they were is forgotten."""
        with self._changing() as db:
            db.execute("DELETE FROM owed WHERE bearer = ?", (bearer,))
            db.execute("DELETE FROM moved WHERE NOT EXISTS (SELECT 1 FROM owed)")

    def _prepare(self) -> bytes:
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA temp_store = MEMORY")
        with self._changing() as db:
            db.execute("CREATE TABLE IF NOT EXISTS about (mark TEXT NOT NULL)")
            db.execute("CREATE TABLE IF NOT EXISTS moved (old TEXT PRIMARY KEY, new TEXT NOT NULL)")
            db.execute("CREATE TABLE IF NOT EXISTS owed (bearer TEXT PRIMARY KEY)")
            for table in TABLES.values():
                db.execute(_TABLE.format(table=table))
            self._finish_rotation()
            key = load_key(self.folder)
            if db.execute("SELECT count(*) FROM about").fetchone()[0] == 0:
                db.execute("INSERT INTO about VALUES (?)", (_mark(key),))
        return key

    def _must_be_current(self) -> None:
        """The key may have been changed by another process since this one read it."""
        stored = self._db.execute("SELECT mark FROM about").fetchone()
        if stored is None or stored[0] != _mark(self._key):
            raise refusal("vault-key", self.folder)

    def _finish_rotation(self) -> None:
        """Put the next key in its place where the handles are under it already, else drop it.

        Within a transaction only: another process may be about to write the next key.
        """
        waiting = self.folder / NEXT_KEY
        if not waiting.exists():
            return
        stored = self._db.execute("SELECT mark FROM about").fetchone()
        key = waiting.read_bytes()
        if len(key) == KEY_BYTES and stored and stored[0] == _mark(key):
            waiting.replace(self.folder / KEY_FILE)
            _synced(self.folder)
        else:
            waiting.unlink()

    def _size(self) -> int:
        counts = " + ".join(f"(SELECT count(*) FROM {t})" for t in TABLES.values())
        with self._told():
            return int(self._db.execute(f"SELECT {counts}").fetchone()[0])

    def _delete(self, those: str, codes: Iterable[str], accounts: Iterable[str]) -> int:
        before = self._size()
        with self._changing() as db:
            db.execute("CREATE TEMP TABLE given (alias TEXT PRIMARY KEY) WITHOUT ROWID")
            for tables, names in ((("posts",), codes), (("accounts", "spaces"), accounts)):
                db.execute("DELETE FROM given")
                db.executemany("INSERT OR IGNORE INTO given VALUES (?)", ((n,) for n in names))
                for table in tables:
                    db.execute(f"DELETE FROM {table} WHERE alias {those} (SELECT alias FROM given)")
            db.execute("DROP TABLE given")
        with self._told():
            self._db.execute("VACUUM")
        return before - self._size()

    def _unlink(self, names: Iterable[str]) -> None:
        with self._told():
            for name in names:
                (self.folder / ORIGINALS / Path(name).name).unlink(missing_ok=True)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that begins as a writer, so that two never wait for each other."""
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Faults of disk and file as what a person can do about them."""
        try:
            yield
        except sqlite3.OperationalError as err:
            raise refusal("vault-write", self.folder, error=str(err)) from err
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as err:
            raise refusal("vault-damaged", self.folder) from err
        except OSError as err:
            raise refusal("vault-write", self.folder, error=err.strerror or "") from err


def _folder(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        raise refusal("vault-open", path)


def _make_key(folder: Path) -> None:
    """A new key where there is neither key nor handles; of two at once, one key wins."""
    if (folder / KEY_FILE).exists() or (folder / HANDLES).exists():
        return
    half = folder / f".{secrets.token_hex(8)}.half"
    try:
        _write_secret(half, new_key())
        with suppress(FileExistsError):
            os.link(half, folder / KEY_FILE)
        _synced(folder)
    finally:
        half.unlink(missing_ok=True)


def _write_secret(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _copied(file: Path, target: Path) -> str:
    """Copy a file, so that only its owner reads it; returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with (
        file.open("rb") as source,
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy,
    ):
        while block := source.read(1 << 20):
            digest.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mark(key: bytes) -> str:
    """Tells two keys apart and says nothing about either."""
    return Aliases(key).post("vault", "mark")


def _pairs(rows: list[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"old": pl.String, "new": pl.String}, orient="row")


def _renamed(
    db: sqlite3.Connection, what: str, table: str, fresh: Aliases
) -> list[tuple[str, str]]:
    """Give every record of a table its alias under another key; returns old and new."""
    name: Callable[[str, str], str] = getattr(fresh, what)
    rows = db.execute(f"SELECT alias, platform, native_id FROM {table}").fetchall()
    pairs = [(alias, name(platform, native)) for alias, platform, native in rows]
    swapped = ((new, old) for old, new in pairs)
    db.executemany(f"UPDATE {table} SET alias = ? WHERE alias = ?", swapped)
    return pairs
