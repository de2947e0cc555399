"""The machine a measurement was made on, in words."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import numpy as np
import polars as pl


def described() -> list[str]:
    """One line each: processor, cores, memory, system and versions."""
    return [
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores",
        f"{_memory() / 2**30:.0f} GiB of memory",
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"Polars {pl.__version__}, NumPy {np.__version__}",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "processor not named"


def _memory() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
