"""The measurement of the talk wing itself: its arithmetic, its promises, and its files."""

from __future__ import annotations

import datetime as dt
import sys

import pytest

from rukun.talk.readers import read_posts
from tests.bench import section, talk
from tests.bench.apart import Done, quickest, within
from tests.bench.coordination import Run
from tests.bench.files import FAMILIES, written
from tests.bench.section import Section, share, times
from tests.talk.readers.reading import KEY

KEPT = Done(20.0, 30.0, 2.0)


def test_a_promise_on_narratives_is_broken_above_its_limit_and_kept_at_it():
    assert talk.broken_narratives(1_000_000, KEPT, 0.99) == []
    assert len(talk.broken_narratives(1_000_000, KEPT, 0.9899)) == 1
    assert len(talk.broken_narratives(1_000_000, Done(20.1, 1, 2.1), 0.99)) == 2
    assert talk.broken_narratives(999_999, Done(20.1, 1, 2.1), 0.99) == []


def test_a_promise_on_the_screen_is_broken_beyond_its_limit():
    assert talk.broken_screen(2_000, 0.49, 1_000_000) == []
    assert len(talk.broken_screen(1_999, 0.5, 1_000_001)) == 3


def test_the_worst_run_of_a_case_stands_for_it():
    runs = [
        Run(100, "and fans", 1, 3.0, 0.99, 0.90, 1),
        Run(100, "and fans", 2, 2.0, 0.97, 0.95, 2),
        Run(100, "nothing planted", 1, 1.0, None, None, 0),
    ]
    assert list(talk.worst(runs)) == [
        ("100", "and fans", "2", "3.0", "0.970", "0.900", "2", "0.95, 0.85"),
        ("100", "nothing planted", "1", "1.0", "–", "–", "0", "none wrong"),
    ]


def test_the_quickest_run_counts():
    assert quickest([Done(2.0, 1, 1), Done(1.0, 9, 1), Done(3.0, 1, 1)]).seconds == 1.0


@pytest.mark.parametrize("name", FAMILIES)
def test_a_large_file_of_each_family_holds_as_many_different_posts(name, tmp_path):
    read = read_posts(written(name, 25, tmp_path), KEY)
    assert read.problems == []
    posts = 2 * 25 if name == "YouTube comments" else 25
    assert read.posts["post_id"].n_unique() == posts
    assert read.posts["account"].n_unique() == 3
    assert read.format == FAMILIES[name].code


def test_what_a_process_tells_is_read_and_what_stops_it_is_said():
    line = 'print(\'{"seconds": 2, "processor": 3, "peak_bytes": 5e8, "n": 7}\')'
    assert within(20, (sys.executable, "-c", line)) == Done(2, 3, 0.5, {"n": 7})
    assert within(20, (sys.executable, "-c", "raise SystemExit('no')")) == "failed (no)"
    assert within(0.1, (sys.executable, "-c", "import time; time.sleep(9)")).startswith("not fin")
    assert within(1, ("there-is-no-such-tool",)).startswith("failed (No such file")


@pytest.mark.parametrize(
    ("slow", "quick", "said"),
    [(24.0, 2.0, "12 ×"), (2.8, 2.0, "1.4 ×"), (1.0, 4.0, "0.25 ×"), (1.0, 0.0, "–")],
)
def test_a_ratio_is_said_as_closely_as_it_is_known(slow, quick, said):
    assert times(slow, quick) == said


def test_a_share_is_never_rounded_up_to_all():
    assert (share(9_999, 10_000), share(3, 3), share(0, 0)) == ("0.999", "1.000", "–")


def test_the_page_has_the_table_the_machine_and_the_notes():
    one = Section("Screen", "How.", ("a", "b"), [("1", "2")], ["A note."])
    text = section.page("{date}\n{machine}\n", [one], ["two cores"], "load", dt.date(2024, 11, 28))
    assert text == (
        "2024-11-28\n- two cores\n- load\n\n## Screen\n\nHow.\n\n"
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n\nA note.\n"
    )
    assert "A note." in one.printed() and "1  2" in one.printed()
    assert "|" not in Section("Beside", "Not measured.", (), ()).markdown()
