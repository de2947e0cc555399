"""The engines that a test body runs on; a test file of any wing can take ``ENGINES``."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rukun.engine import Engine, engine

_NO_SPARK = next(
    (
        reason
        for missing, reason in (
            (importlib.util.find_spec("pyspark") is None, "pyspark is not installed"),
            (shutil.which("java") is None, "Spark needs a Java runtime"),
        )
        if missing
    ),
    "",
)

#: For ``pytest.mark.parametrize``: every engine, Spark skipped where it cannot run.
ENGINES = [
    "local",
    pytest.param("spark", marks=pytest.mark.skipif(bool(_NO_SPARK), reason=_NO_SPARK)),
]


@contextmanager
def opened(name: str) -> Iterator[Engine]:
    """An engine that is closed again."""
    made = engine(name)
    try:
        yield made
    finally:
        made.close()
