"""The same work done by other tools in the same run, and whether they find the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from tests.bench import environment
from tests.bench.agreement import Edges, Found, at_the_edge, edges, found
from tests.bench.apart import Done, step, within
from tests.bench.environment import SCRIPTS, Environment
from tests.bench.joined import NAMES
from tests.bench.section import Section, share, times
from tests.bench.talk import Material, cost

#: Seconds that another tool may take; at the large size, only those run that would stay within.
LIMIT: Final = 240.0
WINDOW: Final = 60
#: Library, hashes, bands (0: its own choice for the threshold).
SETTINGS: Final = (
    ("datasketch", 128, 0),
    ("datasketch", 60, 12),
    ("rensa", 128, 8),
    ("rensa", 60, 12),
)
_OBJECTS: Final = {"co_retweet": "repost_of", "co_reply": "reply_to", "co_tweet": "text"}


def sections(stuff: Material) -> Iterator[Section]:
    """Every comparison; one section that says why, where the tools cannot be installed."""
    tools = environment.made()
    if tools.missing:
        how = f"Not measured on this machine: {tools.missing}."
        yield Section("Beside other tools", how, (), ())
        return
    yield near_duplicates(stuff, tools)
    yield networks(stuff, tools)


def near_duplicates(stuff: Material, tools: Environment) -> Section:
    """Pairs of texts whose word sets are nearly the same, by MinHash and bands."""
    size = stuff.size
    rows, small = [], {}
    ours = step("near", stuff.texts(size.some))
    truth = stuff.exact()
    exact = np.load(stuff.folder / "exact.npy")
    rows.append(_near_row("Rukun", ours, ours, Found(truth["pairs"], truth["met"], truth["met"])))
    for setting in SETTINGS:
        done = _near(stuff, tools, size.some, setting)
        small[setting] = done
        named = None if isinstance(done, str) else _named(stuff, exact)
        rows.append(_near_row(_called(setting), done, ours, named))
    large = step("near", stuff.texts(size.posts))
    rows.append(_near_row("Rukun", large, large, None))
    for setting, before in small.items():
        done = _again(stuff, tools, setting, before)
        rows.append(_near_row(_called(setting), done, large, None))
    return Section(
        "Near-duplicates beside other tools",
        _NEAR.format(limit=LIMIT, **{n: tools.versions[n] for n in ("datasketch", "rensa")}),
        ("tool", "texts", "seconds", "processor", "peak", "recall", "precision", "time", "memory"),
        rows,
    )


_NEAR: Final = (
    "datasketch {datasketch} and rensa {rensa} on the same distinct texts (words apart by spaces), from the file to "
    "the pairs that share a band. *Recall* and *precision* are of these pairs against all pairs with a Jaccard of .8 "
    "or more, found by comparing all with all. Rukun’s seconds hold more: it compares every pair exactly, which "
    "is why its precision is 1, keeps texts with a comment apart, and joins the rest into groups; about half a second "
    "is the loading of its compiled code. *Time* and "
    "*memory*: how many times Rukun’s. A tool that is not within {limit:.0f} s, or at a tenth of the texts was not "
    "within a tenth of that, is not run to its end."
)


def _near(
    stuff: Material, tools: Environment, posts: int, setting: tuple[str, int, int]
) -> Done | str:
    out = stuff.folder / "named.npy"
    words = (tools.python, SCRIPTS / "near.py", stuff.texts(posts), out, *setting)
    return within(LIMIT, words)


def _again(
    stuff: Material, tools: Environment, setting: tuple[str, int, int], before: Done | str
) -> Done | str:
    """The same at the large size, where that can be done in time."""
    longer = stuff.size.posts / stuff.size.some
    if isinstance(before, str):
        return before
    if before.seconds * longer > LIMIT:
        return f"not run: {before.seconds:.0f} s for a tenth"
    return _near(stuff, tools, stuff.size.posts, setting)


def _named(stuff: Material, exact: Any) -> Found:
    return found(exact, np.load(stuff.folder / "named.npy"))


def _called(setting: tuple[str, int, int]) -> str:
    library, hashes, bands = setting
    return f"{library}, {hashes} hashes, {bands or 'its own'} bands"


def _near_row(name: str, done: Done | str, ours: Done, pairs: Found | None) -> tuple[str, ...]:
    """One tool at one size; a reason stands where the seconds would."""
    if isinstance(done, str):
        return name, f"{ours.found['texts']:,}", done, *["–"] * 6
    right = (
        ("–", "–")
        if pairs is None
        else (share(pairs.right, pairs.true), share(pairs.right, pairs.named))
    )
    ratios = times(done.seconds, ours.seconds), times(done.gb, ours.gb)
    return name, f"{done.found['texts']:,}", *cost(done), *right, *ratios


def networks(stuff: Material, tools: Environment) -> Section:
    """Edges between accounts that act together, by coordination-network-toolkit."""
    posts, size = stuff.acted(stuff.size.some), stuff.size
    ours_in, theirs_in = stuff.folder / "ours", stuff.folder / "theirs"
    ours_in.mkdir(exist_ok=True)
    theirs_in.mkdir(exist_ok=True)
    table = stuff.folder / "posts.csv"
    for_toolkit(pl.read_parquet(posts)).write_csv(table)
    ours = step("meetings", posts, WINDOW, ours_in)
    whole = step("coordination", posts)
    theirs = within(3 * LIMIT, (tools.python, SCRIPTS / "toolkit.py", table, WINDOW, theirs_in))
    version = tools.versions["coordination-network-toolkit"]
    title, how = "Networks beside coordination-network-toolkit", _NETWORKS.format(version=version)
    if isinstance(theirs, str):
        return Section(title, f"{how}\n\nNot compared: {theirs}.", (), ())
    agreed = {n: _agreed(n, ours_in, theirs_in) for n in NAMES.values()}
    unexplained = {n: _unexplained(pl.read_parquet(posts), n, e) for n, e in agreed.items()}
    rows = list(_network_rows(agreed, unexplained, ours, theirs))
    total = sum(s["seconds"] for s in theirs.found["steps"].values())
    notes = [
        _ALL.format(
            posts=size.some,
            whole=whole.seconds,
            gb=whole.gb,
            total=total,
            theirs=theirs.gb,
            ours=ours.gb,
            ratio=times(total, whole.seconds),
        ),
        _DIFFERENCES.format(empty=theirs.found["empty"]),
    ]
    broken = [f"{n}: {k} edges differ and nothing explains it" for n, k in unexplained.items() if k]
    head = ("network", "edges, ours", "theirs", "the same", "differing", "unexplained", "seconds, ours", "theirs", "time")  # fmt: skip
    return Section(title, how, head, rows, notes, broken)


_NETWORKS: Final = (
    "coordination-network-toolkit {version}, two processes, on the same exercise posts: every pair of accounts that "
    "act on one object within 60 s of each other, however seldom, and in how many posts (its weight). Beside it the "
    "join of Rukun’s search (`meetings`) with nothing tested or left out. *Load* reads the posts (the toolkit from "
    "CSV into SQLite, Rukun from Parquet). *Time*: how many times Rukun’s."
)
_ALL: Final = (
    "Rukun itself never makes all these edges: its whole search, from the file to rings with every test, takes "
    "{whole:.1f} s and {gb:.2f} GB for these {posts:,} posts, where the toolkit’s four networks, on which nothing is "
    "tested yet, take {total:.1f} s ({ratio}) and {theirs:.2f} GB in its largest process; the join of all edges "
    "takes Rukun {ours:.2f} GB."
)
_DIFFERENCES: Final = (
    "What differs by intent and was made equal for the comparison: the toolkit counts an account’s acts with itself "
    "(left out here); a post without a link has the link “” in its CSV, which would join all who post in the same "
    "minute ({empty:,} such links were removed); it compares texts of any length without mentions, Rukun those of "
    "eight words or more, or by narratives; Rukun counts each object of a pair once, the toolkit each post. An edge "
    "that differs is *explained* where two acts lie apart by 60 s to the millisecond: the toolkit adds seconds as "
    "floating-point numbers, Rukun whole milliseconds. There is no counterpart to its co-post network, which joins all "
    "who post in the same minute, whatever they say."
)


def for_toolkit(posts: pl.DataFrame) -> pl.DataFrame:
    """Posts in the toolkit's columns; seconds since midnight before the first."""
    start = posts["posted_at"].dt.truncate("1d").min()
    seconds = (pl.col("posted_at") - pl.lit(start)).dt.total_milliseconds() / 1000
    return posts.select(
        message_id="post_id",
        user_id="account",
        username=pl.lit(""),
        repost_id=pl.col("repost_of").fill_null(""),
        reply_id=pl.col("reply_to").fill_null(""),
        message="text",
        timestamp=seconds.round(3),
        urls=pl.col("links").list.join(" "),
    )


