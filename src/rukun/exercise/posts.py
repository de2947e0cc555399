"""Exercise posts with a truth: accounts that act together, posts that go viral, loyal fans.

What is planted is made up, and marked: the platform is ``latihan`` (exercise), accounts exist only
as aliases, and camps are pair 1 and pair 2. The same seed gives the same table.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import numpy as np
import polars as pl

from rukun.exercise.draws import Ints, generator
from rukun.exercise.posts_background import (
    NONE,
    ORIGINALS,
    Acts,
    Crowd,
    crowd,
    joined,
    originals,
    shares,
)
from rukun.exercise.posts_plan import (
    Fans,
    Random,
    Ring,
    Viral,
    usual_fans,
    usual_rings,
    usual_viral,
)
from rukun.exercise.posts_planted import Planted, plant
from rukun.exercise.posts_words import aliases, edited, links, sentences

PLATFORM = "latihan"
START = dt.datetime(2024, 11, 20, tzinfo=dt.UTC)
KINDS = ("post", "repost", "comment")
_ENGAGEMENT = pl.Struct(dict.fromkeys(("likes", "comments", "shares", "views"), pl.Int64))


@dataclass(frozen=True, slots=True)
class ExercisePosts:
    """Posts, and what is true of them.

    ``truth``: one row per account that was planted: account, plant (``ring-1``, ``fans-1``), role
    (``ring`` or ``fan``). ``origins``: one row per post: post_id, plant (null where the post
    belongs to none), family (the post whose text this one carries).
    """

    posts: pl.DataFrame
    truth: pl.DataFrame
    origins: pl.DataFrame


def make_posts(
    n_posts: int,
    days: int = 21,
    seed: int = 1,
    *,
    rings: tuple[Ring, ...] | None = None,
    viral: tuple[Viral, ...] | None = None,
    fans: tuple[Fans, ...] | None = (),
    clean: bool = False,
) -> ExercisePosts:
    """``n_posts`` posts over ``days`` with what is planted in them.

    ``None`` plants what is usual for so many posts (rings and virality unless told otherwise; fans
    only when asked for); ``clean`` plants nothing. Raises ``ValueError`` where the plants leave too
    few posts to everybody else.
    """
    rng = generator(seed)
    people = crowd(rng, max(20, n_posts // 10))
    nothing: tuple[()] = ()
    asked_rings = nothing if clean else usual_rings(n_posts) if rings is None else rings
    asked_viral = nothing if clean else usual_viral(n_posts) if viral is None else viral
    asked_fans = nothing if clean else usual_fans(n_posts) if fans is None else fans
    first = originals(rng, people, round(n_posts * ORIGINALS), days)
    planted = plant(rng, people, first, days, asked_rings, asked_viral, asked_fans)
    room = n_posts - first.size - planted.size
    if room < n_posts / 5:
        raise ValueError(f"the plants leave {room} of {n_posts} posts to everybody else's shares")
    every = joined([first, *planted.parts, shares(rng, people, first, room, days)])
    return _told(rng, every, planted, people, seed)


def _told(rng: Random, every: Acts, planted: Planted, people: Crowd, seed: int) -> ExercisePosts:
    """The tables of these posts, in order of time."""
    rank = np.empty(every.size, dtype=np.int64)
    by_time = np.argsort(every.at, kind="stable")
    rank[by_time] = np.arange(every.size)
    family = _families(every)
    names = aliases(people.size, seed)
    frame = pl.DataFrame(
        {
            "number": rank,
            "account": names.gather(every.account),
            "posted_at": (every.at * 1e6).astype(np.int64),
            "text": _texts(rng, every, family),
            "link": _links(every),
            "kind": pl.Series(KINDS).gather(every.kind),
            "target": _ranked(rank, every.target),
            "family": rank[family],
            "plant": pl.Series([*planted.names, None], dtype=pl.String).gather(every.plant),
        }
    ).sort("number")
    return ExercisePosts(_posts(frame), _truth(planted, names), _origins(frame))


def _families(every: Acts) -> Ints:
    """The post whose text each carries: its own, the copied one's, or the reposted one's."""
    root = np.arange(every.size)
    copied = every.text_of != NONE
    root[copied] = every.text_of[copied]
    reposted = every.kind == KINDS.index("repost")
    root[reposted] = root[every.target[reposted]]
    return root


def _texts(rng: Random, every: Acts, family: Ints) -> pl.Series:
    texts = sentences(rng, every.size).gather(family)
    changed = np.flatnonzero(every.edited)
    if changed.size:
        texts = texts.scatter(changed, edited(rng, texts.gather(changed)))
    return texts


def _links(every: Acts) -> pl.Series:
    known = pl.Series(every.link != NONE)
    frame = pl.DataFrame({"known": known, "link": links(np.maximum(every.link, 0))})
    chosen = pl.when("known").then(pl.concat_list("link"))
    return frame.select(chosen.otherwise(pl.lit([], dtype=pl.List(pl.String)))).to_series()


def _ranked(rank: Ints, target: Ints) -> pl.Series:
    """The number of each target in order of time; null where there is none."""
    shown = pl.DataFrame({"t": rank[np.maximum(target, 0)], "known": target != NONE})
    return shown.select(pl.when("known").then("t")).to_series()


def _key(number: str) -> pl.Expr:
    return pl.concat_str(pl.lit(f"{PLATFORM}:"), pl.col(number).cast(pl.String).str.zfill(8))


def _posts(frame: pl.DataFrame) -> pl.DataFrame:
    origin = hashlib.sha256(b"exercise posts").hexdigest()
    target, repost, comment = (
        _key("target"),
        pl.col("kind") == "repost",
        pl.col("kind") == "comment",
    )
    return frame.select(
        post_id=_key("number"),
        platform=pl.lit(PLATFORM),
        account="account",
        posted_at=pl.lit(START).dt.cast_time_unit("us") + pl.duration(microseconds="posted_at"),
        text="text",
        links="link",
        reply_to=pl.when(comment).then(target),
        repost_of=pl.when(repost).then(target),
        quote_of=pl.lit(None, dtype=pl.String),
        kind="kind",
        engagement=pl.lit(None, dtype=_ENGAGEMENT),
        place_hint=pl.lit(None, dtype=pl.String),
        collected_at=pl.lit(None, dtype=pl.Datetime("us", "UTC")),
        origin=pl.lit(origin),
        origin_row=pl.col("number").cast(pl.Int64) + 1,
        raw=pl.lit(origin),
        weak=pl.lit(False),
    )


def _truth(planted: Planted, names: pl.Series) -> pl.DataFrame:
    roles = {"ring": "ring", "fans": "fan"}
    rows = [
        pl.DataFrame({"account": names.gather(members)}).with_columns(
            plant=pl.lit(name), role=pl.lit(roles[name.split("-")[0]])
        )
        for name, members in zip(planted.names, planted.members, strict=True)
        if members.size
    ]
    empty = pl.DataFrame(schema=dict.fromkeys(("account", "plant", "role"), pl.String))
    return pl.concat([empty, *rows])


def _origins(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(post_id=_key("number"), plant="plant", family=_key("family"))
