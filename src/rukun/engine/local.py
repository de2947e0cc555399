"""The engine of a laptop: DuckDB through Ibis, Python steps over Arrow batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import ibis
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.common.exceptions import IbisError

from rukun.engine.protocol import BatchFunction, Paths, as_list, checked, framed, unreadable

#: Rows that a Python step sees at a time.
BATCH_ROWS = 65_536


class LocalEngine:
    """DuckDB in this process. Made by ``local``; closes at the end of a ``with`` block."""

    name = "local"

    def __init__(self, threads: int, memory: str, workers: int) -> None:
        self._folder = TemporaryDirectory(prefix="rukun-engine-")
        self._numbers = count()
        self._workers = workers
        self._con = ibis.duckdb.connect(
            threads=threads,
            memory_limit=memory,
            temp_directory=str(Path(self._folder.name) / "spill"),
            TimeZone="UTC",
            autoinstall_known_extensions=False,
        )
        # It would be drawn on standard output, in the middle of what a command prints there.
        self._con.raw_sql("SET enable_progress_bar = false")

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, paths: Paths) -> ibis.Table:
        """See ``Engine.read``. A folder stands for every ``.parquet`` file below it."""
        listed = as_list(paths)
        found = [f"{p}/**/*.parquet" if Path(p).is_dir() else p for p in listed]
        try:
            return self._con.read_parquet(found, union_by_name=True)
        except (duckdb.Error, IbisError, OSError) as err:
            raise unreadable(listed, err) from err

    def load(self, rows: pl.DataFrame) -> ibis.Table:
        """See ``Engine.load``. The rows go through a temporary file, not through memory twice."""
        path = self._temporary()
        rows.write_parquet(path)
        return self.read(path)

    def write(self, table: ibis.Table, path: str | Path) -> None:
        """See ``Engine.write``. A reader sees the old file or the new one, never half of one."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f".{target.name}.half")
        try:
            self._con.to_parquet(table, half)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)

    def keep(self, table: ibis.Table) -> ibis.Table:
        """See ``Engine.keep``. Runs at once, into a temporary table that may spill to disk."""
        return self._con.create_table(f"kept_{next(self._numbers)}", table, temp=True)

    def map_batches(self, table: ibis.Table, fn: BatchFunction, schema: pa.Schema) -> ibis.Table:
        """See ``Engine.map_batches``. Runs at once, batch by batch, into a temporary file."""
        path = self._temporary()
        step = partial(checked, fn, schema)
        with pq.ParquetWriter(path, schema) as writer:
            for batch in self._mapped(table, step):
                writer.write_batch(batch)
        return self.read(path)

    def collect(self, table: ibis.Table, by: Sequence[str] = ()) -> pl.DataFrame:
        """See ``Engine.collect``."""
        return framed(self._con.to_pyarrow(table), by)

    def close(self) -> None:
        """See ``Engine.close``."""
        self._con.disconnect()
        self._folder.cleanup()

    def _temporary(self) -> Path:
        return Path(self._folder.name) / f"{next(self._numbers)}.parquet"

    def _mapped(self, table: ibis.Table, step: BatchFunction) -> Iterator[pa.RecordBatch]:
        # Ibis 12 asks DuckDB for batches under a name that DuckDB 2 no longer has.
        batches = self._con.con.sql(self._con.compile(table)).to_arrow_reader(BATCH_ROWS)
        if self._workers == 1:
            yield from map(step, batches)
        else:
            yield from _in_processes(step, batches, self._workers)


def _in_processes(
    step: BatchFunction, batches: Iterator[pa.RecordBatch], workers: int
) -> Iterator[pa.RecordBatch]:
    """``map(step, batches)`` in further processes, in order, few batches under way at a time."""
    waiting: deque[Future[pa.RecordBatch]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for batch in batches:
            waiting.append(pool.submit(step, batch))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def local(threads: int = 2, memory: str = "1GB", workers: int = 1) -> LocalEngine:
    """DuckDB with so many threads and at most this memory of its own; the rest spills to disk.

    ``workers`` above 1 runs Python steps in so many further processes; their functions must
    then be importable by name.
    """
    return LocalEngine(threads, memory, workers)
