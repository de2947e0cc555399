"""The engine of a cluster: the same Ibis expressions on Spark, Python steps by ``mapInArrow``.

Needs ``rukun[spark]`` and a Java runtime. Python steps run on the workers under the interpreter
of this process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import ibis
import polars as pl
import pyarrow as pa

from rukun.engine.protocol import BatchFunction, Paths, as_list, checked, framed, unreadable
from rukun.errors import UserError

try:
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.pandas.types import from_arrow_schema
except ImportError as err:
    raise UserError(
        "engine-spark",
        "Spark is not installed.",
        "Install rukun[spark] and a Java runtime, or use the engine “local”.",
    ) from err


class SparkEngine:
    """Spark behind the protocol. Made by ``spark``; closes at the end of a ``with`` block."""

    name = "spark"

    def __init__(self, session: SparkSession, own: bool) -> None:
        self._session, self._own = session, own
        self._con = ibis.pyspark.connect(session)
        self._numbers = count()

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, paths: Paths) -> ibis.Table:
        """See ``Engine.read``."""
        listed = as_list(paths)
        try:
            frame = self._session.read.option("mergeSchema", "true").parquet(*listed)
        except (PySparkException, Py4JJavaError) as err:
            raise unreadable(listed, getattr(err, "java_exception", err)) from err
        return self._table(frame)

    def load(self, rows: pl.DataFrame) -> ibis.Table:
        """See ``Engine.load``. Sent as Arrow, so that the workers need no file of this machine."""
        arrow = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
        return self._table(self._session.createDataFrame(arrow))

    def write(self, table: ibis.Table, path: str | Path) -> None:
        """See ``Engine.write``."""
        self._frame(table).write.mode("overwrite").parquet(str(path))

    def keep(self, table: ibis.Table) -> ibis.Table:
        """See ``Engine.keep``. Runs when the rows are first asked for."""
        return self._table(self._frame(table).cache())

    def map_batches(self, table: ibis.Table, fn: BatchFunction, schema: pa.Schema) -> ibis.Table:
        """See ``Engine.map_batches``. Runs on the workers, when the rows are asked for."""

        def step(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            return (checked(fn, schema, batch) for batch in batches)

        made = self._frame(table).mapInArrow(step, schema=from_arrow_schema(schema))
        return self._table(made)

    def collect(self, table: ibis.Table, by: Sequence[str] = ()) -> pl.DataFrame:
        """See ``Engine.collect``."""
        return framed(self._frame(table).toArrow(), by)

    def close(self) -> None:
        """See ``Engine.close``. A session that was handed in stays open."""
        if self._own:
            self._session.stop()

    def _frame(self, table: ibis.Table) -> DataFrame:
        return self._session.sql(self._con.compile(table))

    def _table(self, frame: DataFrame) -> ibis.Table:
        name = f"rukun_{id(self):x}_{next(self._numbers)}"
        frame.createOrReplaceTempView(name)
        return self._con.table(name)


def spark(session: SparkSession | None = None) -> SparkEngine:
    """Spark on this session; without one, on a session of its own that uses this machine."""
    return SparkEngine(session or _session(), own=session is None)


def _session() -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "65536",
    }
    return SparkSession.builder.appName("rukun").config(map=settings).getOrCreate()
