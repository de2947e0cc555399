"""One body per promise of the engine protocol, run on every engine that is there."""

from __future__ import annotations

import datetime as dt
import importlib.util

import ibis
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from rukun.engine import ENGINES as NAMES
from rukun.engine import engine, local
from rukun.errors import UserError

from .engines import ENGINES, opened

UTC = dt.UTC
ROWS = pl.DataFrame(
    {
        "post_id": ["a:3", "a:1", "a:2", "a:4"],
        "posted_at": [
            dt.datetime(2024, 11, 27, 12, 0, 0, 7, UTC),
            dt.datetime(2024, 11, 27, 23, 30, tzinfo=UTC),
            None,
            dt.datetime(2024, 11, 28, 1, 0, tzinfo=UTC),
        ],
        "text": ["Satu suara", "", "héo 🌾", "satu"],
        "links": [["x", "y"], [], ["z"], []],
        "likes": [3, None, 0, 2**40],
    },
    schema_overrides={"posted_at": pl.Datetime("us", "UTC"), "likes": pl.Int64},
)
COUNTED = pa.schema([("post_id", pa.string()), ("letters", pa.int64())])


def letters(batch: pa.RecordBatch) -> pa.RecordBatch:
    """How many letters each text has."""
    counts = pc.utf8_length(batch["text"]).cast(pa.int64())
    return pa.RecordBatch.from_arrays([batch["post_id"].cast(pa.string()), counts], schema=COUNTED)


def wrong(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Not what was declared."""
    return batch


@pytest.fixture(scope="module", params=ENGINES)
def eng(request):
    with opened(request.param) as made:
        yield made


def test_rows_come_back_as_they_were_given(eng):
    assert eng.collect(eng.load(ROWS), by=["post_id"]).equals(ROWS.sort("post_id"))


def test_rows_written_are_the_rows_read(eng, tmp_path):
    eng.write(eng.load(ROWS), tmp_path / "posts.parquet")
    back = eng.read(tmp_path / "posts.parquet")
    assert eng.collect(back, by=["post_id"]).equals(ROWS.sort("post_id"))


def test_a_table_written_again_is_replaced(eng, tmp_path):
    eng.write(eng.load(ROWS), tmp_path / "posts.parquet")
    eng.write(eng.load(ROWS.head(1)), tmp_path / "posts.parquet")
    assert eng.collect(eng.read(tmp_path / "posts.parquet")).height == 1
    assert [p.name for p in tmp_path.iterdir()] == ["posts.parquet"]


def test_files_with_columns_in_another_order_are_one_table(eng, tmp_path):
    ROWS.head(2).write_parquet(tmp_path / "a.parquet")
    ROWS.tail(2).select(reversed(ROWS.columns)).write_parquet(tmp_path / "b.parquet")
    for paths in (tmp_path, [tmp_path / "a.parquet", tmp_path / "b.parquet"]):
        both = eng.collect(eng.read(paths), by=["post_id"]).select(ROWS.columns)
        assert both.equals(ROWS.sort("post_id"))


def test_a_missing_file_is_named(eng, tmp_path):
    with pytest.raises(UserError, match=r"nowhere\.parquet") as told:
        eng.read(tmp_path / "nowhere.parquet")
    assert told.value.code == "engine-read"


def test_a_file_that_is_no_parquet_is_named(eng, tmp_path):
    (tmp_path / "posts.parquet").write_text("post_id,text\n1,halo\n")
    with pytest.raises(UserError, match=r"posts\.parquet"):
        eng.read(tmp_path / "posts.parquet")


def test_no_file_at_all_is_said(eng):
    with pytest.raises(UserError, match="no file to read"):
        eng.read([])


def test_a_python_step_makes_its_rows_of_every_row(eng):
    counted = eng.collect(eng.map_batches(eng.load(ROWS), letters, COUNTED), by=["post_id"])
    assert counted.rows() == [("a:1", 0), ("a:2", 5), ("a:3", 10), ("a:4", 4)]


def test_a_python_step_of_no_rows_has_its_columns(eng):
    counted = eng.collect(eng.map_batches(eng.load(ROWS.clear()), letters, COUNTED))
    assert counted.schema == {"post_id": pl.String, "letters": pl.Int64} and counted.is_empty()


def test_a_step_that_returns_other_columns_is_a_fault(eng):
    with pytest.raises(Exception, match="was declared"):
        eng.collect(eng.map_batches(eng.load(ROWS), wrong, COUNTED))


def test_relations_give_the_same_rows(eng):
    posts = eng.load(ROWS)
    counted = eng.map_batches(posts, letters, COUNTED)
    day = posts.posted_at.truncate("D")
    rows = eng.collect(
        posts.mutate(day=day)
        .join(counted, "post_id")
        .group_by("day")
        .agg(posts=ibis._.count(), letters=ibis._.letters.sum(), likes=ibis._.likes.sum()),
        by=["day"],
    )
    days = [dt.datetime(2024, 11, d, tzinfo=UTC) for d in (27, 28)]
    assert rows.rows() == [(days[0], 2, 10, 3), (days[1], 1, 4, 2**40), (None, 1, 5, 0)]


def test_sorting_puts_nulls_last(eng):
    assert eng.collect(eng.load(ROWS), by=["posted_at"])["post_id"][-1] == "a:2"


def test_a_million_rows_stay_within_the_memory_set():
    with local(memory="200MB") as small:
        table = small.load(pl.DataFrame({"n": range(1_000_000)}))
        top = table.order_by(table.n.desc()).limit(3)
        assert small.collect(top, by=["n"])["n"].to_list() == [999_997, 999_998, 999_999]


def test_further_processes_give_the_same_rows_in_the_same_order():
    many = pl.concat([ROWS] * 30_000).with_columns(post_id=pl.int_range(pl.len()).cast(pl.String))
    with local() as one, local(workers=2) as two:
        here = one.collect(one.map_batches(one.load(many), letters, COUNTED))
        there = two.collect(two.map_batches(two.load(many), letters, COUNTED))
    assert here.height == 120_000 and here.equals(there)


def test_temporary_files_go_when_the_engine_closes(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with local() as made:
        made.load(ROWS)
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_engine_is_refused_with_the_names():
    with pytest.raises(UserError, match="local, spark"):
        engine("hive")
    assert NAMES == ("local", "spark")


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="pyspark is installed")
def test_spark_that_is_not_installed_says_what_to_install():
    with pytest.raises(UserError, match=r"rukun\[spark\]") as told:
        engine("spark")
    assert told.value.code == "engine-spark"


@pytest.mark.parametrize("name", ENGINES)
def test_what_is_kept_is_worked_out_once(name):
    with opened(name) as made:
        rows = made.load(pl.DataFrame({"n": list(range(100))}))
        kept = made.keep(rows.mutate(draw=ibis.random()))
        assert made.collect(kept, by=["n"]).equals(made.collect(kept, by=["n"]))
        assert made.collect(kept).height == 100


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path):
    with local() as made:
        table = made.load(ROWS)
        made.write(table, tmp_path / "posts.parquet")
        with pytest.raises(Exception, match="Satu suara"):
            made.write(table.mutate(text=table.text.cast("int64")), tmp_path / "posts.parquet")
        back = made.collect(made.read(tmp_path / "posts.parquet"), by=["post_id"])
    assert back.equals(ROWS.sort("post_id"))
    assert [p.name for p in tmp_path.iterdir()] == ["posts.parquet"]
