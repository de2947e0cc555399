"""What is counted: objects, meetings inside the window, and what chance would give, by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import polars as pl
import pytest

from rukun.engine import Engine, local
from rukun.talk.coordination.acts import acts
from rukun.talk.coordination.counting import Counted, counted
from rukun.talk.coordination.expecting import expected
from rukun.talk.coordination.settings import KINDS, Settings
from rukun.talk.coordination.together import meetings, numbered
from tests.engine.engines import ENGINES, opened

from .acting import posts, reposts

SENTENCE = "surat suara di tps kami sudah dihitung dua kali"


@pytest.fixture(scope="module")
def engine():
    with local() as made:
        yield made


def _acts(engine: Engine, table: pl.DataFrame) -> pl.DataFrame:
    return engine.collect(acts(engine.load(table), None, 8), by=["kind", "object", "post"])


def _counted(engine: Engine, table: pl.DataFrame, **settings) -> Counted:
    shared = engine.keep(numbered(acts(engine.load(table), None, 8)))
    return counted(engine, shared, Settings(**settings))


def _objects(table: pl.DataFrame) -> set[tuple[str, str, str]]:
    return {(KINDS[k], o, s) for k, o, s in table.select("kind", "object", "source").iter_rows()}


def test_a_post_becomes_an_act_for_each_of_its_objects(engine):
    table = posts(
        [
            ("akun-A", 0, {"text": SENTENCE.upper() + "!", "links": ["https://a.example/1/"]}),
            ("akun-B", 5, {"text": SENTENCE, "links": ["https://a.example/1?utm_source=x"]}),
            ("akun-C", 9, {"reply_to": "x:0"}),
            ("akun-D", 9, {"repost_of": "x:1", "text": SENTENCE}),
            ("akun-D", 11, {"repost_of": "x:99"}),
        ]
    )
    assert _objects(_acts(engine, table)) == {
        ("text", SENTENCE, "akun-A"),
        ("link", "https://a.example/1", "a.example"),
        ("reply", "x:0", "akun-A"),
        ("repost", "x:1", "akun-B"),
        ("repost", "x:99", "?"),
    }


def test_an_empty_link_a_short_text_and_a_post_without_account_or_time_are_no_objects(engine):
    table = posts(
        [
            ("akun-A", 0, {"links": ["", " ", "#top"]}),
            ("akun-B", 0, {"text": "mantap sekali pak"}),
            (None, 0, {"repost_of": "x:0"}),
            ("akun-B", 0, {"repost_of": ""}),
        ]
    )
    table = pl.concat([table, posts(reposts("akun-C", ("x:0", 1))).with_columns(posted_at=None)])
    assert _acts(engine, table).is_empty()


def test_clusters_say_which_posts_carry_the_same_text(engine):
    table = posts([("akun-A", 3, {"text": "satu"}), ("akun-B", 1, {"text": "dua"})])
    told = pl.DataFrame({"post_id": ["x:0", "x:1"], "cluster": [7, 7]})
    found = engine.collect(acts(engine.load(table), engine.load(told), 8))
    assert _objects(found) == {("text", "7", "akun-B")}


def test_expected_is_k_times_k_times_twice_the_meetings_over_all_objects_squared(engine):
    """A and B repost three posts within seconds; C one of them later. M = 3 + 3 + 1, C = 3."""
    table = posts(
        [
            *reposts("akun-A", ("x:a", 0), ("x:b", 1000), ("x:c", 2000)),
            *reposts("akun-B", ("x:a", 4), ("x:b", 1060), ("x:c", 1950)),
            *reposts("akun-C", ("x:a", 500)),
        ]
    )
    counts = _counted(engine, table)
    assert counts.pairs.select("objects", "seen", "repost", "close").row(0) == (3, 3, 3, 1)
    rate, ways = expected(counts)
    assert rate.tolist() == pytest.approx([3 * 3 * 2 * 3 / 7**2])
    assert ways == 1
    assert counts.accounts == 3


def test_kinds_are_summed(engine):
    links = [{"links": [f"https://{i}.example/x"]} for i in range(3)]
    table = posts(
        [
            *reposts("akun-A", ("x:a", 0), ("x:b", 1000), ("x:c", 2000)),
            *reposts("akun-B", ("x:a", 4), ("x:b", 1004), ("x:c", 2004)),
            *(("akun-A", 3000 + 500 * i, more) for i, more in enumerate(links)),
            *(("akun-B", 3001 + 500 * i, more) for i, more in enumerate(links[:2])),
        ]
    )
    counts = _counted(engine, table)
    assert counts.pairs.select("repost", "link", "seen", "sources").row(0) == (3, 2, 5, 3)
    assert expected(counts)[0].tolist() == pytest.approx([9 * 6 / 36 + 3 * 2 * 4 / 25])


def _with_popular(k: int, taken: list[int]) -> Counted:
    """Two accounts with k of M = 100 objects; on popular object 7, 245 of 1225 pairs met; on all
    the others together there were 10 meetings."""
    return Counted(
        each=None,
        pairs=pl.DataFrame({"a": [1], "b": [2]}),
        held=pl.DataFrame({"who": [1, 2], "kind": [2, 2], "k": [k, k]}),
        kinds=pl.DataFrame({"kind": [2], "total": [100], "met": [10.0]}),
        popular=pl.DataFrame({"what": [7], "kind": [2], "sharers": [50], "met": [245.0]}),
        taken=pl.DataFrame(
            {"who": taken, "what": [7] * len(taken)},
            schema=dict.fromkeys(("who", "what"), pl.Int64),
        ),
        accounts=60,
    )


def test_a_popular_object_adds_the_chance_that_both_reach_it_and_meet():
    reach = 1 - math.exp(-1 * 50 / 100)
    rate, ways = expected(_with_popular(1, [1, 2]))
    assert rate.tolist() == pytest.approx([1 * 2 * 10 / 1e4 + reach**2 * 0.2])
    assert ways == 2


@pytest.mark.parametrize("taken", [[], [1], [2]])
def test_a_popular_object_that_one_of_two_left_alone_adds_nothing(taken):
    assert expected(_with_popular(9, taken))[0].tolist() == pytest.approx([81 * 20 / 1e4])


def test_a_popular_object_never_adds_more_than_the_chance_of_two_who_are_there():
    rate, _ = expected(_with_popular(90, [1, 2]))
    assert rate.item() - 8100 * 20 / 1e4 == pytest.approx(0.2, rel=1e-3)
    assert rate.item() - 8100 * 20 / 1e4 < 0.2


def test_popular_objects_are_told_from_the_others_by_their_sharers(engine):
    crowd = [r for i in range(20) for r in reposts(f"akun-{i}", ("x:a", 10.0 * i))]
    three = [("x:b", 500.0), ("x:c", 900.0), ("x:d", 1300.0)]
    both = [r for a in ("akun-1", "akun-2") for r in reposts(a, *three)]
    counts = _counted(engine, posts([*crowd, *both]), popular=20)
    assert counts.popular.select("sharers", "met").rows() == [(20, 6 * 20 - 21.0)]
    assert counts.kinds.select("total", "met").rows() == [(26, 3.0)]
    assert counts.taken.height == 2
    assert counts.pairs.select("objects").item() == 4
    rate, _ = expected(counts)
    by_presence = 16 * 2 * 3 / 26**2 + 2 * 99 / (20 * 19)
    by_activity = 16 * 2 * 3 / 26**2 + (1 - math.exp(-4 * 20 / 26)) ** 2 * 2 * 99 / (20 * 19)
    assert rate.item() == pytest.approx(min(by_presence, by_activity))


def test_a_source_that_both_usually_pick_up_is_not_fresh(engine):
    """Three posts of S by both (regulars); one of T by both; three of U by A alone, one by B."""
    own = [*[("akun-S", -9.0, {})] * 3, ("akun-T", -9.0, {}), *[("akun-U", -9.0, {})] * 3]
    times = [(f"x:{i}", 1000.0 * i) for i in range(7)]
    table = posts([*own, *reposts("akun-A", *times), *reposts("akun-B", *times[:5])])
    pairs = _counted(engine, table).pairs
    assert pairs.select("objects", "sources", "fresh", "top").row(0) == (5, 3, 2, 3)


def test_the_window_holds_sixty_seconds_and_not_a_millisecond_more(engine):
    three = [("x:a", 0.0), ("x:b", 1000.0), ("x:c", 2000.0)]
    at = {
        "akun-B": [(p, t + 60) for p, t in three],
        "akun-C": [(p, t + 120.001) for p, t in three],
    }
    table = posts([*reposts("akun-A", *three), *(r for a, x in at.items() for r in reposts(a, *x))])
    assert _counted(engine, table).pairs.select("a", "b").rows() == [(0, 1)]


def test_each_object_counts_once_per_pair_and_each_post_once(engine):
    many = [("akun-A", 1.0 * i, {"repost_of": "x:a"}) for i in range(5)]
    again = [("akun-B", 1.0 * i, {"repost_of": "x:a"}) for i in range(5)]
    assert _counted(engine, posts([*many, *again])).pairs.is_empty()
    five = {"links": [f"https://{i}.example/x" for i in range(5)]}
    once = _counted(engine, posts([("akun-A", 0, five), ("akun-B", 1, five)]))
    assert once.pairs.is_empty()


def test_acts_at_the_same_moment_are_one_meeting(engine):
    same = [(f"x:{i}", 1000.0 * i) for i in range(3)]
    counts = _counted(engine, posts([*reposts("akun-A", *same), *reposts("akun-B", *same)]))
    assert counts.pairs.select("objects", "close").row(0) == (3, 3)
    assert counts.kinds.rows() == [(KINDS.index("repost"), 6, 3.0)]


def _random(seed: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [
        (f"akun-{rng.integers(8)}", float(rng.integers(600)), {"repost_of": f"x:{rng.integers(5)}"})
        for _ in range(150)
    ]
    return posts(rows)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("seed", [1, 2])
def test_meetings_are_those_of_brute_force(name, seed):
    table = _random(seed)
    rows = table.select("account", "repost_of", "posted_at", "post_id").rows()
    window = dt.timedelta(seconds=30)
    brute = {
        (a[1], *sorted([(a[0], a[3]), (b[0], b[3])]))
        for i, a in enumerate(rows)
        for b in rows[:i]
        if a[0] != b[0] and a[1] == b[1] and abs(a[2] - b[2]) <= window
    }
    with opened(name) as engine:
        found = engine.collect(
            meetings(numbered(acts(engine.load(table), None, 8)), 30.0), by=["post_a", "post_b"]
        )
    told = found.select("object", "a", "post_a", "b", "post_b").rows()
    assert {(o, (a, p), (b, q)) for o, a, p, b, q in told} == brute
    assert len(told) == len(brute)


@pytest.mark.parametrize("seed", [3, 4])
def test_the_meetings_of_all_accounts_are_counted_without_joining_them(engine, seed):
    table = _random(seed)
    shared = engine.keep(numbered(acts(engine.load(table), None, 8)))
    joined = engine.collect(meetings(shared, 60.0)).height
    counts = counted(engine, shared, Settings())
    assert counts.kinds["met"].to_list() == [joined]
