"""The vault: what is in it comes out one by one, goes for good, and is opened by nothing else."""

from __future__ import annotations

import ast
import hashlib
import stat

import pytest

import rukun.talk.vault as vault_module
from rukun.errors import UserError
from rukun.talk.aliases import Aliases
from rukun.talk.vault import Record, Vault, load_key, new_key
from tests.house import ROOT, SOURCES

from .collected import secrets

ORIGIN = "a" * 64


@pytest.fixture
def vault(tmp_path):
    with Vault(tmp_path / "vault") as opened:
        yield opened


@pytest.fixture
def names(vault):
    """One account, one space, two posts."""
    aliases = Aliases(vault.key)
    rows = [
        (aliases.account("x", "77"), "account", "77", "contoh_satu"),
        (aliases.space("x", "88"), "space", "88", None),
        (aliases.post("x", "1"), "post", "1", None),
        (aliases.post("x", "2"), "post", "2", None),
    ]
    vault.add(secrets(rows), ORIGIN)
    return [r[0] for r in rows]


def _bytes(vault: Vault) -> bytes:
    return b"".join(p.read_bytes() for p in vault.folder.iterdir() if p.is_file())


def test_only_its_owner_can_look_into_it(vault, names, tmp_path):
    file = tmp_path / "ekspor.csv"
    file.write_text("isi")
    vault.keep(file)
    for path in (vault.folder, *vault.folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_a_vault_that_others_may_look_into_is_not_opened(tmp_path):
    (tmp_path / "vault").mkdir(mode=0o755)
    (tmp_path / "vault").chmod(0o755)
    with pytest.raises(UserError) as err:
        Vault(tmp_path / "vault")
    assert err.value.code == "vault-open" and err.value.say("id") != err.value.say("en")


def test_the_key_stays_and_two_vaults_have_two_keys(vault, tmp_path):
    with Vault(vault.folder) as again, Vault(tmp_path / "other") as other:
        assert again.key == vault.key == load_key(vault.folder) != other.key
    assert len(new_key()) == 32 and new_key() != new_key()


def test_one_alias_gives_one_record(vault, names):
    account, space, post, _ = names
    assert vault.reveal(account) == Record(
        account, "account", "x", "77", "contoh_satu", None, None, ORIGIN
    )
    assert vault.reveal(space).native_id == "88"
    assert vault.reveal(post).what == "post"
    assert vault.reveal("akun-AAAAAAAAAA") is None


def test_a_record_that_is_printed_names_nobody(vault, names):
    record = vault.reveal(names[0])
    assert "contoh" not in f"{record} {record!r} {[record]} {vault!r}"


def test_adding_twice_changes_nothing_and_fills_in_what_was_open(vault, names):
    account = names[0]
    again = secrets([(account, "account", "77", "nama_baru"), (names[1], "space", "88", "grup")])
    assert vault.add(again, "b" * 64) == 0
    assert vault.reveal(account).handle == "contoh_satu"
    assert (vault.reveal(names[1]).handle, vault.reveal(names[1]).origin) == ("grup", ORIGIN)


def test_what_is_forgotten_is_gone_from_the_disk(vault, names, tmp_path):
    file = tmp_path / "ekspor.csv"
    file.write_text("contoh_satu")
    sha256 = vault.keep(file)
    assert b"contoh_satu" in _bytes(vault) and vault.original(sha256).read_text() == "contoh_satu"
    assert vault.forget([names[2]], [names[0]], [sha256]) == 2
    assert b"contoh_satu" not in _bytes(vault)
    assert vault.original(sha256) is None
    assert [vault.reveal(n) is None for n in names] == [True, False, True, False]


def test_keeping_only_some_forgets_all_others(vault, names):
    assert vault.keep_only([names[2]], [], []) == 3
    assert [vault.reveal(n) is None for n in names] == [True, True, False, True]


def test_an_original_is_kept_by_its_content_once(vault, tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"isi")
    kept = {vault.keep(tmp_path / n) for n in ("a.csv", "b.csv", "a.csv")}
    assert kept == {hashlib.sha256(b"isi").hexdigest()}
    assert [p.name for p in (vault.folder / "originals").iterdir()] == [*kept]
    assert vault.original("../alias.key") is None


def test_another_key_gives_other_aliases_and_says_which_was_which(vault, names):
    old, key = Aliases(vault.key), new_key()
    pairs = vault.rotate(key)
    fresh = Aliases(key)
    assert dict(pairs.iter_rows()) == {
        old.account("x", "77"): fresh.account("x", "77"),
        old.space("x", "88"): fresh.space("x", "88"),
        old.post("x", "1"): fresh.post("x", "1"),
        old.post("x", "2"): fresh.post("x", "2"),
    }
    assert vault.reveal(names[0]) is None
    assert vault.reveal(fresh.account("x", "77")).handle == "contoh_satu"
    assert vault.key == load_key(vault.folder) == key
    assert vault.moved().equals(pairs)
    vault.settled()
    assert vault.moved().is_empty() and names[0].encode() not in _bytes(vault)


@pytest.mark.parametrize("committed", [False, True])
def test_a_change_of_the_key_that_was_broken_off_is_finished_or_undone(vault, names, committed):
    old, key = vault.key, new_key()
    if committed:
        vault.rotate(key)
        (vault.folder / "alias.key").write_bytes(old)
    (vault.folder / "alias.key.next").write_bytes(key)
    with Vault(vault.folder) as again:
        assert again.key == (key if committed else old)
        assert again.reveal(Aliases(again.key).account("x", "77")).handle == "contoh_satu"
    assert not (vault.folder / "alias.key.next").exists()


def test_who_still_has_the_old_key_can_add_nothing(vault, names):
    with Vault(vault.folder) as other:
        other.rotate(new_key())
    with pytest.raises(UserError, match="key"):
        vault.add(secrets([("akun-AAAAAAAAAA", "account", "1", None)]), ORIGIN)


@pytest.mark.parametrize("damage", [None, b"kurang", bytes(32)])
def test_without_its_key_a_vault_is_not_opened_and_gets_no_new_one(vault, names, damage):
    key = vault.folder / "alias.key"
    key.unlink()
    if damage is not None:
        key.write_bytes(damage)
    with pytest.raises(UserError) as err:
        Vault(vault.folder)
    assert err.value.code == "vault-key"
    assert (key.read_bytes() if key.exists() else None) == damage


def test_a_damaged_file_of_handles_is_said(vault, names):
    vault.close()
    (vault.folder / "handles.sqlite").write_bytes(b"bukan basis data" * 300)
    with pytest.raises(UserError) as err:
        Vault(vault.folder)
    assert err.value.code == "vault-damaged"


def test_nothing_but_the_vault_names_or_opens_its_files():
    own = ROOT / "src/rukun/talk/vault.py"
    inner = {vault_module.KEY_FILE, vault_module.NEXT_KEY, vault_module.HANDLES}
    for path in (p for p in SOURCES if p != own):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        texts = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        assert not {t for t in texts if any(name in t for name in inner)}, path
        asked = [
            n for n in nodes if isinstance(n, ast.ImportFrom) and n.module == "rukun.talk.vault"
        ]
        assert {a.name for n in asked for a in n.names} <= {"Vault", "Record", "new_key"}, path
        modules = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
        assert "sqlite3" not in modules or "talk" not in path.parts, path
