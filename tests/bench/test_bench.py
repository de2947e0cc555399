"""The benchmark itself, on a small election: it measures every step and tells a broken promise."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.bench import machine, room
from tests.bench.count import PROMISED, STATIONS, STEPS, Run, largest_step, measured
from tests.bench.page import page


def _run(kind: str, seconds: float, gigabytes: float, stations: int = STATIONS) -> Run:
    steps = dict.fromkeys(STEPS, seconds / 16) | {"read": seconds / 2}
    result = {
        "seconds": steps,
        "total": seconds,
        "processor": 2 * seconds,
        "peak_bytes": gigabytes * 1e9,
        "forms": 10,
    }
    return Run(kind, stations, result)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_every_step_is_measured_in_a_process_of_its_own(kind):
    run = measured(kind, 60, repeats=1)
    assert set(run.result["seconds"]) == set(STEPS)
    assert 0 < sum(run.result["seconds"].values()) <= run.seconds
    assert run.result["tps_in"] == 60
    assert 120 < run.result["forms"] <= 180
    assert 0.02 < run.gigabytes < 1


def test_a_promise_is_broken_above_its_limit_and_kept_at_it():
    seconds, gigabytes = PROMISED["parquet"]
    assert _run("parquet", seconds, gigabytes).broken() == []
    assert len(_run("parquet", seconds + 1, gigabytes).broken()) == 1
    assert len(_run("parquet", seconds + 1, gigabytes + 1).broken()) == 2
    assert _run("parquet", seconds + 1, gigabytes, stations=10).broken() == []


def test_the_page_names_the_machine_the_date_and_what_dominates():
    runs = [_run("parquet", 8, 2), _run("csv", 20, 2), *(_run("parquet", n, 1, 9) for n in (1, 4))]
    text = page(runs, machine.described(), dt.date(2024, 11, 28))
    assert "2024-11-28" in text
    assert machine.described()[0] in text
    assert "the largest part of the time (50 %) goes into reading the files" in text
    assert "4.0 times as long" in text
    assert largest_step(runs[0]) == ("read", 0.5)


def test_a_page_that_takes_too_long_is_told():
    pages = {"overview": {"median": 20.0, "p95": 149.0}, "findings": {"median": 90.0, "p95": 151.0}}
    assert room.broken({"pages": pages}) == [
        "findings: 151 ms at the 95th percentile, promised 150 ms"
    ]
