"""Accounts that act together are found; crowds, fans and newsrooms are not taken for rings."""

from __future__ import annotations

import datetime as dt
import math
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from rukun.engine import local
from rukun.errors import UserError
from rukun.exercise.posts import ExercisePosts, make_posts
from rukun.exercise.posts_plan import Fans, Ring, Viral
from rukun.tables import conform
from rukun.talk.coordination import (
    EDGES,
    FANS,
    LIMITS,
    NOTICE,
    Coordination,
    Known,
    Settings,
    describe_edge,
    describe_ring,
    find,
    gexf,
    graphml,
)
from rukun.talk.coordination.settings import QUICK, QUICKEST
from tests.engine.engines import ENGINES, opened

from .acting import posts, reposts

RINGS = (Ring(8, 14, 6.0), Ring(7, 12, 10.0), Ring(9, 14, 8.0, sources="one"))
CROWDS = {"viral": (Viral(900, 5.0),), "fans": (Fans(40, 25), Fans(40, 25, quick=True))}
NUMBERS = [c.name for c in EDGES if c.dtype in (pl.Int64, pl.Boolean)]


@pytest.fixture(scope="module")
def engine():
    with local() as made:
        yield made


@pytest.fixture(scope="module")
def made() -> ExercisePosts:
    return make_posts(20_000, 21, 4, rings=RINGS, **CROWDS)


@pytest.fixture(scope="module")
def found(engine, made) -> Coordination:
    return find(engine, engine.load(made.posts))


def _accounts(edges: pl.DataFrame, verdict: str) -> set[str]:
    rows = edges.filter(pl.col("verdict") == verdict)
    return set(rows["a"]) | set(rows["b"])


def _planted(made: ExercisePosts, role: str) -> set[str]:
    return set(made.truth.filter(pl.col("role") == role)["account"])


def test_planted_rings_are_found_and_fans_are_not_among_them(made, found):
    strong, rings = _accounts(found.edges, "strong"), _planted(made, "ring")
    assert len(strong & rings) / len(strong) >= 0.97
    assert len(strong & rings) / len(rings) >= 0.85


def test_fans_are_shown_to_be_looked_at_with_their_one_source(made, found):
    fans = _planted(made, "fan")
    look = found.edges.filter(pl.col("verdict") == "look", pl.col("a").is_in(list(fans)))
    assert len(_accounts(look, "look") & fans) > 0.8 * len(fans)
    assert look["top_share"].mean() > 0.9


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_found_where_nothing_is_planted(engine, seed):
    clean = make_posts(20_000, 21, seed, clean=True)
    result = find(engine, engine.load(clean.posts))
    assert result.edges.is_empty() and result.rings.is_empty()
    assert result.accounts > 1_000


@pytest.mark.parametrize(
    "fans",
    [Fans(40, 36, favourites=12), Fans(40, 25, seconds=60.0), Fans(40, 25, quick=True, crowd=60)],
    ids=["of twelve favourites", "within a minute", "in a slower crowd"],
)
def test_fans_alone_are_never_called_a_strong_ring(engine, fans):
    loyal = make_posts(20_000, 21, 9, rings=(), viral=(), fans=(fans,))
    edges = find(engine, engine.load(loyal.posts)).edges
    assert edges.height > 100
    assert set(edges["verdict"]) == {"look"}


def test_a_post_shared_by_thousands_within_minutes_makes_no_ring(engine):
    viral = make_posts(20_000, 21, 8, rings=(), viral=(Viral(1_500, 3.0),) * 3)
    assert find(engine, engine.load(viral.posts)).edges.is_empty()


def test_tables_keep_their_schema_and_every_strong_pair_closes_a_triangle(found):
    assert conform(found.edges, EDGES, "edges").columns == [c.name for c in EDGES]
    strong = found.edges.filter(pl.col("verdict") == "strong")
    assert (strong["triangles"] >= 1).all() and strong["beyond"].all()
    assert strong.select(pl.any_horizontal("closer", "pooled", "spans").all()).item()
    assert (found.edges["wide"] >= found.edges["objects"]).all()
    assert (found.edges["objects"] >= found.edges["close"]).all()


def test_rings_have_members_density_and_evidence(made, found):
    strong = found.rings.filter(pl.col("verdict") == "strong")
    assert strong.height == 3
    of_ring = dict(made.truth.select("account", "plant").rows())
    for ring in strong.iter_rows(named=True):
        assert len({of_ring.get(a) for a in ring["accounts"]}) == 1
        assert ring["members"] == len(ring["accounts"]) >= 5
        assert 0.5 < ring["density"] <= 1
        assert ring["seen"] > 5 > ring["expected"]
        assert ring["first_at"] < ring["last_at"]
        assert ring["close_share"] > 0.7
    assert strong["sources"].min() <= 2 < strong["sources"].max()


