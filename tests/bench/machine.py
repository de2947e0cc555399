"""The machine a measurement was made on, in words."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import numpy as np
import polars as pl


def described() -> list[str]:
    """One line each: processor and cores, memory, versions, and what else it was doing."""
    return [
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores",
        f"{_memory() / 2**30:.0f} GiB of memory",
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"Polars {pl.__version__}, NumPy {np.__version__}",
        f"load average {os.getloadavg()[0]:.1f} (work on or waiting for a core) at the beginning",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "processor not named"


def _memory() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
