"""``make bench``: measure, print, and keep the results in docs/benchmarks*.md."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import time
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import beside, count, machine, room, section, talk
from tests.bench.page import page, row
from tests.house import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
ROOM = ROOT / "docs" / "benchmarks-room.md"
TALK = ROOT / "docs" / "benchmarks-talk.md"
_TALK_HEAD = """\
# Benchmarks of the talk wing

Written by `make bench`; do not edit. Measured on {date}, on

{machine}

Posts are made up, with seeds; nobody in them exists. Each run is a process of its own; *seconds* are wall
clock, *processor* is the time all cores worked for it, *peak* the largest resident memory in 10⁹ bytes.
Where the load is well above 0 at the beginning, other work shared the cores: the seconds are then too high,
for us and for others alike, and the ratios rough.
"""


def main() -> int:
    """Run every measurement; 1 where a promise was not kept."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--date", type=dt.date.fromisoformat, default=dt.date.today())
    asked.add_argument(
        "--no-page", action="store_true", help="only print, keep the pages as they are"
    )
    asked.add_argument("--room", default="", help="a folder that keeps the room of a million forms")
    only = asked.add_mutually_exclusive_group()
    only.add_argument("--room-only", action="store_true", help="measure only the room")
    only.add_argument("--talk-only", action="store_true", help="measure only the talk wing")
    asked.add_argument(
        "--quick", action="store_true", help="the talk wing alone, on few posts; keeps no page"
    )
    options = asked.parse_args()
    described = machine.described()
    print("\n".join(described))
    broken = []
    if not (options.room_only or options.talk_only or options.quick):
        broken += _count(options, described)
    if not options.room_only:
        broken += _talk(options, described)
    if not (options.talk_only or options.quick):
        broken += _room(options, described)
    print("\n".join(broken) if broken else "Every promise was kept.")
    return 1 if broken else 0


def _count(options: argparse.Namespace, described: list[str]) -> list[str]:
    print(row("files", "forms", *count.STEPS, "total s", "cpu s", "peak GB"), flush=True)
    done = []
    for run in count.runs():
        done.append(run)
        seconds = [f"{run.result['seconds'][s]:.2f}" for s in count.STEPS]
        worked = f"{run.result['processor']:.2f}"
        figures = (f"{run.seconds:.2f}", worked, f"{run.gigabytes:.2f}")
        print(row(run.kind, f"{run.result['forms']:,}", *seconds, *figures), flush=True)
    _keep(PAGE, page(done, described, options.date), options)
    return [b for run in done for b in run.broken()]


def _talk(options: argparse.Namespace, described: list[str]) -> list[str]:
    done = []
    begun = time.monotonic()
    with TemporaryDirectory(prefix="rukun-bench-") as folder:
        stuff = talk.Material(Path(folder), talk.QUICK if options.quick else talk.Size())
        for one in chain(talk.sections(stuff), beside.sections(stuff)):
            print(one.printed(), flush=True)
            done.append(one)
    minutes = (time.monotonic() - begun) / 60
    after = f"load average {os.getloadavg()[0]:.1f} at the end, after {minutes:.0f} minutes"
    text = section.page(_TALK_HEAD, done, described, after, options.date)
    if not options.quick:
        _keep(TALK, text, options)
    return [b for one in done for b in one.broken]


def _room(options: argparse.Namespace, described: list[str]) -> list[str]:
    print("the room with a million forms (some minutes) …", flush=True)
    result = room.measured(folder=options.room)
    for name, took in result["pages"].items():
        print(f"{name:24}{took['median']:9.1f}{took['p95']:9.1f} ms", flush=True)
    _keep(ROOM, room.page(result, described, options.date), options)
    return room.broken(result)


def _keep(path: Path, text: str, options: argparse.Namespace) -> None:
    if not options.no_page:
        path.write_text(text, encoding="utf-8")
        print(f"Kept in {path.relative_to(ROOT)}.")


if __name__ == "__main__":
    sys.exit(main())
