"""docs/benchmarks.md from measured runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from tests.bench.count import GROWTH, PROMISED, REPEATS, SOURCES, STATIONS, STEPS, Run, largest_step

_HEAD = """\
# Benchmarks

Written by `make bench`; do not edit. Measured on {date}, on

{machine}

One election of national size, made by `rukun exercise national`: {stations:,} stations,
{sources} sources, one contest, every figure of every form stated, 5.8 % of the forms with an error. Each run
is a process of its own, the quickest of {repeats}; *start* is the import of the libraries, *frame*
reads the places, *read* the forms with every check of the reader, *versions* tells new versions
from known ones, then come the four functions of `rukun.count`. Seconds are wall clock;
*processor* is the time both cores worked for it, and *peak* the largest resident memory, in 10⁹
bytes.
"""
_STEP_OF = {
    "start": "the start of the program",
    "frame": "reading the places",
    "read": "reading the files",
    "versions": "telling versions apart",
    "check": "the rules",
    "compare": "the comparison of sources",
    "tally": "the sums",
    "outlook": "the outlook",
}


def row(*cells: str) -> str:
    """One line of the printed table."""
    return "".join(f"{cell:>11}" for cell in cells)


def page(runs: Sequence[Run], machine: Sequence[str], date: dt.date) -> str:
    """The page: national runs, growth, and what dominates."""
    national = [r for r in runs if r.stations == STATIONS]
    growth = [r for r in runs if r.stations != STATIONS]
    head = _HEAD.format(
        date=date,
        machine="\n".join(f"- {m}" for m in machine),
        stations=STATIONS,
        sources=SOURCES,
        repeats=REPEATS,
    )
    return "\n".join(
        [
            head,
            "## National size",
            "",
            *_national(national),
            "",
            "## Growth",
            "",
            *_growth(growth),
            "",
        ]
    )


def _national(runs: Sequence[Run]) -> list[str]:
    lines = _line("files", "forms", *STEPS, "**total**", "processor", "peak", "promised")
    out = [lines, _line(*["---"] * (len(STEPS) + 6))]
    for run in runs:
        seconds, memory = PROMISED[run.kind]
        limit = f"{seconds:.0f} s" + (f", {memory:.0f} GB" if memory else "")
        out.append(_measured(run, limit))
    out += ["", *(_dominant(run) for run in runs)]
    return out


def _growth(runs: Sequence[Run]) -> list[str]:
    out = [
        f"From Parquet, {GROWTH[0]:,} to {GROWTH[-1]:,} forms.",
        "",
        _line("files", "forms", *STEPS, "**total**", "processor", "peak", "µs a form"),
        _line(*["---"] * (len(STEPS) + 6)),
    ]
    for run in runs:
        work = run.seconds - run.result["seconds"]["start"]
        out.append(_measured(run, f"{1e6 * work / run.result['forms']:.1f}"))
    return [*out, "", *_grown(runs)]


def _grown(runs: Sequence[Run]) -> list[str]:
    """How much longer ten times the forms take, from the smallest run up."""
    out = []
    for small, large in pairwise(runs):
        times = large.result["forms"] / small.result["forms"]
        longer = large.seconds / small.seconds
        out.append(
            f"- {small.result['forms']:,} to {large.result['forms']:,} forms: {times:.0f} times the "
            f"forms, {longer:.1f} times as long."
        )
    words = (
        "How many times as long so many times the forms take, the start of the program included:"
    )
    return [words, "", *out]


def _measured(run: Run, last: str) -> str:
    seconds = [f"{run.result['seconds'][s]:.2f}" for s in STEPS]
    total, peak = f"**{run.seconds:.1f} s**", f"{run.gigabytes:.2f} GB"
    worked = f"{run.result['processor']:.1f} s"
    return _line(run.kind, f"{run.result['forms']:,}", *seconds, total, worked, peak, last)


def _dominant(run: Run) -> str:
    step, share = largest_step(run)
    return f"From {run.kind}, the largest part of the time ({100 * share:.0f} %) goes into {_STEP_OF[step]}."


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