def test_every_shared_act_behind_an_edge_is_listed(made, found):
    edge = found.edges.filter(pl.col("verdict") == "strong").row(0, named=True)
    listed = found.shared([edge["a"], edge["b"]])
    assert listed.height == edge["objects"]
    assert listed.group_by("kind").len().sort("kind").rows() == [
        (k, edge[k]) for k in ("link", "reply", "repost", "text") if edge[k]
    ]
    assert (listed["gap"] <= 60).all() and (listed["gap"] <= 10).sum() == edge["close"]
    account = dict(made.posts.select("post_id", "account").rows())
    at = dict(made.posts.select("post_id", pl.col("posted_at").dt.truncate("1ms")).rows())
    for row in listed.iter_rows(named=True):
        assert (account[row["post_a"]], account[row["post_b"]]) == (edge["a"], edge["b"])
        assert (at[row["post_a"]], at[row["post_b"]]) == (row["at_a"], row["at_b"])
        assert abs(row["at_a"] - row["at_b"]) == dt.timedelta(seconds=row["gap"])


def test_the_order_of_rows_changes_nothing(engine, made, found):
    mixed = made.posts.sample(fraction=1.0, shuffle=True, seed=7)
    again = find(engine, engine.load(mixed))
    assert again.edges.select(NUMBERS).equals(found.edges.select(NUMBERS))
    assert again.edges.select("a", "b", "ring").equals(found.edges.select("a", "b", "ring"))
    assert again.rings["accounts"].to_list() == found.rings["accounts"].to_list()


def test_a_shift_in_time_changes_nothing(engine, made, found):
    later = made.posts.with_columns(pl.col("posted_at") + dt.timedelta(hours=5, seconds=17.25))
    again = find(engine, engine.load(later))
    assert again.edges.select(NUMBERS).equals(found.edges.select(NUMBERS))


def test_other_aliases_change_nothing_but_the_names(engine, made, found):
    names = made.posts["account"].unique().sort()
    other = dict(zip(names, names.reverse(), strict=True))
    renamed = made.posts.with_columns(pl.col("account").replace_strict(other))
    again = find(engine, engine.load(renamed))

    def pairs(edges: pl.DataFrame, names: dict[str, str]) -> set[tuple[object, ...]]:
        columns = ("verdict", "seen", "close", "sources", "triangles")
        return {
            (frozenset((names[row["a"]], names[row["b"]])), *(row[c] for c in columns))
            for row in edges.iter_rows(named=True)
        }

    same = {n: n for n in names}
    assert pairs(again.edges, same) == pairs(found.edges, other)


def _small() -> pl.DataFrame:
    """Four accounts repost ten posts of ten others within seconds, among 300 who post alone."""
    moments = [1_000.0 * i for i in range(10)]
    four = [
        row
        for n, name in enumerate("ABCD")
        for row in reposts(f"akun-{name}", *((f"x:{i}", t + n) for i, t in enumerate(moments)))
    ]
    alone = [(f"akun-{i}", 7.0 * i, {"repost_of": f"y:{i}"}) for i in range(300)]
    own = [(f"akun-S{i}", -10.0, {}) for i in range(10)]
    return posts([*own, *four, *alone])


@pytest.mark.parametrize("name", ENGINES)
def test_four_accounts_that_share_ten_posts_are_one_ring_on_every_engine(name):
    with opened(name) as engine:
        result = find(engine, engine.load(_small()))
    assert result.rings["accounts"].to_list() == [["akun-A", "akun-B", "akun-C", "akun-D"]]
    assert result.edges.select("verdict", "seen", "close", "sources", "triangles").unique().rows() \
        == [("strong", 10, 10, 10, 2)]  # fmt: skip
    expected = 10 * 10 * 2 * 60 / 340**2
    assert result.edges["expected"].to_list() == pytest.approx([expected] * 6)
    assert result.rings.row(0, named=True)["density"] == 1.0


def test_a_pair_without_a_third_is_no_ring(engine):
    two = _small().filter(~pl.col("account").is_in(["akun-C", "akun-D"]))
    assert find(engine, engine.load(two)).edges.is_empty()


def test_a_known_newsroom_is_an_answer_of_its_own(engine):
    newsroom = Known("Warta", frozenset(f"akun-{n}" for n in "ABCD"), "redaksi dan biro daerah")
    result = find(engine, engine.load(_small()), Settings(known=(newsroom,)))
    assert result.edges["verdict"].unique().to_list() == ["known"]
    ring = result.rings.row(0, named=True)
    assert (ring["known"], ring["reason"]) == ("Warta", "redaksi dan biro daerah")
    assert describe_ring(ring, "en").endswith("act together openly. Warta: redaksi dan biro daerah")


