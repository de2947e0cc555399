"""Where the ledger is kept: the table, and the head in a file beside the database.

The head file is what notices that the newest rows were cut off; it is written after each commit,
so it may lag behind the table after a crash, never run ahead of it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from rukun.errors import UserError
from rukun.ledger import Entry, Head, Verdict, seal, verify
from rukun.web.core.models import LedgerEntry

#: Any constant; one lock for appending to the ledger on PostgreSQL.
_LOCK = 0x52756B75


def append(actor: str, role: str, action: str, object: str, data: object) -> LedgerEntry:
    """Add one entry inside the running transaction and write the head file after its commit."""
    if not connection.in_atomic_block:
        raise RuntimeError("a ledger entry is written in the transaction of its change")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = newest()
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    entry = seal(last.head() if last else None, at, actor, role, action, object, data)
    row = LedgerEntry(**{name: getattr(entry, name) for name in Entry.__slots__})
    row.save(force_insert=True)
    transaction.on_commit(lambda: write_head(row.head()), robust=True)
    return row


def newest() -> LedgerEntry | None:
    """The last row, or None while the ledger is empty."""
    return LedgerEntry.objects.order_by("-seq").first()


def rows() -> Iterator[Entry]:
    """Every row in order, read in portions."""
    for row in LedgerEntry.objects.order_by("seq").iterator(chunk_size=2000):
        yield row.entry()


def check() -> Verdict:
    """Verify the whole table against the head file."""
    return verify(rows(), read_head())


def head_path() -> Path:
    """The file that keeps the head."""
    return Path(settings.DATA_DIR) / "ledger.head"


def read_head() -> Head | None:
    """The kept head, or None where none was kept. Raises ``UserError`` for a broken file."""
    try:
        kept = json.loads(head_path().read_text())
        return Head(int(kept["count"]), str(kept["hash"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise UserError(
            "ledger-head",
            "the kept end of the ledger cannot be read.",
            "Look who changed this file; bring it back from a backup before going on.",
            str(head_path()),
        ) from err


def write_head(head: Head) -> None:
    """Keep ``head``, whole or not at all, unless a later one is kept already."""
    path = head_path()
    with (path.parent / "ledger.head.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = read_head()
        if kept and kept.count >= head.count:
            return
        new = path.with_suffix(".new")
        with new.open("w") as file:
            json.dump({"count": head.count, "hash": head.hash}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
