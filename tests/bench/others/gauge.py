"""Seconds, processor time and peak memory of a piece of work.

Used by every measured process, ours and those of other tools: it needs Python itself and no more.
"""

from __future__ import annotations

import json
import resource
from pathlib import Path
from time import perf_counter
from typing import Any


def begun() -> tuple[float, float]:
    """Where the clocks stand."""
    return perf_counter(), _processor()


def taken(since: tuple[float, float]) -> dict[str, float]:
    """Seconds by the clock on the wall, and seconds of all processors together."""
    return {"seconds": perf_counter() - since[0], "processor": _processor() - since[1]}


def tell(**found: Any) -> None:
    """Print what was found as JSON, with the peak memory; the last line of a measured process."""
    print(json.dumps({"peak_bytes": peak_bytes(), **found}))


def peak_bytes() -> int:
    """The largest resident memory of this program in bytes.

    Linux counts ``ru_maxrss`` on from the process that started this one; ``VmHWM`` starts anew.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(n for n in status.read_text().splitlines() if n.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def largest_child_bytes() -> int:
    """The largest resident memory of one of the processes that this one started and that ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _processor() -> float:
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)