def test_a_known_group_hides_nobody_who_does_not_belong_to_it(engine):
    half = Known("Warta", frozenset({"akun-A", "akun-B"}), "biro")
    result = find(engine, engine.load(_small()), Settings(known=(half,)))
    verdicts = {(a, b): v for a, b, v in result.edges.select("a", "b", "verdict").rows()}
    assert verdicts.pop(("akun-A", "akun-B")) == "known"
    assert set(verdicts.values()) == {"strong"} and len(verdicts) == 5


def test_objects_from_one_unknown_source_do_not_count_as_many(engine):
    """The ten posts are not in the data: whoever wrote them may be one favourite."""
    unknown = _small().filter(~pl.col("account").str.starts_with("akun-S"))
    result = find(engine, engine.load(unknown))
    assert result.edges["sources"].unique().to_list() == [1]
    assert not result.edges["spans"].any()


@pytest.mark.parametrize("seconds", [301.0, 900.0])
def test_wide_windows_are_refused_with_a_reason(seconds):
    with pytest.raises(UserError, match="too wide") as refused:
        Settings(window=seconds, wide=seconds)
    assert "one narrative" in str(refused.value)
    assert Settings(window=300.0).window == 300.0


@pytest.mark.parametrize(
    "windows", [(61.0, 60.0, 300.0), (60.0, 60.0, 300.0), (10.0, 60.0, 30.0), (0.0, 60.0, 300.0)]
)
def test_windows_must_be_in_order(windows):
    close, window, wide = windows
    with pytest.raises(UserError, match="not in order"):
        Settings(close=close, window=window, wide=wide)


def test_what_is_usual_for_quick_readers_depends_on_the_windows():
    assert Settings().usual(QUICKEST) == pytest.approx(
        (1 - math.exp(-10 / 11)) / (1 - math.exp(-60 / 11))
    )
    assert Settings().usual(QUICK) == pytest.approx(0.414, abs=5e-4)
    assert Settings(close=59.9).usual(QUICK) > 0.99


def test_no_posts_give_no_edges(engine):
    result = find(engine, engine.load(_small().clear()))
    assert result.edges.is_empty() and result.rings.is_empty() and result.accounts == 0


def test_an_edge_says_what_was_expected_and_what_was_seen():
    edge = {"expected": 0.0412, "seen": 9, "close": 8, "objects": 9, "usual": 0.21,
            "top_share": 0.444, "sources": 4}  # fmt: skip
    assert describe_edge(edge, "en") == (
        "expected 0.04 times, seen 9; 8 of 9 within 10 seconds, where 2.1 of 10 are usual; "
        "44 % from one source, 4 sources."
    )
    assert describe_edge(edge, "id").startswith("diperkirakan 0,04 kali, terlihat 9 kali; 8 dari 9")
    assert "expected < 0.01 times" in describe_edge(edge | {"expected": 0.0004}, "en")


def test_acting_together_is_called_neither_fake_nor_a_crime_in_both_languages():
    assert "neither fake nor a crime" in NOTICE["en"]
    assert "bukan berarti palsu dan bukan kejahatan" in NOTICE["id"]
    assert all(set(text) == {"id", "en"} for text in (NOTICE, FANS, LIMITS))


def test_the_graph_files_hold_every_edge_under_aliases(found):
    edges = found.edges.filter(pl.col("verdict") == "strong")
    pairs = edges.select("a", "b").rows()
    space = {"g": "http://graphml.graphdrawing.org/xmlns", "x": "http://gexf.net/1.3"}
    for text, path in ((graphml(edges), ".//g:edge"), (gexf(edges), ".//x:edges/x:edge")):
        root = ET.fromstring(text.encode())
        assert [(e.get("source"), e.get("target")) for e in root.findall(path, space)] == pairs
        nodes = {n.get("id") for n in root.iter() if n.tag.endswith("}node")}
        assert nodes == _accounts(edges, "strong")
    seen = ET.fromstring(graphml(edges)).findall(".//g:data[@key='seen']", space)
    assert [int(s.text) for s in seen] == edges["seen"].to_list()


def test_markup_and_characters_xml_cannot_hold_do_not_break_a_graph_file(found):
    odd = found.edges.head(1).with_columns(ring=pl.lit('"<b>&\x00\ud7ff</b>'))
    for text in (graphml(odd), gexf(odd)):
        values = [e.text or e.get("value") for e in ET.fromstring(text).iter()]
        assert '"<b>&\ufffd\ud7ff</b>' in values


def test_an_account_without_an_alias_is_not_written_into_a_graph_file(found):
    named = found.edges.head(1).with_columns(a=pl.lit("@budi"))
    for write in (graphml, gexf):
        with pytest.raises(ValueError, match="aliases only") as refused:
            write(named)
        assert "budi" not in str(refused.value)
