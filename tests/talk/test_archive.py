"""The archive: every post once, every file once, and what is forgotten is gone."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest

from rukun.engine import local
from rukun.errors import UserError
from rukun.talk.archive import MANY_PARTS, Added, Archive, archive_in
from rukun.talk.posts import NAMES

from .collected import day, posts

A, B, C = "a" * 64, "b" * 64, "c" * 64


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "posts")


def _files(archive: Archive) -> list[str]:
    found = archive.folder.glob("day=*/*")
    return sorted(p.relative_to(archive.folder).as_posix() for p in found)


def _ids(archive: Archive) -> list[str]:
    return archive.posts()["post_id"].to_list()


def test_posts_come_out_as_they_went_in_by_day(archive):
    table = posts([{}, {"posted_at": day(28)}, {"posted_at": None, "links": ["https://a.example"]}])
    assert archive.append(table, A) == Added(3, new=3)
    assert archive.posts().equals(table)
    assert [f.partition("/")[0] for f in _files(archive)] == [
        "day=2024-11-27",
        "day=2024-11-28",
        "day=none",
    ]


def test_the_engine_reads_the_same_posts(archive):
    table = posts([{}, {"posted_at": None}, {"engagement": {"likes": 3, "views": None}}])
    with local() as engine:
        assert engine.collect(archive.read(engine)).is_empty()
        archive.append(table, A)
        found = engine.collect(archive.read(engine), by=["post_id"])
    assert found.columns == list(NAMES)
    assert found.equals(table.sort("post_id"))


def test_a_file_that_was_taken_before_changes_nothing(archive):
    archive.append(posts([{}, {}]), A)
    before = _files(archive)
    assert archive.append(posts([{}, {}]), A) == Added(2, again=True)
    assert _files(archive) == before and archive.origins() == {A}


def test_a_post_of_two_files_is_one_post_and_the_report_says_so(archive):
    archive.append(posts([{}, {}, {"raw": "s"}]), A)
    more = posts([{}, {"text": "lain", "raw": "t"}, {"post_id": "x:9"}, {"post_id": "x:9"}])
    assert archive.append(more, B) == Added(4, repeated=1, new=1, known=2, differing=1)
    assert _ids(archive) == ["x:0", "x:1", "x:2", "x:9"]
    assert archive.posts()["text"].to_list()[1] == "kata 1"


def test_the_latest_reading_of_a_post_holds_also_where_its_day_changed(archive):
    archive.append(posts([{"collected_at": day(27)}, {"collected_at": day(29)}, {}]), A)
    later = {"collected_at": day(28), "text": "nanti", "posted_at": day(26)}
    found = archive.append(posts([later, later, later]), B)
    assert found == Added(3, updated=2, known=1)
    table = archive.posts().sort("post_id")
    assert table["text"].to_list() == ["nanti", "kata 1", "nanti"]
    assert table["posted_at"].dt.day().to_list() == [26, 27, 26]


def test_the_order_of_files_does_not_change_what_is_kept(tmp_path):
    files = [
        (posts([{"collected_at": day(n), "text": str(n)}, {"post_id": f"x:{n}"}]), str(n) * 64)
        for n in (7, 8, 9)
    ]
    kept = []
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        archive = Archive(tmp_path / str(order))
        for i in order:
            archive.append(*files[i])
        kept.append(archive.posts())
    assert kept[0].equals(kept[1]) and kept[1].equals(kept[2])


def test_a_day_of_many_small_files_becomes_one_part(archive):
    for n in range(MANY_PARTS + 1):
        archive.append(posts([{"post_id": f"x:{n}"}]), f"{n:064d}")
    live = [p for p in archive.parts() if p.day == "2024-11-27"]
    assert len(live) == 1 and live[0].rows == MANY_PARTS + 1 == len(_ids(archive))


def test_what_was_replaced_stays_a_while_for_those_who_read_it(archive):
    archive.append(posts([{}]), A)
    (first,) = _files(archive)
    archive.append(posts([{"collected_at": day(28)}]), B)
    assert first in _files(archive)
    for n in range(4):
        archive.append(posts([{"post_id": "x:5", "posted_at": day(n + 1)}]), f"{n:064d}")
    assert first not in _files(archive)


def test_forgetting_says_what_went_and_keeps_what_is_to_be_kept(archive):
    rows = [
        {"posted_at": day(20)},
        {"posted_at": day(20), "platform": "tiktok"},
        {"posted_at": day(20), "post_id": "x:kept"},
        {"posted_at": day(25, 3)},
        {"posted_at": day(25, 5)},
        {"posted_at": None, "collected_at": day(24)},
        {"posted_at": None, "collected_at": day(26)},
        {"posted_at": None},
    ]
    archive.append(posts(rows), A)
    went = archive.forget(day(25), {"x:kept", "x:unknown"})
    assert went.rows() == [
        ("2024-11-20", "tiktok", 1),
        ("2024-11-20", "x", 1),
        ("2024-11-25", "x", 1),
        ("none", "x", 2),
    ]
    assert sorted(_ids(archive)) == ["x:4", "x:6", "x:kept"]
    assert archive.forget(day(25), {"x:kept"}).is_empty()


def test_what_is_forgotten_is_gone_from_the_disk_and_stays_gone(archive):
    table = posts([{"text": "rahasia"}, {"posted_at": day(28), "text": "tetap"}])
    archive.append(table, A)
    archive.append(posts([{"collected_at": day(29), "text": "rahasia"}]), B)
    archive.forget(day(28, 0), ())
    assert len(_files(archive)) == 1
    assert archive.append(table, A).again and _ids(archive) == ["x:1"]


def test_names_that_still_stand_in_it_are_told(archive):
    code = "akun-ABCDEFGHJK"
    first = {"account": "akun-AAAAAAAAAA", "space": "ruang-A", "reply_to": "x:r", "origin": A}
    other = {"account": None, "text": f"hai @{code}", "links": ["https://x.com/akun-ZZZZZZZZZZ"]}
    archive.append(posts([first, {**other, "posted_at": None, "origin": B}]), A)
    assert set(archive.named().accounts) == {"akun-AAAAAAAAAA", "ruang-A", code, "akun-ZZZZZZZZZZ"}
    assert set(archive.named().posts) == {"x:0", "x:1", "x:r"}
    archive.forget(day(28), {"x:1"})
    assert [sorted(s) for s in archive.named()] == [["x:1"], [code, "akun-ZZZZZZZZZZ"], [B]]


def test_names_are_renamed_wherever_they_stand(archive):
    old, new = "akun-ABCDEFGHJK", "akun-ZZZZZZZZZZ"
    row = {"account": old, "text": f"@{old}!", "links": [f"https://x.com/{old}"], "reply_to": "x:1"}
    archive.append(posts([row, {}]), A)
    archive.rename(pl.DataFrame({"old": [old, "x:1"], "new": [new, "x:n"]}))
    assert old not in json.dumps(archive.posts().to_dicts(), default=str)
    found = archive.posts().filter(post_id="x:0").to_dicts()[0]
    assert (found["account"], found["text"], found["reply_to"]) == (new, f"@{new}!", "x:n")
    assert len(_files(archive)) == 1


def test_a_file_without_posts_is_known_afterwards(archive):
    assert archive.append(posts([]), A) == Added(0)
    assert archive.append(posts([]), A).again


def test_where_there_is_no_archive_none_is_made_up(tmp_path):
    with pytest.raises(UserError) as err:
        archive_in(tmp_path)
    assert err.value.code == "archive-none"


def test_times_are_compared_to_the_microsecond(archive):
    first = day(27) + dt.timedelta(microseconds=1)
    archive.append(posts([{"posted_at": first}, {"posted_at": day(27)}]), A)
    archive.forget(first, ())
    assert _ids(archive) == ["x:0"]
