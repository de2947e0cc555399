"""The count at national size and its growth, each run in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.house import ROOT

STATIONS: Final = 435_000
SOURCES: Final = 3
#: Forms of the smaller runs; the largest run is the national one.
GROWTH: Final = (1_000, 10_000, 100_000, 1_000_000)
STEPS: Final = ("start", "frame", "read", "versions", "check", "compare", "tally", "outlook")
REPEATS: Final = 3
#: Largest seconds and gigabytes promised for the national run.
PROMISED: Final = {"parquet": (15.0, 3.0), "csv": (60.0, None)}


@dataclass(frozen=True)
class Run:
    """One measured run: ``kind`` of file, and what ``steps`` printed."""

    kind: str
    stations: int
    result: dict[str, Any]

    @property
    def seconds(self) -> float:
        """The whole process, from its first line to its last."""
        return float(self.result["total"])

    @property
    def gigabytes(self) -> float:
        """Largest resident memory, in 10⁹ bytes."""
        return float(self.result["peak_bytes"]) / 1e9

    def broken(self) -> list[str]:
        """What was promised of this run and not kept."""
        if self.stations != STATIONS:
            return []
        most_seconds, most_memory = PROMISED[self.kind]
        out = []
        if self.seconds > most_seconds:
            out.append(f"{self.kind}: {self.seconds:.1f} s, promised {most_seconds:.0f} s")
        if most_memory and self.gigabytes > most_memory:
            out.append(f"{self.kind}: {self.gigabytes:.2f} GB, promised {most_memory:.0f} GB")
        return out


def runs() -> Iterator[Run]:
    """The national runs from Parquet and CSV, then the growth from Parquet."""
    for kind in ("parquet", "csv"):
        yield measured(kind, STATIONS)
    for forms in GROWTH:
        yield measured("parquet", forms // SOURCES)


def measured(kind: str, stations: int, repeats: int = REPEATS) -> Run:
    """Make an election of so many stations and measure the count on it: the quickest of some
    runs, for other work on the machine can only add to the time."""
    with TemporaryDirectory(prefix="rukun-bench-") as folder:
        size = ["--stations", str(stations), "--sources", str(SOURCES)]
        csv = ["--csv"] if kind == "csv" else []
        _python("-m", "rukun.cli", "exercise", "national", "--out", folder, *size, *csv)
        results = [json.loads(_python("-m", "tests.bench.steps", folder)) for _ in range(repeats)]
    return Run(kind, stations, min(results, key=lambda r: r["total"]))


def _python(*arguments: str) -> str:
    """What a process of its own prints."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def largest_step(run: Run) -> tuple[str, float]:
    """The step that takes most of a run, and its share."""
    seconds = run.result["seconds"]
    name = max(STEPS, key=lambda s: seconds[s])
    return name, seconds[name] / run.seconds
