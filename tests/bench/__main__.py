"""``make bench``: measure, print, and keep the results in docs/benchmarks*.md."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from tests.bench import count, machine, room
from tests.bench.page import page, row
from tests.house import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
ROOM = ROOT / "docs" / "benchmarks-room.md"


def main() -> int:
    """Run every measurement; 1 where a promise was not kept."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--date", type=dt.date.fromisoformat, default=dt.date.today())
    asked.add_argument(
        "--no-page", action="store_true", help="only print, keep the pages as they are"
    )
    asked.add_argument("--room", default="", help="a folder that keeps the room of a million forms")
    asked.add_argument("--room-only", action="store_true", help="measure only the room")
    options = asked.parse_args()
    described = machine.described()
    print("\n".join(described))
    broken = [] if options.room_only else _count(options, described)
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
