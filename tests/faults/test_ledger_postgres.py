"""The ledger's promises on PostgreSQL: the same refusals, the same order among many writers."""

from __future__ import annotations

import psycopg
import pytest

from .postgres import server
from .rooms import manage, writer


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder and a migrated database with twelve entries."""
    folder = tmp_path_factory.mktemp("room")
    with server() as address:
        done = manage(folder, "migrate", "--verbosity=0", database=address)
        assert done.returncode == 0, done.stderr
        assert writer(folder, "first", 12, address).wait(60) == 0
        yield folder, address


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_ledgerentry SET actor = 'x' WHERE seq = 4",
        "DELETE FROM core_ledgerentry WHERE seq = 4",
        "TRUNCATE core_ledgerentry",
        "INSERT INTO core_ledgerentry SELECT 99, at, actor, role, action, object, data, hash, 'x' "
        "FROM core_ledgerentry WHERE seq = 12",
        "INSERT INTO core_ledgerentry SELECT * FROM core_ledgerentry WHERE seq = 4 "
        "ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
    ],
)
def test_postgresql_itself_refuses_to_change_the_past(place, statement):
    with psycopg.connect(place[1]) as opened, pytest.raises(psycopg.Error, match="append-only"):
        opened.execute(statement)


def test_writers_at_the_same_time_lose_nothing_and_keep_one_order(place):
    folder, address = place
    writers = [writer(folder, f"w{n}x", 40, address) for n in range(4)]
    for process in writers:
        process.communicate(timeout=120)
    assert [process.returncode for process in writers] == [0, 0, 0, 0]
    done = manage(folder, "ledger_verify", database=address)
    assert done.stdout.startswith(f"{12 + 4 * 40} rows, unbroken")


def test_a_row_edited_past_the_triggers_is_named(place):
    folder, address = place
    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute("ALTER TABLE core_ledgerentry DISABLE TRIGGER ALL")
        (kept,) = opened.execute("SELECT data FROM core_ledgerentry WHERE seq = 5").fetchone()
        opened.execute("UPDATE core_ledgerentry SET data = '{}' WHERE seq = 5")
        done = manage(folder, "ledger_verify", database=address)
        opened.execute("UPDATE core_ledgerentry SET data = %s WHERE seq = 5", [kept])
        opened.execute("ALTER TABLE core_ledgerentry ENABLE TRIGGER ALL")
    assert done.returncode == 1
    assert "row 5: its content is not what was recorded" in done.stdout
    assert manage(folder, "ledger_verify", database=address).returncode == 0
