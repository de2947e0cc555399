"""What happens to archive and vault when the machine dies, the disk is full, or files are damaged."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from rukun.errors import UserError
from rukun.talk.archive import Archive
from rukun.talk.readers import read_posts
from rukun.talk.store import Store
from rukun.talk.watching import Watch
from tests.talk.collected import HANDLE, day, posts, row, store, write_csv

FILES, ROWS = 12, 40
#: Takes the files of a folder one by one and says so: ``python -c TAKE FOLDER INTO``.
TAKE = """
import sys; from pathlib import Path
from rukun.talk.readers import read_posts
from tests.talk.collected import store
kept = store(Path(sys.argv[2])); print("ready", flush=True)
for path in sorted(Path(sys.argv[1]).iterdir()):
    print(kept.take(path, read_posts).state, flush=True)
"""
#: Deletes what is older than the fifteenth: ``python -c FORGET INTO``.
FORGET = """
import sys; from pathlib import Path
from tests.talk.collected import day, store
kept = store(Path(sys.argv[1])); print("ready", flush=True)
kept.forget(day(15), ())
"""
WATCH = (sys.executable, "-m", "rukun.cli", "talk", "watch")


@pytest.fixture(scope="module")
def exports(tmp_path_factory) -> Path:
    """Files of which each shares half of its posts with the next, over several days."""
    folder = tmp_path_factory.mktemp("ekspor")
    for n in range(FILES):
        start = n * ROWS // 2
        when = f"2024-11-{10 + n}T04:00:00Z"
        write_csv(folder / f"{n:02}.csv", [row(i, when=when) for i in range(start, start + ROWS)])
    return folder


@pytest.fixture
def into(tmp_path) -> Path:
    return tmp_path / "koleksi"


def _process(*words: str | Path, limit: int = 0) -> subprocess.Popen[str]:
    """A process of its own; with a limit, no file it writes can become larger."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    env = {k: v for k, v in os.environ.items() if not k.startswith("RUKUN_")}
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [*map(str, words)],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limited if limit else None,
    )


def _wrong(kept: Store, exports: Path) -> list[str]:
    """Files of which the archive has more or less than it says, and names that are missing."""
    have = set(kept.archive.posts()["post_id"])
    found, due = [], set()
    for path in exports.iterdir():
        read = read_posts(path, kept.vault.key)
        codes = set(read.posts["post_id"])
        if read.sha256 in kept.archive.origins():
            due |= codes
            found += [path.name] * (not codes <= have)
            found += [path.name] * (kept.vault.original(read.sha256) is None)
    unnamed = [code for code in have if kept.vault.reveal(code) is None]
    return [*found, *sorted(have - due), *unnamed]


def _all_taken(kept: Store, exports: Path) -> bool:
    """Whether everything is there once, after what is missing was taken too."""
    for path in sorted(exports.iterdir()):
        kept.take(path, read_posts)
    codes = kept.archive.posts()["post_id"]
    return codes.is_unique().all() and codes.len() == (FILES + 1) * ROWS // 2


@pytest.mark.parametrize("seed", range(5))
def test_a_kill_while_files_are_taken_leaves_each_wholly_in_or_out(exports, into, seed):
    process = _process(sys.executable, "-c", TAKE, exports, into)
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0.005, 0.5))
    process.kill()
    process.wait()
    kept = store(into)
    assert _wrong(kept, exports) == []
    assert _all_taken(kept, exports)
    assert not list(into.rglob("*.half"))


@pytest.mark.parametrize("seed", range(2))
def test_a_watch_that_is_killed_and_begun_again_counts_nothing_twice(exports, into, seed):
    words = (*WATCH, exports, "--into", into, "--interval", "0.1", "--lang", "en")
    process = _process(*words)
    assert "watch.csv" in process.stderr.readline()
    time.sleep(random.Random(seed).uniform(0.1, 0.6))
    process.kill()
    process.wait()
    kept = store(into)
    assert _wrong(kept, exports) == []
    kept.vault.close()
    again = _process(*words, "--once")
    assert again.wait(120) == 0, again.stderr.read()
    assert _all_taken(store(into), exports)


@pytest.mark.parametrize("delay", [0.002, 0.02, 0.06])
def test_a_kill_while_posts_are_forgotten_leaves_all_or_only_what_is_to_stay(exports, into, delay):
    kept = store(into)
    assert _all_taken(kept, exports)
    before = kept.archive.posts()
    process = _process(sys.executable, "-c", FORGET, into)
    assert process.stdout.readline() == "ready\n"
    time.sleep(delay)
    process.kill()
    process.wait()
    stay = before.filter(pl.col("posted_at") >= day(15))
    assert kept.archive.posts().height in (before.height, stay.height)
    kept.forget(day(15), ())
    assert kept.archive.posts().equals(stay)
    gone = set(before["post_id"]) - set(stay["post_id"])
    assert gone and not [code for code in gone if kept.vault.reveal(code)]
    assert {p.name for p in (into / "posts").glob("day=*")} >= {"day=2024-11-15"}
    assert not [p for p in (into / "posts").rglob("*.parquet") if "day=2024-11-14" in str(p)]


def test_two_watches_at_once_count_nothing_twice(exports, into):
    words = (*WATCH, exports, "--into", into, "--interval", "0.1", "--once")
    both = [_process(*words), _process(*words)]
    assert [(p.wait(120), p.stderr.read().count("fault")) for p in both] == [(0, 0), (0, 0)]
    kept = store(into)
    assert len(kept.archive.origins()) == FILES
    assert _wrong(kept, exports) == [] and _all_taken(kept, exports)