def _agreed(name: str, ours: Path, theirs: Path) -> Edges:
    mine = pl.read_parquet(ours / f"{name}.parquet")
    other = pl.read_csv(theirs / f"{name}.csv", schema=mine.schema)
    return edges(mine, other)


def _unexplained(posts: pl.DataFrame, name: str, agreed: Edges) -> int:
    """Edges that differ although no two acts lie apart by just the window."""
    at = pl.col("posted_at").dt.timestamp("ms")
    if name == "co_link":
        acts = posts.explode("links").select("account", at=at, object="links")
    else:
        acts = posts.select("account", at=at, object=_OBJECTS[name])
    acts = acts.filter(pl.col("object").is_not_null())
    told = at_the_edge(acts, agreed.differing, WINDOW)
    return agreed.differing.height - told.height


def _network_rows(
    agreed: Mapping[str, Edges], unexplained: Mapping[str, int], ours: Done, theirs: Done
) -> Iterator[tuple[str, ...]]:
    def seconds(name: str) -> tuple[str, str, str]:
        a, b = (d.found["steps"][name]["seconds"] for d in (ours, theirs))
        return f"{a:.2f}", f"{b:.2f}", times(b, a)

    yield ("load", *["–"] * 5, *seconds("load"))
    for name, e in agreed.items():
        figures = (e.ours, e.theirs, e.same, e.differing.height, unexplained[name])
        yield (name, *(f"{n:,}" for n in figures), *seconds(name))
