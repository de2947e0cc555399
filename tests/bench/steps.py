"""One measured run in a process of its own: ``python -m tests.bench.steps FOLDER``.

Prints JSON: seconds of each step, the largest resident memory, and what was found.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

START = perf_counter()

import polars as pl  # noqa: E402

from rukun.count import compare, outlook, tally  # noqa: E402
from rukun.count.readers import read_forms  # noqa: E402
from rukun.count.rules import check  # noqa: E402
from rukun.count.versions import in_force, merge  # noqa: E402
from rukun.frame import Frame, read_frame  # noqa: E402
from tests.bench.others.gauge import peak_bytes  # noqa: E402


def main(folder: Path) -> None:
    """Measure read, versions, check, compare, tally and outlook on a folder and print the result."""
    seconds = {"start": perf_counter() - START}
    frame = _timed(seconds, "frame", lambda: read_frame(folder))
    readings = _timed(seconds, "read", lambda: _read(folder / "forms", frame))
    forms = _timed(seconds, "versions", lambda: _in_force(readings))
    findings = _timed(seconds, "check", lambda: check(forms, frame))
    compared = _timed(seconds, "compare", lambda: compare(forms, frame))
    sums = _timed(seconds, "tally", lambda: tally(forms, frame))
    outlooks = _timed(seconds, "outlook", lambda: outlook(forms, frame, compared.states))
    used = resource.getrusage(resource.RUSAGE_SELF)
    result = {
        "seconds": seconds,
        "total": perf_counter() - START,
        "processor": used.ru_utime + used.ru_stime,
        "peak_bytes": peak_bytes(),
        "forms": forms.height,
        "findings": findings.height + compared.findings.height,
        "sums": sums.height,
        "tps_in": outlooks.item(0, "tps_in"),
    }
    print(json.dumps(result))


def _timed(seconds: dict[str, float], name: str, step: Callable[[], Any]) -> Any:
    begun = perf_counter()
    out = step()
    seconds[name] = perf_counter() - begun
    return out


def _read(folder: Path, frame: Frame) -> list[pl.DataFrame]:
    parts = []
    for path in sorted(folder.iterdir()):
        reading = read_forms(path, frame)
        if reading.problems:
            raise SystemExit(f"{reading.problems[0]}")
        parts.append(reading.forms)
    return parts


def _in_force(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """As the command line does: each file is merged with those before it."""
    stored = parts[0].clear()
    while parts:
        stored = pl.concat([stored, merge(stored, parts.pop(0)).new])
    return in_force(stored)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
