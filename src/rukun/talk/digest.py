"""Everything that is worked out from a table of posts, in one go and in one order.

Screen, places, narratives, accounts that act together, claims and the pulse; the same posts and
settings give the same tables. What people decided is not read here: it lies beside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import ibis
import polars as pl

from rukun.engine import Engine
from rukun.talk import claims, coordination, pulse
from rukun.talk.coordination import Coordination, Known, Settings
from rukun.talk.gazetteer import Gazetteer
from rukun.talk.located import located
from rukun.talk.narratives import Narratives, narratives
from rukun.talk.pulse import Behind
from rukun.talk.scored import Recipe, scored

#: The steps in their order, for progress.
STEPS: Final = ("screen", "places", "narratives", "coordination", "claims", "pulse")
#: Labels by weight, for what a narrative counts as.
WEIGHT: Final = ("none", "hostile", "threat", "incite")
#: What claims and pulse read of a post.
_READ: Final = ("post_id", "platform", "account", "space", "posted_at", "text", "place_hint")


@dataclass(frozen=True)
class Wanted:
    """What the digest is told: the screen, the frame's places, known groups, the zone (WIB, WITA or
    WIT) in which a day begins, and the narratives that people know: first post → code."""

    gazetteer: Gazetteer
    recipe: Recipe = field(default_factory=Recipe)
    known: Sequence[Known] = ()
    zone: str = "WITA"
    narratives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Digest:
    """``verdicts``: SCORED with ``place`` and ``narrative`` per post. ``mix``: per narrative its
    posts by label, its label and highest score. ``claims``: one row a post that makes one,
    ``grouped``: one row a claim. ``behind``: what stands behind each rise of the ``pulse``. The
    rest as their modules make them."""

    posts: int
    verdicts: pl.DataFrame
    narratives: Narratives
    mix: pl.DataFrame
    coordination: Coordination
    claims: pl.DataFrame
    grouped: pl.DataFrame
    pulse: pl.DataFrame
    behind: tuple[Behind, ...]


def digest(
    posts: ibis.Table,
    engine: Engine,
    wanted: Wanted,
    progress: Callable[[str], None] = lambda _: None,
) -> Digest:
    """Work through ``posts`` (table of posts, each once) on ``engine``."""
    progress("screen")
    marks = engine.keep(scored(posts, engine, wanted.recipe))
    progress("places")
    places = engine.keep(located(posts, wanted.gazetteer, engine))
    progress("narratives")
    told = under_known_codes(narratives(posts, engine=engine), wanted.narratives)
    progress("coordination")
    acting = together(posts, engine, told, wanted.known)
    verdicts = _verdicts(marks, places, told, engine)
    table = engine.collect(posts.select(*_READ), by=["post_id"])
    progress("claims")
    made = claims.extract(table, wanted.gazetteer)
    progress("pulse")
    beats, behind = _pulse(table, verdicts, wanted)
    return Digest(
        verdicts.height,
        verdicts,
        told,
        mix(verdicts),
        acting,
        made,
        claims.grouped(made, told.members),
        beats,
        behind,
    )


def under_known_codes(told: Narratives, known: Mapping[str, str]) -> Narratives:
    """A narrative of which an earlier post has come in keeps the code that people know it by.

    ``known``: first post as it was → code; of several that are one now, the one named first.
    """
    names = pl.DataFrame(
        {"post_id": list(known), "code": list(known.values())},
        schema={"post_id": pl.String, "code": pl.String},
    )
    own = names.filter(~pl.col("code").is_in(told.narratives["id"].implode()))
    found = own.join(told.members, on="post_id", maintain_order="left")
    codes = dict(found.unique("narrative", keep="first").select("narrative", "code").iter_rows())
    members = told.members.with_columns(pl.col("narrative").replace(codes))
    return replace(
        told,
        members=members.sort("narrative", "post_id"),
        narratives=told.narratives.with_columns(pl.col("id").replace(codes)),
    )


def together(
    posts: ibis.Table, engine: Engine, told: Narratives, known: Sequence[Known]
) -> Coordination:
    """Accounts that act together; posts of one narrative count as the same text."""
    clusters = engine.load(told.members.select("post_id", cluster="narrative"))
    return coordination.find(engine, posts, Settings(known=known), clusters)


def _verdicts(
    marks: ibis.Table, places: ibis.Table, told: Narratives, engine: Engine
) -> pl.DataFrame:
    joined = marks.left_join(places, "post_id").drop("post_id_right")
    table = engine.collect(joined, by=["post_id"])
    return table.join(told.members, on="post_id", how="left", maintain_order="left")


def _pulse(
    posts: pl.DataFrame, verdicts: pl.DataFrame, wanted: Wanted
) -> tuple[pl.DataFrame, tuple[Behind, ...]]:
    """The pulse of every place, and what stands behind its higher days. What a post was collected by is
    its space, else its platform: a group that is read from today on raises nothing."""
    stream = pl.coalesce("space", "platform").alias("stream")
    said = verdicts.select("post_id", "place", "label", "score", "narrative")
    readings = posts.select("post_id", "posted_at", "account", stream).join(said, on="post_id")
    areas = wanted.gazetteer.frame.places.filter(pl.col("kind") != "tps")
    beats = pulse.pulse(pulse.daily(readings, areas, wanted.zone))
    higher = beats.filter(pl.col("state").is_in(("rise", "raised")))
    return beats, tuple(pulse.behind(readings, areas, wanted.zone, higher))


def mix(verdicts: pl.DataFrame) -> pl.DataFrame:
    """Per narrative of ``verdicts`` (label, score, narrative): its posts of each label, the gravest
    label that a tenth of them have, the highest score."""
    within = verdicts.filter(pl.col("narrative").is_not_null())
    counts = [(pl.col("label") == w).sum().cast(pl.Int64).alias(w) for w in WEIGHT]
    table = within.group_by("narrative").agg(*counts, pl.col("score").max(), pl.len().alias("n"))
    label = pl.lit("none")
    for word in WEIGHT[1:]:
        label = pl.when(pl.col(word) * 10 >= pl.col("n")).then(pl.lit(word)).otherwise(label)
    return table.with_columns(label=label).drop("n").sort("narrative")
