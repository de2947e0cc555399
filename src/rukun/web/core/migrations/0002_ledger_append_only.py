"""The database refuses to change the ledger: no update, no delete, only the next row.

The insert trigger also stops ``INSERT OR REPLACE``, which walks past a no-delete trigger on a
connection without ``recursive_triggers``.
"""

from django.db import migrations

SQLITE_UP = [
    """CREATE TRIGGER ledger_no_update BEFORE UPDATE ON core_ledgerentry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no update'); END""",
    """CREATE TRIGGER ledger_no_delete BEFORE DELETE ON core_ledgerentry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no delete'); END""",
    """CREATE TRIGGER ledger_next_only BEFORE INSERT ON core_ledgerentry
    WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM core_ledgerentry)
      OR NEW.prev <> COALESCE(
        (SELECT hash FROM core_ledgerentry ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
      OR EXISTS (SELECT 1 FROM core_ledgerentry WHERE hash = NEW.hash)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: not the next row'); END""",
]
SQLITE_DOWN = [
    "DROP TRIGGER ledger_no_update",
    "DROP TRIGGER ledger_no_delete",
    "DROP TRIGGER ledger_next_only",
]
POSTGRES_UP = [
    """CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only: no %', lower(TG_OP); END $$""",
    """CREATE FUNCTION ledger_next() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last record;
    BEGIN
      SELECT seq, hash INTO last FROM core_ledgerentry ORDER BY seq DESC LIMIT 1;
      IF NEW.seq <> COALESCE(last.seq, 0) + 1 OR NEW.prev <> COALESCE(last.hash, repeat('0', 64))
      THEN RAISE EXCEPTION 'the ledger is append-only: not the next row'; END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON core_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON core_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_next_only BEFORE INSERT ON core_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_next()""",
]
POSTGRES_DOWN = [
    "DROP TRIGGER ledger_no_change ON core_ledgerentry",
    "DROP TRIGGER ledger_no_truncate ON core_ledgerentry",
    "DROP TRIGGER ledger_next_only ON core_ledgerentry",
    "DROP FUNCTION ledger_refuse()",
    "DROP FUNCTION ledger_next()",
]


def _run(editor, sqlite, postgres):
    for statement in postgres if editor.connection.vendor == "postgresql" else sqlite:
        editor.execute(statement, params=None)


def up(apps, editor):
    _run(editor, SQLITE_UP, POSTGRES_UP)


def down(apps, editor):
    _run(editor, SQLITE_DOWN, POSTGRES_DOWN)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(up, down)]
