"""The watch: files are taken when they are whole, once each, and nobody is named outside the vault."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from rukun.cli.app import app
from rukun.errors import UserError
from rukun.talk.readers import read_posts
from rukun.talk.store import Store
from rukun.talk.vault import new_key
from rukun.talk.watching import Watch, read_report

from .collected import HANDLE, NAME, NATIVE, OTHER, day, row, store, write_csv


@pytest.fixture
def into(tmp_path) -> Path:
    return tmp_path / "koleksi"


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "masuk").mkdir()
    return tmp_path / "masuk"


@pytest.fixture
def kept(into) -> Store:
    return store(into)


@pytest.fixture
def watch(folder, into, kept) -> Watch:
    return Watch(folder, lambda p: kept.take(p, read_posts), into / "watch.csv", into)


def _looks(watch: Watch, count: int = 2) -> list[tuple[str, str, int]]:
    """File, state and new posts of so many looks."""
    return [(o.file, o.state, o.new) for _ in range(count) for o in watch.step()]


def test_a_file_is_taken_once_it_looks_as_it_did_a_look_ago(folder, watch, kept):
    file = write_csv(folder / "a.csv", [row(1)])
    assert _looks(watch, 1) == []
    write_csv(file, [row(1), row(2)])
    assert _looks(watch, 1) == []
    assert _looks(watch, 1) == [("./a.csv", "taken", 2)]
    assert _looks(watch, 3) == []
    assert kept.archive.posts().height == 2


def test_a_file_that_is_renamed_is_taken_at_once_and_an_unfinished_one_never(folder, watch):
    part = write_csv(folder / "a.csv.part", [row(1)])
    assert _looks(watch, 3) == []
    part.rename(folder / "a.csv")
    assert _looks(watch, 1) == [("./a.csv", "taken", 1)]


def test_hidden_files_links_and_the_collection_itself_are_left_alone(folder, into, tmp_path, kept):
    write_csv(folder / ".a.csv", [row(1)])
    write_csv(folder / "~b.csv", [row(1)])
    write_csv(folder / ".git" / "c.csv", [row(1)])
    (folder / "d.csv").symlink_to(write_csv(tmp_path / "d.csv", [row(1)]))
    (folder / "e").symlink_to(tmp_path)
    os.mkfifo(folder / "f.csv")
    inside = Watch(tmp_path, lambda p: kept.take(p, read_posts), into / "watch.csv", into)
    assert {f for f, _, _ in _looks(inside)} == {"./d.csv"}


def test_folders_in_the_folder_are_looked_into(folder, watch):
    write_csv(folder / "ekspor 27-11" / "hasil.csv", [row(1)])
    assert _looks(watch) == [("./ekspor 27-11/hasil.csv", "taken", 1)]


def test_a_bad_file_is_listed_stays_and_is_tried_again_when_it_changes(folder, into, watch):
    bad = folder / "gambar.csv"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert _looks(watch, 4) == [("./gambar.csv", "refused", 0)]
    row_of = read_report(into / "watch.csv")["./gambar.csv"]
    assert row_of.code == "file-kind" and row_of.why and row_of.why_id != row_of.why
    assert bad.exists()
    write_csv(bad, [row(1)])
    assert _looks(watch) == [("./gambar.csv", "taken", 1)]


def test_a_fault_in_one_file_keeps_no_other_out_and_says_no_name(folder, into, kept):
    def take(path):
        if path.name == "a.csv":
            raise KeyError(HANDLE)
        return kept.take(path, read_posts)

    write_csv(folder / "a.csv", [row(1)])
    write_csv(folder / "b.csv", [row(1)])
    watch = Watch(folder, take, into / "watch.csv", into)
    assert _looks(watch) == [("./a.csv", "refused", 0), ("./b.csv", "taken", 1)]
    assert HANDLE not in (into / "watch.csv").read_text()


def test_another_watch_goes_on_where_this_one_ended(folder, into, watch, kept):
    write_csv(folder / "a.csv", [row(1)])
    _looks(watch)
    write_csv(folder / "b.csv", [row(2)])
    again = Watch(folder, lambda p: kept.take(p, read_posts), into / "watch.csv", into)
    assert _looks(again) == [("./b.csv", "taken", 1)]


@pytest.mark.parametrize("damage", [None, b"", b"file,size\n\xff\xfe,1\n", b"a" * 100])
def test_without_its_report_nothing_is_counted_twice(folder, into, watch, kept, damage):
    write_csv(folder / "a.csv", [row(1)])
    _looks(watch)
    (into / "watch.csv").unlink()
    if damage is not None:
        (into / "watch.csv").write_bytes(damage)
    assert _looks(watch) == [("./a.csv", "again", 0)]
    assert kept.archive.posts().height == 1


def test_the_same_file_under_another_name_is_counted_once(folder, watch, kept):
    write_csv(folder / "a.csv", [row(1)])
    _looks(watch)
    (folder / "a.csv").rename(folder / "b =1.csv")
    assert _looks(watch) == [("./b =1.csv", "again", 0)]
    assert kept.archive.posts().height == 1


def test_a_name_that_is_no_text_is_kept_as_it_is(folder, into, watch):
    name = os.fsdecode(b"a\xff\n.csv")
    write_csv(folder / name, [row(1)])
    assert _looks(watch, 3) == [(f"./{name}", "taken", 1)]


def test_a_folder_that_is_not_there_or_lies_in_the_collection_is_refused(into, kept):
    for folder, code in ((into / "tiada", "watch-folder"), (into / "posts", "watch-inside")):
        (into / "posts").mkdir(exist_ok=True)
        with pytest.raises(UserError) as err:
            Watch(folder, lambda p: kept.take(p, read_posts), into / "watch.csv", into)
        assert err.value.code == code


def test_a_file_that_changes_while_it_is_read_leaves_nothing(tmp_path, kept):
    file = write_csv(tmp_path / "a.csv", [row(1)])

    def read(path, key):
        found = read_posts(path, key)
        write_csv(file, [row(1), row(2)])
        return found

    with pytest.raises(UserError, match="changed"):
        kept.take(file, read)
    assert not kept.archive.origins()
    kept.forget(day(1), ())
    assert not list((kept.vault.folder / "originals").iterdir())


def test_forgetting_empties_the_vault_of_what_no_longer_stands(tmp_path, kept):
    file = write_csv(tmp_path / "a.csv", [row(1), row(2, when="2024-11-29T04:00:00Z")])
    sha256 = kept.take(file, read_posts).sha256
    first, second = kept.archive.posts().to_dicts()
    assert kept.forget(day(28), ())["posts"].to_list() == [1]
    assert kept.vault.reveal(first["post_id"]) is None
    assert kept.vault.reveal(second["post_id"]).native_id == "2"
    assert kept.vault.reveal(second["account"]).handle == HANDLE
    assert kept.vault.original(sha256) is not None
    kept.forget(day(30), ())
    assert kept.vault.reveal(second["account"]) is None and kept.vault.original(sha256) is None


def test_after_a_change_of_the_key_old_and_new_files_still_join(tmp_path, kept):
    kept.take(write_csv(tmp_path / "a.csv", [row(1)]), read_posts)
    before = kept.archive.posts()
    pairs = dict(kept.rotate(new_key()).iter_rows())
    kept.take(write_csv(tmp_path / "b.csv", [row(2)]), read_posts)
    after = kept.archive.posts().sort("origin_row", "text")
    assert after["account"].n_unique() == 1
    assert pairs[before["account"][0]] == after["account"][0]
    assert after["text"].str.extract("(@akun-[A-Z0-9]+)").n_unique() == 1
    assert before["account"][0] not in json.dumps(after.to_dicts(), default=str)


def test_a_change_of_the_key_that_ended_in_the_vault_is_finished_in_the_archive(
    tmp_path, into, kept
):
    kept.take(write_csv(tmp_path / "a.csv", [row(1)]), read_posts)
    kept.vault.rotate(new_key())
    kept.vault.close()
    again = store(into)
    assert again.vault.reveal(again.archive.posts()["account"][0]).handle == HANDLE
    assert again.vault.moved().is_empty()


def _run(*words: object) -> str:
    """What a command prints, on both streams."""
    result = CliRunner().invoke(app, ["talk", *map(str, words)])
    assert result.exit_code in (0, 2), result.output
    return result.output


def _readable(folder: Path) -> str:
    """Everything below a folder but the vault, tables and names of files too."""
    found = []
    for path in (p for p in folder.rglob("*") if p.is_file() and "vault" not in p.parts):
        found.append(str(path.relative_to(folder)))
        found.append(path.read_bytes().decode("utf-8", "replace"))
        if path.suffix == ".parquet":
            found.append(json.dumps(pl.read_parquet(path).to_dicts(), default=str))
    return "\n".join(found)


def test_no_name_leaves_the_vault(folder, into, tmp_path):
    rows = [row(1), row(2, text=f"wa 0812-0000-0000 t.me/{HANDLE}"), row(3, when=HANDLE), row(1)]
    write_csv(folder / "a.csv", rows)
    write_csv(
        folder / "b.csv",
        [*rows, ("x", *[HANDLE] * 4, "kata", HANDLE, HANDLE, "lebih"), ("", HANDLE)],
    )
    (folder / "c.json").write_text(json.dumps({"nama": HANDLE}))
    told = _run(
        "read", folder / "a.csv", folder / "c.json", "--into", into, "--problems", into / "p.csv"
    )
    told += _run("watch", folder, "--into", into, "--once", "--interval", "0.1")
    told += _run("read", folder / "b.csv", "--into", into, "--json")
    names = (HANDLE, OTHER, NAME, NATIVE, "0812")
    everything = told + _readable(into)
    assert "akun-" in everything and len(everything) > 3_000
    assert [n for n in names if n in everything] == []
    assert HANDLE.encode() in (into / "vault" / "handles.sqlite").read_bytes()
    told = _run("forget", "--into", into, "--inaugurated", "2025-02-20", "--after", "90")
    assert [n for n in names if n in told + _readable(into)] == []
    assert HANDLE.encode() not in (into / "vault" / "handles.sqlite").read_bytes()


def test_the_commands_say_what_they_did(folder, into):
    file = write_csv(folder / "a.csv", [row(1), row(2), row(1)])
    said = _run("read", file, "--into", into, "--lang", "en")
    assert "1 files, 3 rows: 2 posts, 1 rows not kept. New: 2" in said
    assert "sudah pernah diambil" in _run("read", file, "--into", into, "--lang", "id")
    assert "Nothing is due" in _run(
        *("forget", "--into", into, "--inaugurated", "2999-01-01", "--lang", "en")
    )
    code = store(into).archive.posts()["post_id"][0]
    (folder / "keep.txt").write_text(code + "\n")
    words = ("forget", "--into", into, "--inaugurated", "2025-02-20", "--keep", folder / "keep.txt")
    gone = json.loads(CliRunner().invoke(app, ["talk", *map(str, words), "--json"]).stdout)
    assert gone["forgotten"] == [{"day": "2024-11-27", "platform": "x", "posts": 1}]
    assert store(into).archive.posts()["post_id"].to_list() == [code]


def test_a_kept_original_is_the_file_as_it_came(tmp_path, kept):
    file = write_csv(tmp_path / "a.csv", [row(1)])
    taken = kept.take(file, read_posts)
    assert taken.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert kept.vault.original(taken.sha256).read_bytes() == file.read_bytes()
