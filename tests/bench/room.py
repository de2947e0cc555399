"""docs/benchmarks-room.md: the pages of the room with a million stored forms."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tests.bench.site import REQUESTS, STATIONS

#: Server time of a page in milliseconds, 95th percentile.
PROMISED = 150.0
_HEAD = """\
# Benchmarks of the room

Written by `make bench`; do not edit. Measured on {date}, on

{machine}

{stations:,} stations with three sources each ({forms:,} forms) were stored in one go in a SQLite
database: {seconds:.0f} s with everything that is worked out from them, {size:.1f} GB on disk. Then each
page was asked for {requests} times, at places drawn from a seed, signed out, in Indonesian, through
the whole site but the network. Milliseconds of server time; promised: the 95th percentile below
{promised:.0f} ms.

| page | median | 95th percentile |
| --- | --- | --- |
"""


def measured(stations: int = STATIONS, folder: str = "") -> dict[str, Any]:
    """Run ``tests.bench.site`` in a process of its own; ``folder`` keeps its room."""
    command = [sys.executable, "-m", "tests.bench.site", str(stations), *filter(None, [folder])]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def broken(result: dict[str, Any]) -> list[str]:
    """The pages that took longer than promised, in words."""
    return [
        f"{name}: {took['p95']:.0f} ms at the 95th percentile, promised {PROMISED:.0f} ms"
        for name, took in result["pages"].items()
        if took["p95"] > PROMISED
    ]


def page(result: dict[str, Any], machine: Sequence[str], date: dt.date) -> str:
    """The page of a result."""
    head = _HEAD.format(
        date=date,
        machine="\n".join(f"- {m}" for m in machine),
        stations=result["stations"],
        forms=result["forms"],
        seconds=result["seconds"],
        size=result["bytes"] / 1e9,
        requests=REQUESTS,
        promised=PROMISED,
    )
    rows = [f"| {n} | {t['median']:.0f} | {t['p95']:.0f} |" for n, t in result["pages"].items()]
    return head + "\n".join(rows) + "\n"
