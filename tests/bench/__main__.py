"""``make bench``: measure, print, and keep the results in docs/benchmarks*.md."""

from __future__ import annotations

import argparse
import datetime as dt
import sys

from tests.bench import count, machine, room
from tests.bench.page import page, row
from tests.house import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
ROOM = ROOT / "docs" / "benchmarks-room.md"


def main() -> int:
    """Run every measurement; 1 where a promise was not kept."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--date", type=dt.date.fromisoformat, default=dt.date.today())
    asked.add_argument("--no-page", action="store_true", help="only print, keep the page as it is")
    options = asked.parse_args()
    described = machine.described()
    print("\n".join(described))
    print(row("files", "forms", *count.STEPS, "total s", "cpu s", "peak GB"), flush=True)
    done = []
    for run in count.runs():
        done.append(run)
        seconds = [f"{run.result['seconds'][s]:.2f}" for s in count.STEPS]
        worked = f"{run.result['processor']:.2f}"
        figures = (f"{run.seconds:.2f}", worked, f"{run.gigabytes:.2f}")
        print(row(run.kind, f"{run.result['forms']:,}", *seconds, *figures), flush=True)
    if not options.no_page:
        PAGE.write_text(page(done, described, options.date), encoding="utf-8")
        print(f"Kept in {PAGE.relative_to(ROOT)}.")
    print("the room with a million forms (some minutes) …", flush=True)
    asked_pages = room.measured()
    for name, took in asked_pages["pages"].items():
        print(f"{name:24}{took['median']:9.1f}{took['p95']:9.1f} ms", flush=True)
    if not options.no_page:
        ROOM.write_text(room.page(asked_pages, described, options.date), encoding="utf-8")
        print(f"Kept in {ROOM.relative_to(ROOT)}.")
    broken = [b for run in done for b in run.broken()] + room.broken(asked_pages)
    print("\n".join(broken) if broken else "Every promise was kept.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
