"""What happens to the ledger when the machine dies, and when somebody works on its file.

Each test has a room of its own on disk and works on it through processes of their own.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from .rooms import manage, writer


def database(folder: Path) -> sqlite3.Connection:
    """The file as somebody opens it who knows nothing of Rukun."""
    return sqlite3.connect(folder / "rukun.sqlite3", isolation_level=None)


def without_triggers(folder: Path) -> sqlite3.Connection:
    """The file as somebody opens it who means harm."""
    opened = database(folder)
    for (name,) in opened.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        opened.execute(f"DROP TRIGGER {name}")
    return opened


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A room with twelve entries, made once."""
    folder = tmp_path_factory.mktemp("template")
    assert manage(folder, "migrate", "--verbosity=0").returncode == 0
    assert writer(folder, "first", 12).wait(60) == 0
    database(folder).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def room(template, tmp_path):
    """A copy of the room with twelve entries."""
    for name in ("rukun.sqlite3", "ledger.head", "secret_key"):
        (tmp_path / name).write_bytes((template / name).read_bytes())
    return tmp_path


def test_a_sound_ledger_ends_with_0_and_prints_its_head(room):
    done = manage(room, "ledger_verify")
    assert (done.returncode, done.stdout[:18]) == (0, "12 rows, unbroken;")


@pytest.mark.parametrize(
    ("damage", "row", "why"),
    [
        ("UPDATE core_ledgerentry SET data = '{}' WHERE seq = 4", 4, "edited afterwards"),
        ("UPDATE core_ledgerentry SET data = 1.5 WHERE seq = 4", 4, "edited afterwards"),
        ("UPDATE core_ledgerentry SET at = '2020' WHERE seq = 1", 1, "edited afterwards"),
        ("DELETE FROM core_ledgerentry WHERE seq = 7", 7, "a row was deleted"),
        ("UPDATE core_ledgerentry SET seq = 0 WHERE seq = 1", 0, "out of order"),
        ("DELETE FROM core_ledgerentry WHERE seq > 9", 10, "newest rows were cut off"),
        ("DELETE FROM core_ledgerentry", 1, "newest rows were cut off"),
    ],
)
def test_damage_past_the_triggers_is_named_by_row_and_reason(room, damage, row, why):
    without_triggers(room).execute(damage)
    done = manage(room, "ledger_verify")
    assert done.returncode == 1
    assert f"row {row}:" in done.stdout and why in done.stdout


@pytest.mark.parametrize("pragma", ["OFF", "ON"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_ledgerentry SET actor = 'x' WHERE seq = 4",
        "DELETE FROM core_ledgerentry WHERE seq = 4",
        "INSERT OR REPLACE INTO core_ledgerentry SELECT seq, at, 'x', role, action, object, data, "
        "prev, hash FROM core_ledgerentry WHERE seq = 4",
        "REPLACE INTO core_ledgerentry SELECT 13, at, 'x', role, action, object, data, hash, hash "
        "FROM core_ledgerentry WHERE seq = 12",
    ],
)
def test_the_triggers_hold_on_a_connection_that_knows_nothing_of_rukun(room, statement, pragma):
    opened = database(room)
    opened.execute(f"PRAGMA recursive_triggers = {pragma}")
    before = opened.execute("SELECT * FROM core_ledgerentry").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        opened.execute(statement)
    assert opened.execute("SELECT * FROM core_ledgerentry").fetchall() == before


def test_kill_9_in_the_middle_of_writing_leaves_whole_entries_only(room):
    process = writer(room, "killed", 10_000)
    for _ in range(25):
        assert process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    opened = database(room)
    people = opened.execute("SELECT count(*) FROM core_user").fetchone()
    entries = opened.execute(
        "SELECT count(*) FROM core_ledgerentry WHERE action = 'core.user.created'"
    ).fetchone()
    assert people == entries and people[0] >= 12 + 25
    assert manage(room, "ledger_verify").returncode == 0
    assert writer(room, "after", 3).wait(60) == 0
    assert manage(room, "ledger_verify").returncode == 0


def test_writers_at_the_same_time_lose_nothing(room):
    writers = [writer(room, f"w{n}x", 40) for n in range(4)]
    for process in writers:
        process.communicate(timeout=120)
    assert [process.returncode for process in writers] == [0, 0, 0, 0]
    done = manage(room, "ledger_verify")
    assert done.stdout.startswith(f"{12 + 4 * 40} rows, unbroken")
    assert f'"count": {12 + 4 * 40}' in (room / "ledger.head").read_text()


def test_a_writer_waits_for_a_long_transaction_instead_of_failing(room):
    blocker = database(room)
    blocker.execute("BEGIN IMMEDIATE")
    process = writer(room, "patient", 1)
    time.sleep(3)
    assert process.poll() is None
    blocker.execute("ROLLBACK")
    assert process.wait(30) == 0


def test_a_head_file_that_cannot_be_read_is_said_with_what_to_do(room):
    (room / "ledger.head").write_text("not json")
    done = manage(room, "ledger_verify")
    assert done.returncode not in (0, 1)
    assert "bring it back from a backup" in done.stderr and "ledger.head" in done.stderr


def test_a_lost_head_file_is_said_and_made_anew_by_the_next_entry(room):
    (room / "ledger.head").unlink()
    assert "no head was kept" in manage(room, "ledger_verify").stdout
    assert writer(room, "next", 1).wait(60) == 0
    assert '"count": 13' in (room / "ledger.head").read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_for_the_head_file_does_not_undo_what_was_written(room):
    (room / "ledger.new").symlink_to("/dev/full")
    process = writer(room, "full", 1)
    assert process.wait(60) == 0
    done = manage(room, "ledger_verify")
    assert done.stdout.startswith("13 rows, unbroken")
    assert '"count": 12' in (room / "ledger.head").read_text()