@pytest.mark.parametrize("limit", [900, 9_000, 26_000])
def test_a_full_disk_is_said_and_loses_nothing(exports, into, limit):
    process = _process(
        *(sys.executable, "-m", "rukun.cli", "talk", "read", *sorted(exports.iterdir())),
        *("--into", into, "--lang", "en"),
        limit=limit,
    )
    code, told = process.wait(120), process.stderr.read()
    assert code == 2 and "cannot be written" in told, told
    assert HANDLE not in told
    kept = store(into)
    assert _wrong(kept, exports) == [] and _all_taken(kept, exports)


def test_a_disk_that_cannot_be_written_is_said(exports, into):
    into.mkdir()
    (into / "posts").write_text("bukan folder")
    with pytest.raises(UserError) as err:
        store(into).take(exports / "00.csv", read_posts)
    assert err.value.code == "archive-unreadable"
    with pytest.raises(UserError) as err:
        Archive(into / "posts").append(posts([]), "a" * 64)
    assert err.value.code == "archive-write"


def _archive(folder: Path) -> Archive:
    """Two files over two days."""
    archive = Archive(folder)
    archive.append(posts([{}, {"posted_at": day(28)}]), "a" * 64)
    archive.append(posts([{"post_id": "x:8"}, {"post_id": "x:9", "posted_at": day(28)}]), "b" * 64)
    return archive


@pytest.mark.parametrize("damage", ["cut", "noise", "gone"])
def test_a_damaged_part_is_named_and_nothing_is_written_over_it(tmp_path, damage):
    archive = _archive(tmp_path)
    part = tmp_path / archive.parts()[0].path
    whole = part.read_bytes()
    if damage == "gone":
        part.unlink()
    else:
        part.write_bytes(whole[:100] if damage == "cut" else b"\0" * len(whole))
    before = (tmp_path / "manifest.jsonl").read_bytes()
    more = posts([{"collected_at": day(29)}])
    for attempt in (archive.posts, archive.named, lambda: archive.append(more, "c" * 64)):
        with pytest.raises(UserError) as err:
            attempt()
        assert err.value.code == "archive-damaged"
        assert part.relative_to(tmp_path).as_posix() in err.value.message
    assert (tmp_path / "manifest.jsonl").read_bytes() == before
    part.write_bytes(whole)
    assert archive.append(more, "c" * 64).updated == 1


def test_a_manifest_that_was_cut_in_its_last_line_is_the_one_before(tmp_path):
    archive = _archive(tmp_path)
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-9])
    assert archive.origins() == {"a" * 64} and archive.posts().height == 2
    again = posts([{"post_id": "x:8"}, {"post_id": "x:9", "posted_at": day(28)}])
    assert archive.append(again, "b" * 64).new == 2 and archive.posts().height == 4


@pytest.mark.parametrize("line", [b"{}", b"\xff", b'{"number": 1}', b"[" * 5_000])
def test_a_line_of_the_manifest_that_cannot_be_read_is_named(tmp_path, line):
    archive = _archive(tmp_path)
    manifest = tmp_path / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines()
    manifest.write_bytes(b"\n".join([lines[0], line, b""]))
    with pytest.raises(UserError, match="line 2") as err:
        archive.append(posts([]), "c" * 64)
    assert err.value.code == "archive-manifest"


def test_an_old_manifest_over_newer_parts_deletes_none_of_them(tmp_path):
    archive = _archive(tmp_path)
    old = (tmp_path / "manifest.jsonl").read_bytes()
    for n in range(3):
        archive.append(posts([{"post_id": f"x:{20 + n}"}]), f"{n:064d}")
    (tmp_path / "manifest.jsonl").write_bytes(old)
    files = sorted(tmp_path.rglob("*.parquet"))
    with pytest.raises(UserError) as err:
        archive.append(posts([]), "c" * 64)
    assert err.value.code == "archive-old" and sorted(tmp_path.rglob("*.parquet")) == files


def test_files_of_others_in_the_archive_are_left_alone(tmp_path):
    archive = _archive(tmp_path)
    other = tmp_path / "day=2024-11-27" / "catatan.txt"
    other.write_text("milik orang lain")
    archive.forget(day(30), ())
    assert other.exists() and archive.posts().is_empty()


def test_a_clock_that_goes_back_changes_nothing(into, tmp_path):
    kept, folder = store(into), tmp_path / "masuk"
    file = write_csv(folder / "a.csv", [row(1)])
    watch = Watch(folder, lambda p: kept.take(p, read_posts), into / "watch.csv", into)
    for when in (2_000_000_000, 1_000_000_000, 0):
        write_csv(file, [row(1), row(when)])
        os.utime(file, (when, when))
        assert [o.new for _ in range(3) for o in watch.step()] == [1 + (when == 2_000_000_000)]
    assert kept.archive.posts().height == 4


def test_the_same_file_with_one_row_changed_counts_the_others_once(into, tmp_path):
    kept = store(into)
    kept.take(write_csv(tmp_path / "a.csv", [row(n) for n in range(5)]), read_posts)
    changed = [row(n, text="lain" if n == 3 else "halo") for n in range(5)]
    added = kept.take(write_csv(tmp_path / "b.csv", changed), read_posts).added
    assert (added.new, added.known, added.differing) == (0, 5, 1)
    assert kept.archive.posts().height == 5
